"""What has changed between two versions of a policy, clause by clause.

Both are split into sentences (and lines of headings). Those that say the same in the same order are
unchanged; the longest such run of pairs is found first. Of the others, those that say the same
elsewhere have moved; those that correspond, by the alignment score of
`assistant.citations.alignment`, have changed, the closest pairs first; the rest were removed or
added. White space makes no difference. Neighbours in one clause to which the same happened are one
change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from assistant.citations.alignment import CORRESPONDS, Passages, passages
from assistant.citations.segments import Segment, segments_of
from assistant.values.answer import Quote
from assistant.values.word_diff import Piece, word_diff
from index.store.snapshot import Snapshot
from index.store.versions import PolicyVersion
from index.types import Clause, Policy

_COMPARED = 5  # segments of the new version that each changed one is compared with


class ChangeKind(StrEnum):
    """What happened to a part of a clause."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `old` and `new` are what the versions say, None where one says nothing.

    `clause` is the clause of `new`, or that of `old` where there is no `new`. `words` lead from
    `old` to `new`, and are empty except for `changed`. `score` in [0, 1] is how well the two align.
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

    `unchanged` is the number of sentences and headings that both have in the same order.
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
                    "kind": str(change.kind),
                    "old": change.old.to_dict() if change.old else None,
                    "new": change.new.to_dict() if change.new else None,
                    "clause": {
                        **asdict(change.clause),
                        "heading_path": list(change.clause.heading_path),
                    },
                    "words": [asdict(piece) for piece in change.words],
                    "score": change.score,
                }
                for change in self.changes
            ],
        }


def policy_diff(snapshot: Snapshot, old: PolicyVersion, new: PolicyVersion) -> PolicyDiff:
    """The changes from one stored version to another."""
    before = _Side.of(snapshot, old)
    after = _Side.of(snapshot, new)
    pairs = _Pairs.of(before, after)
    placed = sorted(_changes(before, after, pairs), key=lambda pair: pair[0])
    changes = tuple(change for _, change in placed)
    return PolicyDiff(old.policy_id, old, new, changes, len(pairs.same))


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two versions; `keys` are its segments without their white space."""

    policy: Policy
    segments: tuple[Segment, ...]
    keys: tuple[str, ...]
    passages: Passages

    @classmethod
    def of(cls, snapshot: Snapshot, version: PolicyVersion) -> _Side:
        policy = snapshot.policy(version.policy_id, version.version)
        segments = segments_of(policy.text, snapshot.clauses_of(policy.id, policy.version))
        keys = tuple(
            " ".join(policy.text[segment.start : segment.end].split()) for segment in segments
        )
        return cls(policy, segments, keys, passages(policy, segments))

    def quote(self, first: int, last: int) -> Quote:
        start, end = self.segments[first].start, self.segments[last].end
        return Quote.of(self.policy, self.segments[first].clause.id, start, end)

    def clause(self, index: int) -> Clause:
        return self.segments[index].clause


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Indices of segments, old to new; those of `changed` with the alignment score."""

    same: dict[int, int]
    moved: dict[int, int]
    changed: dict[int, tuple[int, float]]

    @classmethod
    def of(cls, before: _Side, after: _Side) -> _Pairs:
        matcher = SequenceMatcher(None, before.keys, after.keys, autojunk=False)
        same = {
            block.a + offset: block.b + offset
            for block in matcher.get_matching_blocks()
            for offset in range(block.size)
        }
        unpaired = [index for index in range(len(before.keys)) if index not in same]
        free = set(range(len(after.keys))) - set(same.values())
        moved = _moved(before, after, unpaired, free)
        free -= set(moved.values())
        unpaired = [index for index in unpaired if index not in moved]
        changed = _changed(before, after, unpaired, free)
        return cls(same, moved, changed)


def _moved(before: _Side, after: _Side, unpaired: Sequence[int], free: set[int]) -> dict[int, int]:
    places: dict[str, list[int]] = defaultdict(list)
    for index in sorted(free, reverse=True):
        places[after.keys[index]].append(index)
    return {old: places[before.keys[old]].pop() for old in unpaired if places[before.keys[old]]}


def _changed(
    before: _Side, after: _Side, unpaired: Sequence[int], free: set[int]
) -> dict[int, tuple[int, float]]:
    scored: list[tuple[float, float, int, int]] = []
    for old in unpaired:
        words = before.passages.words(old)
        for new in after.passages.alike(words, free, _COMPARED):
            score = after.passages.score(words, after.passages.words(new))
            if score >= CORRESPONDS:
                # Ties go to the pair whose segments stand about as far into the text.
                distance = abs(old / len(before.segments) - new / len(after.segments))
                scored.append((-round(score, 6), distance, old, new))
    changed: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for score, _, old, new in sorted(scored):
        if old not in changed and new not in taken:
            changed[old] = new, -score
            taken.add(new)
    return changed


def _changes(
    before: _Side, after: _Side, pairs: _Pairs
) -> Iterator[tuple[tuple[int, int, int], Change]]:
    """Every change with its place: the segment of the new version that it is at or follows."""
    place, places = -1, []
    for old in range(len(before.segments)):
        place = pairs.same.get(old, place)
        places.append(place)
    kept = {*pairs.same, *pairs.moved, *pairs.changed}
    removed = [old for old in range(len(before.segments)) if old not in kept]
    for run in _runs(removed, before):
        quote = before.quote(run[0], run[-1])
        change = Change(ChangeKind.REMOVED, quote, None, before.clause(run[0]))
        yield (places[run[0]], 1, run[0]), change
    changed_to = (new for new, _ in pairs.changed.values())
    met = {*pairs.same.values(), *pairs.moved.values(), *changed_to}
    added = [new for new in range(len(after.segments)) if new not in met]
    for run in _runs(added, after):
        quote = after.quote(run[0], run[-1])
        yield (run[0], 0, 0), Change(ChangeKind.ADDED, None, quote, after.clause(run[0]))
    for old, (new, score) in pairs.changed.items():
        old_quote, new_quote = before.quote(old, old), after.quote(new, new)
        words = word_diff(old_quote.exact, new_quote.exact)
        clause = after.clause(new)
        yield (new, 0, 0), Change(ChangeKind.CHANGED, old_quote, new_quote, clause, words, score)
    moved_from = {new: old for old, new in pairs.moved.items()}
    for new_run in _runs(sorted(moved_from), after):
        for run in _runs([moved_from[new] for new in new_run], before):
            first, last = pairs.moved[run[0]], pairs.moved[run[-1]]
            old_quote, new_quote = before.quote(run[0], run[-1]), after.quote(first, last)
            change = Change(ChangeKind.MOVED, old_quote, new_quote, after.clause(first), score=1.0)
            yield (first, 0, 0), change


def _runs(indices: Sequence[int], side: _Side) -> list[list[int]]:
    """The indices in runs of neighbours in one clause."""
    runs: list[list[int]] = []
    for index in indices:
        if (
            runs
            and index == runs[-1][-1] + 1
            and side.clause(index).id == side.clause(index - 1).id
        ):
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs
