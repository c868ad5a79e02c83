"""Text -> statements: what a quote says, in a form in which two can be compared."""

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
# "3.1. ", "(a) ", "- ": what stands before an item of a list is not part of what it says.
_ENUMERATION = re.compile(r"^(?:[-*•]|\(?(?:\d+(?:\.\d+)*|[a-z]|[ivx]+)[.)])\s+", re.IGNORECASE)
_NEGATIONS = NEGATIONS | {"neednot"}
_RELATIVE = QUESTION_WORDS - {"whose", "when"} | {"to", "that"}
_HEADING = re.compile(rf"(?:{any_of(QUESTION_WORDS - {'whom', 'whose', 'when'})})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statement:
    """A clause as the rules for conflicts read it. Positions count its tokens, commas included.

    `finished` is whether a full stop ends it, which is rare in headings. `words` maps the positions
    of the words that say something to their meanings. `numbers` are as `numbers_in` gives them, and
    "forever" and "immediately". `gates` are the words of the whole sentence that may make it speak
    of a case of its own. `negations` and `names` are positions. `lists` holds the members of each
    enumeration, each as the positions of its words.
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
        """Those of "company" and "you" that it names as acting."""
        return frozenset(
            PLURAL_SUBJECTS[token] for token in self.tokens if token in PLURAL_SUBJECTS
        )

    @property
    def meanings(self) -> frozenset[str]:
        return frozenset(self.words.values())

    def has(self, words: Collection[str]) -> bool:
        return any(token in words for token in self.tokens)

    def without(self, meanings: Collection[str]) -> Statement:
        """The same without the words of these meanings."""
        kept = {index: word for index, word in self.words.items() if word not in meanings}
        return replace(self, words=kept)

    def word_for(self, meaning: str) -> str:
        """The first token of a meaning that it has."""
        return next(self.tokens[index] for index, word in self.words.items() if word == meaning)

    def alternatives(self, position: int) -> frozenset[int]:
        """The positions of all words enumerated with the one at `position`, including itself."""
        for members in self.lists:
            if any(position in member for member in members):
                return frozenset().union(*members)
        return frozenset((position,))

    def covered(self, matched: frozenset[int]) -> frozenset[int]:
        """Positions that are matched, by themselves or as alternatives to a matched member."""
        lists = (members for members in self.lists if any(m <= matched for m in members))
        return matched.union(*(member for members in lists for member in members))

    def unmatched(self, known: Collection[str]) -> list[int]:
        """Positions of words whose meaning is not known, nor that of one of their alternatives."""
        covered = self.covered(frozenset(i for i, word in self.words.items() if word in known))
        return [index for index in self.words if index not in covered]

    def actor(self, position: int) -> str:
        """Who does what the verb at `position` says.

        "company", "you", "passive" (it is left open), "other" (a noun), or "" where nobody does it
        here: in an infinitive, a relative clause or a heading.
        """
        subject, passive = position - 1, False
        while subject >= 0 and self._is_auxiliary(subject):
            passive = passive or self.tokens[subject] in PASSIVE
            subject -= 1
        if subject < 0:
            return "you" if position and self.tokens[0] in {"do", "never"} else ""
        if passive:
            return "" if self.tokens[subject] in _RELATIVE else "passive"
        while subject >= 0 and (self.tokens[subject] in JOINERS or self.tokens[subject] == ","):
            subject -= 1
            while subject >= 0 and (subject in self.words or self._is_auxiliary(subject)):
                subject -= 1
        if subject < 0:
            return ""
        if self.tokens[subject] in PLURAL_SUBJECTS:
            before = subject - 1
            subordinate = before >= 0 and (before in self.words or self.tokens[before] in _RELATIVE)
            return "" if subordinate else PLURAL_SUBJECTS[self.tokens[subject]]
        return "other" if subject in self.words else ""

    def _is_auxiliary(self, position: int) -> bool:
        return self.tokens[position] in BEFORE_VERB or self.tokens[position].endswith("ly")


@lru_cache(maxsize=2048)
def statements(text: str) -> tuple[Statement, ...]:
    """The statements of a plain text, without questions, headings, table cells and fragments.

    What a sentence takes back is a condition of the one before it.
    """
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
    """The meanings of the words of a text, without those of no weight."""
    clauses = _clauses(_plain(text), frozenset())
    return frozenset().union(*(clause.meanings for clause in clauses))


def is_number(token: str) -> bool:
    return bool(numbers_in(f"{token} pieces"))


def _plain(text: str) -> str:
    return uncontracted(text.strip())


def _clauses(sentence: str, taken_back: frozenset[str]) -> Iterator[Statement]:
    """The clauses of a sentence that have their own subject; its conditions hold for them all."""
    finished = sentence.endswith((".", "!"))
    for pattern, replacement in REWRITTEN:
        sentence = pattern.sub(replacement, sentence)
    gates = frozenset(_gates(_tokens(sentence))) | taken_back
    for clause in _NEXT_CLAUSE.split(sentence):
        tokens = _tokens(clause)
        yield Statement(
            tokens=tokens,
            finished=finished,
            words={index: _meaning(token) for index, token in enumerate(tokens) if _says(token)},
            numbers=frozenset(numbers_in(clause)) | {FOREVER, AT_ONCE}.intersection(tokens),
            gates=gates,
            negations=tuple(i for i, token in enumerate(tokens) if token in _NEGATIONS),
            names=frozenset(
                index
                for index, word in enumerate(_TOKEN.findall(clause))
                if index and word[0].isupper()
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
    for index, token in enumerate(tokens):
        beside = [*tokens[max(0, index - 2) : index], *tokens[index + 1 : index + 3]]
        if token in THIRD_PERSON and sum(map(_says, tokens[:index])) < 2:
            yield "this"
        elif token in GATES and not (token in MEASURING and any(map(is_number, beside))):
            yield token if token in OUTSIDE else SAME_AS_AFTER.get(token, stem(token))


def _lists(tokens: Sequence[str]) -> Iterator[tuple[frozenset[int], ...]]:
    """Enumerations, each as its members.

    The first member is the word before the first comma or joiner, each further one what stands up
    to the next. Of verbs it is one word each, since an object follows the last. Commas alone do not
    make an enumeration.
    """
    members: list[frozenset[int]] = []
    joined = verbs = False
    index = 0
    while index < len(tokens):
        start = index
        while index < len(tokens) and _says(tokens[index]):
            index += 1
        if not members:
            verbs = index - start == 1 and start > 0 and _leads_to_verb(tokens[start - 1])
            start = max(start, index - 1)
        if start < index:
            members.append(frozenset(range(start, start + 1 if verbs else index)))
        separator = index
        while index < len(tokens) and (tokens[index] == "," or tokens[index] in JOINERS):
            joined = joined or tokens[index] in JOINERS
            index += 1
        if separator > start and index > separator:
            while index < len(tokens) and tokens[index] in BETWEEN_MEMBERS:
                index += 1
            continue
        if joined and len(members) > 1:
            yield tuple(members)
        members, joined = [], False
        index = max(index, start + 1)


def _leads_to_verb(token: str) -> bool:
    return token in BEFORE_VERB or token in PLURAL_SUBJECTS or token == "to" or token.endswith("ly")
