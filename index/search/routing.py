"""Which policies a question names: by provider, title or file name, small misspellings allowed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.store.snapshot import PolicyEntry
from index.text.query_words import STOP_WORDS
from index.text.sentences import Span

# Words that occur in the names of policies and firms without naming any of them.
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
_TOKEN = re.compile(r"[^\W_]+(?:[.&'’][^\W_]+)*")
_PART = re.compile(r"[A-Z]+(?![a-z])\d*|[A-Z]?[^\W\d_A-Z]+\d*|\d+")  # of "AcmeNDA-v2"
_REPEATED = re.compile(r"(?:\bthe )?\bthe company(?:(?:['’]s)? the company)*", re.IGNORECASE)
_LEAST_LETTERS = 3  # of a word inside a name that stands for the whole name


@dataclass(frozen=True, slots=True)
class Routed:
    """The policies that a question names, by id, and the question without their names."""

    policies: tuple[str, ...]
    query: str


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of a policy, or a part of one.

    A `partial` one is the first word of a longer name or, if `inner`, another word that no other
    policy's name has. An inner one counts only with a capital, and not as the first word of a
    question.
    """

    policy_id: str
    tokens: tuple[str, ...]
    partial: bool = False
    inner: bool = False


IsWord = Callable[[str, str], bool]
"""Whether a word stands in lower case in the text of any policy but the one with this id."""


def route(question: str, entries: Sequence[PolicyEntry], is_word: IsWord) -> Routed:
    """Finds the policies that the question names; none if it names none, or if all share a name.

    A word that other policies use in lower case is an ordinary one: it is never taken for a
    misspelt name, and for a name only where it is written with a capital. Ordinary words that name
    several policies ("Non-Disclosure Agreement") say of which kind they are: they only narrow down
    what other names in the question name.
    """
    names = _names(tuple(entries))
    ids_by_span: dict[Span, set[str]] = {}
    kinds: set[Span] = set()
    for span, name in _named(question, names, is_word):
        ids_by_span.setdefault(span, set()).add(name.policy_id)
        if all(token in _GENERIC or is_word(token, name.policy_id) for token in name.tokens):
            kinds.add(span)
    longest = _longest(ids_by_span)
    kinds = {span for span in kinds if len(longest.get(span, ())) > 1}
    chosen = set().union(*(ids for span, ids in longest.items() if span not in kinds))
    if not chosen or (len(longest) == 1 and len(chosen) == len(entries) > 1):
        return Routed((), question)
    for span in kinds:
        chosen = (chosen & longest[span]) or chosen
    ids = tuple(entry.id for entry in entries if entry.id in chosen)
    return Routed(ids, _without(question, longest))


def _named(question: str, names: _Names, is_word: IsWord) -> Iterator[tuple[Span, _Name]]:
    tokens = [(match.start(), match.end(), match[0]) for match in _TOKEN.finditer(question)]
    for index, (start, end, token) in enumerate(tokens):
        for name in names.that_may_begin_with(token):
            window = tokens[index : index + len(name.tokens)]
            if _same(name, [word for _, _, word in window], index == 0, is_word):
                yield (start, window[-1][1]), name
        for _, last, following in tokens[index + 1 : index + 2]:
            if token[0].isupper() and following[0].isupper() and question[end].isspace():
                for name in names.written_as(token + _plain(following)):
                    yield (start, last), name


class _Names:
    """All names of all policies, by how they begin, so that few are compared with a question."""

    def __init__(self, names: Sequence[_Name]) -> None:
        self._by_beginning: dict[str, list[_Name]] = {}
        for name in names:
            for beginning in {name.tokens[0], _without_ending(name.tokens[0])}:
                self._by_beginning.setdefault(beginning, []).append(name)
        self._beginnings = list(self._by_beginning)
        self._single: dict[str, list[_Name]] = {}
        for name in names:
            if len(name.tokens) == 1:
                self._single.setdefault(name.tokens[0], []).append(name)

    def that_may_begin_with(self, token: str) -> list[_Name]:
        """The names whose first token is within two edits of `token`, each once."""
        near = process.extract(
            _plain(token), self._beginnings, scorer=OSA.distance, score_cutoff=2, limit=None
        )
        names = (name for beginning, _, _ in near for name in self._by_beginning[beginning])
        return list(dict.fromkeys(names))

    def written_as(self, token: str) -> list[_Name]:
        """The names that are exactly this token."""
        return self._single.get(token.lower(), [])


