"""An answer, or a grid of policies by topics, as one HTML page that fetches nothing."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import Answer, Coverage
from ui.export.cited_quotes import NOT_COMPARED, Cited, receipt_facts
from ui.page.safe_text import visible

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.6 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; line-height: 1.3; }
h2 { font-size: 1.1rem; margin-top: 2rem; }
blockquote { margin: .5rem 0; padding: .25rem 1rem; border-left: 3px solid #5b7fa6;
  white-space: pre-wrap; overflow-wrap: anywhere; }
code, dd { overflow-wrap: anywhere; }
table { border-collapse: collapse; font-size: .9rem; }
th, td { border: 1px solid #8886; padding: .3rem .5rem; text-align: left; vertical-align: top; }
.silent { opacity: .75; }
""".strip()


def answer_html(answer: Answer, cited: Sequence[Cited]) -> str:
    """The whole answer: question, text, each quote with its place and links, the receipt."""
    facts = receipt_facts(answer)
    listed = "".join(f"<dt>{name}</dt><dd>{visible(value)}</dd>" for name, value in facts.items())
    quotes = "".join(map(_quote, cited))
    return _page(
        answer.question,
        f"<p>{visible(answer.text)}</p>"
        + (f"<h2>Quotes</h2>{quotes}" if quotes else "")
        + f"<h2>Receipt</h2><dl>{listed}</dl>",
    )


def coverage_html(coverage: Coverage) -> str:
    """The grid: a row per topic, a column per policy, each cell its quote or "not stated"."""
    head = "".join(f"<th scope='col'>{visible(each.provider)}</th>" for each in coverage.policies)
    rows = ""
    for at, topic in enumerate(coverage.topics):
        cells = ""
        for row in coverage.cells:
            quote = row[at].quote
            cells += (
                f"<td>{visible(quote.exact)}<br><code>{visible(quote.citation_id)}</code></td>"
                if quote
                else "<td class='silent'>not stated</td>"
            )
        rows += f"<tr><th scope='row'>{visible(topic.name)}</th>{cells}</tr>"
    return _page(
        "What the policies state",
        f"<table><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table>",
    )


def _quote(cited: Cited) -> str:
    date = f", {visible(cited.date)}" if cited.date else ""
    links = [f"<a href='{visible(cited.chat)}'>in the chat</a>"]
    if cited.origin:
        links.append(f"<a href='{visible(cited.origin)}' rel='noreferrer'>on its web page</a>")
    return (
        f"<section id='q{cited.number}'><p><strong>[{cited.number}]</strong> "
        f"{visible(cited.place)}{date}</p>"
        f"<blockquote>{visible(cited.quote.exact)}</blockquote>"
        f"<p><code>{visible(cited.quote.citation_id)}</code> {' · '.join(links)}"
        f"{'' if cited.held else f' ({NOT_COMPARED})'}</p></section>"
    )


def _page(title: str, body: str) -> str:
    return (
        "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        "<meta http-equiv='Content-Security-Policy' "
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{visible(title)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{visible(title)}</h1>{body}</main></body></html>\n"
    )
