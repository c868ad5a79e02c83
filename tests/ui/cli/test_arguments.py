"""What is no way to call a command: the usage is shown, and the exit status is 2."""

from __future__ import annotations

import pytest

from ui.cli.main import main


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["ask"],
        ["add"],
        ["ask", "a", "b"],
        ["search", "-k", "0", "a"],
        ["search", "-k", "many", "a"],
        ["cite", "--quotes-only", "a"],
        ["diff"],
        ["ask", "--as-of", "2020", "a"],
        ["search", "--as-of", "yesterday", "a"],
        ["eval"],
        ["eval", "--plot", "risk.svg", "a"],
        ["list", "--nonsense"],
        ["list", "--index", ""],
        ["list", "--index", "--json"],
        ["--index", "", "list"],
        ["--index"],
        ["ask", "--server", "http://localhost/v1", "a"],
        ["ask", "--since", "", "a"],
        ["ask", "--as-of", "", "a"],
        ["ask", "--policy", "", "a"],
        ["ask", "--model", "", "a"],
        ["ask", "--server", "", "--model", "a", "a"],
        ["add", "--version-of", "", "a"],
        ["add", "--pdf-passwords", "", "a"],
        ["verify", ""],
        ["export", ""],
        ["export", "--chat", "", "a"],
        ["diff", "a", ""],
        ["diff", "a", "b", ""],
        ["coverage", "--topics", ""],
        ["coverage", "--html", ""],
        ["coverage", "--png", ""],
        ["chat", "--host", ""],
        ["chat", "--password-file", ""],
        ["feedback", "--export", ""],
        ["eval", ""],
        ["chat", "--port", "0"],
        ["chat", "--port", "-1"],
        ["chat", "--port", "65536"],
        ["chat", "--port", "http"],
    ],
    ids=" ".join,
)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: policy-assistant")
