from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant, CitationError, Settings
from index.models.embedder import Embedder
from tests.assistant.conftest import NO_MODEL
from tests.conftest import FakeReranker
from ui.page.citation_page import shown_citation

QUOTED = "We keep &lt;b&gt;logs&lt;/b&gt; for 30 days."
TEXT = "Acme policy\n\nWe keep <b>logs</b> for 30 days. Nobody reads them.\n"


@pytest.fixture
def assistant(tmp_path: Path, embedder: Embedder) -> Assistant:
    return Assistant(tmp_path / "index", Settings(), embedder, NO_MODEL, FakeReranker())


def add(assistant: Assistant, tmp_path: Path, text: str) -> str:
    """The citation of the sentence about logs in the version that is added."""
    (tmp_path / "acme.txt").write_text(text, encoding="utf-8")
    assistant.add([tmp_path / "acme.txt"])
    policy = assistant.policy("acme")
    return f"acme@{policy.version}:{policy.text.find('We keep')}-{policy.text.find(' Nobody')}"


def test_what_became_of_a_citation(assistant: Assistant, tmp_path: Path) -> None:
    cited = add(assistant, tmp_path, TEXT)
    html, cards = shown_citation(assistant, cited)
    assert "<strong>Intact</strong>" in html
    assert "<p>The newest version says this in the same place.</p>" in html
    assert (
        '<blockquote dir="auto">We keep &lt;b&gt;logs&lt;/b&gt; for 30 days.</blockquote>' in html
    )
    assert f"Citation {cited}" in cards
    assert f"<mark>{QUOTED}</mark>" in cards

    add(assistant, tmp_path, TEXT.replace("30 days", "90 days"))
    html, cards = shown_citation(assistant, cited)
    assert "<strong>Changed</strong>" in html
    assert "for 90 days.</blockquote><p><code>acme@" in html
    assert f"<mark>{QUOTED}</mark>" in cards

    now = add(assistant, tmp_path, f"A new first sentence.\n\n{TEXT}")
    html, _ = shown_citation(assistant, cited)
    assert "<strong>Moved</strong>" in html
    assert f"<p><code>{now}</code></p>" in html


def test_what_is_not_a_citation(assistant: Assistant, tmp_path: Path) -> None:
    add(assistant, tmp_path, TEXT)
    with pytest.raises(CitationError):
        shown_citation(assistant, "acme@nothing")
