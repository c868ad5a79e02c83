"""What has changed for one question: its answers from an older version and the newest, compared."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass
from typing import Any

from assistant.asking.asking import Asking
from assistant.citations.resolve import resolve
from assistant.question.selection import Selection
from assistant.values.answer import Answer, Quote, Resolution, Status
from index.store.versions import PolicyVersion, held_on, version_on

_THE_SAME = frozenset({Status.INTACT, Status.MOVED})


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """One policy's answers to a question, then and now.

    `before` and `now` are the versions that were asked. `resolutions` say what became of each quote
    of `old` in the newest version; `added` are the quotes of `new` whose words the older version
    does not have, and that no quote of `old` has changed into.
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
        kept = all(resolution.status in _THE_SAME for resolution in self.resolutions)
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
            "resolutions": [resolution.to_dict() for resolution in self.resolutions],
            "added": [quote.to_dict() for quote in self.added],
        }


def question_changes(
    asking: Asking, question: str, day: datetime.date, selection: Selection
) -> list[QuestionChange]:
    """Asks, of each policy that the question goes to, the version that held on a day and the one
    that is asked today, where those are two. See `Assistant.changes`."""
    asked = asking.plan(question, selection).versions
    stored = {policy_id: asking.snapshot.versions(policy_id) for policy_id in asked}
    if stored and not any(version_on(versions, day) for versions in stored.values()):
        held_on(next(iter(stored.values())), day)  # says from when its first version is
    changes = []
    for policy_id, versions in stored.items():
        before = version_on(versions, day)
        now = next((version for version in versions if version.version == asked[policy_id]), None)
        if before and now and before.version != now.version:
            changes.append(_change(asking, question, before, now))
    return changes


def _change(
    asking: Asking, question: str, before: PolicyVersion, now: PolicyVersion
) -> QuestionChange:
    old, new = (
        asking.answer(question, Selection.of_version(version.policy_id, version.version))
        for version in (before, now)
    )
    text = asking.snapshot.policy(before.policy_id, before.version).text
    resolutions = tuple(resolve(asking.snapshot, quote.citation_id) for quote in old.quotes)
    nearest = [resolution.nearest for resolution in resolutions if resolution.nearest]
    added = tuple(
        quote
        for quote in new.quotes
        if quote.exact not in text and not any(_overlap(quote, passage) for passage in nearest)
    )
    return QuestionChange(before, now, old, new, resolutions, added)


def _overlap(quote: Quote, passage: Quote) -> bool:
    same_version = quote.version == passage.version
    return same_version and quote.start < passage.end and passage.start < quote.end
