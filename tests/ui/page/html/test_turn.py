from __future__ import annotations

from ui.page.html import turn as turn_html


def test_an_empty_turn_list_is_an_empty_log() -> None:
    assert turn_html.conversation([], "c-1") == (
        '<div role="log" aria-live="polite" aria-label="Conversation" data-conversation="c-1">'
        "</div>"
    )
