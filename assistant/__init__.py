"""Ask questions of policy documents on your own machine, and get answers that hold.

    from assistant import Assistant

    assistant = Assistant.load()
    answer = assistant.ask("Does Introplex sell my email address?")
    print(answer.text)
    for quote in answer.quotes:
        print(quote.citation_id, quote.exact)

Importing this module loads no model and no heavy library.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import cache

from assistant.assistant import Assistant
from assistant.citations import Citation, format_citation, parse_citation
from assistant.exported import ExportedQuote, exported_quotes
from assistant.followups import Turn
from assistant.overview import Cell, Coverage, Stance, StanceRow, Topic, read_topics
from assistant.policy_diff import Change, ChangeKind, PolicyDiff
from assistant.settings import Settings, default_index_path
from assistant.since import QuestionChange
from assistant.streaming import Stream
from assistant.support import check_support
from assistant.types import (
    Answer,
    Event,
    EventKind,
    Quote,
    Receipt,
    Rejected,
    Resolution,
    Sentence,
    Status,
    Support,
    Verdict,
)
from assistant.word_diff import Part, Piece
from index.adding import AddResult, AddStatus
from index.errors import (
    AnswerFormatError,
    CitationError,
    IndexBusyError,
    IndexDamagedError,
    IndexDiskError,
    IndexMismatchError,
    IndexMissingError,
    LoadError,
    ModelError,
    PolicyAssistantError,
    QuestionError,
    UnknownPolicyError,
)
from index.snapshot import PolicyEntry
from index.types import Clause, Hit, Policy
from index.versions import DatedBy, PolicyVersion

__all__ = [
    "AddResult",
    "AddStatus",
    "Answer",
    "AnswerFormatError",
    "Assistant",
    "Cell",
    "Change",
    "ChangeKind",
    "Citation",
    "CitationError",
    "Clause",
    "Coverage",
    "DatedBy",
    "Event",
    "EventKind",
    "ExportedQuote",
    "Hit",
    "IndexBusyError",
    "IndexDamagedError",
    "IndexDiskError",
    "IndexMismatchError",
    "IndexMissingError",
    "LoadError",
    "ModelError",
    "Part",
    "Piece",
    "Policy",
    "PolicyAssistantError",
    "PolicyDiff",
    "PolicyEntry",
    "PolicyVersion",
    "QuestionChange",
    "QuestionError",
    "Quote",
    "Receipt",
    "Rejected",
    "Resolution",
    "Sentence",
    "Settings",
    "Stance",
    "StanceRow",
    "Status",
    "Stream",
    "Support",
    "Topic",
    "UnknownPolicyError",
    "Verdict",
    "ask",
    "check_support",
    "default_index_path",
    "exported_quotes",
    "format_citation",
    "lookup",
    "parse_citation",
    "read_topics",
]


@cache
def _default() -> Assistant:
    return Assistant.load()


def ask(
    question: str,
    *,
    policies: Sequence[str] | None = None,
    history: Sequence[Turn] = (),
    generate: bool = True,
    as_of: datetime.date | str | None = None,
) -> Answer:
    """`Assistant.ask` on the default index, which is opened once and kept open."""
    return _default().ask(
        question, policies=policies, history=history, generate=generate, as_of=as_of
    )


def lookup(citation_id: str) -> Resolution:
    """`Assistant.lookup` on the default index."""
    return _default().lookup(citation_id)
