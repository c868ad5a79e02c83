"""Conversations, their answers and what readers said of them: one SQLite file in the index folder.

Conversations are listed to the browser that held them, known by a secret of its own; an answer can
be read again by whoever has its id, which cannot be guessed. What is deleted is overwritten.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from assistant import Answer, AnswerFormatError, PolicyAssistantError
from assistant.doors import connect, is_cut
from ui.history.damaged_copies import CONVERSATIONS, damaged_copies, wipe
from ui.history.file_access import FILE, conversations_lock, damaged, damaged_text, unusable

_TRIES, _PAUSE = 20, 0.1  # seconds between two tries to overwrite what was deleted
_FORMAT = 2
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY,
    browser TEXT NOT NULL           -- the secret of the browser that it is listed to
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS questions (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,        -- what the answer's address ends in
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    answer TEXT,                    -- JSON; null while it is incomplete
    names TEXT NOT NULL             -- JSON: what the policies were called then, by id
);
CREATE INDEX IF NOT EXISTS by_conversation ON questions (conversation);
CREATE TABLE IF NOT EXISTS feedback (
    question TEXT PRIMARY KEY REFERENCES questions (id) ON DELETE CASCADE,
    judgement TEXT NOT NULL,
    note TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sums (
    question TEXT PRIMARY KEY REFERENCES questions (id) ON DELETE CASCADE,
    sha256 TEXT NOT NULL            -- of all that is kept of it: SQLite notices no changed byte
) WITHOUT ROWID;
PRAGMA user_version = {_FORMAT};
COMMIT;
"""
_COLUMNS = """questions.id, conversation, questions.question, asked_at, answer, names, judgement,
    note FROM questions LEFT JOIN feedback ON feedback.question = questions.id"""


_SUMMED = """SELECT questions.id, conversation, browser, questions.question, asked_at, answer,
    names, judgement, note FROM questions JOIN conversations ON conversations.id = conversation
    LEFT JOIN feedback ON feedback.question = questions.id"""
_UNREADABLE = (ValueError, TypeError, AttributeError, AnswerFormatError)
_T = TypeVar("_T")
_SOUND: set[Path] = set()  # files that this process has found to be what was kept


