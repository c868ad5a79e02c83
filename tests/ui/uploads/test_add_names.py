"""`add` of files whose names are made to deceive a terminal, a shell, JSON, or the index."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from assistant import assistant
from index.paths import path_of
from tests.conftest import FakeEmbedder
from tests.ui.commands import Run
from ui.cli.main import main
from ui.page.html.policy_list import policy_list, upload_results
from ui.text.inert import UNSEEN
from ui.uploads.receive import remove_policy

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
NAMES = [
    b"a b.txt",
    b"it's.txt",
    b'"so".txt',
    b"new\nline.txt",
    b"tab\t.txt",
    b"\x1b[2J\x1b]0;x\x07.txt",
    "bidi\u202etxt.md".encode(),
    "line\u2028end.md".encode(),
    "next\u0085line.md".encode(),
    b"-x.txt",
    b"--index.txt",
    b"n" * 251 + b".txt",
    b"caf\xe9.txt",
    rb"caf\xe9.txt",
    b"\xff.txt",
    "é.txt".encode(),
    "e\u0301.txt".encode(),
    b"case.txt",
    b"CASE.TXT",
    b"...a.txt",
    "политика.txt".encode(),
    "隐私.txt".encode(),
    "\U0001f600.txt".encode(),
    b"acme@3f9a1c2b7d10:1-2.md",
    b"~.txt",
    b"~nobody.txt",
    b"<b>&.txt",
    b"](javascript:x).txt",
]
SHOWN = [name for name in NAMES if not name.startswith(b".")]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    """A folder of all of them, each with a text of its own; and a harmless embedder."""
    request.getfixturevalue("run")  # before it is replaced: it brings an embedder of its own
    monkeypatch.setattr(assistant, "SentenceTransformerEmbedder", lambda _: FakeEmbedder())
    made = tmp_path / "folder"
    made.mkdir()
    for number, name in enumerate(NAMES):
        (made / os.fsdecode(name)).write_text(f"We keep logs for {number} days.", encoding="utf-8")
    monkeypatch.chdir(made)
    return made


def _lines(text: str) -> list[str]:
    assert UNSEEN.search(text) is None
    assert re.search("[\t\u2028\u2029]", text) is None
    assert text.endswith("\n")
    return [line for line in text[:-1].split("\n") if not line.startswith("           (if")]


def test_each_is_one_line_and_one_policy(run: Run, folder: Path, index: Path) -> None:
    status, out, err = run("add", folder, index=index)
    assert (status, err) == (0, "")
    lines = _lines(out)
    assert len(lines) == len(SHOWN)
    assert {line[:11] for line in lines} == {"added      "}
    assert len({line.split(": ")[-1].split("@")[0] for line in lines}) == len(SHOWN)
    assert f"added      {folder}/new[U+000A]line.txt: new-line@" in out
    again = run("add", folder, index=index)[1]
    assert {line[:11] for line in _lines(again)} == {"unchanged  "}


@pytest.mark.parametrize("given", ["absolute", "relative"])
def test_each_is_added_when_given_by_itself(
    run: Run, folder: Path, index: Path, given: str
) -> None:
    paths = [os.fsdecode(name) for name in NAMES]
    if given == "absolute":
        paths = [str(folder / path) for path in paths]
    status, out, err = run("add", "--json", "--", *paths, index=index)
    assert (status, err) == (0, "")
    results = [json.loads(line) for line in _lines(out)]
    assert [path_of(result["path"]) for result in results] == [Path(path) for path in paths]
    assert {result["status"] for result in results} == {"added"}
    assert len({result["policy_id"] for result in results}) == len(NAMES)
    entries = json.loads(run("list", "--json", index=index)[1])
    assert {path_of(entry["path"]) for entry in entries} == {folder / path for path in paths}


def test_what_shows_policies_shows_them_inert(run: Run, folder: Path, index: Path) -> None:
    run("add", folder, index=index)
    assert len(_lines(run("list", index=index)[1])) == len(SHOWN)
    assert len(_lines(run("list", "--versions", index=index)[1])) == len(SHOWN)
    held = assistant.Assistant.load(index)
    shown = policy_list(held.policies(), []) + upload_results(held.add([folder]))
    assert UNSEEN.search(shown) is None
    assert "<b>&" not in shown
    version = held.policy("new-line").version
    status, out, err = run("cite", f"new-line@{version}:0-12", index=index)
    assert (status, out.split("\n")[0], err) == (0, f"intact: new-line@{version}:0-12", "")


def test_what_was_found_in_a_folder_is_not_looked_for_at_home(
    run: Run, folder: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = folder.parent / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    (home / "a.txt").write_text("Secret.", encoding="utf-8")
    (folder / "~").mkdir()
    (folder / "~" / "a.txt").write_text("We keep all logs.", encoding="utf-8")
    for given in (".", "~", "~/a.txt"):
        run("add", given, index=index)
        assert assistant.Assistant.load(index).policy("a").text == "We keep all logs."


@pytest.mark.parametrize("name", ["-x.txt", "--index.txt", "-\x1b[2J.txt"])
@pytest.mark.parametrize("others", [[], ["case.txt"]])
def test_a_name_that_looks_like_an_option(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, others: list[str]
) -> None:
    (folder / name).touch()
    with pytest.raises(SystemExit) as ended:
        main(["add", name, *others])
    err = capsys.readouterr().err
    assert (ended.value.code, UNSEEN.search(err)) == (2, None)
    inert = name.replace("\x1b", "[U+001B]")
    assert err.endswith(f"is to be the file of that name, write './{inert}')\n")


@pytest.mark.usefixtures("folder")
def test_no_path_at_all_is_not_this_folder(capsys: pytest.CaptureFixture[str], index: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["add", "--index", str(index), ""])
    assert ended.value.code == 2
    assert "the path is empty: name a file or folder" in capsys.readouterr().err
    assert not index.exists()


def test_what_is_refused_takes_one_line_each_and_the_others_go_in(
    run: Run, folder: Path, index: Path
) -> None:
    os.mkfifo(folder / "pipe\n.txt")
    for name, to in (("out\x1b.txt", "/etc/passwd"), ("gone.txt", "no\nwhere"), ("up", "..")):
        (folder / name).symlink_to(to)
    (folder / "sub").mkdir()
    (folder / "sub" / "empty.txt").touch()
    status, out, err = run("add", folder, index=index)
    assert (status, len(_lines(out))) == (1, len(SHOWN))
    assert [line.replace(str(folder), "") for line in _lines(err)] == [
        r"rejected   '/pipe\n.txt' is a pipe, not a file: give a document, or a folder of them",
        "rejected   '/sub/empty.txt' holds no text: there is nothing to ask about",
        r"rejected   '/gone.txt' is a link to '/no\nwhere', which is not there: mend the link",
        r"rejected   '/out\x1b.txt' is a link out of the folder that was added, to '/etc/passwd': "
        "add that by itself, if it is to be read",
        "rejected   '/up' is a link out of the folder that was added, to "
        f"'{folder.parent}': add that by itself, if it is to be read",
    ]
    status, out, _ = run("add", "--json", folder, index=index)
    told = [json.loads(line) for line in _lines(out)]
    assert [each["status"] for each in told].count("rejected") == 5
    assert status == 1


def test_an_index_whose_path_is_not_utf8(run: Run, folder: Path, tmp_path: Path) -> None:
    index = tmp_path / os.fsdecode(b"caf\xe9")
    status, out, _ = run("add", folder / "case.txt", index=index)
    assert (status, len(_lines(out))) == (0, 1)
    uploaded = index / "uploads" / "acme.txt"
    uploaded.parent.mkdir()
    uploaded.write_text("We keep logs.", encoding="utf-8")
    run("add", uploaded, index=index)
    remove_policy(assistant.Assistant.load(index), "acme")
    assert not uploaded.exists()
