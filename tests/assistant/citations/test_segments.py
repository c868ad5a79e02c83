from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.citations.segments import overlapping, segments_of
from index.store.clause_rows import StoredClause
from index.types import Clause


def _clause(start: int, end: int, *units: tuple[int, int]) -> StoredClause:
    return StoredClause(1, Clause("c", "acme", "0" * 12, None, (), start, end), "", units)


def _texts(text: str, *units: str) -> list[str]:
    spans = [(text.index(unit), text.index(unit) + len(unit)) for unit in units]
    segments = segments_of(text, [_clause(0, len(text), *spans)])
    return [text[segment.start : segment.end] for segment in segments]


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
def test_every_word_is_in_exactly_one(text: str, first: int, second: int) -> None:
    start, end = sorted((min(first, len(text)), min(second, len(text))))
    units = [(start, end)] if text[start:end].strip() else []
    segments = segments_of(text, [_clause(0, len(text), *units)])
    position = 0
    for segment in segments:
        assert position <= segment.start < segment.end
        assert not any(map(str.isalnum, text[position : segment.start]))
        position = segment.end
    assert not any(map(str.isalnum, text[position:]))
    assert overlapping(segments, 0, len(text)) == list(segments)
