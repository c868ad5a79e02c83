"""Outcomes -> a report: every figure of one set, as JSON and as Markdown."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.evaluation.answers import RiskPoint, abstaining, citations, risk_curve
from assistant.evaluation.estimates import Bootstrap, Estimate
from assistant.evaluation.outcomes import Outcome
from assistant.evaluation.retrieval import retrieval


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured on one set.

    `evidence` counts the pieces of evidence of the answerable questions; `evidence_lost` counts
    those that the canonical texts do not hold, which count as missed. `figures` are named and
    defined in `retrieval`, `citations` and `abstaining`. `milliseconds` are the medians per stage
    of answering. `curve` is in order of falling confidence.
    """

    name: str
    answerable: int
    unanswerable: int
    evidence: int
    evidence_lost: int
    figures: Mapping[str, Estimate]
    milliseconds: Mapping[str, float]
    curve: tuple[RiskPoint, ...]

    @classmethod
    def of(
        cls, name: str, outcomes: Sequence[Outcome], max_quotes: int, bootstrap: Bootstrap
    ) -> Report:
        """Measures the outcomes of a set; an answer shows at most `max_quotes` quotes."""
        questions = [outcome.question for outcome in outcomes]
        answerable = sum(question.answerable for question in questions)
        lost = sum(len(question.lost) for question in questions)
        stages: dict[str, list[float]] = {}
        for outcome in outcomes:
            for stage, milliseconds in outcome.timings.items():
                stages.setdefault(stage, []).append(milliseconds)
        return cls(
            name=name,
            answerable=answerable,
            unanswerable=len(questions) - answerable,
            evidence=lost + sum(len(question.evidence) for question in questions),
            evidence_lost=lost,
            figures={
                **retrieval(outcomes, bootstrap),
                **citations(outcomes, bootstrap),
                **abstaining(outcomes, max_quotes, bootstrap),
            },
            milliseconds={
                stage: round(statistics.median(times), 3) for stage, times in stages.items()
            },
            curve=risk_curve(outcomes, max_quotes),
        )

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, without the curve, which is to be drawn."""
        return {
            "name": self.name,
            "answerable": self.answerable,
            "unanswerable": self.unanswerable,
            "evidence": self.evidence,
            "evidence_lost": self.evidence_lost,
            "figures": {name: asdict(figure) for name, figure in self.figures.items()},
            "milliseconds": dict(self.milliseconds),
        }

    def to_markdown(self) -> str:
        """A heading and a table: figure, value, 95% interval."""
        counts = {
            "answerable questions": self.answerable,
            "unanswerable questions": self.unanswerable,
            "pieces of evidence": self.evidence,
            "pieces of evidence lost": self.evidence_lost,
        }
        milliseconds = {f"{stage}, ms": time for stage, time in self.milliseconds.items()}
        return f"## {self.name}\n\n{table({**counts, **self.figures, **milliseconds})}"


def table(figures: Mapping[str, Estimate | float]) -> str:
    """A Markdown table: figure, value, 95% interval."""
    lines = ["| figure | value | 95% interval |", "|---|---|---|"]
    for name, figure in figures.items():
        if not isinstance(figure, Estimate):
            lines.append(f"| {name} | {figure} | |")
        elif figure.value is None:
            lines.append(f"| {name} | not measured | |")
        else:
            lines.append(f"| {name} | {figure.value:g} | {figure.low:g} to {figure.high:g} |")
    return "\n".join(lines)
