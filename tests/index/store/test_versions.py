from __future__ import annotations

import datetime
import os
from dataclasses import replace
from pathlib import Path

import pytest

from index.add import AddStatus, add_files
from index.documents.loader import make_policy
from index.errors import UnknownPolicyError
from index.progress import no_progress
from index.store.database import Store
from index.store.snapshot import Snapshot
from index.store.versions import DatedBy, PolicyVersion, dated, version_on
from index.types import Document, version_of
from tests.conftest import FakeEmbedder

NOON = datetime.datetime(2019, 5, 4, 12, tzinfo=datetime.UTC).timestamp()


def _added(store: Store, path: Path, text: str) -> list[PolicyVersion]:
    path.write_text(text, encoding="utf-8")
    os.utime(path, (NOON, NOON))
    (result,) = add_files(store, FakeEmbedder(), [path], no_progress)
    assert result.reason == ""
    with Snapshot.of(store) as snapshot:
        return snapshot.versions("acme")


@pytest.mark.parametrize(
    ("text", "date", "dated_by"),
    [
        ("We keep logs. Last updated: 1 May 2020.", "2020-05-01", DatedBy.DOCUMENT),
        ("---\neffective: 2021-06-07\n---\nLogs.", "2021-06-07", DatedBy.FRONT_MATTER),
        (
            "---\neffective: 2021-06-07\n---\nLogs. Last updated: 1 May 2020.",
            "2021-06-07",
            DatedBy.FRONT_MATTER,
        ),
        ("We keep logs.", "2019-05-04", DatedBy.FILE),
    ],
)
def test_where_a_date_comes_from(
    store: Store, tmp_path: Path, text: str, date: str, dated_by: DatedBy
) -> None:
    (version,) = _added(store, tmp_path / "acme.md", text)
    assert (version.date, version.dated_by, version.newest) == (date, dated_by, True)
    with Snapshot.of(store) as snapshot:
        stated = snapshot.policy("acme").effective_date
    assert stated == (None if dated_by is DatedBy.FILE else date)


def test_the_last_added_is_the_newest_whatever_its_date(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "acme.txt"
    texts = [f"We keep it. Last updated: 1 May {year}." for year in (2020, 2021, 2019)]
    for text in texts:
        versions = _added(store, path, text)
    assert [version.version for version in versions] == [
        version_of(text) for text in reversed(texts)
    ]
    assert [version.newest for version in versions] == [True, False, False]
    assert [version.date[:4] for version in versions] == ["2019", "2021", "2020"]
    assert [version.clauses for version in versions] == [1, 1, 1]
    back = _added(store, path, texts[0])
    assert [version.date[:4] for version in back] == ["2020", "2019", "2021"]


def test_the_version_of_a_date() -> None:
    one = PolicyVersion("acme", "1" * 12, "", "2020-05-01", DatedBy.FILE, "", 1, True)
    others = [replace(one, version="2" * 12), replace(one, version="3" * 12, date="2021-01-01")]
    versions = [one, *others]
    held = [version_on(versions, datetime.date(2020, month, 1)) for month in (4, 5, 12)]
    assert held == [None, one, one]
    assert version_on(versions, datetime.date(2021, 1, 1)) == others[1]
    assert version_on([], datetime.date(2021, 1, 1)) is None


def test_a_date_that_is_stated_anew_under_the_same_text(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "acme.md"
    _added(store, path, "---\ndate: 2020-01-01\n---\nWe keep logs.\n")
    (version,) = _added(store, path, "---\ndate: 2020-02-02\n---\nWe keep logs.\n")
    assert (version.date, version.dated_by) == ("2020-02-02", DatedBy.FRONT_MATTER)
    (same,) = _added(store, path, "We keep logs.\n")
    assert same == version


def test_the_versions_of_no_policy(store: Store) -> None:
    with Snapshot.of(store) as snapshot, pytest.raises(UnknownPolicyError, match="no policy 'a'"):
        snapshot.versions("a")


def test_a_text_that_comes_back_keeps_its_date(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "acme.txt"
    for text, year in (("We keep logs.", 2020), ("We keep none.", 2022), ("We keep logs.", 2024)):
        path.write_text(text, encoding="utf-8")
        seconds = datetime.datetime(year, 5, 1, tzinfo=datetime.UTC).timestamp()
        os.utime(path, (seconds, seconds))
        add_files(store, FakeEmbedder(), [path], no_progress)
    with Snapshot.of(store) as snapshot:
        versions = snapshot.versions("acme")
    assert [version.date for version in versions] == ["2020-05-01", "2022-05-01"]
    assert versions[0].newest


def test_an_old_text_that_becomes_the_newest_is_told(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "acme.txt"
    notes = []
    for year in (2020, 2022, 2021):
        path.write_text(f"Last updated: 1 May {year}. We keep it.", encoding="utf-8")
        notes.append(add_files(store, FakeEmbedder(), [path], no_progress)[0].note)
    assert notes[:2] == ["", ""]
    assert notes[2].startswith("dated 2021-05-01, before the version of 2022-05-01 that it now")


def test_front_matter_that_is_corrected_above_the_same_text(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "acme.md"
    text = "---\nprovider: {}\nsource: https://{}.example/\ntitle: {}\n---\nWe keep logs.\n"
    _added(store, path, text.format("Shoop", "wrong", "Rules"))
    (version,) = _added(store, path, text.format("Shop", "right", "Policy"))
    with Snapshot.of(store) as snapshot:
        (entry,) = snapshot.entries()
        source = snapshot.policy("acme").source
    assert (entry.provider, entry.title, source) == ("Shop", "Policy", "https://right.example/")
    assert version.title == "Policy"


def test_another_text_of_the_same_version_is_refused(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "acme.txt"
    (version,) = _added(store, path, "We keep logs.\n")
    with store.transaction() as connection:  # as if its hash began like that of the file
        connection.execute("UPDATE versions SET text = 'We sell logs.' || char(10)")
    path.write_bytes(b"We keep logs.\r\n")
    (result,) = add_files(store, FakeEmbedder(), [path], no_progress)
    assert (result.status, version.version in result.reason) == (AddStatus.REJECTED, True)


@pytest.mark.parametrize("time", [1e12, -1e12, float("inf")])
def test_a_file_from_no_year_is_dated_by_the_day_it_was_added(time: float) -> None:
    document = Document("We keep logs.", (), "text/plain")
    policy = make_policy(document, "acme", Path("acme.txt"))
    days = {datetime.datetime.now(datetime.UTC).date().isoformat()}
    date, dated_by = dated(document, policy, time)
    days.add(datetime.datetime.now(datetime.UTC).date().isoformat())
    assert dated_by is DatedBy.ADDED
    assert date in days
