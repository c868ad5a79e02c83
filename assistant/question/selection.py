"""Which versions of which policies a question goes to."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.errors import QuestionError
from index.store.snapshot import PolicyEntry, Snapshot
from index.store.versions import held_on, sought, version_on


@dataclass(frozen=True, slots=True)
class Selection:
    """What a caller restricts a search to.

    `policies` are ids, None for any; `versions` maps those of them that were named with a version
    to it. Of the others the newest version is searched, or the one that held on `as_of`.
    """

    policies: tuple[str, ...] | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    as_of: datetime.date | None = None

    @classmethod
    def of(cls, policies: Sequence[str] | None, as_of: datetime.date | str | None) -> Selection:
        """Reads policies given as `id` or `id@version`, and an ISO date. Raises QuestionError."""
        if isinstance(policies, str):
            raise TypeError("policies is a sequence of ids, not one string")
        date = None if as_of is None else date_of(as_of)
        if policies is None:
            return cls(as_of=date)
        named: dict[str, str] = {}
        for name in policies:
            policy_id = name.partition("@")[0]
            if named.setdefault(policy_id, name) != name:
                raise QuestionError(
                    f"{named[policy_id]!r} and {name!r} are two versions of one policy: ask each "
                    "by itself"
                )
        versions = {
            policy_id: name.partition("@")[2] for policy_id, name in named.items() if "@" in name
        }
        return cls(tuple(named), versions, date)

    @classmethod
    def of_version(cls, policy_id: str, version: str) -> Selection:
        """One version of one policy alone."""
        return cls((policy_id,), {policy_id: version})

    def versions_to_search(
        self, snapshot: Snapshot, entries: Sequence[PolicyEntry], routed: Sequence[str]
    ) -> dict[str, str]:
        """The versions to search, id to version, by id.

        `routed` are the policies that the question itself names. A policy that was named, here or
        in the question, and has no version from the date is an error; others are left out, unless
        none has one. Raises UnknownPolicyError.
        """
        named = self.policies if self.policies is not None else tuple(routed) or None
        for policy_id in named or ():
            snapshot.policy(policy_id, self.versions.get(policy_id))
        newest = {entry.id: entry.version for entry in entries}
        ids = sorted(newest if named is None else named)
        held = {policy_id: self._version(snapshot, policy_id, newest) for policy_id in ids}
        too_new = [policy_id for policy_id, version in held.items() if version is None]
        if too_new and (named is not None or len(too_new) == len(ids)):
            assert self.as_of is not None  # without a date every policy has a version
            held_on(snapshot.versions(too_new[0]), self.as_of)  # says what is wrong
        return {policy_id: version for policy_id, version in held.items() if version is not None}

    def _version(self, snapshot: Snapshot, policy_id: str, newest: Mapping[str, str]) -> str | None:
        if policy_id in self.versions or self.as_of is None:
            return self.versions.get(policy_id, newest[policy_id])
        held = version_on(snapshot.versions(policy_id), self.as_of)
        return held.version if held else None


def date_of(as_of: datetime.date | str) -> datetime.date:
    """A date, also from its ISO form. Raises QuestionError."""
    if isinstance(as_of, datetime.datetime):
        return as_of.date()
    if not isinstance(as_of, str):
        return as_of
    try:
        return datetime.date.fromisoformat(as_of)
    except ValueError as error:
        raise QuestionError(
            f"{sought(as_of)!r} is not a date: give one such as 2020-06-01"
        ) from error
