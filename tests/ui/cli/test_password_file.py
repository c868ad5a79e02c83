"""`add --pdf-passwords FILE`: what the file may be, and what becomes of each document."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest

from assistant import Assistant, PolicyAssistantError
from tests.assistant.samples import assistant_on
from tests.index.documents.pdf.encrypted_samples import OWNER, READER, SAID, encrypted
from tests.ui.commands import Run
from ui.cli.main import main
from ui.cli.password_file import read_passwords
from ui.page.html.policy_list import upload_results
from ui.uploads.receive import add_uploads


@pytest.fixture
def passwords(tmp_path: Path) -> Path:
    path = tmp_path / "passwords.txt"
    path.write_bytes(f"nothing 4471\r\n{READER}\r\n".encode())
    return path


@pytest.mark.parametrize(
    ("data", "read"),
    [
        (b"one", ("one",)),
        (b"one\n", ("one",)),
        (b"one\r\ntwo\r\n", ("one", "two")),
        (b"\xef\xbb\xbfone\n\n\r\ntwo\none\n", ("one", "two")),
        (b" one \n\ttwo\n  ", (" one ", "\ttwo", "  ")),
        (b"a\x0cb\rc\n", ("a\x0cb\rc",)),
        ("clé\u2028\x85\n".encode(), ("clé\u2028\x85",)),
        (b"a" * 1_000_000, ("a" * 1_000_000,)),
    ],
)
def test_passwords_of_a_file(passwords: Path, data: bytes, read: tuple[str, ...]) -> None:
    passwords.write_bytes(data)
    assert read_passwords(passwords) == read


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "holds no password: write one on each line"),
        (b"\xef\xbb\xbf\r\n\n", "holds no password: write one on each line"),
        (b"secret\n\xff", "is no text in UTF-8: save it as UTF-8, one password a line"),
        ("secret".encode("utf-16"), "is no text in UTF-8: save it as UTF-8, one password a line"),
        ("secret".encode("utf-16-le"), "is no text in UTF-8: save it as UTF-8"),
        (b"secret\n" * 200_000, "is more than a megabyte: give a text file with one password"),
    ],
)
def test_what_is_no_file_of_passwords(
    run: Run, passwords: Path, acme: Path, index: Path, data: bytes, told: str
) -> None:
    passwords.write_bytes(data)
    status, out, err = run("add", "--pdf-passwords", passwords, acme, index=index)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(f"policy-assistant: {str(passwords)!r} {told}")
    assert "secret" not in err
    assert not index.exists()
    with pytest.raises(PolicyAssistantError) as caught:
        read_passwords(passwords)
    assert caught.value.__context__ is None  # a decoding error would hold the data


@pytest.mark.parametrize(
    ("name", "reason"), [("none.txt", "No such file or directory"), ("", "Is a directory")]
)
def test_no_file_at_all(run: Run, tmp_path: Path, acme: Path, name: str, reason: str) -> None:
    file = tmp_path / name
    assert run("add", "--pdf-passwords", file, acme, index=tmp_path / "index") == (
        1,
        "",
        f"policy-assistant: cannot read the passwords in {str(file)!r} ({reason}): give a text "
        "file with one password a line\n",
    )


def test_the_file_is_never_added_itself(run: Run, tmp_path: Path, passwords: Path) -> None:
    (tmp_path / "link.txt").symlink_to(passwords)
    index = tmp_path / "elsewhere" / "index"
    for documents in (tmp_path, passwords, tmp_path / "link.txt"):
        status, out, err = run("add", "--pdf-passwords", passwords, documents, index=index)
        assert (status, out) == (1, "")
        assert err == (
            f"policy-assistant: {str(passwords)!r} is among what is to be added, and its passwords "
            "would be kept as a policy: move it elsewhere\n"
        )
    assert not index.exists()


@pytest.mark.skipif(os.name == "nt", reason="there are no named pipes to open there")
def test_passwords_from_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writing = threading.Thread(target=pipe.write_bytes, args=(b"one\ntwo\n",))
    writing.start()
    assert read_passwords(pipe) == ("one", "two")
    writing.join()


def test_encrypted_files_among_others(
    run: Run, passwords: Path, acme: Path, index: Path, tmp_path: Path
) -> None:
    for name, data in {
        "locked.pdf": encrypted(),
        "other.pdf": encrypted("other 8830", OWNER),
        "owned.pdf": encrypted(""),
    }.items():
        (tmp_path / name).write_bytes(data)
    files = [acme, *sorted(tmp_path.glob("*.pdf"))]
    status, out, err = run("add", "--json", *files, index=index)
    first = [json.loads(line) for line in out.splitlines()]
    assert (status, err) == (1, "")
    assert [each["status"] for each in first] == ["added", "rejected", "rejected", "added"]
    assert first[1]["reason"] == (
        "'locked.pdf' is encrypted and needs a password: save it without one first, or give it "
        "with 'policy-assistant add --pdf-passwords FILE'"
    )
    status, out, err = run("add", "--pdf-passwords", passwords, *files, index=index)
    assert (status, [line.split()[0] for line in out.splitlines()]) == (
        1,
        ["unchanged", "added", "unchanged"],
    )
    assert err.count("\n") == 1
    assert err.startswith("rejected ")
    assert "other.pdf' is encrypted, and none of the 2 passwords given opens it" in err
    assert READER not in out + err
    assert Assistant.load(index).policy("locked").text == SAID
    assert run("add", *files[:2], index=index)[0] == 0


def test_one_password_is_not_taken_for_many(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="a sequence of texts"):
        assistant_on(tmp_path).add([], passwords=READER)


def test_help_says_why_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["add", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert "--pdf-passwords FILE a text file with passwords, one a line" in told
    assert "other users of this machine can see what is typed on the command line" in told


def test_on_the_page(tmp_path: Path) -> None:
    upload = tmp_path / "locked.pdf"
    upload.write_bytes(encrypted())
    results = add_uploads(assistant_on(tmp_path / "index"), [upload])
    assert "is encrypted and needs a password: save it without one first" in upload_results(results)
    assert list((tmp_path / "index" / "uploads").iterdir()) == []
