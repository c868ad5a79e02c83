from __future__ import annotations

import pytest

from assistant.question.followups.policy_names import Names, named, only_named, renamed

NAMES = Names.of(
    ("Intraworks I.T. Management", "Privacy Policy of Introplex", "introplex", "ixanet")
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Does Intraworks keep logs?", "Intraworks"),
        ("at Introplex's and ixanet", "Introplex and ixanet"),
        ("Intraworks I.T. Management", "Intraworks I.T. Management"),
        ("what about introplx?", "introplx"),
        ("Do they keep management logs?", ""),
    ],
)
def test_where_policies_are_named(text: str, names: str) -> None:
    assert named(text, NAMES.spans(text)) == names


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("Introplex", True),
        ("at Introplex and ixanet", True),
        ("Does Introplex do that too", True),
        ("Does Introplex sell data", False),
    ],
)
def test_nothing_but_a_name(text: str, alone: bool) -> None:
    assert only_named(text, NAMES.spans(text)) is alone


def test_another_name_in_its_place() -> None:
    text = "Do Introplex and ixanet keep logs?"
    assert renamed(text, NAMES.spans(text), "Acme") == "Do Acme keep logs?"
    text = "Does Introplex sell to ixanet?"
    assert renamed(text, NAMES.spans(text), "Acme") == "Does Acme sell to Acme?"
