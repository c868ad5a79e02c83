"""A folder of questions with known evidence -> questions about policies as the index holds them.

The folder holds `policies/`, any documents that can be added, and `questions.jsonl`, one object a
line: `question`, `policies` (file stems that it is about; empty: any), `answerable`, `evidence`
[{policy, start, end, quote}] and, if the set has them, `segments` [[start, end]]: the paragraphs
that hold the evidence. Offsets count code points of the document's text, end exclusive.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from assistant.errors import QuestionError
from assistant.evaluation.spans import Span, merged
from assistant.question.checked_question import checked_question
from index.documents.encoding import decode
from index.documents.file_search import expand
from index.errors import LoadError
from index.types import Policy, canonical

_T = TypeVar("_T")
_AS_THEY_STAND = ("text/plain", "text/markdown")
_FORM = "give one object a line, with question, policies, answerable, evidence"


@dataclass(frozen=True, slots=True)
class Question:
    """A question and where its answer stands, in the canonical texts.

    `policies` are the ids that it is asked of; empty: all. `evidence` does not overlap; `lost` are
    the lengths in characters of further pieces, which the canonical text does not hold.
    `segments` is None where the set has none. `about` is the policy that it is counted with in a
    mean over policies.
    """

    text: str
    policies: tuple[str, ...]
    answerable: bool
    evidence: tuple[Span, ...]
    lost: tuple[int, ...]
    segments: tuple[Span, ...] | None
    about: str


@dataclass(frozen=True, slots=True)
class _Piece:
    policy: str
    start: int
    quote: str


@dataclass(frozen=True, slots=True)
class _Item:
    """A question as it stands in the file: policies are file stems, offsets the documents'."""

    question: str
    policies: tuple[str, ...]
    answerable: bool
    evidence: tuple[_Piece, ...]
    segments: tuple[tuple[int, int], ...] | None

    @property
    def about(self) -> tuple[str, ...]:
        return self.policies or tuple(piece.policy for piece in self.evidence)


@dataclass(frozen=True, slots=True)
class _Document:
    """A policy, and what its file holds, in which the set's offsets count."""

    policy: Policy
    file: str

    @classmethod
    def of(cls, policy: Policy, path: Path) -> _Document:
        """Where the canonical text is not the end of the file's, it stands for it."""
        if policy.media_type in _AS_THEY_STAND:
            file = decode(path.read_bytes(), path.name)
            if canonical(file).endswith(policy.text):
                return cls(policy, file)
        return cls(policy, policy.text)

    def offset(self, at: int) -> int:
        """An offset in the file as one in the canonical text."""
        left_out = len(canonical(self.file)) - len(self.policy.text)
        return len(canonical(self.file[:at])) - left_out

    def find(self, piece: _Piece) -> Span | None:
        """Where the quote stands: at its offset, else where its words stand nearest to it."""
        text, expected = self.policy.text, self.offset(piece.start)
        if expected >= 0 and text.startswith(piece.quote, expected):
            return Span(self.policy.id, expected, expected + len(piece.quote))
        words = re.compile(r"\s+".join(re.escape(word) for word in piece.quote.split()))
        places = [match.span() for match in words.finditer(text)]
        if not places:
            return None
        return Span(self.policy.id, *min(places, key=lambda place: abs(place[0] - expected)))


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """The documents and questions of a folder."""

    name: str
    documents: tuple[Path, ...]
    items: tuple[_Item, ...]

    @classmethod
    def load(cls, folder: Path) -> LabelledSet:
        """Reads a folder. Raises LoadError where it holds no such set."""
        file, policies = folder / "questions.jsonl", folder / "policies"
        documents = [each.path for each in expand([policies])] if policies.is_dir() else []
        if not file.is_file() or not documents:
            raise LoadError(
                f"{str(folder)!r} is no labelled set: it needs policies/*.txt and questions.jsonl"
            )
        stem, count = Counter(document.stem for document in documents).most_common(1)[0]
        if count > 1:
            raise LoadError(
                f"{str(policies)!r} holds {count} documents called {stem!r}: rename all but one"
            )
        items = _items(file, {document.stem for document in documents})
        return cls(folder.resolve().name, tuple(documents), tuple(items))

    def questions(self, policies: Mapping[str, Policy]) -> list[Question]:
        """The questions about these policies, by file stem."""
        documents = {path.stem: _Document.of(policies[path.stem], path) for path in self.documents}
        return [_placed(item, documents) for item in self.items]


def _placed(item: _Item, documents: Mapping[str, _Document]) -> Question:
    found = [(piece, documents[piece.policy].find(piece)) for piece in item.evidence]
    about = documents[item.about[0]] if item.about else None
    segments = None
    if item.segments is not None and about is not None:
        segments = tuple(
            Span(about.policy.id, about.offset(start), about.offset(end))
            for start, end in item.segments
        )
    return Question(
        text=item.question,
        policies=tuple(documents[stem].policy.id for stem in item.policies),
        answerable=item.answerable,
        evidence=tuple(merged(span for _, span in found if span is not None)),
        lost=tuple(len(piece.quote) for piece, span in found if span is None),
        segments=segments,
        about=about.policy.id if about else "",
    )


def _items(file: Path, stems: Collection[str]) -> list[_Item]:
    try:
        # Not splitlines(): JSON may hold U+2028 as it is.
        lines = file.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise LoadError(f"{str(file)!r} is no UTF-8 ({error}): save it as UTF-8") from error
    items = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                items.append(_item(json.loads(line), stems))
            except (ValueError, RecursionError, QuestionError) as error:
                raise LoadError(f"{str(file)!r}, line {number}: {error}: {_FORM}") from error
    if not items:
        raise LoadError(f"{str(file)!r} holds no question: {_FORM}")
    return items


def _item(data: object, stems: Collection[str]) -> _Item:
    answerable = _field(data, "answerable", bool)
    pieces = _field(data, "evidence", list) if answerable else []
    evidence = tuple(
        _Piece(
            _stem(_field(piece, "policy", str), stems),
            _field(piece, "start", int),
            _quote(_field(piece, "quote", str)),
        )
        for piece in pieces
    )
    if answerable and not evidence:
        raise ValueError("it is answerable, but has no evidence")
    return _Item(
        question=checked_question(_field(data, "question", str)),
        policies=tuple(_stem(stem, stems) for stem in _field(data, "policies", list)),
        answerable=answerable,
        evidence=evidence,
        segments=_segments(data),
    )


def _field(data: object, name: str, kind: type[_T]) -> _T:
    value: Any = data.get(name) if isinstance(data, dict) else None
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise ValueError(f"{name!r} is {repr(value)[:80]}, not {kind.__name__}")
    return value


def _stem(stem: object, stems: Collection[str]) -> str:
    if not isinstance(stem, str) or stem not in stems:
        raise ValueError(f"policies/ holds no document called {stem!r}")
    return stem


def _quote(quote: str) -> str:
    if not quote.strip():
        raise ValueError("'quote' is blank")
    return canonical(quote)


def _segments(data: object) -> tuple[tuple[int, int], ...] | None:
    if not isinstance(data, dict) or "segments" not in data:
        return None
    segments = []
    for pair in _field(data, "segments", list):
        match pair:
            case [int(start), int(end)]:
                segments.append((start, end))
            case _:
                raise ValueError(f"'segments' holds {repr(pair)[:80]}, not [start, end]")
    return tuple(segments)
