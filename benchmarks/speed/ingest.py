"""`add` beside bare `SentenceTransformer.encode` of the same clause texts, in one run.

python -m benchmarks.speed.ingest
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from sentence_transformers import SentenceTransformer

from assistant import Assistant
from benchmarks.data import CORPUS, LABELLED
from index.models.embedder import SentenceTransformerEmbedder
from index.models.sentence_transformer import packaged_folder
from index.store.database import Store
from index.store.snapshot import Snapshot

_ROUNDS = 3


def main() -> None:
    documents: Sequence[Path] = CORPUS
    if LABELLED[0].is_dir():
        documents = sorted((LABELLED[0] / "policies").glob("*.txt"))
    model = SentenceTransformer(str(packaged_folder()), device="cpu")
    model.encode(["ready"] * 32)
    SentenceTransformerEmbedder().encode_query("ready")
    ratios = []
    for _ in range(_ROUNDS):
        with tempfile.TemporaryDirectory() as scratch:
            assistant = Assistant.load(Path(scratch) / "index")
            assistant.warm_up()
            began = time.perf_counter()
            added = sum(result.clauses for result in assistant.add(documents))
            ours = time.perf_counter() - began
            texts = _clause_texts(Path(scratch) / "index")
            began = time.perf_counter()
            model.encode(texts, show_progress_bar=False)
            bare = time.perf_counter() - began
        ratios.append(bare / ours)
        print(f"{added} clauses: add {added / ours:.1f}/s, bare encode {len(texts) / bare:.1f}/s")
    print(f"add / bare encode: {statistics.median(ratios):.2f} (median of {_ROUNDS}; aim 0.90)")
    _unchanged(documents)


def _clause_texts(index: Path) -> list[str]:
    with Snapshot.of(Store.open(index)) as snapshot:
        texts = []
        for entry in snapshot.entries():
            text = snapshot.policy(entry.id).text
            for stored in snapshot.clauses_of(entry.id, entry.version):
                clause = stored.clause
                texts.append(f"{stored.context}\n{text[clause.start : clause.end]}")
    return texts


def _unchanged(documents: Sequence[Path]) -> None:
    """`add` of files that have not changed, as a process of its own."""
    script = (
        "import sys, time; from assistant import Assistant;"
        "began = time.perf_counter();"
        "done = Assistant.load(sys.argv[1]).add(sys.argv[2:]);"
        "print(f'{time.perf_counter() - began:.3f} s,',"
        "sorted({str(result.status) for result in done}),"
        "'torch loaded:', 'torch' in sys.modules)"
    )
    with tempfile.TemporaryDirectory() as scratch:
        Assistant.load(Path(scratch) / "index").add(documents)
        again = subprocess.run(
            [sys.executable, "-c", script, f"{scratch}/index", *map(str, documents)],
            capture_output=True,
            text=True,
            check=True,
        )
    print(f"add again, nothing changed: {again.stdout.strip()}")


if __name__ == "__main__":
    main()
