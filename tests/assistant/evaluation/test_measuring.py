"""The whole way, from a folder to its report, with an embedder that can be reckoned by hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assistant import LoadError, Settings, assistant
from assistant.evaluation import Report, evaluate
from assistant.evaluation.estimates import Bootstrap
from index.progress import no_progress
from tests.assistant.evaluation.samples import labelled_line, write_set
from tests.assistant.samples import ROOT
from tests.conftest import FakeEmbedder, FakeReranker

TEXT = "Acme Privacy Policy\n\nWe keep server logs for 30 days. Nobody reads them.\n"
FEW = Bootstrap(resamples=20)


@pytest.fixture(autouse=True)
def fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assistant, "SentenceTransformerEmbedder", lambda _: FakeEmbedder())
    monkeypatch.setattr(assistant, "EvidenceReranker", FakeReranker)


def measured(folder: Path, answer_threshold: float = 0.5) -> Report:
    settings = Settings(answer_threshold=answer_threshold)
    return evaluate(folder, settings, no_progress, FEW)


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    quote = "Nobody reads them."
    start = TEXT.index(quote)
    evidence = [{"policy": "acme", "start": start, "end": start + len(quote), "quote": quote}]
    lines = [
        labelled_line("Who reads logs?", evidence=evidence),
        labelled_line("Do you sell cars?"),
    ]
    return write_set(tmp_path / "acme-set", {"acme.txt": TEXT}, lines)


def test_everything_is_shown(acme: Path) -> None:
    report = measured(acme, answer_threshold=0.0)
    figures = {name: figure.value for name, figure in report.figures.items()}
    assert (report.name, report.answerable, report.unanswerable) == ("acme-set", 1, 1)
    assert (report.evidence, report.evidence_lost) == (1, 0)
    # The one clause is all but the last newline, 72 characters; the evidence its last 18.
    assert figures["passage_length"] == 72
    assert figures["char_precision@1"] == figures["char_precision@64"] == 18 / 72
    assert figures["char_recall@1"] == figures["sentence_hit@3"] == figures["passage_hit@1"] == 1
    assert (figures["answered_share"], figures["withheld_share"]) == (1, 0)
    assert (figures["balanced_accuracy"], figures["coverage"]) == (0.5, 1)
    assert figures["exact_quotes"] == 1
    assert set(report.milliseconds) >= {"embed", "retrieve", "evidence"}


def test_everything_is_withheld(acme: Path) -> None:
    figures = measured(acme, answer_threshold=1.0).figures
    assert (figures["answered_share"].value, figures["withheld_share"].value) == (0, 1)
    assert figures["citation_precision"].value is None
    assert figures["sentence_hit@3"].value == 1


def test_a_document_that_cannot_be_read(acme: Path) -> None:
    (acme / "policies" / "broken.pdf").write_bytes(b"no PDF at all")
    with pytest.raises(LoadError, match=r"the set 'acme-set' cannot be measured .*broken\.pdf"):
        measured(acme)


def test_importing_is_light() -> None:
    heavy = {"torch", "sklearn", "matplotlib", "sentence_transformers", "faiss"}
    code = f"import sys, assistant.evaluation; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert (done.stdout, done.stderr) == ("[]\n", "")
