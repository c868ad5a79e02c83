from __future__ import annotations

import sqlite3
from contextlib import closing

from index.store.full_text import BM25, TABLES, document_frequencies


def test_words_are_found_by_their_stems_and_weigh_less_in_headings() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(TABLES)
        connection.executemany(
            "INSERT INTO words (rowid, context, text) VALUES (?, ?, ?)",
            [(1, "Cookies", "We keep none."), (2, "Data", "We set cookies."), (3, "Ads", "None.")],
        )
        query = f"SELECT rowid FROM words WHERE words MATCH 'cookie' ORDER BY {BM25} DESC"
        assert connection.execute(query).fetchall() == [(2,), (1,)]
        assert document_frequencies(connection, ["cooki", "none", "zebra"]) == {
            "cooki": 2,
            "none": 2,
        }
