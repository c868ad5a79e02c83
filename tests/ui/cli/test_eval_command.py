"""`eval`, and `feedback` that makes a set for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import Answer
from tests.assistant.evaluation.samples import labelled_line, write_set
from tests.ui.commands import POLICY, Run
from ui.history.conversations import History
from ui.history.feedback import KeptFeedback
from ui.history.kept import Feedback, Judgement

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("one_model")]


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    start = POLICY.index("We keep")
    quote = "We keep server logs for 30 days."
    evidence = {"policy": "acme", "start": start, "end": start + len(quote), "quote": quote}
    asked = labelled_line(
        "How long does Acme keep server logs?", policies=["acme"], evidence=[evidence]
    )
    return write_set(tmp_path / "acme-set", {"acme.txt": POLICY}, [asked])


def test_eval_as_json(run: Run, labelled: Path) -> None:
    status, out, err = run("eval", "--json", labelled, labelled)
    first, second = map(json.loads, out.splitlines())
    assert (status, err) == (0, "")
    assert (first["name"], first["answerable"], first["unanswerable"]) == ("acme-set", 1, 0)
    assert first["figures"] == second["figures"]
    names = ["sentence_hit@1", "sentence_mrr@10", "citation_recall", "exact_quotes"]
    assert [first["figures"][name] for name in names] == [{"value": 1, "low": 1, "high": 1}] * 4
    assert first["figures"]["auc"] == {"value": None, "low": None, "high": None}


def test_eval_as_text(run: Run, labelled: Path) -> None:
    status, out, err = run("eval", labelled)
    assert (status, err) == (0, "")
    assert out.startswith("## acme-set\n\n| figure | value | 95% interval |\n|---|---|---|\n")
    assert "\n| sentence_hit@1 | 1 | 1 to 1 |\n" in out
    assert "\n| auc | not measured | |\n" in out


def test_eval_draws(run: Run, labelled: Path, tmp_path: Path) -> None:
    picture = tmp_path / "risk.png"
    assert run("eval", "--plot", picture, labelled)[::2] == (0, "")
    assert picture.read_bytes().startswith(b"\x89PNG")
    status, out, err = run("eval", "--plot", tmp_path / "none" / "risk.png", labelled)
    assert (status, out[:11], err.count("\n")) == (1, "## acme-set", 1)
    assert "check the path" in err


def test_feedback_is_listed_and_exported_for_eval(
    run: Run, acme: Path, index: Path, tmp_path: Path
) -> None:
    assert run("feedback", index=index) == (
        0,
        "No feedback yet: readers give it below answers, in 'policy-assistant chat'.\n",
        "",
    )
    run("add", acme, index=index)
    answer = Answer.from_dict(
        json.loads(
            run("ask", "How long are server logs kept?", "--quotes-only", "--json", index=index)[1]
        )
    )
    assert answer.quotes
    history = History(index)
    for note, judgement in (("Exactly.", Judgement.RIGHT), ("", Judgement.WRONG)):
        asked = history.begin("me", "c", answer.question)
        history.complete(asked, answer, {})
        KeptFeedback(index).give("me", asked, Feedback(judgement, note))
    status, out, _ = run("feedback", index=index)
    right, note, wrong = out.splitlines()
    assert (status, note.strip()) == (0, "Exactly.")
    assert right.split()[0::2] == ["right", "How", "are", "logs"]
    assert wrong.startswith("wrong ")
    listed = json.loads(run("feedback", "--json", index=index)[1])
    assert [each["judgement"] for each in listed] == ["right", "wrong"]
    assert Answer.from_dict(listed[0]["answer"]) == answer

    folder = tmp_path / "set"
    assert run("feedback", "--export", folder, index=index) == (
        0,
        f"1 question in {folder}, a set for 'eval'\n1 more to be labelled, in to_label.jsonl\n",
        "",
    )
    status, out, _ = run("eval", folder, "--json")
    measured = json.loads(out)
    assert (status, measured["name"], measured["answerable"]) == (0, "set", 1)
    status, _, err = run("feedback", "--export", folder, "--json", index=index)
    assert (status, err.count("\n")) == (1, 1)
    assert "is not empty: name a new folder" in err
