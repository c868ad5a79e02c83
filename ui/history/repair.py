"""What `doctor` looks at in the conversations that are kept, and how it repairs them."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from assistant import PolicyAssistantError
from assistant.doors import Repaired, Row, has_log, mark_of_today, put_in_place, salvage, set_aside
from ui.history.conversations import (
    History,
    Judgement,
    changed_sums,
    make_tables,
    note_sum,
    readable,
)
from ui.history.file_access import FILE, conversations_lock

_TABLES = {
    "conversations": ("id", "browser"),
    "questions": ("rowid", "id", "conversation", "question", "asked_at", "answer", "names"),
    "feedback": ("question", "judgement", "note"),
    "sums": ("question", "sha256"),
}


def history_fault(folder: Path) -> str:
    """What is wrong with the conversations kept in an index folder; empty where nothing is."""
    if not _is_there(folder):
        return ""
    try:
        with conversations_lock(folder):
            return _fault(folder)
    except PolicyAssistantError as error:
        return str(error)


def repair_history(folder: Path) -> Repaired:
    """Copies what can be read into a new file; the damaged one stays beside it.

    Whoever writes meanwhile waits, then writes into the new file. Raises PolicyAssistantError
    where others do not let go of the file.
    """
    repaired = Repaired()
    if _is_there(folder):
        with conversations_lock(folder):
            if _fault(folder):
                _repair(folder / FILE, repaired)
    return repaired


def _is_there(folder: Path) -> bool:
    return (folder / FILE).exists() or has_log(folder / FILE)


def _fault(folder: Path) -> str:
    file = folder / FILE
    if not file.exists():
        return f"{str(file)!r} is gone, its log is there" if has_log(file) else ""
    try:
        return History(folder).fault()
    except PolicyAssistantError as error:
        return str(error)


def _repair(file: Path, repaired: Repaired) -> None:
    mark = mark_of_today()
    if file.exists():
        draft = file.with_name("chat.repaired")
        draft.unlink(missing_ok=True)
        draft.touch(mode=0o600)
        with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            make_tables(connection)
            salvaged = salvage(file, draft, _TABLES)
            rows = salvaged.rows
            if "sums" in salvaged.torn:
                repaired.lost.append(
                    "the list of what was kept: whether more questions, answers or feedback are "
                    "missing cannot be told"
                )
            connection.execute("BEGIN IMMEDIATE")
            _fill(connection, rows)
            _mend(connection, {str(row[0]) for row in rows["sums"]}, repaired)
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        aside = put_in_place(draft, file, mark)
    else:
        aside = set_aside(file, mark)
    repaired.done.append(f"kept what there was of {FILE} as {aside.name}")


def _fill(connection: sqlite3.Connection, rows: Mapping[str, Sequence[Row]]) -> None:
    for table, columns in _TABLES.items():
        marks = ", ".join("?" * len(columns))
        connection.executemany(
            f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows[table]
        )


def _mend(connection: sqlite3.Connection, summed: set[str], repaired: Repaired) -> None:
    changed = set(changed_sums(connection))
    ids = {row[0] for row in connection.execute("SELECT id FROM questions")}
    gone = summed - ids
    if gone:
        repaired.lost.append(f"{len(gone)} questions with their answers and feedback")
    unlisted = connection.execute(
        """SELECT DISTINCT conversation FROM questions
           WHERE conversation NOT IN (SELECT id FROM conversations)"""
    ).fetchall()
    for (conversation,) in unlisted:
        values = (conversation, secrets.token_urlsafe())
        connection.execute("INSERT INTO conversations VALUES (?, ?)", values)
    if unlisted:
        repaired.lost.append(
            f"whose {len(unlisted)} conversations are: their answers are there at their addresses "
            "alone, with the feedback on them"
        )
    unread = 0
    for id_, answer, names, asked_at in connection.execute(
        "SELECT id, answer, names, asked_at FROM questions"
    ).fetchall():
        if not readable(answer, names, asked_at):
            unread += 1
            connection.execute("DELETE FROM questions WHERE id = ?", (id_,))
    judgements = ", ".join(f"'{each}'" for each in Judgement)
    connection.execute(
        f"""DELETE FROM feedback WHERE judgement NOT IN ({judgements}) OR question NOT IN
            (SELECT id FROM questions WHERE answer IS NOT NULL)"""
    )
    kept = [row[0] for row in connection.execute("SELECT id FROM questions").fetchall()]
    altered = len(changed & set(kept))
    if unread:
        repaired.lost.append(f"{unread} questions that cannot be read any more")
    if altered:
        repaired.lost.append(
            f"{altered} questions may not be what was kept, or have lost the feedback on them"
        )
    connection.execute("DELETE FROM sums")
    for id_ in kept:
        note_sum(connection, id_)
    repaired.done.append(f"read {len(kept)} questions of {FILE}")
