"""What can be asked at all."""

from __future__ import annotations

from assistant.errors import QuestionError

MAX_QUESTION = 4000  # characters


def checked_question(question: str) -> str:
    """The question without NULs, lone surrogates (of arguments that are not UTF-8) and outer
    blanks. Raises QuestionError if it is empty or too long."""
    text = question.encode("utf-8", "replace").decode("utf-8").replace("\x00", " ").strip()
    if not any(char.isalnum() for char in text):
        raise QuestionError("the question is empty: ask something, such as 'Who sees my data?'")
    if len(text) > MAX_QUESTION:
        raise QuestionError(
            f"the question has {len(text)} characters, at most {MAX_QUESTION} are read: shorten it"
        )
    return text
