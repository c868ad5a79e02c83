"""An answer, or a grid of topics by policies, as one HTML page that fetches nothing."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import Answer, Coverage
from ui.export.cited_quotes import NOT_COMPARED, CitedQuote, receipt_facts
from ui.text.templates import fill


def answer_html(answer: Answer, cited: Sequence[CitedQuote]) -> str:
    """The whole answer: question, text, each quote with its place and links, the receipt."""
    page = fill(
        "export/answer",
        "answer",
        question=answer.question,
        text=answer.text,
        quotes=cited,
        facts=receipt_facts(answer),
        not_compared=NOT_COMPARED,
    )
    return page + "\n"


def coverage_html(coverage: Coverage) -> str:
    """The grid: a row per topic, a column per policy, each cell its quote or "not stated"."""
    providers = [entry.provider for entry in coverage.policies]
    rows = [
        (topic.name, [cells[column].quote for cells in coverage.cells])
        for column, topic in enumerate(coverage.topics)
    ]
    return fill("export/coverage", "coverage", providers=providers, rows=rows) + "\n"
