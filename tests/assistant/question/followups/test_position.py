from __future__ import annotations

from assistant.question.followups.position import Position, ending


def test_a_word_and_its_neighbours() -> None:
    first, second, third, last = Position.all_of("Why, then, sell it?".split())
    assert (first.word, first.before, first.earlier, first.after) == ("why", "", "", "")
    assert (second.after, second.second_after) == ("", "it")  # a comma stands between
    assert (third.before, third.earlier, third.after) == ("then", "why", "it")
    assert (last.is_last, last.after, third.is_last) == (True, "", False)


def test_the_punctuation_of_a_word() -> None:
    assert [ending(word) for word in ("it?!", "it", "–")] == ["?!", "", "–"]
