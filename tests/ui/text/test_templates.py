"""What is filled into a template is text there; a template says what it needs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import jinja2
import pytest
from markupsafe import Markup

from tests.assistant.samples import ROOT
from ui.text.templates import fill, long_date

TEMPLATES = sorted((ROOT / "ui").glob("*/templates/*.html"))


def note(text: object) -> Markup:
    return fill("page/turn", "note", text=text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<b>\"&'</b>", "&lt;b&gt;&#34;&amp;&#39;&lt;/b&gt;"),
        ("a\u202eb\u2066c", "a[U+202E]b[U+2066]c"),
        ("a\u200fb\u061cc\x1bd", "a[U+200F]b[U+061C]c[U+001B]d"),
        ("a\ud800b", "a[U+D800]b"),
        ("Grüße, עברית\n", "Grüße, עברית\n"),
        (Markup("<b>a\u202eb</b>"), "<b>a[U+202E]b</b>"),
        (7, "7"),
    ],
)
def test_values_are_escaped_and_what_is_not_seen_is_spelt_out(text: object, shown: str) -> None:
    assert note(text) == f'<p class="pa-note">{shown}</p>'


def test_a_quote_cannot_leave_its_attribute() -> None:
    html = fill("page/turn", "conversation", turns=[], id='"><script>')
    assert html.endswith('data-conversation="&#34;&gt;&lt;script&gt;"></div>')


def test_the_layout_of_a_template_is_not_shown() -> None:
    html = fill("page/policy_list", "invitation", samples=False)
    assert "choose files there: text, Markdown, HTML, PDF or Word. They are" in html
    assert "\n" not in html
    assert "> <" not in html


def test_what_a_template_needs_is_given_and_nothing_else() -> None:
    with pytest.raises(jinja2.UndefinedError, match="parameter 'text' was not provided"):
        fill("page/turn", "note")
    with pytest.raises(TypeError, match="takes no keyword argument 'kind'"):
        fill("page/turn", "note", text="", kind="")
    with pytest.raises(jinja2.TemplateNotFound):
        fill("page/nothing", "note")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_switches_escaping_off(template: Path) -> None:
    assert re.search(r"\|\s*safe\b|autoescape", template.read_text(encoding="utf-8")) is None


def test_only_templates_make_markup() -> None:
    made = {
        file.name
        for file in (ROOT / "ui").rglob("*.py")
        if re.search(r"Markup\([^)]|from html import|import html$", file.read_text("utf-8"), re.M)
    }
    assert made == {"templates.py"}


def test_jinja_is_imported_when_something_is_filled_in() -> None:
    lines = "import sys; import ui.export, ui.cli.main; print('jinja2' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", lines], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout == "False\n"


def test_dates_are_written_out() -> None:
    assert long_date("2010-07-01") == "1 July 2010"
