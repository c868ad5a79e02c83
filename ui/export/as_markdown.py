"""An answer as Markdown. What policies and questions say is escaped, and stays text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant import Answer
from ui.export.cited_quotes import NOT_COMPARED, CitedQuote, receipt_facts
from ui.text.inert import inert

_MARKS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~:&@=])")
_HARMLESS = re.compile(r"(?<=[^\W\d_])(?<!www)\\([-.()!])")  # behind a letter


def answer_markdown(answer: Answer, cited: Sequence[CitedQuote]) -> str:
    """The whole answer: question, text, each quote with its place and links, the receipt."""
    parts = [f"# {escaped(answer.question)}", escaped(answer.text)]
    if cited:
        parts.append("## Quotes")
        parts += map(_quote, cited)
    facts = receipt_facts(answer)
    parts.append("## Receipt")
    parts.append("\n".join(f"- {name}: {escaped(value)}" for name, value in facts.items()))
    return "\n\n".join(parts) + "\n"


def _quote(cited: CitedQuote) -> str:
    date = f", {cited.date}" if cited.date else ""
    links = [f"[in the chat]({cited.chat})"]
    if cited.origin:
        links.append(f"[on its web page]({cited.origin})")
    body = "\n".join(
        f"> {escaped(line)}".rstrip() for line in inert(cited.quote.exact).splitlines()
    )
    return (
        f"**[{cited.number}]** {escaped(cited.place)}{date}\n\n{body}\n\n"
        f"`{cited.quote.citation_id.replace('`', '')}` {' · '.join(links)}"
        + ("" if cited.held else f" ({NOT_COMPARED})")
    )


def escaped(text: str) -> str:
    """The text inert, and with the marks of Markdown escaped, so that it is shown as it is."""
    return "\n".join(
        _HARMLESS.sub(r"\1", _MARKS.sub(r"\\\1", line.strip())) for line in inert(text).splitlines()
    )
