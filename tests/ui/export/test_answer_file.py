from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.models.embedder import Embedder
from tests.ui.export.asked import asked
from ui.export import answer_file


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Do you keep logs?", "do-you-keep-logs.md"),
        ("../../etc/passwd\x00 <b>?", "etc-passwd-b.md"),
        ("?!", "answer.md"),
        ("Löscht ihr Protokolle?", "löscht-ihr-protokolle.md"),
        ("word " * 40, "-".join(["word"] * 12) + ".md"),
    ],
)
def test_a_file_is_named_after_the_question(
    question: str, name: str, tmp_path: Path, embedder: Embedder
) -> None:
    answer, assistant = asked(tmp_path, embedder, "acme.txt", "Acme policy\n\nWe keep logs.\n")
    file = answer_file(replace(answer, question=question), assistant, "markdown", "")
    assert (file["name"], file["type"]) == (name, "text/markdown;charset=utf-8")
