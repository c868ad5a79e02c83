from __future__ import annotations

import json

import pytest

from assistant.evaluation.answers import RiskPoint
from assistant.evaluation.estimates import Bootstrap, Estimate
from assistant.evaluation.outcomes import Outcome
from assistant.evaluation.report import Report, table
from tests.assistant.evaluation.samples import a, outcome, question

GOLD = a(0, 10)


@pytest.fixture
def outcomes() -> list[Outcome]:
    asked = question(GOLD, a(20, 30), lost=(5,))
    return [
        outcome(asked, sentences=[GOLD], quotes=[GOLD], confidence=0.9, timings={"embed": 3.0}),
        outcome(question(), confidence=0.2, timings={"embed": 1.0, "rerank": 7.0}),
        outcome(question(GOLD), sentences=[GOLD], confidence=0.1, timings={"embed": 2.5}),
    ]


def test_a_report(outcomes: list[Outcome]) -> None:
    report = Report.of("acme", outcomes, 4, Bootstrap(resamples=20))
    assert (report.name, report.answerable, report.unanswerable) == ("acme", 2, 1)
    assert (report.evidence, report.evidence_lost) == (4, 1)
    assert report.milliseconds == {"embed": 2.5, "rerank": 7.0}
    assert report.curve[-1] == RiskPoint(0.1, 1.0, 1 / 3)
    assert report.figures["sentence_hit@1"] == Estimate(1, 1, 1)
    assert report.figures["citation_recall"].value == 0.25
    assert report.figures["auc"].value == 0.5


def test_as_json(outcomes: list[Outcome]) -> None:
    report = Report.of("acme", outcomes, 4, Bootstrap(resamples=20))
    data = json.loads(json.dumps(report.to_dict()))
    keys = "name answerable unanswerable evidence evidence_lost figures milliseconds"
    assert list(data) == keys.split()
    assert data["figures"]["sentence_hit@1"] == {"value": 1, "low": 1, "high": 1}
    assert set(data["figures"]) == set(report.figures)


def test_as_markdown(outcomes: list[Outcome]) -> None:
    report = Report.of("acme", outcomes, 4, Bootstrap(resamples=20))
    lines = report.to_markdown().split("\n")
    assert lines[:8] == [
        "## acme",
        "",
        "| figure | value | 95% interval |",
        "|---|---|---|",
        "| answerable questions | 2 | |",
        "| unanswerable questions | 1 | |",
        "| pieces of evidence | 4 | |",
        "| pieces of evidence lost | 1 | |",
    ]
    assert "| sentence_hit@1 | 1 | 1 to 1 |" in lines
    assert lines[-1] == "| rerank, ms | 7.0 | |"
    assert len(lines) == 8 + len(report.figures) + 2


def test_a_table_says_what_was_not_measured() -> None:
    figures = {"auc": Estimate(None, None, None), "hit": Estimate(0.25, 0.1, 0.4012)}
    assert table(figures).split("\n")[2:] == [
        "| auc | not measured | |",
        "| hit | 0.25 | 0.1 to 0.4012 |",
    ]


def test_the_same_seed_gives_the_same_report(outcomes: list[Outcome]) -> None:
    first, second = (Report.of("acme", outcomes, 4, Bootstrap(resamples=20)) for _ in range(2))
    assert first == second
