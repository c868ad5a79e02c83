from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.citations.segments import overlapping, segments
from index.store.clause_rows import StoredClause
from index.types import Clause


def _clause(start: int, end: int, *units: tuple[int, int]) -> StoredClause:
    return StoredClause(1, Clause("c", "acme", "0" * 12, None, (), start, end), "", units)


def _texts(text: str, *units: str) -> list[str]:
    spans = [(text.index(unit), text.index(unit) + len(unit)) for unit in units]
    found = segments(text, [_clause(0, len(text), *spans)])
    return [text[each.start : each.end] for each in found]


def test_headings_units_and_bullets() -> None:
    text = "# Data\n\n## Logs\n\nWe keep logs. We read them.\n\n- Parrots\n---\n"
    assert _texts(text, "We keep logs.", "We read them.", "Parrots") == [
        "# Data",
        "## Logs",
        "We keep logs.",
        "We read them.",
        "- Parrots",
        "---",
    ]
    assert _texts("Title\n=====\n\nNo unit.", "No unit.") == ["Title\n=====", "No unit."]
    assert _texts("# All heading") == ["# All heading"]


@given(st.text(alphabet="ab.# \n-", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_every_word_is_in_exactly_one(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    units = [(start, end)] if text[start:end].strip() else []
    found = segments(text, [_clause(0, len(text), *units)])
    position = 0
    for each in found:
        assert position <= each.start < each.end
        assert not any(map(str.isalnum, text[position : each.start]))
        position = each.end
    assert not any(map(str.isalnum, text[position:]))
    assert overlapping(found, 0, len(text)) == list(found)
