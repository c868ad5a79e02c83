from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = [
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "corpus/README.md",
    "benchmarks/README.md",
]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_into_the_project_resolves(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?://|mailto:|#)([^)#\s]+)", text)
    missing = [link for link in links if not (ROOT / name).parent.joinpath(link).exists()]
    assert missing == []
