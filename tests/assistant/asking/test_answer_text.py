from __future__ import annotations

from assistant import PolicyEntry
from assistant.asking.answer_text import names_of


def test_policies_of_one_provider_are_told_apart() -> None:
    def entry(policy_id: str, provider: str, title: str) -> PolicyEntry:
        return PolicyEntry(policy_id, title, provider, "/x", "v", None, 1, ("v",))

    assert names_of(
        [entry("a", "Acme", "Terms"), entry("b", "Acme", "Privacy"), entry("c", "Crane", "Terms")]
    ) == {"a": "Acme (Terms)", "b": "Acme (Privacy)", "c": "Crane"}
    assert names_of([entry("a", "Acme", "Terms"), entry("b", "Acme", "Terms")]) == {
        "a": "Acme (a)",
        "b": "Acme (b)",
    }
