"""The values that make up an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from assistant.values.answer_json import FORMAT, fields_as_json, read_answer
from assistant.values.citation_id import format_citation
from assistant.values.word_diff import Piece
from index.types import Clause, Hit, Policy

CONTEXT_CHARS = 40


class Verdict(StrEnum):
    """What the policies say to a question."""

    ANSWERED = "answered"
    NOT_STATED = "not_stated"
    CONFLICTING = "conflicting"
    OUT_OF_SCOPE = "out_of_scope"


class Status(StrEnum):
    """What has become of a cited passage (see `Resolution`)."""

    INTACT = "intact"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim stretch of a policy. Only `Quote.of` makes one, so that it is exact.

    `start` and `end` count code points of that version's canonical text, end exclusive;
    `prefix` and `suffix` are up to 40 characters of the text on either side.
    """

    citation_id: str
    policy_id: str
    version: str
    clause_id: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str

    @classmethod
    def of(cls, policy: Policy, clause_id: str, start: int, end: int) -> Quote:
        """Cuts the quote out of the policy. Raises ValueError for an empty span, or one outside."""
        if not 0 <= start < end <= len(policy.text):
            raise ValueError(f"no text at {start}-{end} in {policy.id!r} ({len(policy.text)} long)")
        return cls(
            citation_id=format_citation(policy.id, policy.version, start, end),
            policy_id=policy.id,
            version=policy.version,
            clause_id=clause_id,
            start=start,
            end=end,
            exact=policy.text[start:end],
            prefix=policy.text[max(0, start - CONTEXT_CHARS) : start],
            suffix=policy.text[end : end + CONTEXT_CHARS],
        )

    def to_dict(self) -> dict[str, Any]:
        """The fields and, under `target`, the same as W3C Web Annotation selectors."""
        return {
            **fields_as_json(self),
            "target": {
                "source": f"{self.policy_id}@{self.version}",
                "selector": [
                    {"type": "TextPositionSelector", "start": self.start, "end": self.end},
                    {
                        "type": "TextQuoteSelector",
                        "exact": self.exact,
                        "prefix": self.prefix,
                        "suffix": self.suffix,
                    },
                ],
            },
        }


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that passed the support check against the quotes that `citations` name."""

    text: str
    citations: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError(f"a sentence cites at least one quote: {self.text!r}")


@dataclass(frozen=True, slots=True)
class Support:
    """Whether quotes carry a sentence. `score` is in [0, 1]; `reasons` say what they lack."""

    supported: bool
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A sentence that was written and withheld: the quotes it was checked against, and why."""

    text: str
    citations: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """How an answer came to be.

    `generation` is the state of the index. `policies` maps the ids that were searched to their
    versions; `routed` are those that the question itself names. `generator` is None where no
    language model wrote, `reranker` where there is none. `timings` are milliseconds per stage.
    `silent` are searched policies whose nearest clauses do not state what others do; empty where
    one policy was searched, or more than six. `conflict` holds the citation ids of the two quotes
    that contradict each other, where the verdict is `conflicting`. `repeats` maps the citation id
    of a quote to those of near-duplicates that are not quoted. `support` names the weights of the
    support check, None where no sentence was written. `unread` are the ids of damaged clauses that
    were left out: `policy-assistant doctor --repair` rebuilds them.
    """

    generation: int
    policies: Mapping[str, str]
    routed: tuple[str, ...]
    query: str
    embedding: str
    reranker: str | None
    generator: str | None
    prompt: str | None
    thresholds: Mapping[str, float]
    timings: Mapping[str, float]
    silent: tuple[str, ...] = ()
    conflict: tuple[str, ...] = ()
    repeats: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    support: str | None = None
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the policies say to a question, with the evidence.

    `confidence` in [0, 1] is the probability that the quotes (for `not_stated`: the nearest
    clauses) answer the question. `quotes` are in order of merit, and empty exactly when nothing
    is cited. `hits` are the nearest clauses, whatever the verdict. Raises ValueError for a
    `confidence` outside [0, 1].
    """

    question: str
    verdict: Verdict
    confidence: float
    text: str
    sentences: tuple[Sentence, ...]
    quotes: tuple[Quote, ...]
    hits: tuple[Hit, ...]
    rejected: tuple[Rejected, ...]
    receipt: Receipt

    def __post_init__(self) -> None:
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"confidence is {self.confidence}, not from 0 to 1")

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready; `Answer.from_dict` gives the same answer back."""
        return {"format": FORMAT, **fields_as_json(self)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Answer:
        """Reads what `to_dict` wrote.

        Raises AnswerFormatError, which names the first place that is missing or wrong.
        """
        return read_answer(cls, data)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a citation id leads to today.

    `quote` is the quote as it was cited; `policy` and `clause` are where its words stand in the
    newest version. For `moved` that is another place, for `changed` the nearest passage, and for
    `gone` the version that was cited. `current` is the citation id of those words in the newest
    version, None for `changed` and `gone`; `others` are the ids of further places that say the
    same, in order.

    `score`, in [0, 1], is how well the words align with the best passage of the newest version (see
    `assistant.citations.alignment`): 1 for `intact` and `moved`; for `gone` it is that of a passage
    which does not correspond. For `changed`, `nearest` is that passage and `differences` lead from
    the cited sentences to it. Where `held` is false, the index does not hold the version that was
    cited: the quote was looked up by its words, and is shown as it was exported.

    `under` is set for `intact` and `moved` where what the words stand under has changed (headings,
    and the lines that introduce a list): what it was and what it is, "Logs › We keep:" and "Logs ›
    We never keep:". The same words can then mean something else.
    """

    status: Status
    quote: Quote
    policy: Policy
    clause: Clause | None
    current: str | None = None
    score: float = 0.0
    nearest: Quote | None = None
    differences: tuple[Piece, ...] = ()
    held: bool = True
    others: tuple[str, ...] = ()
    under: tuple[str, str] | None = None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready; the policy without its text."""
        policy = {
            name: getattr(self.policy, name)
            for name in ("id", "title", "source", "media_type", "version", "effective_date")
        }
        return {**fields_as_json(self), "policy": policy}


class EventKind(StrEnum):
    """What an `Event` brings."""

    EVIDENCE = "evidence"
    SENTENCE = "sentence"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Event:
    """One step of a streamed answer: the quotes, then each sentence, then the whole answer.

    `kind` says which of `quotes`, `sentence` and `answer` is set.
    """

    kind: EventKind
    quotes: tuple[Quote, ...] = ()
    sentence: Sentence | None = None
    answer: Answer | None = field(default=None, repr=False)
