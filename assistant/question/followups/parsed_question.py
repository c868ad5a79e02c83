"""A short question by its parts, and the questions that the same parts can make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.english.lexicon.auxiliaries import BE_WITH_NOT
from assistant.english.lexicon.function_words import ADVERBS, DETERMINERS
from assistant.english.lexicon.joints import PREPOSITIONS, SUBORDINATORS
from assistant.english.lexicon.verbs import (
    BASES,
    PARTICIPLES,
    THIRD_PERSONS,
    VERBS_OF_GIVING,
    gerund,
    third_person,
)

ADJUNCT = re.compile(
    r"""
    why | how\ come | (?:for|on|in|under|to|at|within)\ (?:what|which)\ (?:\w+\ )?
    (?:basis|cases?|circumstances|conditions?|countr(?:y|ies)|extent|grounds?|purposes?|reasons?)
    | (?:(?:for|since|until|by)\ )?
    (?:when|where|how(?:\ (?:long|much\ longer|often|soon|fast|quickly|frequently|exactly|else))?)
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""It asks for no part that the verb needs, so any question can be asked with it."""
_NAMING_NOTHING = frozenset(
    "me you us them it this that they there i we anything something".split()
)
_ASKING_OTHERS = frozenset("allow ask force get request tell want".split())


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """The parts of a question, "" for those that it does not have.

    `asked` are the words that ask ("for how long"). `rest` is the object and then phrases, each of
    which begins with a preposition or a subordinator.
    """

    asked: str
    auxiliary: str
    subject: str
    verb: str
    rest: tuple[str, ...]

    def text(self) -> str:
        words = (self.asked, self.auxiliary, self.subject, self.verb, *self.rest)
        return sentence(" ".join(filter(None, words)))

    @property
    def passive(self) -> bool:
        return bare(self.auxiliary) in BE_WITH_NOT or self.verb.startswith("be ")

    @property
    def object(self) -> str:
        """What the verb acts on, without the phrases that follow."""
        return self.rest[0] if self.rest and not leads_phrase(self.rest[0]) else ""

    @property
    def thing(self) -> str:
        """The object without the recipient: "my data" of "give advertisers my data"."""
        words = self.object.split()
        starts = (i for i, word in enumerate(words) if i and bare(word) in DETERMINERS)
        start = next(starts, 0) if bare(self.verb) in VERBS_OF_GIVING else 0
        return " ".join(words[start:])

    @property
    def asked_noun(self) -> str:
        """The "data" of "What data do you keep?"."""
        first, *noun = self.asked.split() or [""]
        return " ".join(noun) if bare(first) in {"what", "which"} else ""

    @property
    def nouns(self) -> tuple[str, ...]:
        """What "it" may mean in the next question, the likeliest first."""
        phrases = [phrase.split(maxsplit=1) for phrase in self.rest if leads_phrase(phrase)]
        after = [words[1] for words in phrases if bare(words[0]) in PREPOSITIONS and words[1:]]
        asked_of = self._asked_of()
        if asked_of:
            _, *noun = asked_of.split()
            first: tuple[str, ...] = (" ".join(noun),)
        elif self.passive:
            first = (self.subject, self.object, self.asked_noun)
        else:
            first = (self.thing, self._asked_for())
        named = [
            noun
            for noun in (*first, *after[:1], self.subject)
            if noun and not set(lowered(noun.split())) <= _NAMING_NOTHING
        ]
        return tuple(re.sub(r"^(?:an?|any|some)\b", "the", noun) for noun in named)

    def doing(self) -> str:
        """What is done, as a noun: "sharing my data with advertisers"; "" where that is unclear."""
        rest = self.rest
        verb, *particles = [word for word in self.verb.split() if word not in ADVERBS] or [""]
        if self.passive and bare(verb) in PARTICIPLES | {"be"}:
            done = [verb, *particles] if bare(verb) != "be" else particles
            return _joined(self.asked_noun or self.subject, "being", *done, *rest)
        if self.asked_noun and not self.subject:
            base = THIRD_PERSONS.get(bare(verb), bare(verb))
            return _joined(self.asked_noun, gerund(base), *particles, *rest)
        is_known = not self.asked or self.asked_noun or self.adjunct
        if bare(verb) not in BASES or not self.subject or not is_known:
            return ""
        asked_of = self._asked_of()
        if asked_of:
            verb, *particles = asked_of.split()
            rest = rest[2:]
        return _joined(gerund(bare(verb)), *particles, self.asked_noun, *rest)

    def _asked_for(self) -> str:
        """The "data you collect from me" of "What data do you collect from me?"."""
        if not self.asked_noun or self.auxiliary not in {"do", "does"} or not self.subject:
            return self.asked_noun
        verb = third_person(self.verb) if self.auxiliary == "does" else self.verb
        return _joined("the", self.asked_noun, self.subject, verb, *self.rest)

    def _asked_of(self) -> str:
        """The "delete my data" of "Can I ask you to delete my data?"."""
        if bare(self.verb) in _ASKING_OTHERS and len(self.rest) > 1:
            to, *words = self.rest[1].split()
            if bare(to) == "to" and words and bare(words[0]) in BASES:
                return " ".join(words)
        return ""

    @property
    def adjunct(self) -> bool:
        return ADJUNCT.fullmatch(self.asked) is not None

    def with_asked(self, asked: str) -> ParsedQuestion | None:
        """The same, asked with another phrase ("why"); None where that is not possible."""
        if self.auxiliary and (not self.asked or self.adjunct):
            return replace(self, asked=asked)
        if self.auxiliary and self.asked_noun and self.subject:
            return replace(self, asked=asked, rest=(self.asked_noun, *self.rest))
        return None

    def with_phrase(self, phrase: str) -> ParsedQuestion:
        """With one more phrase, which replaces one that begins the same ("with the police")."""
        first = bare(phrase.split()[0])
        for index, part in enumerate(self.rest):
            if bare(part.split()[0]) == first:
                return replace(self, rest=(*self.rest[:index], phrase, *self.rest[index + 1 :]))
        return replace(self, rest=(*self.rest, phrase))


def sentence(text: str) -> str:
    """The text with a capital at the beginning and one question mark at the end."""
    text = text.strip().rstrip("?!.,;: ")
    return f"{text[:1].upper()}{text[1:]}?"


def bare(word: str) -> str:
    return word.lower().strip(',;:.?!()"“”')


def lowered(words: Sequence[str]) -> list[str]:
    return [bare(word) for word in words]


def leads_phrase(phrase: str) -> bool:
    first, *_ = phrase.split() or [""]  # a phrase may be empty
    return bare(first) in PREPOSITIONS | SUBORDINATORS


def _joined(*words: str) -> str:
    return " ".join(filter(None, words))