@lru_cache(maxsize=8)
def _names(entries: tuple[PolicyEntry, ...]) -> _Names:
    names: list[_Name] = []
    inner: dict[str, set[str]] = {}
    for entry in entries:
        stem = Path(entry.path).stem
        forms = {_split(text) for text in (entry.provider, entry.title, stem)}
        for form in sorted(forms | {_parts(stem)}):
            telling = tuple(token for token in form if token not in _GENERIC and len(token) > 1)
            whole = form in forms
            for tokens in {telling, telling[:1] if whole else (), form if telling else ()}:
                if (whole or len(tokens) > 1) and any(map(str.isalpha, "".join(tokens))):
                    names.append(_Name(entry.id, tokens, partial=len(tokens) < len(telling)))
            for token in telling[1:] if whole else telling:
                if token.isalpha() and len(token) >= _LEAST_LETTERS:
                    inner.setdefault(token, set()).add(entry.id)
    names += [
        _Name(next(iter(ids)), (token,), partial=True, inner=True)
        for token, ids in inner.items()
        if len(ids) == 1
    ]
    return _Names(list(dict.fromkeys(names)))


def _parts(stem: str) -> tuple[str, ...]:
    """The parts of a file name, without numbers: ("acme", "nda", "v2") of "AcmeNDA-v2_2019"."""
    return tuple(part.lower() for part in _PART.findall(stem) if not part.isdigit())


def _without_ending(token: str) -> str:
    """A domain name without its ending: people say "acme" for "acme.com"."""
    return token.rsplit(".", 1)[0]


def _plain(token: str) -> str:
    return token.lower().replace("’", "'").removesuffix("'s")


def _split(text: str) -> tuple[str, ...]:
    """A name's tokens in lower case; "example.com" is one token, "acme_privacy" two."""
    return tuple(_plain(match[0]) for match in _TOKEN.finditer(text))


def _same(name: _Name, words: Sequence[str], opens: bool, is_word: IsWord) -> bool:
    """Whether the words are the name; `opens` where they begin the question."""

    def ordinary(word: str) -> bool:
        return is_word(word, name.policy_id)

    if len(words) < len(name.tokens):
        return False
    if name.inner and (opens or words[0][0].islower() or _plain(words[0]) != name.tokens[0]):
        return False
    pairs = zip(name.tokens, words, strict=True)
    if not all(_same_token(wanted, word, ordinary) for wanted, word in pairs):
        return False
    # A shop called "Style" is not named by "style", nor "Blank Forms Ltd" by "Blank".
    doubtful = name.partial or words[0][0].islower()
    return len(words) > 1 or not doubtful or not ordinary(name.tokens[0])


def _same_token(wanted: str, token: str, ordinary: Callable[[str], bool]) -> bool:
    word = _plain(token)
    if wanted in {word, word.removesuffix("s")}:
        return True
    bare = _without_ending(wanted)
    if word == bare and len(bare) > 2:
        return token[0].isupper() or not ordinary(bare)
    allowed = 0 if len(wanted) < 5 else 1 if len(wanted) < 8 else 2
    if OSA.distance(word, wanted, score_cutoff=allowed) > allowed:
        return False
    return allowed > 0 and not ordinary(word)


def _longest(ids_by_span: Mapping[Span, set[str]]) -> dict[Span, set[str]]:
    """Without names inside longer ones ("Acme" in "Acme Bank" where both are known)."""

    def inside(span: Span, other: Span) -> bool:
        return other != span and other[0] <= span[0] and span[1] <= other[1]

    return {
        span: ids
        for span, ids in ids_by_span.items()
        if not any(inside(span, other) for other in ids_by_span)
    }


def _without(question: str, spans: Iterable[Span]) -> str:
    """The question with "the company" for each name: all clauses of a policy have the name."""
    apart: list[Span] = []
    for start, end in sorted(spans):
        if apart and start < apart[-1][1]:
            first, last = apart.pop()
            start, end = first, max(last, end)
        apart.append((start, end))
    for start, end in reversed(apart):
        question = f"{question[:start]}the company{question[end:]}"
    return _REPEATED.sub("the company", question)
