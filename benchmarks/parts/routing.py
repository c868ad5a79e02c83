"""Are questions that name their policy asked of it? ContractNLI, whose questions name agreements.

    python -m benchmarks.parts.routing

Embeddings make no difference here, so the clauses get random vectors.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from assistant.evaluation.labelled import LabelledSet
from benchmarks.data import CONTRACTS
from benchmarks.random_clauses import RandomClauses
from index.add import add_files
from index.search.routing import route
from index.store.database import Store
from index.store.snapshot import Snapshot
from ui.cli.progress import bars


def main() -> None:
    if not CONTRACTS.is_dir():
        print(f"left out: there is no {CONTRACTS}")
        return
    labelled = LabelledSet.load(CONTRACTS)
    embedder = RandomClauses()
    with tempfile.TemporaryDirectory() as scratch:
        store = Store.open_or_create(Path(scratch), embedder.identity, embedder.dimension)
        added = add_files(store, embedder, list(labelled.documents), bars)
        with Snapshot.of(store) as snapshot:
            policies = {
                Path(each.path).stem: snapshot.policy(each.policy_id or "") for each in added
            }
            entries = snapshot.entries()
            counts: Counter[str] = Counter()
            for question in labelled.questions(policies):
                gold = {span.policy_id for span in question.evidence}
                routed = set(route(question.text, entries, snapshot.uses_word).policies)
                counts[_outcome(routed, gold)] += 1
    print(", ".join(f"{count} {name}" for name, count in counts.most_common()))


def _outcome(routed: set[str], gold: set[str]) -> str:
    if not routed:
        return "to all"
    if routed == gold:
        return "to the one named"
    return "to it and others" if gold <= routed else "elsewhere"


if __name__ == "__main__":
    main()
