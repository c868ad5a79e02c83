"""What has changed for one question: its answers from an older version and the newest, compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.types import Answer, Quote, Resolution, Status
from index.versions import PolicyVersion

_THE_SAME = frozenset({Status.INTACT, Status.MOVED})


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """One policy's answers to a question, then and now.

    `resolutions` say of each quote of `old` what became of it; `added` are the quotes of `new` in
    words that `old` does not quote. `before` and `now` are the versions that were asked.
    """

    before: PolicyVersion
    now: PolicyVersion
    old: Answer
    new: Answer
    resolutions: tuple[Resolution, ...]
    added: tuple[Quote, ...]

    @property
    def same(self) -> bool:
        """Whether both give the same verdict, and all that is quoted is said in both versions."""
        kept = all(each.status in _THE_SAME for each in self.resolutions)
        return kept and not self.added and self.old.verdict is self.new.verdict

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "policy_id": self.before.policy_id,
            "before": asdict(self.before),
            "now": asdict(self.now),
            "same": self.same,
            "old": self.old.to_dict(),
            "new": self.new.to_dict(),
            "resolutions": [each.to_dict() for each in self.resolutions],
            "added": [each.to_dict() for each in self.added],
        }


def question_changes(
    pairs: Sequence[tuple[PolicyVersion, PolicyVersion]],
    ask: Callable[[PolicyVersion], Answer],
    resolve: Callable[[str], Resolution],
    said_before: Callable[[Quote, PolicyVersion], bool],
) -> Iterator[QuestionChange]:
    """Asks both versions of each pair, older first. `said_before` tells whether an older version
    has the words of a quote."""
    for before, now in pairs:
        old, new = ask(before), ask(now)
        resolutions = tuple(resolve(quote.citation_id) for quote in old.quotes)
        known = {each.current for each in resolutions}
        quoted = {quote.exact for quote in old.quotes}
        nearest = [each.nearest for each in resolutions if each.nearest]
        added = tuple(
            quote
            for quote in new.quotes
            if quote.citation_id not in known
            and quote.exact not in quoted
            and not any(_overlap(quote, each) for each in nearest)
            and not said_before(quote, before)
        )
        yield QuestionChange(before, now, old, new, resolutions, added)


def _overlap(one: Quote, other: Quote) -> bool:
    return one.version == other.version and one.start < other.end and other.start < one.end
