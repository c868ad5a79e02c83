"""What readers say of the answers that are kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant import PolicyAssistantError
from ui.history.chat_file import ChatFile
from ui.history.checksums import note_sum
from ui.history.kept import Feedback, Judgement, KeptQuestion
from ui.history.rows import COLUMNS, kept_question


class KeptFeedback:
    """The feedback kept in one index folder. Safe to share between threads and processes.

    Every method raises PolicyAssistantError where the file cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self._file = ChatFile(folder)

    def on(self, ids: Sequence[str]) -> dict[str, Feedback]:
        """The feedback on those of these answers that have some, by id."""
        marks = ",".join("?" * len(ids))
        return dict(
            self._file.read(
                lambda row: (row[0], Feedback(Judgement(row[1]), row[2])),
                f"SELECT * FROM feedback WHERE question IN ({marks})",
                *ids,
            )
        )

    def questions(self) -> list[KeptQuestion]:
        """Every question on whose answer there is feedback, oldest first."""
        return self._file.read(
            kept_question, f"SELECT {COLUMNS} WHERE judgement IS NOT NULL ORDER BY number"
        )

    def give(self, browser: str, id_: str, feedback: Feedback) -> None:
        """Keeps what a reader says of an answer of theirs, in place of what they said before.

        Raises PolicyAssistantError where there is no such answer.
        """
        note = feedback.note.encode("utf-8", "replace").decode("utf-8")
        with self._file.writing() as connection:
            written = connection.execute(
                """INSERT OR REPLACE INTO feedback SELECT questions.id, ?, ? FROM questions
                   JOIN conversations ON conversations.id = conversation
                   WHERE questions.id = ? AND browser = ? AND answer IS NOT NULL""",
                (str(feedback.judgement), note, id_, browser),
            ).rowcount
            note_sum(connection, id_)
        if not written:
            raise PolicyAssistantError("This answer is no longer kept: ask again to judge it.")
