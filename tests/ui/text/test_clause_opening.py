from ui.text.clause_opening import opening


def test_a_short_clause_is_shown_whole_on_one_line() -> None:
    assert opening("We keep\nlogs.", 20) == "We keep logs."


def test_a_long_clause_is_cut_between_words() -> None:
    assert opening("We keep your logs for long.", 12) == "We keep …"


def test_heading_lines_are_left_out() -> None:
    assert opening("## Logs\n\nWe keep # 3 logs.", 40) == "We keep # 3 logs."
