"""Each policy asked by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.asking.asking import Asking
from assistant.question.selection import Selection
from assistant.values.answer import Answer
from index.store.snapshot import PolicyEntry


def chosen(asking: Asking, policies: Sequence[str] | None) -> list[PolicyEntry]:
    """All policies, or those named (`id` or `id@version`), each in the version that was named.

    Raises QuestionError, UnknownPolicyError.
    """
    if policies is None:
        return list(asking.entries)
    selection = Selection.of(policies, None)
    newest = {entry.id: entry for entry in asking.entries}
    entries = []
    for policy_id in selection.policies or ():
        policy = asking.snapshot.policy(policy_id, selection.versions.get(policy_id))
        entries.append(replace(newest[policy_id], version=policy.version))
    return entries


def asked_alone(asking: Asking, question: str, entry: PolicyEntry) -> Answer:
    """What that version of one policy answers."""
    return asking.answer(question, Selection.of_version(entry.id, entry.version))
