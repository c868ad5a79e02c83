"""What one tab of a browser has open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.page.shown_turn import ShownTurn


@dataclass(frozen=True, slots=True)
class OpenConversation:
    """The conversation that a tab has open, and whose it is.

    `reader` is the browser's secret, empty where the browser keeps none; `id` is empty until the
    first question is asked.
    """

    reader: str = ""
    id: str = ""
    turns: tuple[ShownTurn, ...] = ()

    def with_turns(self, turns: tuple[ShownTurn, ...]) -> OpenConversation:
        """The same conversation with other turns."""
        return replace(self, turns=turns)
