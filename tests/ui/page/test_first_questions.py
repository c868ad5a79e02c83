from __future__ import annotations

from assistant import PolicyEntry
from ui.page.first_questions import first_questions


def test_first_questions_fit_the_headings_and_policies_take_turns() -> None:
    one = PolicyEntry("a", "A", "Acme", "/a", "1" * 12, None, 1, ())
    two = PolicyEntry("b", "Rules", "", "/b", "1" * 12, None, 1, ())
    headings = {"a": ["Cookies", "Security"], "b": ["Our cookies", "Annual leave", "Cancelling"]}
    assert first_questions([one, two], headings) == [
        "How does Acme use cookies?",
        "How much leave does Rules grant?",
        "How does Acme protect personal information?",
        "What happens when I cancel with Rules?",
    ]
    assert first_questions([one], {"a": ["Miscellaneous"]}) == []
