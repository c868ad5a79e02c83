"""Does a policy state a topic? The grid of `coverage` compared with one made by hand.

    python -m benchmarks.parts.coverage

25 policies, read in full, labelled for each of the shipped topics (tests/data/coverage_labels.json:
true, false, or null where it is doubtful, which is not counted). The questions and words of the
topics were chosen while looking at these labels.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from assistant import Assistant
from benchmarks.data import COVERAGE_LABELS, LABELLED, ORIGINALS
from index.documents.loader import slug


def main() -> None:
    labels = json.loads(COVERAGE_LABELS.read_text("utf-8"))
    folders = (ORIGINALS, LABELLED[0] / "policies")
    files = [path for folder in folders for path in sorted(folder.glob("*.txt"))]
    if len(files) < len(labels):
        print(f"left out: {' or '.join(map(str, folders))} does not exist")
        return
    by_id = {slug(path): labels[path.stem] for path in files}
    with tempfile.TemporaryDirectory() as scratch:
        assistant = Assistant.load(Path(scratch) / "index")
        assistant.add(files)
        grid = assistant.coverage()
    counted: dict[str, Counter[tuple[bool, bool]]] = defaultdict(Counter)
    for entry, row in zip(grid.policies, grid.cells, strict=True):
        for topic, cell in zip(grid.topics, row, strict=True):
            stated = by_id[entry.id][topic.name]
            if stated is not None:
                counted[topic.name][stated, cell.quote is not None] += 1
    for name, counts in counted.items():
        _report(name, counts)
    _report("all", sum(counted.values(), Counter()))


def _report(name: str, counts: Counter[tuple[bool, bool]]) -> None:
    """`counts` by whether the topic is stated, and whether a quote was found."""
    found, missed = counts[True, True], counts[True, False]
    silent, invented = counts[False, False], counts[False, True]
    print(
        f"{name:20} stated: {found} of {found + missed} found; "
        f"not stated: {silent} of {silent + invented} reported so"
    )


if __name__ == "__main__":
    main()
