"""Conversations and their answers: kept, listed, read again, deleted.

Conversations are listed to the browser that held them, known by a secret of its own; an answer can
be read again by whoever has its id, which cannot be guessed. What is deleted is overwritten.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from assistant import Answer, PolicyAssistantError
from ui.history.chat_file import ChatFile
from ui.history.checksums import note_sum
from ui.history.damaged_copies import CONVERSATIONS, damaged_copies, wipe
from ui.history.file_access import unusable
from ui.history.kept import Conversation, Forgotten, KeptQuestion
from ui.history.rows import COLUMNS, kept_question


class History:
    """The conversations kept in one index folder. Safe to share between threads and processes.

    The file is made with the first question. Every method raises PolicyAssistantError where it
    cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self._file = ChatFile(folder)

    def conversations(self, browser: str) -> list[Conversation]:
        """Those of one browser, the last one asked in first."""
        return self._file.read(
            lambda row: Conversation(row[0], row[1], datetime.fromisoformat(row[2])),
            """SELECT conversation, question,
                 (SELECT max(asked_at) FROM questions AS sibling
                  WHERE sibling.conversation = first.conversation) AS last
               FROM questions AS first JOIN conversations ON conversations.id = conversation
               WHERE browser = ? AND number =
                 (SELECT min(number) FROM questions AS sibling
                  WHERE sibling.conversation = first.conversation)
               ORDER BY last DESC""",
            browser,
        )

    def questions(self, browser: str, conversation: str) -> list[KeptQuestion]:
        """The questions of a conversation in order; none where it is not that browser's."""
        return self._file.read(
            kept_question,
            f"""SELECT {COLUMNS} JOIN conversations ON conversations.id = conversation
                WHERE browser = ? AND conversation = ? ORDER BY number""",
            browser,
            conversation,
        )

    def question(self, id_: str) -> KeptQuestion:
        """The question whose answer has this address. Raises where there is none (any more)."""
        questions = self._file.read(kept_question, f"SELECT {COLUMNS} WHERE questions.id = ?", id_)
        if not questions:
            raise PolicyAssistantError(
                "There is no answer at this address: its conversation was deleted, or it "
                "belongs to another index."
            )
        return questions[0]

    def begin(self, browser: str, conversation: str, question: str) -> str:
        """Keeps a question of a conversation, which it may begin, and gives it an id."""
        id_ = secrets.token_urlsafe(16)
        encodable = question.encode("utf-8", "replace").decode("utf-8")
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        with self._file.writing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO conversations VALUES (?, ?)", (conversation, browser)
            )
            connection.execute(
                """INSERT INTO questions (id, conversation, question, asked_at, names)
                   SELECT ?, id, ?, ?, '{}' FROM conversations WHERE id = ? AND browser = ?""",
                (id_, encodable, now, conversation, browser),
            )
            note_sum(connection, id_)
        return id_

    def complete(self, id_: str, answer: Answer, names: Mapping[str, str]) -> None:
        """Keeps the answer to a question, unless the question was deleted meanwhile."""
        with self._file.writing() as connection:
            connection.execute(
                "UPDATE questions SET answer = ?, names = ? WHERE id = ?",
                (json.dumps(answer.to_dict()), json.dumps(dict(names)), id_),
            )
            note_sum(connection, id_)

    def delete(self, browser: str, conversation: str) -> None:
        """Deletes a conversation of that browser, with its answers and the feedback on them."""
        with self._file.writing() as connection:
            connection.execute(
                "DELETE FROM conversations WHERE id = ? AND browser = ?", (conversation, browser)
            )
        self._file.overwrite_deleted()

    def forget(self) -> Forgotten:
        """Deletes every conversation of every browser, also in damaged copies."""
        count = 0
        if self._file.path.exists():
            with self._file.writing() as connection:
                count = connection.execute("DELETE FROM conversations").rowcount
            self._file.overwrite_deleted()
        copies = damaged_copies(self._file.folder, CONVERSATIONS)
        try:
            for copy in copies:
                wipe(copy)
        except OSError as error:
            raise unusable(self._file.path, error) from error
        return Forgotten(int(count), tuple(copy.name for copy in copies))
