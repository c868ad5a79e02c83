from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.fake_assistant import FakeAssistant
from tests.ui.page.shown import TEXT


@pytest.fixture
def acme(tmp_path: Path) -> FakeAssistant:
    fake = FakeAssistant(tmp_path)
    fake.put("acme", TEXT, "Acme", "2019-05-01")
    return fake
