"""An answer in one of its forms, with the file's name and type."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from ui.export.as_html import answer_html
from ui.export.as_markdown import answer_markdown
from ui.export.cited_quotes import CHAT_ADDRESS, cited_quotes

if TYPE_CHECKING:
    from assistant import Answer, Assistant

_LONGEST_NAME = 60
_KINDS = {
    "markdown": ("md", "text/markdown"),
    "html": ("html", "text/html"),
    "json": ("json", "application/json"),
}


def answer_in_form(answer: Answer, assistant: Assistant, form: str, chat: str = "") -> str:
    """The answer as "markdown", "html" or "json", with links to the chat page at `chat`."""
    if form == "json":
        return json.dumps(answer.to_dict(), ensure_ascii=False, indent=2) + "\n"
    write = answer_html if form == "html" else answer_markdown
    return write(answer, cited_quotes(answer, assistant, chat or CHAT_ADDRESS))


def answer_file(answer: Answer, assistant: Assistant, form: str, chat: str) -> dict[str, str]:
    """The file that the chat page saves: `name`, made of the question, `type` and `text`."""
    ending, media_type = _KINDS[form]
    words = re.sub(r"\W+", "-", answer.question.lower())[:_LONGEST_NAME].strip("-")
    return {
        "name": f"{words or 'answer'}.{ending}",
        "type": f"{media_type};charset=utf-8",
        "text": answer_in_form(answer, assistant, form, chat),
    }
