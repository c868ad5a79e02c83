from __future__ import annotations

import pytest

from assistant import Settings


@pytest.mark.parametrize(
    "wrong",
    [
        {"answer_threshold": -0.1},
        {"support_threshold": 1.1},
        {"max_quotes": 0},
        {"hits": 0},
    ],
)
def test_settings_are_checked(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Settings(**wrong)  # type: ignore[arg-type]
