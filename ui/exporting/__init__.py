"""An answer as a file that stands by itself: Markdown or HTML (JSON is `Answer.to_dict`)."""

from ui.exporting.as_html import answer_html, coverage_html
from ui.exporting.as_markdown import answer_markdown
from ui.exporting.cited import CHAT_ADDRESS, Cited, cited_of

__all__ = [
    "CHAT_ADDRESS",
    "Cited",
    "answer_html",
    "answer_markdown",
    "cited_of",
    "coverage_html",
]
