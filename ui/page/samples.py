"""The sample policies that come with the source, for trying out the page."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parents[2] / "corpus"


def sample_policies() -> list[Path]:
    """The sample policies; none if the package was installed without its source."""
    if not (_FOLDER.parent / "pyproject.toml").is_file():
        return []
    return [file for file in sorted(_FOLDER.glob("*.md")) if file.name != "README.md"]
