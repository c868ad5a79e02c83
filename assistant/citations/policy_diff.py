"""What has changed between two versions of a policy, clause by clause.

Both are cut into sentences (and lines of headings). Those that say the same in the same order are
unchanged; the longest such run of pairs is found first. Of the others, those that say the same
elsewhere have moved; those that correspond, by the alignment score of
`assistant.citations.alignment`, have changed, the closest pairs first; what is left was
removed or added. Blanks and line ends make no difference. Neighbours of one clause to which the
same has happened are one change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from assistant.citations.alignment import CORRESPONDS, Passages, passages
from assistant.citations.segments import Segment, segments
from assistant.values.answer import Quote
from assistant.values.word_diff import Piece, word_diff
from index.store.snapshot import Snapshot
from index.store.versions import PolicyVersion
from index.types import Clause, Policy

_TRIED = 5  # segments of the new version that each changed one is held against


class ChangeKind(StrEnum):
    """What has happened to a part of a clause."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `old` and `new` are what the versions say, None where one has nothing.

    `clause` is the clause of `new`, or of `old` where that is all there is. `words` lead from
    `old` to `new`; they are empty but for `changed`. `score` in [0, 1] is how well the two align.
    """

    kind: ChangeKind
    old: Quote | None
    new: Quote | None
    clause: Clause
    words: tuple[Piece, ...] = ()
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class PolicyDiff:
    """The changes from one version of a policy to another, in the order of the new text.

    `unchanged` counts the sentences and headings that both have in the same order.
    """

    policy_id: str
    old: PolicyVersion
    new: PolicyVersion
    changes: tuple[Change, ...]
    unchanged: int

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready; quotes as in `Quote.to_dict`."""
        return {
            "policy_id": self.policy_id,
            "old": asdict(self.old),
            "new": asdict(self.new),
            "unchanged": self.unchanged,
            "changes": [
                {
                    "kind": str(each.kind),
                    "old": each.old.to_dict() if each.old else None,
                    "new": each.new.to_dict() if each.new else None,
                    "clause": {
                        **asdict(each.clause),
                        "heading_path": list(each.clause.heading_path),
                    },
                    "words": [asdict(piece) for piece in each.words],
                    "score": each.score,
                }
                for each in self.changes
            ],
        }


def policy_diff(snapshot: Snapshot, old: PolicyVersion, new: PolicyVersion) -> PolicyDiff:
    """The changes from one stored version to another."""
    before = _Side.of(snapshot, old)
    after = _Side.of(snapshot, new)
    pairs = _Pairs.of(before, after)
    changes = sorted(_changes(before, after, pairs), key=lambda each: each[0])
    return PolicyDiff(
        old.policy_id, old, new, tuple(change for _, change in changes), len(pairs.same)
    )


