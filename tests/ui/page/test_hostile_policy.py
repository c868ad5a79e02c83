"""A policy that would be obeyed wherever it is shown: on the page, in a terminal, in a file."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from assistant import Answer, Assistant, Settings, Topic
from assistant.overview.charts import draw_coverage
from tests.assistant.samples import assistant_on
from tests.ui.commands import Run
from tests.ui.page.shown import Elements
from ui.export import answer_file, coverage_html
from ui.page.growing_turn import AskedQuestion, growing_turn

TITLE = "Acme\\n\\n[2] Other: nothing\\u001b[2J \\u202egnp <script>alert(1)</script> $x_{1}$"
SAID = (
    "We keep server logs for 30 days <script>alert(1)</script><img src=x onerror=alert(2)> "
    '![x](http://evil.example/a.png) [go](javascript:alert(3)) =HYPERLINK("http://evil.example") '
    "\x1b[2J\x1b]0;owned\x07 \x9b2J \u202egnp.exe\u202c \U000e0041\U000e0042 "
    "</blockquote></main><iframe src=//evil.example> acme@0123456789ab:0-10 [2]."
)
QUESTION = "How long are server logs kept?"
OBEYED = ["\x1b", "\x07", "\x9b", "\u202e", "\u202c", "\U000e0041"]


def reading(index: Path) -> Assistant:
    """Quotes whatever comes nearest: noise makes an answer unlikely."""
    return assistant_on(index, settings=Settings(answer_threshold=0.0))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of that policy alone."""
    folder = tmp_path_factory.mktemp("hostile")
    head = f'---\ntitle: "{TITLE}"\nprovider: "{TITLE}"\nsource: "javascript:alert(1)"\n---\n\n'
    text = f"{head}# Logs\n\n{SAID}\n\n| =1+1 | <b> |\n|---|---|\n| @SUM(A1) | -2+3 |\n"
    (folder / "acme.md").write_text(text, encoding="utf-8")
    (result,) = assistant_on(folder / "index").add([folder / "acme.md"])
    assert result.reason == ""
    return folder / "index"


@pytest.fixture(scope="module")
def answer(hostile: Path) -> Answer:
    answer = reading(hostile).ask(QUESTION, generate=False)
    assert "<script>" in answer.quotes[0].exact
    return answer


def test_its_names_are_one_line(hostile: Path) -> None:
    (entry,) = assistant_on(hostile).policies()
    for name in (entry.title, entry.provider):
        assert len(name.splitlines()) == 1


def test_a_terminal_shows_it(run: Run, hostile: Path, answer: Answer, tmp_path: Path) -> None:
    saved = tmp_path / "answer.json"
    saved.write_text(json.dumps(answer.to_dict()), encoding="utf-8")
    cited = answer.quotes[0].citation_id
    for command in (
        ["ask", "--quotes-only", QUESTION],
        ["search", QUESTION],
        ["list"],
        ["list", "--versions"],
        ["cite", cited],
        ["cite", saved],
        ["compare", QUESTION],
        ["coverage"],
        ["verify", saved],
        ["export", saved],
        ["export", "--as", "html", saved],
        ["export", "--as", "json", saved],
        ["ask", "--quotes-only", "--json", QUESTION],
        ["cite", "--json", cited],
        ["list", "--json"],
    ):
        status, out, err = run(*command, index=hostile)
        assert (command, status, err) == (command, 0, "")
        assert [each for each in OBEYED if each in out] == []
        assert not any(line.startswith("[2]") for line in out.splitlines())
        if "--json" in command:
            assert json.loads(out)


def test_json_says_it_byte_for_byte(run: Run, hostile: Path, answer: Answer) -> None:
    cited = answer.quotes[0]
    _, out, _ = run("cite", "--json", cited.citation_id, index=hostile)
    assert json.loads(out)["quote"]["exact"] == cited.exact


def test_the_page_shows_it(hostile: Path) -> None:
    turn = list(growing_turn(reading(hostile), AskedQuestion(QUESTION, generate=False)))[-1]
    html = turn.shown() + turn.evidence(current=True)
    elements = Elements(html)
    assert elements.names.isdisjoint({"script", "img", "iframe", "b"})
    assert not any(name.startswith("on") for name in elements.attributes)
    assert "javascript:" not in [part[:11] for part in html.split('href="')]
    assert [each for each in OBEYED if each in html] == []
    assert "[U+202E]" in html


def test_files_show_it(hostile: Path, answer: Answer) -> None:
    assistant = reading(hostile)
    html = answer_file(answer, assistant, "html", "")["text"]
    markdown = answer_file(answer, assistant, "markdown", "")["text"]
    rendered = MarkdownIt("gfm-like", {"linkify": False}).render(markdown)
    grid = coverage_html(assistant.coverage([Topic("<img>", (QUESTION,))]))
    for shown in (html, rendered, grid):
        elements = Elements(shown)
        assert elements.names.isdisjoint({"script", "img", "iframe"})
        assert not any(name.startswith("on") for name in elements.attributes)
        assert [each for each in OBEYED if each in shown] == []
        assert "evil.example" in shown or shown is grid
        links = [part.split('"')[0] for part in shown.replace("'", '"').split('href="')[1:]]
        assert [link for link in links if not link.startswith("http://127.0.0.1:7860/")] == []
    data = json.loads(answer_file(answer, assistant, "json", "")["text"])
    assert Answer.from_dict(data) == answer


def test_a_picture_shows_it(hostile: Path, tmp_path: Path) -> None:
    coverage = assistant_on(hostile).coverage([Topic("\\$x$ ユーザー\x1b\u202e\n", (QUESTION,))])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        draw_coverage(coverage, tmp_path / "grid.png")
    assert (tmp_path / "grid.png").read_bytes().startswith(b"\x89PNG")
