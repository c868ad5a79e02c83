"""Files, and what only looks like one: found, read, or refused in a line."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index.documents import file_search
from index.documents.file_search import File, expand
from index.documents.limits import DEFAULT_LIMITS, Limits
from index.errors import LoadError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has other files")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "folder"
    made.mkdir()
    (made / "acme.txt").write_text("We keep logs.", encoding="utf-8")
    return made


def _fault(file: File, limits: Limits = DEFAULT_LIMITS) -> str:
    with pytest.raises(LoadError) as caught:
        file.read(limits)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def _names(folder: Path) -> list[str]:
    return [str(file.path.relative_to(folder)) for file in expand([folder])]


def test_expand(tmp_path: Path) -> None:
    names = ["b.txt", "a.MD", "sub/c.pdf", "d.exe", ".hidden/e.txt", ".f.txt", "sub/.g/h.md"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "folder.txt" / "i.txt").touch()
    given = [tmp_path / "d.exe", tmp_path, tmp_path / "b.txt"]
    found = [str(file.path.relative_to(tmp_path)) for file in expand(given)]
    assert found == ["d.exe", "a.MD", "b.txt", "folder.txt/i.txt", "sub/c.pdf"]
    assert expand([tmp_path / "none"]) == [File(tmp_path / "none")]


def test_one_file_under_many_names_is_found_once(folder: Path) -> None:
    acme, link, spelt = folder / "acme.txt", folder / "a-link.txt", folder / "x" / ".." / "acme.txt"
    (folder / "x").mkdir()
    link.symlink_to(acme)
    (folder / "self").symlink_to(".")
    assert expand([acme, spelt, link, acme]) == [File(acme)]
    assert expand([link, acme]) == [File(link)]
    assert _names(folder) == ["acme.txt"]  # a link is told of only where its file is not


def test_two_hard_links_are_two_files_as_two_copies_are(folder: Path) -> None:
    (folder / "copy.txt").hardlink_to(folder / "acme.txt")
    assert _names(folder) == ["acme.txt", "copy.txt"]


def test_a_link_within_the_folder_is_read(folder: Path) -> None:
    (folder / ".store").mkdir()
    (folder / ".store" / "1.txt").write_text("Stored.", encoding="utf-8")
    before = Path(".store", "1.txt")
    for number in range(50):  # more than the system follows by itself
        (folder / f"{number}.txt").symlink_to(before)
        before = Path(f"{number}.txt")
    other, linked = expand([folder])
    assert other.path.name == "acme.txt"
    contents = linked.read(DEFAULT_LIMITS)
    assert (contents.data, contents.where) == (b"Stored.", folder / ".store" / "1.txt")


@pytest.mark.parametrize("outside", ["outside/a.txt", "outside", "."])
def test_a_link_out_of_the_folder_is_refused(folder: Path, outside: str) -> None:
    (folder.parent / "outside").mkdir()
    (folder.parent / "outside" / "a.txt").write_text("Secret.", encoding="utf-8")
    link = folder / "link.txt"
    link.symlink_to(folder.parent / outside)
    _, found = expand([folder])
    assert found.path == link
    assert _fault(found) == (
        f"{str(link)!r} is a link out of the folder that was added, to "
        f"{str(folder.parent / outside)!r}: add that by itself, if it is to be read"
    )


def test_a_link_to_what_was_given_as_well_is_read(folder: Path) -> None:
    outside = folder.parent / "outside.txt"
    outside.write_text("Given.", encoding="utf-8")
    link = folder / "link.txt"
    link.symlink_to(outside)
    assert [file.read(DEFAULT_LIMITS).data for file in expand([link])] == [b"Given."]
    assert [file.read(DEFAULT_LIMITS).data for file in expand([folder, outside])] == [
        b"We keep logs.",
        b"Given.",
    ]


def test_a_folder_given_through_a_link_is_read(folder: Path) -> None:
    link = folder.parent / "link"
    link.symlink_to(folder)
    (file,) = expand([link])
    assert (file.path, file.read(DEFAULT_LIMITS).where) == (link / "acme.txt", folder / "acme.txt")


def test_links_that_lead_nowhere(folder: Path) -> None:
    for name, to in (("b.txt", "none"), ("c.txt", "none"), ("d.txt", "e.txt"), ("e.txt", "d.txt")):
        (folder / name).symlink_to(to)
    (folder / "no-document").symlink_to("none")
    _, *links = expand([folder])
    assert [_fault(link) for link in links] == [
        *(
            f"{str(folder / name)!r} is a link to {str(folder / 'none')!r}, which is not there: "
            "mend the link"
            for name in ("b.txt", "c.txt")
        ),
        *(
            f"cannot read {str(folder / name)!r} (Too many levels of symbolic links): check the "
            "path and its rights"
            for name in ("d.txt", "e.txt")
        ),
    ]


def test_what_is_no_file_is_not_waited_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)  # a socket's path is to be short
    os.mkfifo("pipe.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.txt")
        for name, kind in (("pipe", "pipe"), ("device", "device"), ("socket", "socket")):
            told = f"{name + '.txt'!r} is a {kind}, not a file: give a document, or a folder"
            assert told in _fault(File(Path(f"{name}.txt")))
        assert _names(folder) == ["acme.txt", "pipe.txt", "socket.txt", "device.txt"]
    assert _fault(File(folder)).startswith(f"{str(folder)!r} is a folder, not a file")


def test_a_pipe_for_standard_input() -> None:
    reading, writing = os.pipe()
    try:
        assert "is a pipe, not a file" in _fault(File(Path(f"/dev/fd/{reading}")))
    finally:
        os.close(reading)
        os.close(writing)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="there is no /proc")
def test_files_of_the_system_are_not_read_for_their_names() -> None:
    for name in ("mem", "kmsg"):  # one cannot be read, one would wait for the kernel
        path = Path("/proc/self/mem") if name == "mem" else Path("/proc/kmsg")
        assert f"{name!r} is of a type that is not supported" in _fault(File(path))


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Callable[[], object]], None]:
    """Has something happen behind a step of reading a file."""

    def arrange(step: str, happen: Callable[[], object]) -> None:
        real = getattr(file_search, step)

        def stepping(*given: object) -> object:
            result = real(*given)
            happen()
            return result

        monkeypatch.setattr(file_search, step, stepping)

    return arrange


def test_a_file_that_vanishes(
    folder: Path, meanwhile: Callable[[str, Callable[[], object]], None]
) -> None:
    acme = folder / "acme.txt"
    (file,) = expand([folder])
    meanwhile("loader_of", lambda: acme.unlink(missing_ok=True))
    told = f"there is no file {str(acme)!r}: check the path"
    assert [_fault(file), _fault(file)] == [told, told]


def test_a_file_that_becomes_a_pipe(
    folder: Path, meanwhile: Callable[[str, Callable[[], object]], None]
) -> None:
    acme = folder / "acme.txt"
    (file,) = expand([folder])

    def swap() -> None:
        acme.unlink()
        os.mkfifo(acme)

    meanwhile("loader_of", swap)
    assert "is a pipe, not a file" in _fault(file)


@pytest.mark.parametrize("step", ["", "loader_of"])
def test_a_file_that_becomes_a_link_out_of_the_folder(
    folder: Path, meanwhile: Callable[[str, Callable[[], object]], None], step: str
) -> None:
    acme, secret = folder / "acme.txt", folder.parent / "secret.txt"
    secret.write_text("Secret.", encoding="utf-8")
    (file,) = expand([folder])

    def swap() -> None:
        acme.unlink()
        acme.symlink_to(secret)

    if step:
        meanwhile(step, swap)
    else:
        swap()
    told = _fault(file)
    assert ("is a link out of the folder" if not step else "Too many levels of symbol") in told


def _growing(path: Path) -> Callable[[int, int], bytes]:
    read = os.read

    def reading(descriptor: int, size: int) -> bytes:
        if path.stat().st_size < 10_000_000:
            with path.open("ab") as file:
                file.write(b"a" * size)
        return read(descriptor, size)

    return reading


def test_a_file_that_is_being_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    acme = folder / "acme.txt"
    monkeypatch.setattr(os, "read", _growing(acme))
    told = "'acme.txt' is 3 megabytes, more than the limit of 2: split it"
    assert told in _fault(File(acme), Limits(megabytes=2))
    monkeypatch.undo()

    def touched(descriptor: int, size: int, read: Callable[[int, int], bytes] = os.read) -> bytes:
        os.utime(acme, (1, 1))
        return read(descriptor, size)

    monkeypatch.setattr(os, "read", touched)
    assert _fault(File(acme)) == f"{str(acme)!r} is being written: add it again when that is done"
    assert File(acme).read(DEFAULT_LIMITS).modified == 1


def test_a_file_of_ten_gigabytes_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (folder / "sparse.txt").open("wb") as file:
        file.truncate(10**10)
    monkeypatch.setattr(os, "read", None)  # a call would fail
    assert "is 10000 megabytes, more than the limit of 100" in _fault(File(folder / "sparse.txt"))


@pytest.mark.parametrize("function", ["open", "read"])
def test_a_file_that_cannot_be_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    def fail(*_: object) -> int:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, function, fail)
    assert _fault(File(folder / "acme.txt")) == (
        f"cannot read {str(folder / 'acme.txt')!r} (Input/output error): check the path and its "
        "rights"
    )


def test_a_name_that_can_be_none(folder: Path) -> None:
    for name, fault in (("a" * 300, "File name too long"), ("a\0b", "embedded null byte")):
        (file,) = expand([folder / name])
        assert f"({fault}): check the path" in _fault(file)


def _nest(folder: Path, name: str, levels: int) -> None:
    """Makes a folder in a folder in a folder, with a document in the last one."""
    here = os.open(folder, os.O_RDONLY)
    for _ in range(levels):
        os.mkdir(name, dir_fd=here)
        below = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    with os.fdopen(os.open("deep.txt", os.O_CREAT | os.O_WRONLY, dir_fd=here), "w") as file:
        file.write("Deep.")
    os.close(here)


def test_more_folders_within_folders_than_python_calls_itself(folder: Path) -> None:
    _nest(folder, "a", 300)
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(250)
    try:
        deep, acme = expand([folder])
    finally:
        sys.setrecursionlimit(usual)
    assert str(deep.path) == f"{folder}{'/a' * 300}/deep.txt"
    assert [deep.read(DEFAULT_LIMITS).data, acme.read(DEFAULT_LIMITS).data] == [
        b"Deep.",
        b"We keep logs.",
    ]


def test_a_folder_too_deep_to_be_named(folder: Path) -> None:
    _nest(folder, "n" * 200, 21)  # a path has up to 4096 bytes
    acme, deep = expand([folder])
    assert acme.read(DEFAULT_LIMITS).data == b"We keep logs."
    told = _fault(deep)
    assert told.startswith(f"cannot read '{str(folder)[:20]}")
    assert told.endswith("nnn' (File name too long): check the path and its rights")
    assert len(told) < 500
    subprocess.run(["rm", "-r", folder], check=True)  # what cleans up behind tests cannot
