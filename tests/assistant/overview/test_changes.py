"""Two versions of a policy, asked the same question."""

from __future__ import annotations

import pytest

from assistant import Assistant, Status, UnknownPolicyError, Verdict
from tests.assistant.samples import acme_in_two_versions

LOGS = "How long are server logs kept?"


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return acme_in_two_versions(tmp_path_factory.mktemp("since"))


def test_what_changed_for_a_question(acme: Assistant) -> None:
    (change,) = acme.changes(LOGS, "2021-01-01")
    assert (change.before.date, change.now.date) == ("2020-01-01", "2022-01-01")
    assert change.old.quotes[0].exact == "We keep server logs for 30 days."
    assert change.new.quotes[0].exact == "We keep server logs for 90 days."
    assert change.resolutions[0].status is Status.CHANGED
    assert change.added == ()
    assert not change.same


def test_what_did_not(acme: Assistant) -> None:
    (change,) = acme.changes("Do you sell my email address?", "2021-01-01")
    assert change.old.quotes[0].exact == "We do not sell your email address."
    assert change.same


def test_what_is_stated_only_now(acme: Assistant) -> None:
    (change,) = acme.changes("Do you refund the price of a plan?", "2021-01-01")
    assert (change.old.verdict, change.new.verdict) == (Verdict.NOT_STATED, Verdict.ANSWERED)
    assert [quote.exact for quote in change.added] == [
        "We refund the price of a plan within 14 days."
    ]
    assert not change.same


def test_no_other_version_since(acme: Assistant) -> None:
    assert acme.changes(LOGS, "2023-01-01") == []
    with pytest.raises(UnknownPolicyError, match="no version of 'acme' is from 2019-01-01"):
        acme.changes(LOGS, "2019-01-01")


def test_as_json(acme: Assistant) -> None:
    (change,) = acme.changes(LOGS, "2021-01-01")
    data = change.to_dict()
    assert data["same"] is False
    assert data["before"]["date"] == "2020-01-01"
    assert data["resolutions"][0]["status"] == "changed"
    assert data["new"]["quotes"][0]["exact"] == "We keep server logs for 90 days."
