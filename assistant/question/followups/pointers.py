"""Words that point out of their question, as the "it" of "Do they sell it?" does.

"they" is the company and does not point, nor does the "it" that does something; "this site" is at
hand. What the same question has named before is not looked for outside. In doubt nothing points,
and the question stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from assistant.english.lexicon.auxiliaries import AUXILIARIES, BE_WITH_NOT
from assistant.english.lexicon.function_words import ADVERBS, ASKING, DETERMINERS
from assistant.english.lexicon.joints import BOUNDARIES, PREPOSITIONS, SUBORDINATORS
from assistant.english.lexicon.people import DEMONSTRATIVES, POINTERS, SUBJECT_PRONOUNS
from assistant.english.lexicon.verbs import BASES, GERUNDS, PARTICIPLES, STATES, THIRD_PERSONS
from assistant.question.followups.parsed_question import lowered
from assistant.question.followups.position import Position, ending
from assistant.question.followups.pronoun_it import (
    JUDGED,
    SAID_OF_THINGS,
    is_service,
    is_stand_in,
)
from index.text.query_words import STOP_WORDS


class Role(Enum):
    """What a pointer stands for."""

    THING = auto()
    DEED = auto()  # "Is that legal?"
    VERB = auto()  # "do that"
    TIME = auto()  # "What happens then?"
    NOUN = auto()  # "those logs"
    RECIPIENT = auto()  # "Do they tell them my name?"
    ALL = auto()  # "How can I check that?": the whole of what was said before


@dataclass(frozen=True, slots=True)
class Pointer:
    """Words of a question, `start` inclusive, `end` exclusive."""

    start: int
    end: int
    role: Role


_FINITE = BASES | PARTICIPLES | THIRD_PERSONS.keys()
_VERBS = _FINITE | GERUNDS
_LIGHT = STOP_WORDS | _FINITE | AUXILIARIES | PREPOSITIONS | SUBORDINATORS | ADVERBS | POINTERS
_LIGHT_NOUNS = frozenset(
    "able aware far legal liable long many much new often responsible soon true".split()
)
_TOLD = tuple(
    """
    allow ask call contact email give gave hear inform let mail notify pay phone reach send show
    sue tell told trust want
    """.split()
)  # and their forms: "asked"
_SAID_OF_COMPANIES = frozenset("allowed bound located obliged permitted required".split())
_SAID_OF_DEEDS = frozenset("affect apply cost happen include involve mean require take".split())
_STATING = frozenset(
    """
    believe check confirm ensure expect find guarantee know mean notice out promise prove say see
    sure tell think
    """.split()
)
_DESCRIBED_BY = SUBJECT_PRONOUNS | frozenset("that who which whom whose where".split())
ANY_THING = frozenset("data details info information stuff thing things".split())
_AT_HAND = frozenset(
    """
    agreement app company conditions country day days document form handbook month notice page
    policies policy provider question rules service services site state statement terms text time
    website week year
    """.split()
)
_CHECKED = frozenset(
    """
    approve approves authorise authorises authorize authorizes believe check confirm decide decides
    ensure explain guarantee justify know notice promise prove recognise recognize verify
    """.split()
)
_BEFORE_DEEDS = frozenset("about after against before for without".split())
_REFUSED = frozenset(
    "accept accepting avoid avoiding prevent preventing refuse refusing reject stop undo".split()
)
_OBJECTED = frozenset(
    "agree_to complain_about consent_to decide_about no_to object_to objecting_to out_of".split()
)


def pointers(words: Sequence[str], before: str) -> list[Pointer]:
    """The words that point out of the question, to the one `before`, in order.

    "those logs" points if that one mentions logs, or if nothing else is named.
    """
    low, known = lowered(words), stems(before)
    candidates = (_pointer(position) for position in Position.all_of(words))
    outward = [p for p in candidates if p and not _named_before(words, low, p.start)]
    taken = {index for pointer in outward for index in range(pointer.start, pointer.end)}
    named = any(_is_noun(low, index) for index in range(len(low)) if index not in taken)
    return [
        pointer
        for pointer in outward
        if pointer.role is not Role.NOUN
        or low[pointer.end - 1].removesuffix("s") in known
        or low[pointer.end - 1] in ANY_THING
        or not (named or low[pointer.start] in {"this", "these"})
    ]


def names_thing(words: Sequence[str]) -> bool:
    """Whether any word is a noun of its own, beside those that every question has."""
    low = lowered(words)
    return any(_is_noun(low, index) for index in range(len(low)))


def stems(text: str) -> set[str]:
    """Its words in lower case, without the s of the plural."""
    return {word.removesuffix("s") for word in lowered(text.split())}


def _pointer(position: Position) -> Pointer | None:
    word, index, before, after = position.word, position.index, position.before, position.after
    if word in DEMONSTRATIVES | {"such"}:
        return _demonstrative(position)
    if word in {"ones", "one"}:
        led = before in {"the", "those", "these"}
        return Pointer(index - 1, index + 1, Role.THING) if led else None
    if word == "them" and (
        before.startswith(_TOLD) or before in PREPOSITIONS - {"in", "of", "about"}
    ):
        others = not {"they", "you"}.isdisjoint(position.low[:index])
        return Pointer(index, index + 1, Role.RECIPIENT) if others else None
    if word == "then" and position.is_last and index:
        return Pointer(index, index + 1, Role.TIME)
    if word == "there" and before in _VERBS - AUXILIARIES and after not in AUXILIARIES:
        return Pointer(index, index + 1, Role.ALL)
    meant = (
        word in {"he", "him", "she", "them"}
        or (word == "it" and not is_stand_in(position) and not is_service(position))
        or (word == "they" and _of_things(before, after))
    )
    return _pointed(position) if meant else None


def _of_things(before: str, after: str) -> bool:
    passive = before in BE_WITH_NOT and after in PARTICIPLES - _SAID_OF_COMPANIES
    return passive or after in SAID_OF_THINGS


def _demonstrative(position: Position) -> Pointer | None:
    word, before, after = position.word, position.before, position.after
    leads = AUXILIARIES | PREPOSITIONS | (set() if after in AUXILIARIES else _VERBS)
    opens = not before or before in leads or position.is_last
    here = word == "this" and before in {"by", "in", "of", "under"}
    served = word == "this" and is_service(position)
    if not opens or here or served or f"{before} {word}" in {"so that", "in that", "of those"}:
        return None
    if after.split("'")[0] in SUBJECT_PRONOUNS | DETERMINERS | {"im", "who"}:
        return None
    follows = AUXILIARIES | ADVERBS | PREPOSITIONS | BOUNDARIES
    if before in BE_WITH_NOT:
        follows = follows | PARTICIPLES | GERUNDS | STATES | JUDGED
    elif before in AUXILIARIES:
        follows = follows | BASES
    if not after or after in follows:
        return None if word == "such" else _pointed(position)
    return _noun_phrase(position)


def _noun_phrase(position: Position) -> Pointer | None:
    """The "those logs" that begins here, unless it is described or at hand."""
    words, low, start = position.words, position.low, position.index
    end = start + 2
    while end < len(low) and low[end] not in _LIGHT and not ending(words[end - 1]):
        end += 1
    described = end < len(low) and not ending(words[end - 1]) and low[end] in _DESCRIBED_BY
    stated = position.word == "that" and position.before in _STATING and end < len(low)
    if described or stated or not _AT_HAND.isdisjoint(low[start:end]):
        return None
    return Pointer(start, end, Role.NOUN)


def _pointed(position: Position) -> Pointer:
    role = _role(position)
    start = position.index - 1 if role is Role.VERB else position.index
    return Pointer(start, position.index + 1, role)


def _role(position: Position) -> Role:
    word, before, after, earlier = (
        position.word, position.before, position.after, position.earlier,
    )  # fmt: skip
    singular = word in {"it", "that", "this"}
    if singular and before in _CHECKED:
        return Role.ALL
    if singular and before in {"do", "did"} and earlier and earlier not in ASKING:
        return Role.VERB
    if before in _REFUSED or f"{earlier}_{before}" in _OBJECTED:
        return Role.DEED
    if word in {"that", "this"} and before in _BEFORE_DEEDS:
        return Role.DEED
    if before in AUXILIARIES and (after in JUDGED or after in _SAID_OF_DEEDS):
        return Role.THING if word == "it" and after in {"include", "affect"} else Role.DEED
    return Role.THING


def _named_before(words: Sequence[str], low: Sequence[str], end: int) -> bool:
    """Whether the same question, in a clause of its own before `end`, names what may be meant."""
    nouns = [index for index in range(end) if _is_noun(low, index)]
    if not nouns:
        return False
    groups = sum(not {index - 1, index - 2} & set(nouns) for index in nouns)
    if low[0] in SUBORDINATORS or groups > 1:
        return True
    return any(
        ending(words[index])
        or (index > nouns[0] and low[index] in BOUNDARIES)
        or (index + 1 < end and index in nouns and low[index + 1] == "to")
        for index in range(nouns[0], end)
    )


def _is_noun(low: Sequence[str], index: int) -> bool:
    word = low[index]
    if word in {"anything", "something"}:
        return True
    if len(word) < 3 or word in _LIGHT_NOUNS or not word[0].isalpha():
        return False
    determined = index > 0 and low[index - 1] in DETERMINERS - {"what"}
    return word not in _LIGHT or (determined and word in _VERBS)