class Judgement(StrEnum):
    """What a reader says of an answer."""

    RIGHT = "right"
    WRONG = "wrong"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Feedback:
    """A reader's judgement of an answer, with a note in their own words (may be empty)."""

    judgement: Judgement
    note: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as it is listed: by its first question. `asked_at` is that of its last."""

    id: str
    title: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A question that was asked. `answer` is None where it was stopped, or could not be answered.

    `names` maps the ids of the policies to what they were called when it was asked.
    """

    id: str
    conversation: str
    question: str
    asked_at: datetime
    answer: Answer | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    feedback: Feedback | None = None


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many conversations were deleted, and the names of the damaged copies that were."""

    conversations: int
    copies: tuple[str, ...] = ()


class History:
    """What is kept in one index folder. Safe to share between threads and processes.

    The file is made with the first question. Every method raises PolicyAssistantError where it
    cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def conversations(self, browser: str) -> list[Conversation]:
        """Those of one browser, the last one asked in first."""
        rows = self._read(
            """SELECT conversation, question,
                 (SELECT max(asked_at) FROM questions AS each
                  WHERE each.conversation = first.conversation) AS last
               FROM questions AS first JOIN conversations ON conversations.id = conversation
               WHERE browser = ? AND number =
                 (SELECT min(number) FROM questions AS each
                  WHERE each.conversation = first.conversation)
               ORDER BY last DESC""",
            browser,
        )
        return self._made(
            lambda row: Conversation(row[0], row[1], datetime.fromisoformat(row[2])), rows
        )

    def questions(self, browser: str, conversation: str) -> list[Kept]:
        """The questions of a conversation in order; none where it is not that browser's."""
        rows = self._read(
            f"""SELECT {_COLUMNS} JOIN conversations ON conversations.id = conversation
                WHERE browser = ? AND conversation = ? ORDER BY number""",
            browser,
            conversation,
        )
        return self._made(_kept, rows)

    def question(self, id_: str) -> Kept:
        """The question whose answer has this address. Raises where there is none (any more)."""
        rows = self._read(f"SELECT {_COLUMNS} WHERE questions.id = ?", id_)
        if not rows:
            raise PolicyAssistantError(
                "There is no answer at this address: its conversation was deleted, or it was "
                "kept beside another index."
            )
        return self._made(_kept, rows)[0]

    def feedback(self, ids: Sequence[str]) -> dict[str, Feedback]:
        """What was said of those of these answers on which there is feedback, by id."""
        marks = ",".join("?" * len(ids))
        rows = self._read(f"SELECT * FROM feedback WHERE question IN ({marks})", *ids)
        return dict(self._made(lambda row: (row[0], Feedback(Judgement(row[1]), row[2])), rows))

    def judged(self) -> list[Kept]:
        """Every question on whose answer there is feedback, oldest first."""
        rows = self._read(f"SELECT {_COLUMNS} WHERE judgement IS NOT NULL ORDER BY number")
        return self._made(_kept, rows)

    def begin(self, browser: str, conversation: str, question: str) -> str:
        """Keeps a question of a conversation, which it may begin, and gives it an id."""
        id_ = secrets.token_urlsafe(16)
        encodable = question.encode("utf-8", "replace").decode("utf-8")
        with self._writing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO conversations VALUES (?, ?)", (conversation, browser)
            )
            connection.execute(
                """INSERT INTO questions (id, conversation, question, asked_at, names)
                   SELECT ?, id, ?, ?, '{}' FROM conversations WHERE id = ? AND browser = ?""",
                (
                    id_,
                    encodable,
                    datetime.now(UTC).isoformat(timespec="microseconds"),
                    conversation,
                    browser,
                ),
            )
            note_sum(connection, id_)
        return id_

    def complete(self, id_: str, answer: Answer, names: Mapping[str, str]) -> None:
        """Keeps the answer to a question, unless the question was deleted meanwhile."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE questions SET answer = ?, names = ? WHERE id = ?",
                (json.dumps(answer.to_dict()), json.dumps(dict(names)), id_),
            )
            note_sum(connection, id_)

    def judge(self, browser: str, id_: str, feedback: Feedback) -> None:
        """Keeps what a reader says of an answer of theirs, in place of what they said before.

        Raises PolicyAssistantError where there is no such answer.
        """
        note = feedback.note.encode("utf-8", "replace").decode("utf-8")
        with self._writing() as connection:
            written = connection.execute(
                """INSERT OR REPLACE INTO feedback SELECT questions.id, ?, ? FROM questions
                   JOIN conversations ON conversations.id = conversation
                   WHERE questions.id = ? AND browser = ? AND answer IS NOT NULL""",
                (str(feedback.judgement), note, id_, browser),
            ).rowcount
            note_sum(connection, id_)
        if not written:
            raise PolicyAssistantError("This answer is not kept any more: ask again to judge it.")

    def delete(self, browser: str, conversation: str) -> None:
        """Deletes a conversation of that browser, with its answers and the feedback on them."""
        with self._writing() as connection:
            connection.execute(
                "DELETE FROM conversations WHERE id = ? AND browser = ?", (conversation, browser)
            )
        self._overwrite()

    def forget(self) -> Forgotten:
        """Deletes every conversation of every browser, in damaged copies, too."""
        count = 0
        if (self._folder / FILE).exists():
            with self._writing() as connection:
                count = connection.execute("DELETE FROM conversations").rowcount
            self._overwrite()
        copies = damaged_copies(self._folder, CONVERSATIONS)
        try:
            for copy in copies:
                wipe(copy)
        except OSError as error:
            raise unusable(self._folder / FILE, error) from error
        return Forgotten(int(count), tuple(copy.name for copy in copies))

    def _overwrite(self) -> None:
        """Moves what was deleted out of the log, once nobody reads it any more."""
        for _ in range(_TRIES):
            with self._connection() as connection:
                (busy, *_rest) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                return
            time.sleep(_PAUSE)

    def fault(self) -> str:
        """What SQLite itself finds wrong with the file, which is there; empty where nothing is.

        Use inside `conversations_lock`.
        """
        with self._opened() as connection:
            rows = connection.execute("PRAGMA integrity_check(1)").fetchall()
        return "" if rows == [("ok",)] else damaged_text(self._folder / FILE, rows[0][0])

    def _read(self, query: str, *values: str) -> list[tuple[str, ...]]:
        if not (self._folder / FILE).exists():
            return []
        with self._connection() as connection:
            return connection.execute(query, values).fetchall()

    def _made(self, make: Callable[[tuple[str, ...]], _T], rows: list[tuple[str, ...]]) -> list[_T]:
        try:
            return [make(row) for row in rows]
        except _UNREADABLE as error:
            raise damaged(self._folder / FILE, " ".join(str(error).split())) from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        file = self._folder / FILE
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unusable(file, error) from error
        with conversations_lock(self._folder):
            try:
                if not file.exists():
                    _create(file)
            except (OSError, sqlite3.Error) as error:
                raise unusable(file, error) from error
            with self._opened() as connection, connection:
                connection.execute("BEGIN IMMEDIATE")
                yield connection

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        # Reading, too, moves the log into the file: whoever closes it last does.
        with conversations_lock(self._folder), self._opened() as connection:
            yield connection

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        file = self._folder / FILE
        try:
            connection = connect(file)
            try:
                connection.execute("PRAGMA foreign_keys = ON")
                connection.execute("PRAGMA synchronous = NORMAL")
                _check(connection, file)
                yield connection
            finally:
                connection.close()
        except sqlite3.Error as error:
            raise unusable(file, error) from error


def _check(connection: sqlite3.Connection, file: Path) -> None:
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found > _FORMAT:
        raise PolicyAssistantError(
            f"the conversations in {str(file)!r} have format {found}, this version reads "
            f"{_FORMAT}: update policy-assistant, or move the file away"
        )
    if found == 0:
        raise damaged(file, "it is empty")
    if found < _FORMAT:
        make_tables(connection)
    if file not in _SOUND:
        if is_cut(file):
            raise damaged(file, "it has lost its end")
        changed = changed_sums(connection)
        if changed:
            raise damaged(file, f"{len(changed)} questions in it are not what was kept")
        _SOUND.add(file)


def _create(file: Path) -> None:
    """Makes the file whole or not at all: an empty one is one that was cut."""
    draft = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        draft.touch(mode=0o600)
        with closing(connect(draft)) as connection:
            make_tables(connection)
        with suppress(FileExistsError):  # another process was first
            os.link(draft, file)
    finally:
        draft.unlink(missing_ok=True)


def make_tables(connection: sqlite3.Connection) -> None:
    """Makes the tables that are not there yet."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(_SCHEMA)


