"""The conversations that one browser has held, as a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ui.text.templates import fill

if TYPE_CHECKING:
    from markupsafe import Markup

    from ui.history.kept import Conversation


@dataclass(frozen=True, slots=True)
class _When:
    """A time for machines and for readers."""

    iso: str
    said: str


def conversation_list(
    conversations: Sequence[Conversation], current: str, now: datetime, *, busy: bool = False
) -> Markup:
    """A button that begins a new conversation, and the conversations so far, latest first.

    While an answer is under way (`busy`) none can be opened or deleted. `now` has a time zone,
    which is that of the times shown.
    """
    return fill(
        "page/conversation_list",
        "conversation_list",
        conversations=[
            (conversation, _when(conversation.asked_at, now)) for conversation in conversations
        ],
        current=current,
        busy=busy,
    )


def clock(time: datetime, now: datetime) -> str:
    """A time in words: `26 November 2026, 08:50`, in the time zone of `now`."""
    local = time.astimezone(now.tzinfo)
    return f"{local.day} {local:%B %Y, %H:%M}"


def _when(time: datetime, now: datetime) -> _When:
    local = time.astimezone(now.tzinfo)
    if local.date() == now.date():
        said = f"Today, {local:%H:%M}"
    elif local.date() == (now - timedelta(days=1)).date():
        said = f"Yesterday, {local:%H:%M}"
    else:
        said = f"{local.day} {local:%B %Y}"
    return _When(local.isoformat(timespec="minutes"), said)
