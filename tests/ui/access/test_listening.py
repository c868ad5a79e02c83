"""Which addresses need a password, where it comes from, and what a request must name."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import PolicyAssistantError
from tests.ui.visiting import PASSWORD
from ui.access.listening import PASSWORD_VARIABLE, Door
from ui.cli.main import main


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_this_machine_needs_no_password(host: str) -> None:
    assert Door(host).is_local
    assert Door(host, PASSWORD).password == PASSWORD


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "fe80::1%eth0", "office.lan"])
def test_others_do(host: str) -> None:
    with pytest.raises(PolicyAssistantError, match="so the page needs a password there: put one"):
        Door(host)
    assert not Door(host, PASSWORD).is_local
    assert PASSWORD not in repr(Door(host, PASSWORD))


@pytest.mark.parametrize("host", ["", " ", "a b", "http://x", "x/y", "x\n", "-\x00"])
def test_what_is_no_address(host: str) -> None:
    with pytest.raises(PolicyAssistantError, match="is not an address to listen on"):
        Door(host, PASSWORD)


def test_a_short_password_is_refused() -> None:
    with pytest.raises(PolicyAssistantError, match="the password has 5 characters: use one of"):
        Door("0.0.0.0", "short")


def test_where_the_password_comes_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "password"
    file.write_text(PASSWORD + "\n", encoding="utf-8")
    assert Door.of("[::]", file) == Door("::", PASSWORD)
    assert Door.of(None, None) == Door("127.0.0.1")
    monkeypatch.setenv(PASSWORD_VARIABLE, "another long password")
    assert Door.of(None, None) == Door("127.0.0.1", "another long password")
    assert Door.of(None, file).password == PASSWORD
    for wrong in (b"", b"\n", b"\xff\xfe\xff"):
        file.write_bytes(wrong)
        with pytest.raises(PolicyAssistantError, match="write the password into it"):
            Door.of(None, file)


def test_a_password_that_is_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, "long enough \udcff")
    with pytest.raises(PolicyAssistantError, match="is not UTF-8 text: give one in UTF-8"):
        Door.of(None, None)
    monkeypatch.setenv(PASSWORD_VARIABLE, "long enough \u00ff")
    assert Door.of(None, None).password == "long enough \u00ff"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--host", "0.0.0.0"], "other machines can reach '0.0.0.0', so the page needs a password"),
        (["--host", "a b"], "'a b' is not an address to listen on"),
        (["--password-file", "/no/such"], "[Errno 2] No such file or directory: '/no/such'"),
    ],
)
def test_the_command_refuses_in_one_line(
    given: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["chat", "--no-browser", "--index", str(tmp_path / "index"), *given]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"policy-assistant: {told}")
    assert captured.err.count("\n") == 1
