"""An answer as a file that stands by itself: Markdown, HTML, or the JSON of `Answer.to_dict`."""

from ui.exporting.as_html import answer_html, coverage_html
from ui.exporting.as_markdown import answer_markdown
from ui.exporting.cited import CHAT_ADDRESS, Cited, cited_of
from ui.exporting.files import answer_file, answer_text

__all__ = [
    "CHAT_ADDRESS",
    "Cited",
    "answer_file",
    "answer_html",
    "answer_markdown",
    "answer_text",
    "cited_of",
    "coverage_html",
]
