from __future__ import annotations

from assistant import Clause
from ui.text.clause_label import opening, place


def test_a_short_clause_is_shown_whole_on_one_line() -> None:
    assert opening("We keep\nlogs.", 20) == "We keep logs."


def test_a_long_clause_is_cut_between_words() -> None:
    assert opening("We keep your logs for long.", 12) == "We keep …"


def test_heading_lines_are_left_out() -> None:
    assert opening("## Logs\n\nWe keep # 3 logs.", 40) == "We keep # 3 logs."


def test_place() -> None:
    clause = Clause("c", "acme", "0" * 12, "2.1", ("Logs", "Storage"), 0, 9, 3)
    assert place("Acme", clause) == "Acme, 2.1 Logs > Storage, page 3"
    assert place("", Clause("c", "acme", "0" * 12, None, (), 0, 9)) == ""
    assert place("Acme", None) == "Acme"
