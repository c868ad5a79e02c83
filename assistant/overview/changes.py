"""What has changed for one question: its answers from an older version and the newest, compared."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from assistant.question.selection import Wanted
from assistant.values.answer import Answer, Quote, Resolution, Status
from index.store.versions import PolicyVersion, held_on, version_on

if TYPE_CHECKING:
    from assistant.assistant import Assistant

_THE_SAME = frozenset({Status.INTACT, Status.MOVED})


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """One policy's answers to a question, then and now.

    `before` and `now` are the versions that were asked. `resolutions` say what became of each quote
    of `old` in the newest version; `added` are the quotes of `new` whose words the older version
    does not have, and to which no quote of `old` has changed.
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
    assistant: Assistant,
    question: str,
    since: datetime.date | str,
    policies: Sequence[str] | None,
) -> list[QuestionChange]:
    """Asks, of each policy that the question goes to, the version that held on a date and the one
    asked today, where those are two. See `Assistant.changes`."""
    day = Wanted.of(None, since).as_of
    assert day is not None
    asked = assistant.ask(question, policies=policies, generate=False).receipt.policies
    held = {policy_id: assistant.versions(policy_id) for policy_id in asked}
    if held and not any(version_on(versions, day) for versions in held.values()):
        held_on(next(iter(held.values())), day)  # says from when its first version is
    found = []
    for policy_id, version in asked.items():
        versions = held[policy_id]
        before = version_on(versions, day)
        now = next((each for each in versions if each.version == version), None)
        if before and now and before.version != now.version:
            found.append(_change(assistant, question, before, now))
    return found


def _change(
    assistant: Assistant, question: str, before: PolicyVersion, now: PolicyVersion
) -> QuestionChange:
    old, new = (
        assistant.ask(question, policies=[f"{each.policy_id}@{each.version}"], generate=False)
        for each in (before, now)
    )
    text = assistant.policy(before.policy_id, before.version).text
    resolutions = tuple(assistant.lookup(quote.citation_id) for quote in old.quotes)
    nearest = [each.nearest for each in resolutions if each.nearest]
    added = tuple(
        quote
        for quote in new.quotes
        if quote.exact not in text and not any(_overlap(quote, each) for each in nearest)
    )
    return QuestionChange(before, now, old, new, resolutions, added)


def _overlap(one: Quote, other: Quote) -> bool:
    return one.version == other.version and one.start < other.end and other.start < one.end
