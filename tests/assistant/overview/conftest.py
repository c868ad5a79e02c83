"""Small policies with plain words, read by the packaged models."""

from __future__ import annotations

import pytest

from assistant import Assistant
from tests.assistant.samples import assistant_on

TEXTS = {
    "north": "We sell your personal information to advertisers. We keep server logs for 30 days.",
    "south": "We do not sell your personal information. We use cookies to keep you signed in.",
    "west": "Our office is open from nine to five. Our staff wear blue shirts on weekdays.",
}


@pytest.fixture(scope="session")
def compass(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("three")
    for name, text in TEXTS.items():
        (folder / f"{name}.md").write_text(f"# Privacy policy\n\n{text}\n", encoding="utf-8")
    assistant = assistant_on(folder / "index")
    assistant.add([folder / f"{name}.md" for name in TEXTS])
    return assistant
