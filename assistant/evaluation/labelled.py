"""A folder of questions with known evidence -> questions about policies as the index holds them.

The folder holds `policies/`, any documents that can be added, and `questions.jsonl`, one object per
line: `question`, `policies` (the file stems it is about; empty for any), `answerable`, `evidence`
[{policy, start, end, quote}] and, if the set has them, `segments` [[start, end]]: the paragraphs
that hold the evidence. Offsets count code points of the document's text, end exclusive.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.errors import QuestionError
from assistant.evaluation.spans import PolicySpan, merged
from assistant.question.checked_question import checked_question
from assistant.values.validated import validated
from index.documents.encoding import decode
from index.documents.file_search import expand
from index.errors import LoadError
from index.types import Policy, canonical

_VERBATIM = ("text/plain", "text/markdown")  # their canonical text is the end of the file's
_FORM = "give one object per line, with question, policies, answerable, evidence"


@dataclass(frozen=True, slots=True)
class Question:
    """A question and where its answer stands, in the canonical texts.

    `policies` are the ids that it is asked of; empty means all. `evidence` does not overlap; `lost`
    are the lengths, in characters, of further pieces that the canonical text does not hold.
    `segments` is None where the set has none. `about` is the policy that the question counts for in
    a mean over policies.
    """

    text: str
    policies: tuple[str, ...]
    answerable: bool
    evidence: tuple[PolicySpan, ...]
    lost: tuple[int, ...]
    segments: tuple[PolicySpan, ...] | None
    about: str


@dataclass(frozen=True, slots=True)
class _LabelledPiece:
    """A piece of evidence as it stands in the file: `policy` is a file stem."""

    policy: str
    start: int
    quote: str

    def __post_init__(self) -> None:
        if not self.quote.strip():
            raise ValueError("the quote is blank")


@dataclass(frozen=True, slots=True)
class _LabelledQuestion:
    """A question as it stands in the file: `policies` are file stems, offsets the documents'."""

    question: str
    policies: tuple[str, ...]
    answerable: bool
    evidence: tuple[_LabelledPiece, ...] = ()
    segments: tuple[tuple[int, int], ...] | None = None

    def __post_init__(self) -> None:
        if self.answerable and not self.evidence:
            raise ValueError("it is answerable, but has no evidence")

    @property
    def about(self) -> tuple[str, ...]:
        return self.policies or tuple(piece.policy for piece in self.evidence)


@dataclass(frozen=True, slots=True)
class _Document:
    """A policy and the text of its file, in which the set's offsets count."""

    policy: Policy
    file: str

    @classmethod
    def of(cls, policy: Policy, path: Path) -> _Document:
        """Where the canonical text is not the end of the file's, offsets count in the former."""
        if policy.media_type in _VERBATIM:
            file = decode(path.read_bytes(), path.name)
            if canonical(file).endswith(policy.text):
                return cls(policy, file)
        return cls(policy, policy.text)

    def offset(self, in_file: int) -> int:
        """An offset in the file as one in the canonical text."""
        left_out = len(canonical(self.file)) - len(self.policy.text)
        return len(canonical(self.file[:in_file])) - left_out

    def find(self, piece: _LabelledPiece) -> PolicySpan | None:
        """Where the quote stands: at its offset, or else where its words stand nearest to that."""
        text, quote, expected = self.policy.text, canonical(piece.quote), self.offset(piece.start)
        if expected >= 0 and text.startswith(quote, expected):
            return PolicySpan(self.policy.id, expected, expected + len(quote))
        words = re.compile(r"\s+".join(re.escape(word) for word in quote.split()))
        places = [match.span() for match in words.finditer(text)]
        if not places:
            return None
        return PolicySpan(self.policy.id, *min(places, key=lambda place: abs(place[0] - expected)))


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """The documents and questions of a folder."""

    name: str
    documents: tuple[Path, ...]
    items: tuple[_LabelledQuestion, ...]

    @classmethod
    def load(cls, folder: Path) -> LabelledSet:
        """Reads a folder. Raises LoadError where it does not hold such a set."""
        file, policies = folder / "questions.jsonl", folder / "policies"
        documents = [entry.path for entry in expand([policies])] if policies.is_dir() else []
        if not file.is_file() or not documents:
            raise LoadError(
                f"{str(folder)!r} is not a labelled set: it needs policies/*.txt and "
                "questions.jsonl"
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


def _placed(item: _LabelledQuestion, documents: Mapping[str, _Document]) -> Question:
    pieces = [(piece, documents[piece.policy].find(piece)) for piece in item.evidence]
    about = documents[item.about[0]] if item.about else None
    segments = None
    if item.segments is not None and about is not None:
        segments = tuple(
            PolicySpan(about.policy.id, about.offset(start), about.offset(end))
            for start, end in item.segments
        )
    return Question(
        text=item.question,
        policies=tuple(documents[stem].policy.id for stem in item.policies),
        answerable=item.answerable,
        evidence=tuple(merged(span for _, span in pieces if span is not None)),
        lost=tuple(len(canonical(piece.quote)) for piece, span in pieces if span is None),
        segments=segments,
        about=about.policy.id if about else "",
    )


def _items(file: Path, file_stems: Collection[str]) -> list[_LabelledQuestion]:
    try:
        # Not splitlines(), as JSON may contain a raw U+2028.
        lines = file.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise LoadError(f"{str(file)!r} is not UTF-8 ({error}): save it as UTF-8") from error
    items = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                items.append(_item(json.loads(line), file_stems))
            except (ValueError, RecursionError, QuestionError) as error:
                raise LoadError(f"{str(file)!r}, line {number}: {error}: {_FORM}") from error
    if not items:
        raise LoadError(f"{str(file)!r} holds no question: {_FORM}")
    return items


def _item(data: object, file_stems: Collection[str]) -> _LabelledQuestion:
    if isinstance(data, dict) and data.get("segments", ()) is None:
        raise ValueError("segments should be a valid array, not None")
    if isinstance(data, dict) and data.get("answerable") is False:
        data = {**data, "evidence": []}  # an unanswerable question has none that counts
    item = validated(_LabelledQuestion, data, extra="ignore")
    for stem in (*item.policies, *(piece.policy for piece in item.evidence)):
        if stem not in file_stems:
            raise ValueError(f"policies/ holds no document called {stem!r}")
    return replace(item, question=checked_question(item.question))
