import pytest

from ui.text.counted import counted


@pytest.mark.parametrize(
    ("number", "words", "expected"),
    [
        (0, ("clause",), "0 clauses"),
        (1, ("clause",), "1 clause"),
        (2, ("clause",), "2 clauses"),
        (1, ("policy", "policies"), "1 policy"),
        (3, ("policy", "policies"), "3 policies"),
    ],
)
def test_a_number_agrees_with_what_it_counts(
    number: int, words: tuple[str, ...], expected: str
) -> None:
    assert counted(number, *words) == expected
