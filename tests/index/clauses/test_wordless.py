"""Text that says nothing (rules, marks, links without words) makes no unit, and stops nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.add import AddStatus, add_files
from index.clauses.split import split
from index.documents.loader import make_policy, read_document
from index.errors import LoadError
from index.progress import no_progress
from index.store.database import Store
from index.store.snapshot import Snapshot
from index.text.markup import has_words
from tests.conftest import FakeEmbedder

RULED = "* * *\n\nTerms of Use\n============\n\n* * *\n\nLockers are emptied every Sunday.\n"
NAMES = (".md", ".txt", ".html")
INVISIBLE = "\ufeff\u00a0\u200b\u200d\u2060\u3164\n"
WORDLESS = ["* * *", "---", "[](https://acme.example/top)", "![](logo.png)", "| |", "\\*", "…", "☐"]


def _documents() -> list[str]:
    texts = [RULED]
    for marks in WORDLESS:
        texts += [
            f"{marks}\n\n{marks}\n\nWe keep logs.\n",
            f"# Data\n\n{marks}\n\n## Logs\n\n{marks}\n\nWe keep logs.\n\n{marks}\n",
            f"We keep logs.\n\n{marks}\n\n# {marks}\n\n{marks}\n",
            f"- {marks}\n- We keep logs.\n- {marks}\n",
            f"# Data\n\n{marks * 2000}\n\nWe keep logs.\n",
        ]
    return texts


@pytest.mark.parametrize("text", _documents())
@pytest.mark.parametrize("name", [f"acme{end}" for end in NAMES])
def test_every_unit_has_words_and_every_mark_a_clause(text: str, name: str) -> None:
    document = read_document(Path(name), text.encode())
    policy = make_policy(document, "acme", Path(name))
    made = split(policy, document, FakeEmbedder().count_tokens, 40)
    assert all(each.units and all(map(has_words, each.unit_texts)) for each in made)
    covered = "".join(policy.text[each.clause.start : each.clause.end] for each in made)
    assert "".join(covered.split()) == "".join(policy.text.split())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *((f"acme{end}", text) for end in NAMES for text in ("* * *\n", INVISIBLE, "…\n☐\n")),
        ("acme.md", "[](https://acme.example)\n"),
        ("acme.html", "<p><a href='https://acme.example'></a>"),
    ],
)
def test_a_file_without_words_holds_no_text(name: str, text: str) -> None:
    with pytest.raises(LoadError, match=f"'{name}' holds no"):
        read_document(Path(name), text.encode())


class ZeroEmbedder(FakeEmbedder):
    """Makes nothing of what holds the word "odd"."""

    def encode_clauses(self, texts):  # type: ignore[no-untyped-def]
        for batch in super().encode_clauses(texts):
            for at, vectors in batch:
                if any("odd" in unit for unit in texts[at].units):
                    vectors.units[:] = 0
            yield batch


def test_what_no_search_could_read_is_not_kept_and_the_others_are(
    store: Store, tmp_path: Path
) -> None:
    for name, text in {"good": "We keep logs.\n", "bad": "# A\n\nWe keep odd logs.\n"}.items():
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    files = [tmp_path / "bad.md", tmp_path / "good.md"]
    bad, good = add_files(store, ZeroEmbedder(), files, no_progress)
    assert (bad.status, good.status) == (AddStatus.REJECTED, AddStatus.ADDED)
    assert bad.reason.startswith(f"cannot index {files[0]} (the vectors of the clause bad@")
    with Snapshot.of(store) as snapshot:
        assert [entry.id for entry in snapshot.entries()] == ["good"]
        assert snapshot.match('"odd"', 9, None) == []
    (bad,) = add_files(store, FakeEmbedder(), files[:1], no_progress)
    assert bad.status is AddStatus.ADDED
