"""Citations through two real versions of a small policy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import Assistant, CitationError, Resolution, Status, exported_quotes
from index.types import version_of
from tests.assistant.citations.samples import FIRST, INTRO, LOGS, PARROTS, cite
from tests.assistant.conftest import AddText


def said(assistant: Assistant, resolution: Resolution) -> str:
    assert resolution.current is not None
    return assistant.lookup(resolution.current).quote.exact


def test_in_the_version_it_cites(small: Assistant, add_acme: AddText) -> None:
    add_acme(FIRST)
    citation = cite(small, LOGS)
    resolution = small.lookup(citation)
    assert (resolution.status, resolution.current) == (Status.INTACT, citation)
    assert resolution.quote.exact == LOGS
    assert resolution.quote.citation_id == citation
    assert resolution.policy == small.policy("acme")
    assert resolution.clause is not None
    assert resolution.clause.heading_path == ("Logs",)
    assert resolution.clause.id == resolution.quote.clause_id


def test_intact_in_a_newer_version(small: Assistant, add_acme: AddText) -> None:
    add_acme(FIRST)
    citation = cite(small, LOGS)
    add_acme(FIRST.replace("couriers of your choice", "one courier"))
    resolution = small.lookup(citation)
    assert (resolution.status, resolution.current) == (Status.INTACT, cite(small, LOGS))
    assert resolution.current != citation
    assert resolution.quote.citation_id == citation
    assert resolution.policy == small.policy("acme")


def test_moved(small: Assistant, add_acme: AddText) -> None:
    add_acme(FIRST)
    citation = cite(small, LOGS)
    add_acme(FIRST.replace("Acme Privacy Policy\n", INTRO))
    resolution = small.lookup(citation)
    assert (resolution.status, resolution.current) == (Status.MOVED, cite(small, LOGS))
    assert said(small, resolution) == LOGS
    assert resolution.clause is not None
    assert resolution.clause.version == small.policy("acme").version


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
    resolution = small.lookup(citation)
    assert (resolution.status, resolution.current) == (Status.CHANGED, None)
    assert resolution.quote.exact == LOGS
    assert resolution.policy == small.policy("acme")
    assert resolution.clause is not None
    passage = resolution.policy.text[resolution.clause.start : resolution.clause.end]
    assert "Server logs are deleted after ninety days." in passage


def test_gone(small: Assistant, add_acme: AddText) -> None:
    add_acme(FIRST)
    old = small.policy("acme")
    citation = cite(small, PARROTS)
    add_acme(FIRST.split("3. Parrots")[0])
    resolution = small.lookup(citation)
    assert (resolution.status, resolution.current) == (Status.GONE, None)
    assert resolution.policy == old
    assert resolution.quote.exact == PARROTS
    assert resolution.clause is not None
    assert resolution.clause.version == old.version


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
        "status quote policy clause current score nearest differences held others under".split()
    )
    assert (data["status"], data["quote"]["exact"]) == ("intact", LOGS)
    assert "text" not in data["policy"]


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ("acme", "'acme' is not a citation id"),
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


def test_every_place_that_says_the_same_is_named(small: Assistant, add_acme: AddText) -> None:
    add_acme(FIRST)
    citation = cite(small, LOGS)
    add_acme(FIRST + f"\n4. Again\n\n{LOGS}\n\n5. Once more\n\n{LOGS}\n")
    resolution = small.lookup(citation)
    text = small.policy("acme").text
    assert (resolution.status, len(resolution.others)) == (Status.INTACT, 2)
    assert [small.lookup(place).quote.exact for place in resolution.others] == [LOGS, LOGS]
    assert resolution.others[0].endswith(
        f":{text.index(LOGS, 200)}-{text.index(LOGS, 200) + len(LOGS)}"
    )


def test_an_exported_quote_outlives_its_version(small: Assistant, add_acme: AddText) -> None:
    add_acme(FIRST)
    cited = (LOGS, "Nobody reads them.", PARROTS)
    quotes = exported_quotes([small.lookup(cite(small, words)).to_dict() for words in cited])
    assert [small.lookup_exported(quote).status for quote in quotes] == [Status.INTACT] * 3
    small.remove("acme")
    add_acme(FIRST.replace("Nobody", "Somebody").split("3. Parrots")[0])
    resolutions = [small.lookup_exported(quote) for quote in quotes]
    assert [resolution.status for resolution in resolutions] == [
        Status.INTACT,
        Status.CHANGED,
        Status.GONE,
    ]
    assert not any(resolution.held for resolution in resolutions)
    assert resolutions[0].current == cite(small, LOGS)
    assert resolutions[0].quote.citation_id == quotes[0].citation_id
    with pytest.raises(CitationError, match=r"cite FILE\.json"):
        small.lookup(quotes[0].citation_id)
    small.remove("acme")
    with pytest.raises(CitationError, match="holds no policy 'acme'"):
        small.lookup_exported(quotes[0])


def test_an_exported_quote_that_is_now_denied(small: Assistant, add_acme: AddText) -> None:
    add_acme(FIRST)
    (quote,) = exported_quotes(small.lookup(cite(small, "share your delivery address")).to_dict())
    small.remove("acme")
    add_acme(FIRST.replace("We share", "We never share"))
    assert small.lookup_exported(quote).status is Status.CHANGED


def test_an_exported_quote_of_a_text_under_another_id(
    small: Assistant, add_acme: AddText, tmp_path: Path
) -> None:
    add_acme(FIRST)
    (quote,) = exported_quotes(small.lookup(cite(small, LOGS)).to_dict())
    small.remove("acme")
    (tmp_path / "other.txt").write_text(FIRST, encoding="utf-8")
    small.add([tmp_path / "other.txt"])
    resolution = small.lookup_exported(quote)
    assert (resolution.status, resolution.held) == (Status.INTACT, True)
    assert resolution.quote.policy_id == "other"


def test_a_text_under_another_id_is_no_newest_version_of_the_policy_cited(
    small: Assistant, add_acme: AddText, tmp_path: Path
) -> None:
    add_acme(FIRST)
    (quote,) = exported_quotes(small.lookup(cite(small, LOGS)).to_dict())
    small.remove("acme")
    (tmp_path / "archive.txt").write_text(FIRST, encoding="utf-8")
    small.add([tmp_path / "archive.txt"])
    add_acme(FIRST.replace("thirty", "ninety"))
    resolution = small.lookup_exported(quote)
    assert (resolution.status, resolution.held) == (Status.CHANGED, True)
    assert (resolution.policy.id, resolution.quote.citation_id) == ("acme", quote.citation_id)
    assert resolution.nearest is not None
    assert resolution.nearest.exact == LOGS.replace("thirty", "ninety")


def test_an_item_of_a_list_outlives_its_version(small: Assistant, add_acme: AddText) -> None:
    listed = "Rules\n\nWe collect:\n\n- your name;\n- your phone number;\n- your fax number.\n"
    add_acme(listed)
    (quote,) = exported_quotes(small.lookup(cite(small, "your phone number;")).to_dict())
    small.remove("acme")
    add_acme(listed + "\nNobody else sees this.\n")
    resolution = small.lookup_exported(quote)
    assert (resolution.status, resolution.held) == (Status.INTACT, False)


def test_an_exported_quote_that_was_forged(small: Assistant, add_acme: AddText) -> None:
    add_acme(FIRST)
    (quote,) = exported_quotes(small.lookup(cite(small, LOGS)).to_dict())
    with pytest.raises(CitationError, match="the words quoted do not stand at acme@"):
        small.lookup_exported(replace(quote, exact=quote.exact.replace("thirty", "eighty")))


def test_a_renamed_file_keeps_its_citations(
    small: Assistant, add_acme: AddText, tmp_path: Path
) -> None:
    add_acme(FIRST)
    citation = cite(small, LOGS)
    (tmp_path / "acme.txt").rename(tmp_path / "renamed.txt")
    small.add([tmp_path / "renamed.txt"])
    assert small.lookup(citation).status is Status.INTACT
    (tmp_path / "renamed.txt").write_text(FIRST.replace("Acme Privacy Policy\n", INTRO), "utf-8")
    small.add([tmp_path / "renamed.txt"])
    assert small.lookup(citation).status is Status.MOVED


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(0, len(FIRST) - 1), st.integers(1, 120))
def test_what_stays_where_it_was_is_intact(
    small: Assistant, add_acme: AddText, start: int, length: int
) -> None:
    """In the version itself, and in one that only says more at the end."""
    add_acme(FIRST)
    end = min(start + length, len(FIRST))
    citation = f"acme@{version_of(FIRST)}:{start}-{end}"
    assert small.lookup(citation).status is Status.INTACT
    add_acme(FIRST + "\n4. Zebras\n\nThey sleep.\n")
    resolution = small.lookup(citation)
    assert resolution.status is Status.INTACT
    assert resolution.quote.exact == FIRST[start:end]
