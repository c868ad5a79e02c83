"""Text -> statements: what a quote says, in a form in which two can be held against each other."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.english.lexicon.auxiliaries import BEFORE_VERB, PASSIVE
from assistant.english.lexicon.extent import AT_ONCE, FOREVER, MEASURING
from assistant.english.lexicon.function_words import (
    FUNCTION_WORDS,
    QUESTION_WORDS,
    WEIGHTLESS_IN_STATEMENTS,
)
from assistant.english.lexicon.joints import (
    BETWEEN_MEMBERS,
    GATES,
    JOINERS,
    SAME_AS_AFTER,
    SENTENCE_TAKES_BACK,
)
from assistant.english.lexicon.meanings import MEANINGS_IN_STATEMENTS
from assistant.english.lexicon.negation import NEGATIONS
from assistant.english.lexicon.people import OUTSIDE, PLURAL_SUBJECTS, THIRD_PERSON
from assistant.english.lexicon.verbs import PREDICATES
from assistant.english.numbers import numbers_in
from assistant.english.words import any_of, stem, uncontracted
from assistant.evidence.conflicts.rewording import REWRITTEN

_TOKEN = re.compile(r"\d+(?:,\d{3})+|[^\W_]+(?:['’&@./-][^\W_]+)*|[$€£%,]")
_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+|;\s+|\n+")
_NEXT_CLAUSE = re.compile(r",? and (?=(?:we|you|no|there|they)\b)", re.IGNORECASE)
# "3.1. ", "(a) ", "- ": what stands before an item of a list is not said by it.
_ENUMERATION = re.compile(r"^(?:[-*•]|\(?(?:\d+(?:\.\d+)*|[a-z]|[ivx]+)[.)])\s+", re.IGNORECASE)
_RELATIVE = QUESTION_WORDS - {"whose", "when"} | {"to", "that"}
_HEADING = re.compile(rf"(?:{any_of(QUESTION_WORDS - {'whom', 'whose', 'when'})})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statement:
    """A clause as the rules for conflicts see it. Positions count its tokens, commas too.

    `finished` where a full stop ends it, as it ends few headings. `words` are the meanings of the
    words that say something, by position; `numbers` as `numbers_in` gives them, with "forever" and
    "immediately"; `gates` the words of the whole sentence that may make it speak of a case of its
    own; `negations` and `names` are positions; `lists` holds of each enumeration its members, as
    the positions of their words.
    """

    tokens: tuple[str, ...]
    finished: bool
    words: dict[int, str]
    numbers: frozenset[str]
    gates: frozenset[str]
    negations: tuple[int, ...]
    names: frozenset[int]
    lists: tuple[tuple[frozenset[int], ...], ...]

    @property
    def actors(self) -> frozenset[str]:
        """Of "company" and "you", those that it names as acting."""
        return frozenset(
            PLURAL_SUBJECTS[token] for token in self.tokens if token in PLURAL_SUBJECTS
        )

    @property
    def meanings(self) -> frozenset[str]:
        return frozenset(self.words.values())

    def has(self, words: Collection[str]) -> bool:
        return any(token in words for token in self.tokens)

    def without(self, meanings: Collection[str]) -> Statement:
        """The same, where these meanings say nothing."""
        kept = {at: each for at, each in self.words.items() if each not in meanings}
        return replace(self, words=kept)

    def alternatives(self, position: int) -> frozenset[int]:
        """The positions of all words enumerated with the one at `position`, itself among them."""
        for members in self.lists:
            if any(position in member for member in members):
                return frozenset().union(*members)
        return frozenset((position,))

    def covered(self, matched: frozenset[int]) -> frozenset[int]:
        """Positions that are matched, by themselves or as alternatives of a matched member."""
        met = (each for each in self.lists if any(member <= matched for member in each))
        return matched.union(*(member for members in met for member in members))

    def unmatched(self, known: Collection[str]) -> list[int]:
        """Positions of words that say what is not known, and are no alternative to what is."""
        covered = self.covered(frozenset(at for at, each in self.words.items() if each in known))
        return [at for at in self.words if at not in covered]

    def actor(self, position: int) -> str:
        """Who does what the verb at `position` says.

        "company", "you", "passive" (left open who), "other" (a noun), or "" where nobody does it
        here: in an infinitive, a relative clause, or a heading.
        """
        at, passive = position - 1, False
        while at >= 0 and self._auxiliary(at):
            passive = passive or self.tokens[at] in PASSIVE
            at -= 1
        if at < 0:
            return "you" if position and self.tokens[0] in {"do", "never"} else ""
        if passive:
            return "" if self.tokens[at] in _RELATIVE else "passive"
        while at >= 0 and (self.tokens[at] in JOINERS or self.tokens[at] == ","):
            at -= 1
            while at >= 0 and (at in self.words or self._auxiliary(at)):
                at -= 1
        if at < 0:
            return ""
        if self.tokens[at] in PLURAL_SUBJECTS:
            subordinate = at > 0 and (at - 1 in self.words or self.tokens[at - 1] in _RELATIVE)
            return "" if subordinate else PLURAL_SUBJECTS[self.tokens[at]]
        return "other" if at in self.words else ""

    def _auxiliary(self, at: int) -> bool:
        return self.tokens[at] in BEFORE_VERB or self.tokens[at].endswith("ly")


@lru_cache(maxsize=2048)
def statements(text: str) -> tuple[Statement, ...]:
    """The statements of a plain text: no questions, headings, cells of tables, or pieces of
    sentences. What a sentence takes back, the one before it says with a condition."""
    sentences = [_ENUMERATION.sub("", part.strip()) for part in _END.split(_plain(text))]
    following = [*sentences[1:], ""]
    return tuple(
        statement
        for sentence, after in zip(sentences, following, strict=True)
        if sentence[:1].isupper() and not sentence.endswith(("?", ":")) and "|" not in sentence
        if not _HEADING.match(sentence)
        for statement in _clauses(sentence, SENTENCE_TAKES_BACK & set(_tokens(after)[:1]))
        if statement.finished or statement.has(PREDICATES)
    )


def meanings(text: str) -> frozenset[str]:
    """What the words of a text mean, those of no weight left out."""
    return frozenset().union(*(each.meanings for each in _clauses(_plain(text), frozenset())))


def is_number(token: str) -> bool:
    return bool(numbers_in(f"{token} pieces"))


def _plain(text: str) -> str:
    return uncontracted(text.strip())


def _clauses(sentence: str, taken_back: frozenset[str]) -> Iterator[Statement]:
    """The clauses of a sentence that have a subject of their own; its conditions hold for all."""
    finished = sentence.endswith((".", "!"))
    for pattern, replacement in REWRITTEN:
        sentence = pattern.sub(replacement, sentence)
    gates = frozenset(_gates(_tokens(sentence))) | taken_back
    for clause in _NEXT_CLAUSE.split(sentence):
        tokens = _tokens(clause)
        negations = (
            at for at, token in enumerate(tokens) if token in NEGATIONS or token == "neednot"
        )
        yield Statement(
            tokens=tokens,
            finished=finished,
            words={at: _meaning(token) for at, token in enumerate(tokens) if _says(token)},
            numbers=frozenset(numbers_in(clause)) | {FOREVER, AT_ONCE}.intersection(tokens),
            gates=gates,
            negations=tuple(negations),
            names=frozenset(
                at for at, word in enumerate(_TOKEN.findall(clause)) if at and word[0].isupper()
            ),
            lists=tuple(_lists(tokens)),
        )


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(token.lower() for token in _TOKEN.findall(text))


def _says(token: str) -> bool:
    return token == "free" or not (
        len(token) == 1
        or token in FUNCTION_WORDS
        or token in BEFORE_VERB
        or token in WEIGHTLESS_IN_STATEMENTS
        or is_number(token)
    )


def _meaning(token: str) -> str:
    stemmed: str = stem(token.removesuffix("'s").removesuffix("'"))
    return MEANINGS_IN_STATEMENTS.get(stemmed, stemmed)


def _gates(tokens: Sequence[str]) -> Iterator[str]:
    for at, token in enumerate(tokens):
        beside = [*tokens[max(0, at - 2) : at], *tokens[at + 1 : at + 3]]
        if token in THIRD_PERSON and sum(map(_says, tokens[:at])) < 2:
            yield "this"
        elif token in GATES and not (token in MEASURING and any(map(is_number, beside))):
            yield token if token in OUTSIDE else SAME_AS_AFTER.get(token, stem(token))


def _lists(tokens: Sequence[str]) -> Iterator[tuple[frozenset[int], ...]]:
    """Enumerations, each as its members: the word before the first comma or joiner, then what
    stands up to the next, of verbs one word each, since an object follows the last. Commas alone
    enumerate nothing."""
    members: list[frozenset[int]] = []
    joined = verbs = False
    at = 0
    while at < len(tokens):
        start = at
        while at < len(tokens) and _says(tokens[at]):
            at += 1
        if not members:
            verbs = at - start == 1 and start > 0 and _leads_to_verb(tokens[start - 1])
            start = max(start, at - 1)
        if start < at:
            members.append(frozenset(range(start, start + 1 if verbs else at)))
        separator = at
        while at < len(tokens) and (tokens[at] == "," or tokens[at] in JOINERS):
            joined = joined or tokens[at] in JOINERS
            at += 1
        if separator > start and at > separator:
            while at < len(tokens) and tokens[at] in BETWEEN_MEMBERS:
                at += 1
            continue
        if joined and len(members) > 1:
            yield tuple(members)
        members, joined = [], False
        at = max(at, start + 1)


def _leads_to_verb(token: str) -> bool:
    return token in BEFORE_VERB or token in PLURAL_SUBJECTS or token == "to" or token.endswith("ly")
