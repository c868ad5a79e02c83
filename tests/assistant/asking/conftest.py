"""Three small policies, read by the packaged models."""

from __future__ import annotations

import pytest

from assistant import Assistant
from tests.assistant.samples import assistant_on

POLICIES = {
    "acme": "# Acme privacy policy\n\n## Log files\n\nOur server log files are deleted after thirty"
    " days.\n\n## Payment\n\nInvoices are due within two weeks of their date.\n",
    "brill": "# Brill privacy policy\n\n## Logs\n\nWe keep server log files for one year and delete"
    " them then.\n\n## Cookies\n\nThis site sets no cookies.\n",
    "crane": "# Crane privacy policy\n\n## Newsletter\n\nYou can end the newsletter with the link"
    " at its foot.\n\n## Complaints\n\nSend complaints to our office in Leeds.\n",
}


@pytest.fixture(scope="session")
def three(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("three")
    for name, text in POLICIES.items():
        (folder / f"{name}.md").write_text(text)
    assistant = assistant_on(folder / "index")
    assistant.add([folder / f"{name}.md" for name in POLICIES])
    return assistant
