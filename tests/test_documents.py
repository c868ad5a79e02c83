"""Links and paths in the project's documents lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = [
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "assistant/weights/README.md",
    "benchmarks/README.md",
    "corpus/README.md",
    "index/weights/README.md",
]
TOP = "assistant|benchmarks|corpus|index|prompts|tests|ui"


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_into_the_project_resolves(name: str) -> None:
    links = re.findall(r"\]\((?!https?://|mailto:|#)([^)#\s]+)", text_of(name))
    missing = [link for link in links if not (ROOT / name).parent.joinpath(link).exists()]
    assert missing == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_path_that_is_named_exists(name: str) -> None:
    paths = re.findall(rf"`((?:{TOP})/[\w./-]*)`", text_of(name))
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_benchmark_that_is_named_exists(name: str) -> None:
    modules = re.findall(r"python -m (benchmarks[\w.]*)", text_of(name))
    places = [ROOT.joinpath(*module.split(".")) for module in modules]
    missing = [
        place for place in places if not place.with_suffix(".py").exists() and not place.is_dir()
    ]
    assert missing == []
