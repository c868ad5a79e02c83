"""A policy, a quote of it, and what is hostile in any place; and what an HTML parser sees."""

from __future__ import annotations

from html.parser import HTMLParser

from assistant import Answer, Clause, Policy, Quote
from index.types import version_of
from tests.ui.fake_assistant import FakeAssistant
from ui.page.placed_clauses import PlacedClause

TEXT = "# Logs\n\nWe keep logs. They are kept for 30 days.\n\nNobody else sees them."
POLICY = Policy("acme", "Privacy", "acme.txt", "text/plain", TEXT, version_of(TEXT), "2019-05-01")
CLAUSE = Clause("acme-1", "acme", POLICY.version, "1.2", ("Uses", "Logs"), 8, 48, 3)
QUOTE = Quote.of(POLICY, "acme-1", 22, 48)
PLACED = PlacedClause("Acme <Inc>", POLICY, CLAUSE)
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> ![x](http://evil.example/a.png) "
    "[go](javascript:alert(3)) \u202egnp\u202c \"quoted\" 'single' {{value}} ${alert(4)}."
)


class Elements(HTMLParser):
    """Collects the names of the elements and of their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes.update(name for name, _ in attrs)


def answer_of(fake: FakeAssistant, question: str) -> Answer:
    last = list(fake.stream(question))[-1].answer
    assert last is not None
    return last