def note_sum(connection: sqlite3.Connection, id_: str) -> None:
    """Makes the checksum of a question anew, in the transaction that has changed it."""
    row = connection.execute(f"{_SUMMED} WHERE questions.id = ?", (id_,)).fetchone()
    if row is not None:
        connection.execute("INSERT OR REPLACE INTO sums VALUES (?, ?)", (id_, _sum(row)))


def changed_sums(connection: sqlite3.Connection) -> list[str]:
    """The ids of questions that are not what was kept, or are gone."""
    noted = dict(connection.execute("SELECT question, sha256 FROM sums").fetchall())
    found = {row[0]: _sum(row) for row in connection.execute(_SUMMED)}
    return [id_ for id_, sha256 in noted.items() if found.get(id_) != sha256]


def readable(answer: str | None, names: str, asked_at: str) -> bool:
    """Whether what is stored of a question can be read back."""
    try:
        _kept(("", "", "", asked_at, answer, names, None, ""))
    except _UNREADABLE:
        return False
    return True


def _sum(row: tuple[object, ...]) -> str:
    return hashlib.sha256(repr(row).encode("utf-8")).hexdigest()


def _kept(row: tuple[Any, ...]) -> Kept:
    id_, conversation, question, asked_at, answer, names, judgement, note = row
    return Kept(
        id_,
        conversation,
        question,
        datetime.fromisoformat(asked_at),
        Answer.from_dict(json.loads(answer)) if answer else None,
        json.loads(names),
        Feedback(Judgement(judgement), note) if judgement else None,
    )
