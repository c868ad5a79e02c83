"""An answer as a self-contained file: Markdown, HTML, or the JSON of `Answer.to_dict`."""

from ui.export.answer_file import answer_file, answer_in_form
from ui.export.as_html import answer_html, coverage_html
from ui.export.as_markdown import answer_markdown
from ui.export.cited_quotes import CHAT_ADDRESS, CitedQuote, cited_quotes

__all__ = [
    "CHAT_ADDRESS",
    "CitedQuote",
    "answer_file",
    "answer_html",
    "answer_in_form",
    "answer_markdown",
    "cited_quotes",
    "coverage_html",
]
