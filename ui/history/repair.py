"""What `doctor` checks in the conversations that are kept, and how it repairs them."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from assistant import PolicyAssistantError
from assistant.doors import Repaired, Row, has_log, mark_of_today, put_in_place, salvage, set_aside
from ui.history.chat_file import ChatFile, make_tables
from ui.history.checksums import changed_sums, note_sum
from ui.history.file_access import FILE, conversations_lock
from ui.history.kept import Judgement
from ui.history.rows import is_readable

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

    Writers wait meanwhile, then write into the new file. Raises PolicyAssistantError where others
    do not let go of the file.
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
        return ChatFile(folder).fault()
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
                    "missing is unknown"
                )
            connection.execute("BEGIN IMMEDIATE")
            _fill(connection, rows)
            _mend(connection, {str(row[0]) for row in rows["sums"]}, repaired)
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        aside = put_in_place(draft, file, mark)
    else:
        aside = set_aside(file, mark)
    repaired.done.append(f"kept what was left of {FILE} as {aside.name}")


def _fill(connection: sqlite3.Connection, rows: Mapping[str, Sequence[Row]]) -> None:
    for table, columns in _TABLES.items():
        marks = ", ".join("?" * len(columns))
        connection.executemany(
            f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows[table]
        )


def _mend(connection: sqlite3.Connection, summed: set[str], repaired: Repaired) -> None:
    """Removes what cannot be read, reports what was lost, and renews the checksums.

    `summed` are the ids of the questions that a checksum was found of.
    """
    changed = set(changed_sums(connection))
    missing = summed - {row[0] for row in connection.execute("SELECT id FROM questions")}
    if missing:
        repaired.lost.append(f"{_questions(len(missing))} with answers and feedback")
    _adopt_unlisted(connection, repaired)
    unreadable = _delete_unreadable(connection)
    kept = [row[0] for row in connection.execute("SELECT id FROM questions").fetchall()]
    altered = len(changed & set(kept))
    if unreadable:
        repaired.lost.append(f"{_questions(unreadable)} that cannot be read any more")
    if altered:
        repaired.lost.append(
            f"{_questions(altered)} may not be what was kept, or may have lost feedback"
        )
    connection.execute("DELETE FROM sums")
    for id_ in kept:
        note_sum(connection, id_)
    repaired.done.append(f"read {_questions(len(kept))} of {FILE}")


def _adopt_unlisted(connection: sqlite3.Connection, repaired: Repaired) -> None:
    """Gives conversations that nobody is known to have held to a browser that nobody has."""
    unlisted = connection.execute(
        """SELECT DISTINCT conversation FROM questions
           WHERE conversation NOT IN (SELECT id FROM conversations)"""
    ).fetchall()
    for (conversation,) in unlisted:
        values = (conversation, secrets.token_urlsafe())
        connection.execute("INSERT INTO conversations VALUES (?, ?)", values)
    if unlisted:
        repaired.lost.append(
            f"in which browser each of {len(unlisted)} conversations was held: the answers in them "
            "can be opened at their addresses only"
        )


def _delete_unreadable(connection: sqlite3.Connection) -> int:
    """Deletes feedback and questions that cannot be read: how many questions."""
    rows = connection.execute("SELECT id, answer, names, asked_at FROM questions").fetchall()
    unreadable = [(id_,) for id_, *stored in rows if not is_readable(*stored)]
    connection.executemany("DELETE FROM questions WHERE id = ?", unreadable)
    judgements = ", ".join(f"'{judgement}'" for judgement in Judgement)
    connection.execute(
        f"""DELETE FROM feedback WHERE judgement NOT IN ({judgements}) OR question NOT IN
            (SELECT id FROM questions WHERE answer IS NOT NULL)"""
    )
    return len(unreadable)


def _questions(number: int) -> str:
    return f"{number} question{'' if number == 1 else 's'}"
