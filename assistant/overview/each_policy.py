"""Each policy asked by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.question.selection import Wanted
from assistant.values.answer import Answer
from index.store.snapshot import PolicyEntry

if TYPE_CHECKING:
    from assistant.assistant import Assistant


def chosen(assistant: Assistant, policies: Sequence[str] | None) -> list[PolicyEntry]:
    """All policies, or those named (`id` or `id@version`), each in the version that was named.

    Raises UnknownPolicyError.
    """
    wanted = Wanted.of(policies, None)
    entries = {entry.id: entry for entry in assistant.policies()}
    found = []
    for policy_id in entries if wanted.policies is None else wanted.policies:
        policy = assistant.policy(policy_id, wanted.versions.get(policy_id))
        found.append(replace(entries[policy_id], version=policy.version))
    return found


def asked_alone(assistant: Assistant, question: str, entry: PolicyEntry) -> Answer:
    """The quotes of that version of one policy, without a language model."""
    return assistant.ask(question, policies=[f"{entry.id}@{entry.version}"], generate=False)
