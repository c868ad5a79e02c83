"""The conversations that one browser has held, as a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from ui.history.conversations import Conversation
from ui.page.safe_text import visible


def past(
    conversations: Sequence[Conversation], current: str, now: datetime, *, busy: bool = False
) -> str:
    """A button that begins a new conversation, and those before it, the last one first.

    While an answer is under way (`busy`) none can be opened or deleted. `now` has a time zone,
    which is that of the times shown.
    """
    off = " disabled" if busy else ""
    here = ' aria-current="true"'
    items = "".join(
        f'<li><button type="button" class="pa-open" data-conversation="{visible(each.id)}"'
        f"{here if each.id == current else ''}{off}>"
        f'<span dir="auto">{visible(each.title)}</span>'
        f"<small>{_when(each.asked_at, now)}</small></button>"
        f'<button type="button" class="pa-delete" data-conversation="{visible(each.id)}"'
        f' aria-label="Delete the conversation: {visible(each.title)}"{off}>Delete</button></li>'
        for each in conversations
    )
    return (
        f'<button type="button" class="pa-new"{off}>New conversation</button>'
        '<h2 class="pa-heading">Conversations</h2>'
        + (
            f'<ul class="pa-past">{items}</ul>'
            if items
            else '<p class="pa-none">What you ask is kept here, on this machine.</p>'
        )
    )


def clock(at: datetime, now: datetime) -> str:
    """A time in words: `26 November 2026, 08:50`, in the time zone of `now`."""
    local = at.astimezone(now.tzinfo)
    return f"{local.day} {local:%B %Y, %H:%M}"


def _when(at: datetime, now: datetime) -> str:
    local = at.astimezone(now.tzinfo)
    if local.date() == now.date():
        shown = f"Today, {local:%H:%M}"
    elif local.date() == (now - timedelta(days=1)).date():
        shown = f"Yesterday, {local:%H:%M}"
    else:
        shown = f"{local.day} {local:%B %Y}"
    return f'<time datetime="{local.isoformat(timespec="minutes")}">{shown}</time>'
