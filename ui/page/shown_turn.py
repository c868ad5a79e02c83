"""A question on the page with what is shown for it, and a kept one as it was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from assistant import Verdict
from ui.page.html import cards, turn
from ui.page.html.answer import answered, unanswered
from ui.page.html.answer_footer import judging
from ui.page.placed_clauses import PlacedClauses

if TYPE_CHECKING:
    from assistant import Answer, Assistant
    from ui.history.kept import Feedback, KeptQuestion

_NEAREST = 3
_NOTHING = Markup()
_STOPPED = "Stopped. What is shown above was checked; the answer is incomplete."
_INCOMPLETE = (
    "This question was stopped, or the page was closed, before its answer was complete. Ask it"
    " again."
)


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """A question and what is shown for it so far.

    `id` is what its answer is kept under, empty where it is not kept. `waiting` says what is going
    on and is empty when nothing is; `body` is what stands below the question; `answer` is None
    until it is complete. `nearest` tells whether the cards show clauses that do not answer.
    """

    number: int
    question: str
    id: str = ""
    answer: Answer | None = None
    waiting: str = ""
    body: Markup = _NOTHING
    cards: Markup = _NOTHING
    nearest: bool = False

    def shown(self, feedback: Feedback | None = None) -> Markup:
        """The turn as HTML, with what its reader said of the answer."""
        below = self.body
        if self.waiting:
            below += turn.waiting(self.waiting)
        if self.id and self.answer:
            below += judging(self.id, feedback)
        return turn.turn(self.number, self.question, below)

    def evidence(self, *, current: bool) -> Markup:
        """The turn's cards as HTML, or nothing where it has none."""
        if not self.cards:
            return _NOTHING
        return cards.evidence(
            self.number, self.question, self.cards, nearest=self.nearest, current=current
        )

    def stopped(self) -> ShownTurn:
        """The turn as it is left when the user stops it; complete turns stay as they are."""
        if not self.waiting:
            return self
        return replace(self, waiting="", body=self.body + turn.note(_STOPPED))

    def failed(self, reason: str) -> ShownTurn:
        """The turn as an error leaves it."""
        return replace(self, waiting="", body=self.body + turn.error(reason))

    def completed(
        self, answer: Answer, clauses: PlacedClauses, *, receipt_open: bool = False
    ) -> ShownTurn:
        """The turn with its whole answer."""
        done = replace(self, answer=answer, waiting="")
        if answer.quotes:
            return replace(
                done,
                body=answered(self.number, answer, clauses.names, receipt_open=receipt_open),
                cards=cards.quote_cards(
                    self.number, answer.quotes, clauses.of_quotes(answer.quotes)
                ),
            )
        hits = answer.hits[:_NEAREST] if answer.verdict is Verdict.NOT_STATED else ()
        nearest = clauses.of_hits(hits)
        body = unanswered(self.number, answer, nearest, clauses.names, receipt_open=receipt_open)
        return replace(
            done,
            body=body,
            cards=cards.nearest_cards(self.number, nearest),
            nearest=True,
        )


def kept_turn(
    assistant: Assistant, number: int, kept: KeptQuestion, *, receipt_open: bool = False
) -> ShownTurn:
    """A turn as it was when its answer was kept."""
    shown = ShownTurn(number, kept.question, kept.id)
    if kept.answer is None:
        return replace(shown, body=turn.note(_INCOMPLETE))
    clauses = PlacedClauses.of(assistant, kept.names)
    return shown.completed(kept.answer, clauses, receipt_open=receipt_open)
