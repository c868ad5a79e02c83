"""`compare`, `coverage` and `export`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.ui.commands import SOLD, Run, answered


def test_compare(run: Run) -> None:
    status, out, err = run("compare", SOLD, "introplex", "cpw")
    assert (status, err) == (0, "")
    assert out.startswith("Introplex (introplex): ")
    assert "introplex@" in out
    status, out, _ = run("compare", "--json", SOLD, "introplex")
    (row,) = json.loads(out)
    assert row["policy_id"] == "introplex"
    assert row["stance"] == "says the contrary"
    status, _, err = run("compare", SOLD, "nobody")
    assert status == 1
    assert "'nobody'" in err


def test_coverage(run: Run, tmp_path: Path) -> None:
    topics, page, picture = (tmp_path / name for name in ("t.toml", "grid.html", "grid.png"))
    topics.write_text('[[topic]]\nname = "pets"\nquestions = ["Are cookies used?"]\n')
    files = ("--topics", topics, "--html", page, "--png", picture)
    status, out, err = run("coverage", "introplex", *files)
    assert (status, err) == (0, "")
    assert "introplex, pets: introplex@" in out
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert picture.read_bytes().startswith(b"\x89PNG")
    status, out, _ = run("coverage", "--json", "introplex", "--topics", topics)
    assert json.loads(out)["policies"][0]["cells"]["pets"]["stated"] is True
    topics.write_text("nothing")
    status, _, err = run("coverage", "--topics", topics)
    assert (status, "is not a TOML file" in err) == (1, True)


def test_export(run: Run, tmp_path: Path) -> None:
    saved = tmp_path / "answer.json"
    data = answered(run, SOLD)
    saved.write_text(json.dumps(data), encoding="utf-8")
    status, out, err = run("export", saved)
    assert (status, err) == (0, "")
    assert out.startswith("# Does Introplex sell my email address?\n")
    assert data["quotes"][0]["citation_id"] in out
    assert "(http://127.0.0.1:7860/?cite=introplex%40" in out
    status, out, _ = run("export", saved, "--as", "html", "--chat", "http://localhost:9")
    assert "http://localhost:9/?cite=" in out
    status, out, _ = run("export", saved, "--json")
    assert json.loads(out) == data
    saved.write_text("{")
    status, _, err = run("export", saved)
    assert (status, "is not a JSON file" in err) == (1, True)
