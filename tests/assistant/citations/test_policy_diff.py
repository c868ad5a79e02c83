from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import Assistant, ChangeKind, Part, PolicyDiff, UnknownPolicyError
from assistant.citations.policy_diff import Change
from index.types import version_of
from tests.assistant.conftest import AddText

FIRST = """Acme Privacy Policy

Last updated: 1 May 2019

1. Logs

Server logs are deleted after thirty days. Nobody reads them.

2. Sharing

We share your delivery address with couriers of your choice.

3. Parrots

Parrots, zebras and quokkas are fed at dawn.
"""
SECOND = """Acme Privacy Policy

Last updated: 1 May 2020

1. Logs

Server logs are deleted after ninety days. Nobody reads them.

2. Parrots

Parrots, zebras and quokkas are fed at dawn.

3. Sharing

We share your delivery address with couriers of your choice.

4. Insurance

Claims go through Brussels every third Tuesday.
"""


def summary(change: Change) -> tuple[str, str, str]:
    old, new = (quote.exact if quote else "" for quote in (change.old, change.new))
    return str(change.kind), old, new


def diffed(assistant: Assistant, add: AddText, *texts: str) -> PolicyDiff:
    for text in texts:
        add(text)
    return assistant.diff("acme")


def test_every_kind(small: Assistant, add_acme: AddText) -> None:
    diff = diffed(small, add_acme, FIRST, SECOND)
    kinds = [summary(change) for change in diff.changes]
    assert ("changed", "Last updated: 1 May 2019", "Last updated: 1 May 2020") in kinds
    changed = next(change for change in diff.changes if change.old and "thirty" in change.old.exact)
    assert changed.kind is ChangeKind.CHANGED
    assert [piece.text for piece in changed.words if piece.part is not Part.SAME] == [
        " thirty",
        " ninety",
    ]
    assert 0.32 <= changed.score < 1
    moved = [change for change in diff.changes if change.kind is ChangeKind.MOVED]
    assert len(moved) == 1
    assert moved[0].old is not None
    assert moved[0].new is not None
    assert moved[0].old.exact == moved[0].new.exact
    added = [change for change in diff.changes if change.kind is ChangeKind.ADDED]
    assert any(
        "Claims go through Brussels every third Tuesday." in summary(change)[2] for change in added
    )
    assert added[-1].clause.heading_path == ("Insurance",)
    assert (diff.old.date, diff.new.date) == ("2019-05-01", "2020-05-01")
    assert all("Nobody reads them." not in old + new for _, old, new in kinds)


def test_what_was_removed(small: Assistant, add_acme: AddText) -> None:
    diff = diffed(small, add_acme, FIRST, FIRST.split("3. Parrots")[0])
    assert [change.kind for change in diff.changes] == [ChangeKind.REMOVED]
    (removed,) = diff.changes
    assert summary(removed)[1] == "3. Parrots\n\nParrots, zebras and quokkas are fed at dawn."
    assert removed.clause.version == diff.old.version


def test_quotes_of_a_diff_can_be_cited(small: Assistant, add_acme: AddText) -> None:
    for change in diffed(small, add_acme, FIRST, SECOND).changes:
        for quote in filter(None, (change.old, change.new)):
            assert small.lookup(quote.citation_id).quote.exact == quote.exact


def test_blanks_make_no_difference(small: Assistant, add_acme: AddText) -> None:
    again = FIRST.replace("deleted after", "deleted  after")
    diff = diffed(small, add_acme, FIRST, again)
    assert diff.changes == ()
    assert diff.old.version != diff.new.version


def test_the_json_form(small: Assistant, add_acme: AddText) -> None:
    data = json.loads(json.dumps(diffed(small, add_acme, FIRST, SECOND).to_dict()))
    assert list(data) == ["policy_id", "old", "new", "unchanged", "changes"]
    assert data["old"]["dated_by"] == "document"
    assert list(data["changes"][0]) == ["kind", "old", "new", "clause", "words", "score"]


def test_versions_are_named_by_id_or_date(small: Assistant, add_acme: AddText) -> None:
    for text in (FIRST, SECOND, FIRST.replace("2019", "2021")):
        add_acme(text)
    newest, second, first = (version.version for version in small.versions("acme"))

    def pair(*names: str) -> tuple[str, str]:
        diff = small.diff("acme", *names)
        return diff.old.version, diff.new.version

    assert pair() == (second, newest)
    assert pair(first) == (first, newest)
    assert pair(f"acme@{first}", second) == (first, second)
    assert pair("2019-12-31", "2020-12-31") == (first, second)
    assert small.diff("acme", first, first).changes == ()
    for names, message in (
        (("2018-01-01",), "no version of 'acme' is from 2018-01-01 or before"),
        (("nope",), "'nope' is neither a version of 'acme' that the index holds nor a date"),
    ):
        with pytest.raises(UnknownPolicyError, match=message):
            small.diff("acme", *names)


SENTENCES = st.lists(
    st.sampled_from(["The log is red.", "The log is up.", "The cat is red.", "The cat is up."]),
    min_size=1,
    max_size=5,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(SENTENCES, SENTENCES)
def test_every_sentence_is_accounted_for(
    small: Assistant, add_acme: AddText, old: list[str], new: list[str]
) -> None:
    texts = ["\n\n".join(sentences) + "\n" for sentences in (old, new)]
    for text in texts:
        add_acme(text)
    diff = small.diff("acme", *map(version_of, texts))
    for side, sentences in (("old", old), ("new", new)):
        quotes = [getattr(change, side) for change in diff.changes]
        count = sum(quote.exact.count("The") for quote in quotes if quote)
        assert count + diff.unchanged == len(sentences)
