"""A page that runs, open to this machine, and one that is open to others with a password."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.ui.access.requests import LOGS, Page
from tests.ui.fake_assistant import FakeAssistant
from tests.ui.visiting import PASSWORD, Visitor, running
from ui.access.listening import Door


@pytest.fixture(scope="module")
def fake(tmp_path_factory: pytest.TempPathFactory) -> FakeAssistant:
    made = FakeAssistant(tmp_path_factory.mktemp("index"))
    made.put("acme", LOGS, "Acme")
    return made


@pytest.fixture(scope="module")
def page(fake: FakeAssistant) -> Iterator[Page]:
    """On this machine alone, without a password."""
    with running(fake) as started:
        yield started


@pytest.fixture(scope="module")
def guarded(fake: FakeAssistant) -> Iterator[Page]:
    """On every address of the machine, with a password."""
    with running(fake, Door("0.0.0.0", PASSWORD)) as (built, address):
        yield built, address.replace("localhost", "127.0.0.1")


@pytest.fixture
def visitor(page: Page) -> Visitor:
    return Visitor(*page)
