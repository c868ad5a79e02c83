import pytest

from assistant.confidence import confidence
from tests.assistant.test_evidence import passage


@pytest.mark.parametrize(
    ("score", "expected"), [(0.0, 0.0343), (0.25, 0.2316), (0.5, 0.7192), (1.0, 0.9946)]
)
def test_a_logistic_curve_over_the_best_score(score: float, expected: float) -> None:
    assert confidence([passage({}, score=score), passage({}, score=0.0)]) == expected


def test_nothing_found_is_no_confidence() -> None:
    assert confidence([]) == 0.0
