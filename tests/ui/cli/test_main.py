"""Every command, as text and as JSON, as it ends: 0 done, 1 an honest failure, 2 wrong usage."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from assistant import Answer, assistant
from tests.assistant.samples import CORPUS, ROOT, corpus_folder, real_embedder
from tests.ui.commands import POLICY, SOLD, Run, answered
from ui.cli.main import main
from ui.text.counted import counted

BARE = ("--quotes-only", "--json")


pytestmark = pytest.mark.usefixtures("one_model")


def test_add_as_text(run: Run, acme: Path, index: Path) -> None:
    status, out, err = run("add", acme, index=index)
    version = assistant.Assistant.load(index).policy("acme").version
    assert (status, err) == (0, "")
    assert out == f"added      {acme}: acme@{version}, 1 clause\n"


def test_limits_of_files(run: Run, acme: Path, index: Path) -> None:
    acme.write_text(POLICY * 100, encoding="utf-8")
    status, _, err = run("add", acme, "--limit", "megabytes=0.001", index=index)
    assert (status, "more than the limit of 0.001: split it, or raise" in err) == (1, True)
    status, _, err = run("add", acme, "--limit", "clauses=2", index=index)
    assert (status, "clauses, more than the limit of 2" in err) == (1, True)
    status, _, _ = run("add", acme, "--limit", "clauses=2000", "--limit", "seconds=60", index=index)
    assert status == 0


@pytest.mark.parametrize("limit", ["pages=3", "seconds", "seconds=x", "seconds=0", "seconds=1e10"])
def test_what_is_no_limit(run: Run, acme: Path, limit: str) -> None:
    with pytest.raises(SystemExit) as caught:
        run("add", acme, "--limit", limit)
    assert caught.value.code == 2


def test_add_as_json(run: Run, acme: Path, index: Path) -> None:
    broken = acme.with_name("broken.pdf")
    broken.write_bytes(b"no PDF at all")
    seen = []
    for text in (POLICY, POLICY, POLICY.replace("30", "90")):
        acme.write_text(text, encoding="utf-8")
        status, out, err = run(
            "add", "--json", acme, broken, acme.with_name("none.txt"), index=index
        )
        assert (status, err) == (1, "")
        lines = [json.loads(line) for line in out.splitlines()]
        keys = ["path", "status", "policy_id", "version", "clauses", "reason"]
        assert [list(line) for line in lines] == [keys] * 3
        first, *rejected = lines
        seen.append(first["status"])
        assert (first["policy_id"], first["clauses"], first["reason"]) == ("acme", 1, "")
        assert [line["status"] for line in rejected] == ["rejected", "rejected"]
        assert [line["policy_id"] for line in rejected] == [None, None]
        assert "broken.pdf" in rejected[0]["reason"]
        assert rejected[1]["reason"] == (
            f"there is no file {str(acme.with_name('none.txt'))!r}: check the path"
        )
    assert seen == ["added", "unchanged", "updated"]


def test_add_of_a_broken_file_as_text(run: Run, acme: Path, index: Path) -> None:
    broken = acme.with_name("broken.docx")
    broken.write_bytes(b"PK\x03\x04 broken")
    status, out, err = run("add", broken, acme, index=index)
    assert status == 1
    assert out.startswith(f"added      {acme}: acme@")
    assert err.startswith("rejected   ")
    assert err.count("\n") == 1


def test_add_of_an_empty_folder(run: Run, tmp_path: Path, index: Path) -> None:
    (tmp_path / "empty").mkdir()
    expected = (1, "", "policy-assistant: no documents found there\n")
    assert run("add", tmp_path / "empty", index=index) == expected


def test_list(run: Run) -> None:
    status, out, err = run("list")
    assert (status, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()] == [path.stem for path in CORPUS]
    entries = json.loads(run("list", "--json")[1])
    assert [entry["id"] for entry in entries] == [path.stem for path in CORPUS]
    assert entries[2]["effective_date"] == "2010-07-01"


def test_list_before_anything_was_added(run: Run, index: Path) -> None:
    none = "No policies yet: 'policy-assistant add FILE...' adds some.\n"
    assert run("list", index=index) == (0, none, "")
    assert run("list", "--json", index=index) == (0, "[]\n", "")


def test_ask_as_json_is_the_answer(run: Run) -> None:
    data = answered(run, SOLD)
    answer = Answer.from_dict(data)
    assert answer.to_dict() == data
    asked = assistant.Assistant.load(corpus_folder()).ask(SOLD, generate=False)
    assert (answer.quotes, answer.text, answer.hits) == (asked.quotes, asked.text, asked.hits)


def test_every_citation_that_is_printed_resolves(run: Run) -> None:
    _, text, _ = run("ask", "--quotes-only", SOLD)
    quotes = answered(run, SOLD)["quotes"]
    assert quotes
    for quote in quotes:
        assert f"\n    {quote['citation_id']}" in text
        status, out, err = run("cite", "--json", quote["citation_id"])
        resolved = json.loads(out)
        assert (status, err) == (0, "")
        assert list(resolved)[:5] == ["status", "quote", "policy", "clause", "current"]
        assert (resolved["status"], resolved["quote"]) == ("intact", quote)
        status, out, _ = run("cite", quote["citation_id"])
        assert status == 0
        assert out.startswith(f"intact: {quote['citation_id']}\n")


def test_ask_of_one_policy(run: Run) -> None:
    data = answered(run, SOLD, "--policy", "cpw", "--policy", "ixanet")
    assert list(data["receipt"]["policies"]) == ["cpw", "ixanet"]
    assert {hit["clause"]["policy_id"] for hit in data["hits"]} == {"cpw", "ixanet"}


def test_search(run: Run) -> None:
    status, out, err = run("search", "-k", "3", SOLD)
    assert (status, err) == (0, "")
    assert [line[:4] for line in out.splitlines() if line[:3].strip()] == ["  1.", "  2.", "  3."]
    hits = json.loads(run("search", "--json", "-k", "3", SOLD)[1])
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert list(hits[0]) == ["clause", "score", "rank"]


def test_verify(run: Run, tmp_path: Path) -> None:
    data = answered(run, SOLD)
    saved = tmp_path / "answer.json"
    saved.write_text(json.dumps(data), encoding="utf-8")
    count = len(data["quotes"])
    assert run("verify", saved) == (0, f"holds: {counted(count, 'quote')}, 0 sentences\n", "")
    assert json.loads(run("verify", "--json", saved)[1]) == {
        "holds": True,
        "problems": [],
        "changed": [],
    }

    data["quotes"][0]["exact"] = "We sell it all."
    saved.write_text(json.dumps(data), encoding="utf-8")
    problem = f"{data['quotes'][0]['citation_id']}: the words quoted do not stand there"
    assert run("verify", saved) == (1, "", f"{problem}\n")
    status, out, err = run("verify", "--json", saved)
    assert (status, err) == (1, "")
    assert json.loads(out) == {"holds": False, "problems": [problem], "changed": []}


def test_verify_compares_the_selectors_with_the_quotes(run: Run, tmp_path: Path) -> None:
    data = answered(run, SOLD)
    data["quotes"][0]["target"]["selector"][1]["exact"] = "We sell it all."
    saved = tmp_path / "answer.json"
    saved.write_text(json.dumps(data), encoding="utf-8")
    status, out, err = run("verify", saved)
    assert (status, out) == (1, "")
    assert err == "the file says the same thing more than once, and not the same each time\n"


def test_verify_of_a_forged_text(run: Run, tmp_path: Path) -> None:
    data = answered(run, SOLD) | {"text": "Yes, it is sold. [1]"}
    saved = tmp_path / "answer.json"
    saved.write_text(json.dumps(data), encoding="utf-8")
    assert run("verify", saved)[::2] == (1, "the text is not that of its sentences and quotes\n")


def test_verify_shows_what_it_reads_inert(run: Run, tmp_path: Path) -> None:
    data = answered(run, SOLD)
    data["quotes"][0]["citation_id"] = "acme\x1b[2J"
    saved = tmp_path / "answer.json"
    saved.write_text(json.dumps(data), encoding="utf-8")
    assert run("verify", saved)[2].startswith("acme[U+001B][2J: its fields contradict")
    data["hits"][0]["clause"]["\x1b[2J\n"] = 1
    saved.write_text(json.dumps(data), encoding="utf-8")
    status, _, err = run("verify", saved)
    assert (status, err.count("\n"), "\x1b" in err) == (1, 1, False)


def test_remove(run: Run, acme: Path, index: Path) -> None:
    for given, said in (([], "removed acme\n"), (["--json"], '{"removed": "acme"}\n')):
        run("add", acme, index=index)
        assert run("remove", *given, "acme", index=index) == (0, said, "")
        assert run("list", "--json", index=index)[1] == "[]\n"


def test_doctor(run: Run) -> None:
    status, out, err = run("doctor")
    assert (status, err) == (0, "")
    assert [line[:4] for line in out.splitlines()] == ["ok  "] * 12
    checks = json.loads(run("doctor", "--json")[1])
    assert [check["name"] for check in checks] == [
        "embedding model",
        "trained encoder",
        "trained reranker",
        "language model",
        "its adapter",
        "model cache",
        "support check",
        "database",
        "policies",
        "full text",
        "vectors",
        "conversations",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask", ""], "the question is empty: ask something"),
        (["search", "  "], "the question is empty: ask something"),
        (["ask", "a" * 4001], "the question has 4001 characters"),
        (["ask", "--policy", "nope", SOLD], "the index holds no policy 'nope'"),
        (["search", "--policy", "nope", SOLD], "the index holds no policy 'nope'"),
        (["cite", "nope"], "'nope' is not a citation id"),
        (["cite", "cpw@000000000000:1-2"], "cannot resolve 'cpw@000000000000:1-2'"),
        (["cite", "/no/such.json"], "[Errno 2] No such file or directory: '/no/such.json': check"),
        (["diff", "nope"], "the index holds no policy 'nope'"),
        (["diff", "cpw"], "there is no version of 'cpw' before "),
        (["diff", "cpw", "then"], "'then' is neither a version of 'cpw' that the index holds nor"),
        (["ask", "--as-of", "1999-01-01", SOLD], "no version of 'introplex' is from 1999-01-01"),
        (["ask", "--policy", "cpw@0", SOLD], "the index holds no policy 'cpw' in version '0'"),
        (["remove", "nope"], "the index holds no policy 'nope'"),
        (
            ["verify", "/no/such.json"],
            "[Errno 2] No such file or directory: '/no/such.json': check",
        ),
        (["verify", str(ROOT / "README.md")], f"{str(ROOT / 'README.md')!r} is not a JSON file"),
        (["verify", str(ROOT)], "[Errno 21] Is a directory"),
        (["eval", "/no/such"], "'/no/such' is not a labelled set"),
    ],
    ids=lambda value: " ".join(value)[:30] if isinstance(value, list) else "",
)
def test_failures_take_one_line(run: Run, arguments: list[str], message: str) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (1, "")
    assert err.startswith(f"policy-assistant: {message}")
    assert err.count("\n") == 1


@pytest.mark.parametrize("command", ["verify", "cite", "export"])
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[]", "this is not an answer|there is no quote"),
        ('{"format": "other"}', "this is an answer of format 'other'|there is no quote"),
        ("{", "is not a JSON file"),
        ("\udcff", "is not a JSON file"),
        ("[" * 5000, "is not a JSON file"),
        ("[" * 900 + "]" * 900, "not an answer|there is no quote|lists in lists|not a JSON file"),
        ('{"quotes": ' + "1" * 5000 + "}", "has a number of thousands of digits"),
    ],
    ids=["list", "format", "cut", "bytes", "deep", "nested", "digits"],
)
def test_what_is_no_answer(run: Run, tmp_path: Path, command: str, text: str, told: str) -> None:
    saved = tmp_path / "answer.json"
    saved.write_bytes(text.encode("utf-8", "surrogateescape"))
    status, out, err = run(command, saved)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert re.search(told, err)


@pytest.mark.parametrize(
    "arguments",
    [["ask", SOLD], ["search", SOLD], ["cite", "cpw@000000000000:1-2"], ["remove", "cpw"]],
    ids=lambda arguments: arguments[0],
)
def test_a_missing_and_a_damaged_index(run: Run, index: Path, arguments: list[str]) -> None:
    where = repr(str(index))
    message = f"policy-assistant: there is no index in {where}: run 'policy-assistant add FILE...'"
    assert run(*arguments, index=index) == (1, "", f"{message} first\n")
    index.mkdir()
    (index / "index.sqlite3").write_bytes(b"no database " * 1000)
    status, out, err = run(*arguments, index=index)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(
        f"policy-assistant: cannot use the index {str(index / 'index.sqlite3')!r}"
    )


def test_the_index_cannot_be_made(run: Run, acme: Path) -> None:
    status, out, err = run("add", acme, index=acme)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "check the path, its rights and the disk" in err


def test_the_variable_names_the_index(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], index: Path
) -> None:
    monkeypatch.setenv("POLICY_ASSISTANT_INDEX", str(corpus_folder()))
    assert main(["list", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 5
    assert main(["list", "--json", "--index", str(index)]) == 0
    assert capsys.readouterr().out == "[]\n"


def test_the_index_may_be_named_before_the_command(
    capsys: pytest.CaptureFixture[str], index: Path, tmp_path: Path
) -> None:
    corpus = str(corpus_folder())
    assert main(["--index", corpus, "list", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 5
    assert main([f"--index={tmp_path}", "list", "--json", "--index", corpus]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 5
    assert main(["--index", corpus, "list", "--json", "--index", str(index)]) == 0
    assert capsys.readouterr().out == "[]\n"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--server", "localhost", "--model", "m"], "not the address of a language model server"),
        (["--model", "/no/such/model"], "cannot load the language model '/no/such/model'"),
        (
            ["--server", "http://127.0.0.1:1/v1", "--model", "m"],
            "the language model server at http://127.0.0.1:1/v1 cannot be reached",
        ),
    ],
)
def test_another_language_model(run: Run, given: list[str], told: str) -> None:
    status, out, err = run("ask", *given, SOLD)
    assert (status, out) == (1, "")
    assert told in err


@pytest.mark.slow
def test_verify_says_what_has_changed(run: Run, tmp_path: Path) -> None:
    data = answered(run, SOLD)
    data["receipt"]["embedding"] = "other@1"
    saved = tmp_path / "answer.json"
    saved.write_text(json.dumps(data), encoding="utf-8")
    status, out, err = run("verify", saved)
    assert (status, err) == (0, "")
    assert "changed since: the embedding model was other@1, it is all-MiniLM-L6-v2@" in out


@pytest.mark.slow
def test_a_damaged_index_is_refused_in_a_line_and_repaired(
    run: Run, acme: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.doctor.SentenceTransformerEmbedder", lambda _: real_embedder())
    run("add", acme, index=index)
    assert run("doctor", "--repair", index=index)[1].startswith("done  nothing: nothing is damaged")
    found = run("search", "Are logs kept?", "--json", index=index)
    data = bytearray((index / "index.sqlite3").read_bytes())
    data[:100] = bytes(100)
    (index / "index.sqlite3").write_bytes(data)
    for command in (["list"], ["search", "Are logs kept?"], ["remove", "acme"], ["add", acme]):
        status, out, err = run(*command, index=index)
        assert (status, out, err.count("\n")) == (1, "", 1)
        assert str(index / "index.sqlite3") in err
        assert "run 'policy-assistant doctor --repair'" in err
    assert run("doctor", index=index)[0] == 1
    status, out, _ = run("doctor", "--repair", "--json", index=index)
    assert (status, json.loads(out)["lost"]) == (0, [])
    assert run("search", "Are logs kept?", "--json", index=index) == found
    (copy,) = index.glob("index.sqlite3.damaged-*")
    told = f"{str(copy)!r}, set aside by a repair, may still hold the texts of removed policies"
    assert f"ok    damaged copies: {told}" in run("doctor", index=index)[1]
    status, out, _ = run("remove", "acme", index=index)
    assert (status, out.splitlines()[0]) == (0, "removed acme")
    assert out.splitlines()[1].startswith(f"note: {told}")
