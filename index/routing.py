"""Which policies a question names: by provider, title or file name, small misspellings allowed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.query_words import STOP_WORDS
from index.snapshot import PolicyEntry

# Words that stand in the names of policies and firms without naming any one of them.
_GENERIC = STOP_WORDS | frozenset(
    """
    addendum agreement app apps business centre center code com communications community company
    complete conditions conduct consumer contract cookie cookies corp corporate corporation current
    customer data digital document draft employee eu file final general global gmbh group guidelines
    handbook home hosting inc information international internet it legal limited llc ltd
    main management md media net network networks new notice online org personal plc policies policy
    privacy product products professional protection pty rules safety security service services shop
    site software solutions standard statement store studio support system systems team technologies
    technology terms text the tos txt uk us user users version web website world www
    """.split()
)
_TOKEN = re.compile(r"[^\W_]+(?:[.&'’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Routed:
    """The policies that a question names, by id, and the question without their names."""

    policies: tuple[str, ...]
    query: str


@dataclass(frozen=True, slots=True)
class _Name:
    policy_id: str
    tokens: tuple[str, ...]


IsWord = Callable[[str, str], bool]
"""Whether a word stands in lower case in the text of any policy but the one with this id."""


def route(question: str, entries: Sequence[PolicyEntry], is_word: IsWord) -> Routed:
    """Finds the policies that the question names; none if it names none, or if all share a name.

    A word that other policies use in lower case is an ordinary one: it is never taken for a
    misspelt name, and for a name only where it is written with a capital.
    """
    tokens = [(match.start(), match.end(), match[0]) for match in _TOKEN.finditer(question)]
    names = _names(tuple(entries))
    found: dict[str, list[tuple[int, int]]] = {}
    for at, (start, _, token) in enumerate(tokens):
        for name in names.that_may_begin_with(token):
            window = tokens[at : at + len(name.tokens)]
            if _same(name, [said for _, _, said in window], is_word):
                found.setdefault(name.policy_id, []).append((start, window[-1][1]))
    if not found or (len(found) == len(entries) > 1 and len(_spans(found)) == 1):
        return Routed((), question)
    chosen = _longest(found)
    query = _without(question, [span for spans in chosen.values() for span in spans])
    return Routed(tuple(entry.id for entry in entries if entry.id in chosen), query)


class _Names:
    """All names of all policies, found by how they begin: a question is not held against each."""

    def __init__(self, names: Iterable[_Name]) -> None:
        self._by_beginning: dict[str, list[_Name]] = {}
        for name in names:
            for beginning in {name.tokens[0], _stem(name.tokens[0])}:
                self._by_beginning.setdefault(beginning, []).append(name)
        self._beginnings = list(self._by_beginning)

    def that_may_begin_with(self, token: str) -> list[_Name]:
        """The names whose first token is within two edits of `token`, each once."""
        near = process.extract(
            _plain(token), self._beginnings, scorer=OSA.distance, score_cutoff=2, limit=None
        )
        found = (name for beginning, _, _ in near for name in self._by_beginning[beginning])
        return list(dict.fromkeys(found))


@lru_cache(maxsize=8)
def _names(entries: tuple[PolicyEntry, ...]) -> _Names:
    names: list[_Name] = []
    for entry in entries:
        forms = {
            tuple(_split(text)) for text in (entry.provider, entry.title, Path(entry.path).stem)
        }
        for form in forms:
            telling = tuple(token for token in form if token not in _GENERIC and len(token) > 1)
            for tokens in {telling, telling[:1], form if telling else ()}:
                if tokens and any(char.isalpha() for char in "".join(tokens)):
                    names.append(_Name(entry.id, tokens))
    return _Names(dict.fromkeys(names))


def _stem(token: str) -> str:
    """A domain name without its ending: people say "yahoo" for "yahoo.com"."""
    return token.rsplit(".", 1)[0]


def _plain(token: str) -> str:
    return token.lower().replace("’", "'").removesuffix("'s")


def _split(text: str) -> list[str]:
    """A name's tokens in lower case; "example.com" is one token, "acme_privacy" two."""
    return [_plain(match[0]) for match in _TOKEN.finditer(text)]


def _same(name: _Name, said: Sequence[str], is_word: IsWord) -> bool:
    def ordinary(word: str) -> bool:
        return is_word(word, name.policy_id)

    if len(said) < len(name.tokens):
        return False
    pairs = zip(name.tokens, said, strict=True)
    if not all(_same_token(wanted, token, ordinary) for wanted, token in pairs):
        return False
    # A shop called "Style" is not named by "style".
    return len(said) > 1 or not said[0][0].islower() or not ordinary(name.tokens[0])


def _same_token(wanted: str, token: str, ordinary: Callable[[str], bool]) -> bool:
    said = _plain(token)
    if wanted in {said, said.removesuffix("s")}:
        return True
    stem = _stem(wanted)
    if said == stem and len(stem) > 2:
        return token[0].isupper() or not ordinary(stem)
    allowed = 0 if len(wanted) < 5 else 1 if len(wanted) < 8 else 2
    if OSA.distance(said, wanted, score_cutoff=allowed) > allowed:
        return False
    return allowed > 0 and not ordinary(said)


def _spans(found: dict[str, list[tuple[int, int]]]) -> set[tuple[int, int]]:
    return {span for spans in found.values() for span in spans}


def _longest(found: dict[str, list[tuple[int, int]]]) -> dict[str, list[tuple[int, int]]]:
    """Drops a name that lies inside a longer one ("Acme" in "Acme Bank" where both are known)."""
    every = _spans(found)
    kept: dict[str, list[tuple[int, int]]] = {}
    for policy_id, spans in found.items():
        outer = [
            span
            for span in spans
            if not any(
                other != span and other[0] <= span[0] and span[1] <= other[1] for other in every
            )
        ]
        if outer:
            kept[policy_id] = outer
    return kept


def _without(question: str, spans: list[tuple[int, int]]) -> str:
    """The question with each name replaced: every clause of its policy says it alike."""
    for start, end in sorted(set(spans), reverse=True):
        question = f"{question[:start]}the company{question[end:]}"
    return question