@dataclass(frozen=True, slots=True)
class _Side:
    policy: Policy
    found: tuple[Segment, ...]
    keys: tuple[str, ...]
    compared: Passages

    @classmethod
    def of(cls, snapshot: Snapshot, version: PolicyVersion) -> _Side:
        policy = snapshot.policy(version.policy_id, version.version)
        found = segments(policy.text, snapshot.clauses_of(policy.id, policy.version))
        keys = tuple(" ".join(policy.text[each.start : each.end].split()) for each in found)
        return cls(policy, found, keys, passages(policy, found))

    def quote(self, first: int, last: int) -> Quote:
        start, end = self.found[first].start, self.found[last].end
        return Quote.of(self.policy, self.found[first].clause.id, start, end)

    def clause(self, at: int) -> Clause:
        return self.found[at].clause


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Numbers of segments, old to new; `changed` with the alignment score."""

    same: dict[int, int]
    moved: dict[int, int]
    changed: dict[int, tuple[int, float]]

    @classmethod
    def of(cls, before: _Side, after: _Side) -> _Pairs:
        matcher = SequenceMatcher(None, before.keys, after.keys, autojunk=False)
        same = {
            block.a + at: block.b + at
            for block in matcher.get_matching_blocks()
            for at in range(block.size)
        }
        left = [at for at in range(len(before.keys)) if at not in same]
        free = set(range(len(after.keys))) - set(same.values())
        moved = _moved(before, after, left, free)
        free -= set(moved.values())
        changed = _changed(before, after, [at for at in left if at not in moved], free)
        return cls(same, moved, changed)


def _moved(before: _Side, after: _Side, left: Sequence[int], free: set[int]) -> dict[int, int]:
    places: dict[str, list[int]] = defaultdict(list)
    for at in sorted(free, reverse=True):
        places[after.keys[at]].append(at)
    return {at: places[before.keys[at]].pop() for at in left if places[before.keys[at]]}


def _changed(
    before: _Side, after: _Side, left: Sequence[int], free: set[int]
) -> dict[int, tuple[int, float]]:
    scored: list[tuple[float, float, int, int]] = []
    for at in left:
        words = before.compared.words(at)
        for other in after.compared.alike(words, free, _TRIED):
            score = after.compared.score(words, after.compared.words(other))
            if score >= CORRESPONDS:
                # Of equals, those that stand about as far into the text.
                apart = abs(at / len(before.found) - other / len(after.found))
                scored.append((-round(score, 6), apart, at, other))
    found: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for score, _, at, other in sorted(scored):
        if at not in found and other not in taken:
            found[at] = other, -score
            taken.add(other)
    return found


def _changes(
    before: _Side, after: _Side, pairs: _Pairs
) -> Iterator[tuple[tuple[int, int, int], Change]]:
    """Every change with its place: the segment of the new version it stands at or behind."""
    met = set(pairs.same) | set(pairs.moved) | set(pairs.changed)
    place, where = -1, []
    for at in range(len(before.found)):
        place = pairs.same.get(at, place)
        where.append(place)
    removed = [at for at in range(len(before.found)) if at not in met]
    for first, last in _runs(removed, before):
        gone = before.quote(first, last)
        yield (where[first], 1, first), Change(ChangeKind.REMOVED, gone, None, before.clause(first))
    reached = {
        *pairs.same.values(),
        *pairs.moved.values(),
        *(to for to, _ in pairs.changed.values()),
    }
    added = [at for at in range(len(after.found)) if at not in reached]
    for first, last in _runs(added, after):
        new = after.quote(first, last)
        yield (first, 0, 0), Change(ChangeKind.ADDED, None, new, after.clause(first))
    for at, (to, score) in pairs.changed.items():
        old, new = before.quote(at, at), after.quote(to, to)
        words = word_diff(old.exact, new.exact)
        change = Change(ChangeKind.CHANGED, old, new, after.clause(to), words, score)
        yield (to, 0, 0), change
    back = {to: at for at, to in pairs.moved.items()}
    for first, last in _runs(sorted(back), after, back, before):
        old, new = before.quote(back[first], back[last]), after.quote(first, last)
        change = Change(ChangeKind.MOVED, old, new, after.clause(first), score=1.0)
        yield (first, 0, 0), change


def _runs(
    numbers: Sequence[int],
    side: _Side,
    back: dict[int, int] | None = None,
    other: _Side | None = None,
) -> Iterator[tuple[int, int]]:
    """Neighbours of one clause, as (first, last); with `back`, neighbours on the other side too."""
    at = 0
    while at < len(numbers):
        first = last = numbers[at]
        at += 1
        while at < len(numbers) and _together(last, numbers[at], side):
            if back is not None and other is not None:
                if back[numbers[at]] != back[last] + 1:
                    break
                if not _together(back[last], back[numbers[at]], other):
                    break
            last = numbers[at]
            at += 1
        yield first, last


def _together(one: int, next_: int, side: _Side) -> bool:
    return next_ == one + 1 and side.clause(one).id == side.clause(next_).id
