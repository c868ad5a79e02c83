"""The full-text tables (SQLite FTS5): their schema and queries.

Newest versions have theirs in the index, others one in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

TABLES = """
CREATE VIRTUAL TABLE words USING fts5 (context, text, tokenize = 'porter unicode61');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);
"""
# Higher is better; headings weigh less than the text below them.
BM25 = "-bm25(words, 0.6, 1.0)"


def document_frequencies(connection: sqlite3.Connection, terms: Sequence[str]) -> dict[str, int]:
    """In how many clauses each stemmed term occurs; terms that occur in none are left out."""
    marks = ",".join("?" * len(terms))
    rows = connection.execute(
        f"SELECT term, doc FROM vocabulary WHERE term IN ({marks})", list(terms)
    )
    return dict(rows.fetchall())
