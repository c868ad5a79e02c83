from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.paths import at_home, name_of, path_of, shown

pytestmark = pytest.mark.skipif(os.name == "nt", reason="paths are bytes on Unix alone")
ALPHABET = st.sampled_from([b"\\", b"x", b"e", b"9", b"5c", b"\xe9", "é".encode(), b"/", b"\n"])


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("/p/café.txt".encode(), "/p/café.txt"),
        (b"/p/caf\xe9.txt", r"/p/caf\xe9.txt"),
        (rb"/p/caf\xe9.txt", r"/p/caf\x5cxe9.txt"),
        (rb"/p/caf\x5cxe9.txt", r"/p/caf\x5cx5cxe9.txt"),
        (rb"/p/a\b.txt", r"/p/a\b.txt"),
    ],
)
def test_names_of_paths(raw: bytes, name: str) -> None:
    assert name_of(Path(os.fsdecode(raw))) == name
    assert os.fsencode(path_of(name)) == raw


@given(st.lists(ALPHABET, min_size=1).map(b"".join))
def test_every_path_comes_back_from_its_name(raw: bytes) -> None:
    path = Path(os.fsdecode(raw))
    assert path_of(name_of(path)) == path
    name_of(path).encode("utf-8")  # SQLite takes nothing else


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a b.txt", "'a b.txt'"),
        ("a\nb.txt", r"'a\nb.txt'"),
        ("\x1b[2J.txt", r"'\x1b[2J.txt'"),
        ("a\u202eb.txt", r"'a\u202eb.txt'"),
        ("a" * 400, repr("a" * 400)),
        ("a" * 300 + "b" * 300, f"'{'a' * 200}…{'b' * 200}'"),
    ],
)
def test_a_message_quotes_a_path_on_one_line(name: str, expected: str) -> None:
    assert shown(Path(name)) == expected


def test_a_tilde_is_a_home_unless_there_is_such_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/home/anna")
    assert at_home(Path("~/a.txt")) == Path("/home/anna/a.txt")
    assert at_home(Path("~nobody-of-that-name/a.txt")) == Path("~nobody-of-that-name/a.txt")
    Path("~").mkdir()
    Path("~/a.txt").touch()
    assert at_home(Path("~/a.txt")) == Path("~/a.txt")
