"""Words that point out of their question, as the "it" of "Do they sell it?" does.

"they" is the company and no pointer; so is the "it" that does something, and "this site" is at
hand. What the same question has named before is not looked for outside. In doubt nothing points: a
question stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from assistant.english.lexicon.auxiliaries import AUXILIARIES, BE_WITH_NOT
from assistant.english.lexicon.function_words import ADVERBS, ASKING, DETERMINERS
from assistant.english.lexicon.joints import BOUNDARIES, PREPOSITIONS, SUBORDINATORS
from assistant.english.lexicon.people import POINTERS, SUBJECT_PRONOUNS
from assistant.english.lexicon.verbs import BASES, GERUNDS, PARTICIPLES, STATES, THIRD_PERSONS
from assistant.question.followups.it import JUDGED, SAID_OF_THINGS, is_service, keeps_place
from assistant.question.followups.parts import lowered
from index.text.query_words import STOP_WORDS


class Role(Enum):
    """What a pointer stands for."""

    THING = auto()
    DEED = auto()  # "Is that legal?"
    VERB = auto()  # "do that"
    TIME = auto()  # "What happens then?"
    NOUN = auto()  # "those logs"
    RECIPIENT = auto()  # "Do they tell them my name?"
    ALL = auto()  # "How can I check that?": what has been said, in no other words


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
_REFUSED = frozenset(
    "accept accepting avoid avoiding prevent preventing refuse refusing reject stop undo".split()
)
_OBJECTED = frozenset(
    "agree_to complain_about consent_to decide_about no_to object_to objecting_to out_of".split()
)


def pointers(words: Sequence[str], before: str) -> list[Pointer]:
    """The words that point out of the question, to the one `before`, in order.

    "those logs" points if that one speaks of logs, or if nothing else is named.
    """
    low, known = lowered(words), stems(before)
    found = (_pointer(words, low, at) for at in range(len(low)))
    out = [each for each in found if each and not _named_before(words, low, each.start)]
    taken = {at for each in out for at in range(each.start, each.end)}
    named = any(_is_noun(low, at) for at in range(len(low)) if at not in taken)
    return [
        each
        for each in out
        if each.role is not Role.NOUN
        or low[each.end - 1].removesuffix("s") in known
        or low[each.end - 1] in ANY_THING
        or not (named or low[each.start] in {"this", "these"})
    ]


def names_thing(words: Sequence[str]) -> bool:
    """Whether any word is a noun of its own, beside those that every question is made of."""
    low = lowered(words)
    return any(_is_noun(low, at) for at in range(len(low)))


def stems(text: str) -> set[str]:
    """Its words in lower case, without the s of the plural."""
    return {word.removesuffix("s") for word in lowered(text.split())}


def ending(word: str) -> str:
    """The punctuation at its end, or all of a word that is nothing else."""
    return word[len(word.rstrip(",;:.!?-–—&/")) :]


def _pointer(words: Sequence[str], low: Sequence[str], at: int) -> Pointer | None:
    word, before = low[at], low[at - 1] if at else ""
    after = low[at + 1] if at + 1 < len(low) and not ending(words[at]) else ""
    if word in {"this", "that", "these", "those", "such"}:
        return _demonstrative(words, low, at, before, after)
    if word in {"ones", "one"}:
        return Pointer(at - 1, at + 1, Role.THING) if before in {"the", "those", "these"} else None
    if word == "them" and (
        before.startswith(_TOLD) or before in PREPOSITIONS - {"in", "of", "about"}
    ):
        others = not {"they", "you"}.isdisjoint(low[:at])
        return Pointer(at, at + 1, Role.RECIPIENT) if others else None
    if word == "then" and at == len(low) - 1 and at:
        return Pointer(at, at + 1, Role.TIME)
    if word == "there" and before in _VERBS - AUXILIARIES and after not in AUXILIARIES:
        return Pointer(at, at + 1, Role.ALL)
    meant = (
        word in {"he", "him", "she", "them"}
        or (
            word == "it"
            and not keeps_place(words, low, at)
            and not is_service(low, at, before, after)
        )
        or (word == "they" and _of_things(before, after))
    )
    return _pointed(low, at, before, after) if meant else None


def _of_things(before: str, after: str) -> bool:
    passive = before in BE_WITH_NOT and after in PARTICIPLES - _SAID_OF_COMPANIES
    return passive or after in SAID_OF_THINGS


def _demonstrative(
    words: Sequence[str], low: Sequence[str], at: int, before: str, after: str
) -> Pointer | None:
    leads = AUXILIARIES | PREPOSITIONS | (set() if after in AUXILIARIES else _VERBS)
    opens = not before or before in leads or at == len(low) - 1
    here = low[at] == "this" and before in {"by", "in", "of", "under"}
    served = low[at] == "this" and is_service(low, at, before, after)
    if not opens or here or served or f"{before} {low[at]}" in {"so that", "in that", "of those"}:
        return None
    if after.split("'")[0] in SUBJECT_PRONOUNS | DETERMINERS | {"im", "who"}:
        return None
    follows = AUXILIARIES | ADVERBS | PREPOSITIONS | BOUNDARIES
    if before in BE_WITH_NOT:
        follows = follows | PARTICIPLES | GERUNDS | STATES | JUDGED
    elif before in AUXILIARIES:
        follows = follows | BASES
    if not after or after in follows:
        return None if low[at] == "such" else _pointed(low, at, before, after)
    end = at + 2
    while end < len(low) and low[end] not in _LIGHT and not ending(words[end - 1]):
        end += 1
    described = end < len(low) and not ending(words[end - 1]) and low[end] in _DESCRIBED_BY
    stated = low[at] == "that" and before in _STATING and end < len(low)
    if described or stated or not _AT_HAND.isdisjoint(low[at:end]):
        return None
    return Pointer(at, end, Role.NOUN)


def _pointed(low: Sequence[str], at: int, before: str, after: str) -> Pointer:
    role = _role(low, at, before, after)
    return Pointer(at - 1 if role is Role.VERB else at, at + 1, role)


def _role(low: Sequence[str], at: int, before: str, after: str) -> Role:
    earlier = low[at - 2] if at > 1 else ""
    own = low[at] in {"it", "that", "this"}
    if own and before in _CHECKED:
        return Role.ALL
    if own and before in {"do", "did"} and earlier and earlier not in ASKING:
        return Role.VERB
    if before in _REFUSED or f"{earlier}_{before}" in _OBJECTED:
        return Role.DEED
    if low[at] in {"that", "this"} and before in {
        "about",
        "after",
        "against",
        "before",
        "for",
        "without",
    }:
        return Role.DEED
    if before in AUXILIARIES and (after in JUDGED or after in _SAID_OF_DEEDS):
        return Role.THING if low[at] == "it" and after in {"include", "affect"} else Role.DEED
    return Role.THING


def _named_before(words: Sequence[str], low: Sequence[str], at: int) -> bool:
    """Whether the same question names before, in a clause of its own, a thing that may be meant."""
    nouns = [start for start in range(at) if _is_noun(low, start)]
    if not nouns:
        return False
    groups = sum(not {each - 1, each - 2} & set(nouns) for each in nouns)
    bounded = low[0] in SUBORDINATORS or groups > 1
    return bounded or any(
        ending(words[each])
        or (each > nouns[0] and low[each] in BOUNDARIES)
        or (each + 1 < at and each in nouns and low[each + 1] == "to")
        for each in range(nouns[0], at)
    )


def _is_noun(low: Sequence[str], at: int) -> bool:
    word = low[at]
    if word in {"anything", "something"}:
        return True
    if len(word) < 3 or word in _LIGHT_NOUNS or not word[0].isalpha():
        return False
    determined = at > 0 and low[at - 1] in DETERMINERS - {"what"}
    return word not in _LIGHT or (determined and word in _VERBS)
