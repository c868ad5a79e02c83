"""The versions of a policy: which there are, when each is from, and which held on a date."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.errors import UnknownPolicyError
from index.types import Document, Policy

_LONGEST = 200  # characters of an id, version or date; those that are stored have fewer


class DatedBy(StrEnum):
    """Where the date of a version comes from.

    `DOCUMENT`: its text ("last updated on ..."); `FRONT_MATTER`: the file's front matter, which
    takes precedence over the text; `FILE`: neither states one, and this is when the file was last
    changed; `ADDED`: the day it was added, where the time of the file is not a date.
    """

    DOCUMENT = "document"
    FRONT_MATTER = "front matter"
    FILE = "file"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """One stored version of a policy.

    `date` is an ISO date (YYYY-MM-DD), never empty; `dated_by` says where it comes from.
    `added_at` is when this text was last added, ISO, UTC. `newest` is true of the version that was
    added last, whatever its date: the one that questions go to.
    """

    policy_id: str
    version: str
    title: str
    date: str
    dated_by: DatedBy
    added_at: str
    clauses: int
    newest: bool


def dated(document: Document, policy: Policy, file_time: float) -> tuple[str, DatedBy]:
    """The ISO date of a version and where it comes from.

    `file_time` is when the file was last changed, in seconds since 1970 (UTC).
    """
    if document.effective_date:
        return document.effective_date, DatedBy.FRONT_MATTER
    if policy.effective_date:
        return policy.effective_date, DatedBy.DOCUMENT
    try:
        changed = datetime.datetime.fromtimestamp(file_time, datetime.UTC)
    except (OverflowError, ValueError, OSError):  # the year is not one from 1 to 9999
        return datetime.datetime.now(datetime.UTC).date().isoformat(), DatedBy.ADDED
    return changed.date().isoformat(), DatedBy.FILE


def sought(name: str) -> str:
    """An id, version or date that a caller names, in a form that SQLite and messages can take.

    It is cut to 200 characters, and lone surrogates (from arguments that are not UTF-8) become
    question marks: nothing stored is that long or has any.
    """
    return name[:_LONGEST].encode("utf-8", "replace").decode("utf-8")


def unknown_policy(policy_id: str, version: str | None = None) -> UnknownPolicyError:
    """The error for a policy, or a version of one, that the index does not hold."""
    which = "" if version is None else f" in version {version!r}"
    return UnknownPolicyError(
        f"the index holds no policy {policy_id!r}{which}: 'policy-assistant list' shows those it "
        "holds"
    )


def held_on(versions: Sequence[PolicyVersion], date: datetime.date) -> PolicyVersion:
    """As `version_on`, of the versions of one policy. Raises UnknownPolicyError for None."""
    version = version_on(versions, date)
    if version is None:
        first = min(version.date for version in versions)
        raise UnknownPolicyError(
            f"no version of {versions[0].policy_id!r} is from {date} or before (its first is from "
            f"{first}): 'policy-assistant list --versions' shows them"
        )
    return version


def version_on(versions: Sequence[PolicyVersion], date: datetime.date) -> PolicyVersion | None:
    """The version with the latest date that is not after `date`; None where all are later.

    `versions` come in order, the last added first; of several of the same date, the last added
    is returned.
    """
    before = [version for version in versions if version.date <= date.isoformat()]
    return max(before, key=lambda version: version.date, default=None)


def chosen_pair(
    versions: Sequence[PolicyVersion], old: str | None, new: str | None
) -> tuple[PolicyVersion, PolicyVersion]:
    """Two versions of one policy, each named by its version or by an ISO date.

    `versions` are all of them, the last added first. `new` defaults to the last added, `old` to
    the one added before `new`. Raises UnknownPolicyError.
    """
    later = _chosen(versions, new) if new else versions[0]
    if old:
        return _chosen(versions, old), later
    before = versions[versions.index(later) + 1 :]
    if not before:
        raise UnknownPolicyError(
            f"there is no version of {later.policy_id!r} before {later.version}: add the file "
            "again when it has changed, or name two versions ('policy-assistant list --versions')"
        )
    return before[0], later


def _chosen(versions: Sequence[PolicyVersion], name: str) -> PolicyVersion:
    bare_name = name.removeprefix(f"{versions[0].policy_id}@")
    for version in versions:
        if version.version == bare_name:
            return version
    try:
        date = datetime.date.fromisoformat(name)
    except ValueError as error:
        raise UnknownPolicyError(
            f"{sought(name)!r} is neither a version of {versions[0].policy_id!r} that the index "
            "holds nor a date such as 2020-06-01: 'policy-assistant list --versions' shows them"
        ) from error
    return held_on(versions, date)
