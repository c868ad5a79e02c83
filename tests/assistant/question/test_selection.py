"""Questions to versions that are not the newest."""

from __future__ import annotations

import datetime

import pytest

from assistant import Assistant, QuestionError, Settings, UnknownPolicyError, Verdict
from assistant.question.selection import Selection
from assistant.writing.quote_writer import QuoteWriter
from tests.assistant.samples import Unwilling, real_embedder, real_reranker

YEARS = {2019: "thirty", 2020: "sixty", 2021: "ninety"}
QUESTION = "How long are server logs kept?"


def _text(year: int) -> str:
    return (
        f"Acme Privacy Policy\n\nLast updated: 1 May {year}\n\n1. Logs\n\nServer logs are kept "
        f"for {YEARS[year]} days.\n\n2. Sharing\n\nWe share your address with couriers.\n"
    )


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Three versions of "acme", the newest of 2021, and one of "zeta", of 2021."""
    folder = tmp_path_factory.mktemp("versions")
    settings = Settings(answer_threshold=0)
    writer = QuoteWriter(Unwilling(), settings.support_threshold)
    assistant = Assistant(folder / "index", settings, real_embedder(), writer, real_reranker())
    for year in YEARS:
        (folder / "acme.txt").write_text(_text(year), encoding="utf-8")
        assistant.add([folder / "acme.txt"])
    zeta = "Zeta Rules\n\nLast updated: 1 June 2021\n\nServer logs are kept for a year.\n"
    (folder / "zeta.txt").write_text(zeta, encoding="utf-8")
    assistant.add([folder / "zeta.txt"])
    return assistant


def _version(assistant: Assistant, year: int) -> str:
    return next(
        version.version for version in assistant.versions("acme") if version.date[:4] == str(year)
    )


def test_the_versions(acme: Assistant) -> None:
    assert [version.date for version in acme.versions("acme")] == [
        "2021-05-01",
        "2020-05-01",
        "2019-05-01",
    ]


@pytest.mark.parametrize(
    ("as_of", "year"),
    [
        ("2019-05-01", 2019),
        ("2020-04-30", 2019),
        (datetime.date(2020, 5, 1), 2020),
        (datetime.datetime(2021, 4, 30, 23, tzinfo=datetime.UTC), 2020),
        ("2021-05-01", 2021),
        (None, 2021),
    ],
)
def test_what_held_on_a_date(acme: Assistant, as_of: datetime.date | str | None, year: int) -> None:
    answer = acme.ask(QUESTION, policies=["acme"], generate=False, as_of=as_of)
    assert f"Server logs are kept for {YEARS[year]} days." in answer.quotes[0].exact
    assert answer.receipt.policies == {"acme": _version(acme, year)}
    assert {quote.version for quote in answer.quotes} == {_version(acme, year)}
    assert acme.verify(answer) == []
    hits = acme.search(QUESTION, policies=["acme"], as_of=as_of)
    assert {hit.clause.version for hit in hits} == {_version(acme, year)}
    sentences = acme.search_sentences(QUESTION, policies=["acme"], as_of=as_of, k=1)
    assert YEARS[year] in sentences[0].exact


def test_a_version_that_is_named(acme: Assistant) -> None:
    named = f"acme@{_version(acme, 2019)}"
    answer = acme.ask(QUESTION, policies=[named], generate=False)
    assert "thirty" in answer.quotes[0].exact
    assert acme.lookup(answer.quotes[0].citation_id).quote == answer.quotes[0]
    both = acme.ask(QUESTION, policies=[named, "zeta"], generate=False, as_of="2021-06-01")
    assert both.receipt.policies == {
        "acme": _version(acme, 2019),
        "zeta": acme.versions("zeta")[0].version,
    }


def test_policies_without_a_version_of_the_date(acme: Assistant) -> None:
    answer = acme.ask(QUESTION, generate=False, as_of="2020-06-01")
    assert answer.receipt.policies == {"acme": _version(acme, 2020)}
    for asked, policies in ((QUESTION, ["zeta"]), ("How long does Zeta keep logs?", None)):
        with pytest.raises(UnknownPolicyError) as caught:
            acme.ask(asked, policies=policies, generate=False, as_of="2020-06-01")
        assert str(caught.value) == (
            "no version of 'zeta' is from 2020-06-01 or before (its first is from 2021-06-01): "
            "'policy-assistant list --versions' shows them"
        )
    with pytest.raises(UnknownPolicyError, match="no version of 'acme' is from 2001-01-01"):
        acme.search(QUESTION, as_of="2001-01-01")


@pytest.mark.parametrize(
    ("policies", "as_of", "message"),
    [
        (["acme@1", "acme@2"], None, "'acme@1' and 'acme@2' are two versions of one policy"),
        (["acme", "acme@2"], None, "'acme' and 'acme@2' are two versions of one policy"),
        (None, "2020", "'2020' is not a date: give one such as 2020-06-01"),
        (None, "yesterday", "'yesterday' is not a date"),
    ],
)
def test_what_cannot_be_wanted(policies: list[str] | None, as_of: str | None, message: str) -> None:
    with pytest.raises(QuestionError, match=message):
        Selection.of(policies, as_of)


@pytest.mark.parametrize("named", ["acme@000000000000", "acme@", "@", "nope@000000000000"])
def test_a_version_that_is_not_held(acme: Assistant, named: str) -> None:
    with pytest.raises(UnknownPolicyError, match="in version"):
        acme.ask(QUESTION, policies=[named], generate=False)


def test_nothing_of_an_old_version_is_found_by_the_newest(acme: Assistant) -> None:
    hits = acme.search("thirty sixty days", k=50)
    newest = {entry.version for entry in acme.policies()}
    assert {hit.clause.version for hit in hits} == newest
    assert acme.ask(QUESTION, generate=False).verdict in set(Verdict)
