"""Is a topic stated in a policy or not: the grid of `coverage` against one made by hand.

    python -m benchmarks.parts.coverage

25 policies, read whole, labelled for each of the shipped topics (tests/data/coverage_labels.json:
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
        print(f"left out: {' or '.join(map(str, folders))} is not there")
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
    for name, told in counted.items():
        _report(name, told)
    _report("all", sum(counted.values(), Counter()))


def _report(name: str, told: Counter[tuple[bool, bool]]) -> None:
    found, missed = told[True, True], told[True, False]
    silent, invented = told[False, False], told[False, True]
    print(
        f"{name:20} stated: {found} of {found + missed} found; "
        f"not stated: {silent} of {silent + invented} called so"
    )


if __name__ == "__main__":
    main()
