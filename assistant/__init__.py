"""Ask questions about policy documents on your own machine, and get answers with quotes.

    from assistant import Assistant

    assistant = Assistant.load()
    answer = assistant.ask("Does Introplex sell my email address?")
    print(answer.text)
    for quote in answer.quotes:
        print(quote.citation_id, quote.exact)

Importing this module loads neither a model nor a heavy library.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import cache

from assistant.asking.stream import Stream
from assistant.assistant import Assistant
from assistant.citations.policy_diff import Change, ChangeKind, PolicyDiff
from assistant.errors import AnswerFormatError, CitationError, QuestionError
from assistant.overview.changes import QuestionChange
from assistant.overview.compare import Stance, StanceRow
from assistant.overview.coverage import Cell, Coverage
from assistant.overview.topics import Topic, read_topics
from assistant.question.followups import Turn
from assistant.settings import Settings, default_index_path
from assistant.support.check import check_support
from assistant.values.answer import (
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
from assistant.values.citation_id import Citation, format_citation, parse_citation
from assistant.values.exported_quote import ExportedQuote, exported_quotes
from assistant.values.word_diff import Part, Piece
from index.add import AddResult, AddStatus
from index.errors import (
    IndexBusyError,
    IndexDamagedError,
    IndexDiskError,
    IndexMismatchError,
    IndexMissingError,
    LoadError,
    ModelError,
    PolicyAssistantError,
    UnknownPolicyError,
)
from index.store.snapshot import PolicyEntry
from index.store.versions import DatedBy, PolicyVersion
from index.types import Clause, Hit, Policy

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
    """`Assistant.ask` on the default index. Its assistant is loaded once and kept."""
    return _default().ask(
        question, policies=policies, history=history, generate=generate, as_of=as_of
    )


def lookup(citation_id: str) -> Resolution:
    """`Assistant.lookup` on the default index."""
    return _default().lookup(citation_id)
