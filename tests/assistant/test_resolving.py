"""Citations through two real versions of a small policy."""

from __future__ import annotations

import pytest

from assistant import Assistant, CitationError, Resolution, Status
from tests.assistant.conftest import AddText

FIRST = """Acme Privacy Policy

1. Logs

Server logs are deleted after thirty days. Nobody reads them.

2. Sharing

We share your delivery address with couriers of your choice.

3. Parrots

Parrots, zebras & quokkas: feeding at dawn (weekly).
"""
INTRO = "Acme Privacy Policy\n\n0. About\n\nThis is the new text.\n"


def cite(assistant: Assistant, exact: str) -> str:
    policy = assistant.policy("acme")
    start = policy.text.index(exact)
    return f"acme@{policy.version}:{start}-{start + len(exact)}"


def said(assistant: Assistant, resolution: Resolution) -> str:
    assert resolution.current is not None
    return assistant.lookup(resolution.current).quote.exact


LOGS = "Server logs are deleted after thirty days."
PARROTS = "Parrots, zebras & quokkas: feeding at dawn (weekly)."


def test_in_the_version_it_cites(small: Assistant, add_acme: AddText) -> None:
    add_acme(FIRST)
    citation = cite(small, LOGS)
    found = small.lookup(citation)
    assert (found.status, found.current) == (Status.INTACT, citation)
    assert found.quote.exact == LOGS
    assert found.quote.citation_id == citation
    assert found.policy == small.policy("acme")
    assert found.clause is not None
    assert found.clause.heading_path == ("Logs",)
    assert found.clause.id == found.quote.clause_id


def test_intact_in_a_newer_version(small: Assistant, add_acme: AddText) -> None:
    add_acme(FIRST)
    citation = cite(small, LOGS)
    add_acme(FIRST.replace("couriers of your choice", "one courier"))
    found = small.lookup(citation)
    assert (found.status, found.current) == (Status.INTACT, cite(small, LOGS))
    assert found.current != citation
    assert found.quote.citation_id == citation
    assert found.policy == small.policy("acme")


def test_moved(small: Assistant, add_acme: AddText) -> None:
    add_acme(FIRST)
    citation = cite(small, LOGS)
    add_acme(FIRST.replace("Acme Privacy Policy\n", INTRO))
    found = small.lookup(citation)
    assert (found.status, found.current) == (Status.MOVED, cite(small, LOGS))
    assert said(small, found) == LOGS
    assert found.clause is not None
    assert found.clause.version == small.policy("acme").version


def test_moved_to_where_the_surroundings_are_alike(small: Assistant, add_acme: AddText) -> None:
    add_acme(FIRST)
    citation = cite(small, LOGS)
    before = f"Acme Privacy Policy\n\n0. Elsewhere\n\nHere as well. {LOGS} Or not.\n"
    add_acme(FIRST.replace("Acme Privacy Policy\n", before))
    policy = small.policy("acme")
    second = policy.text.rindex(LOGS)
    assert policy.text.count(LOGS) == 2
    assert small.lookup(citation).current == (
        f"acme@{policy.version}:{second}-{second + len(LOGS)}"
    )


def test_changed(small: Assistant, add_acme: AddText) -> None:
    add_acme(FIRST)
    citation = cite(small, LOGS)
    add_acme(FIRST.replace("after thirty days", "after ninety days"))
    found = small.lookup(citation)
    assert (found.status, found.current) == (Status.CHANGED, None)
    assert found.quote.exact == LOGS
    assert found.policy == small.policy("acme")
    assert found.clause is not None
    passage = found.policy.text[found.clause.start : found.clause.end]
    assert "Server logs are deleted after ninety days." in passage


def test_gone(small: Assistant, add_acme: AddText) -> None:
    add_acme(FIRST)
    old = small.policy("acme")
    citation = cite(small, PARROTS)
    add_acme(FIRST.split("3. Parrots")[0])
    found = small.lookup(citation)
    assert (found.status, found.current) == (Status.GONE, None)
    assert found.policy == old
    assert found.quote.exact == PARROTS
    assert found.clause is not None
    assert found.clause.version == old.version


def test_back_again(small: Assistant, add_acme: AddText) -> None:
    add_acme(FIRST)
    citation = cite(small, PARROTS)
    add_acme(FIRST.split("3. Parrots")[0])
    add_acme(FIRST)
    assert small.lookup(citation).status is Status.INTACT


def test_the_json_form(small: Assistant, add_acme: AddText) -> None:
    add_acme(FIRST)
    data = small.lookup(cite(small, LOGS)).to_dict()
    assert list(data) == (
        "status quote policy clause current score nearest differences held others".split()
    )
    assert (data["status"], data["quote"]["exact"]) == ("intact", LOGS)
    assert "text" not in data["policy"]


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ("acme", "'acme' is no citation id"),
        ("acme@{version}:0-100000", "that version of 'acme' ends at {end}"),
        ("acme@{version}:5-{past}", "that version of 'acme' ends at {end}"),
        ("acme@000000000000:0-5", "no policy 'acme' in version '000000000000'"),
        ("acne@{version}:0-5", "no policy 'acne' in version '{version}'"),
    ],
)
def test_what_cannot_be_resolved(
    small: Assistant, add_acme: AddText, form: str, message: str
) -> None:
    add_acme(FIRST)
    policy = small.policy("acme")
    known = {"version": policy.version, "end": len(policy.text), "past": len(policy.text) + 1}
    with pytest.raises(CitationError) as caught:
        small.lookup(form.format(**known))
    assert message.format(**known) in str(caught.value)


def test_a_removed_policy_resolves_no_more(small: Assistant, add_acme: AddText) -> None:
    add_acme(FIRST)
    citation = cite(small, LOGS)
    small.remove("acme")
    with pytest.raises(CitationError, match="cannot resolve"):
        small.lookup(citation)
