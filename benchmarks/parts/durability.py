"""Are citations of old versions resolved rightly in the newest version, and how fast?

    python -m benchmarks.parts.durability

Every version of two policies that were published over five years goes into an index, in order. 200
sentences of old versions, drawn at random, are cited and looked up. Where exact matching decides,
a simple oracle says what is right: `intact` where the newest version holds the characters at the
same offsets, `moved` where it holds them as whole sentences elsewhere. Where it does not, 60 other
sentences were labelled `changed` or `gone` by hand, from the old sentence and the newest text,
before the resolver was written. The threshold is fitted on the even ones, the odd ones judge it.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import random
import re
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import Assistant, Resolution, Settings, Status, format_citation
from assistant.citations.alignment import CORRESPONDS
from assistant.writing.writer import writer_of
from benchmarks.data import HISTORY, RESOLUTION_LABELS
from benchmarks.random_clauses import RandomClauses
from index.documents.markdown import read_markdown
from index.models.reranker import EvidenceReranker
from index.text.sentences import sentence_spans
from index.types import BlockKind, Document, version_of

_SEED, _DRAWN = 20261126, 200
_LEAST_WORDS = 4


@dataclass(frozen=True, slots=True)
class OldSentence:
    """A sentence of an old version. `start` and `end` count code points of its text."""

    file: str
    policy: str
    text: str
    start: int
    end: int

    @property
    def exact(self) -> str:
        return self.text[self.start : self.end]

    @property
    def citation_id(self) -> str:
        return format_citation(self.policy, version_of(self.text), self.start, self.end)


def history(folder: Path) -> dict[str, Document]:
    """Every version of one policy, by file name, the oldest first."""
    return {
        path.name: read_markdown(path.read_bytes(), path.name) for path in sorted(folder.iterdir())
    }


def sentences(policy: str, file: str, document: Document) -> Iterator[OldSentence]:
    """The sentences of a version that have at least four words; no headings."""
    for block in document.blocks:
        if block.kind is not BlockKind.HEADING:
            for start, end in sentence_spans(document.text, block.start, block.end):
                if len(re.findall(r"\w+", document.text[start:end])) >= _LEAST_WORDS:
                    yield OldSentence(file, policy, document.text, start, end)


def oracle(newest: Document, cited: OldSentence) -> Status | None:
    """What exact matching says, or None where it does not decide."""
    text, exact = newest.text, cited.exact
    if text[cited.start : cited.end] == exact:
        return Status.INTACT
    spans = {
        text[start:end]
        for block in newest.blocks
        for start, end in sentence_spans(text, block.start, block.end)
    }
    if exact in spans:
        return Status.MOVED
    return None


def main() -> None:
    if not HISTORY.is_dir():
        print(f"left out: there is no {HISTORY}")
        return
    versions = {folder.name: history(folder) for folder in sorted(HISTORY.iterdir())}
    newest = {policy: list(files.values())[-1] for policy, files in versions.items()}
    with tempfile.TemporaryDirectory() as scratch:
        assistant = _indexed(versions, Path(scratch))
        drawn = random.Random(_SEED).sample(
            [
                each
                for policy, files in versions.items()
                for file, document in list(files.items())[:-1]
                for each in sentences(policy, file, document)
            ],
            _DRAWN,
        )
        _against_the_oracle(assistant, drawn, newest)
        _against_labels(assistant, versions)
        _speed(assistant, drawn)


def _indexed(versions: dict[str, dict[str, Document]], folder: Path) -> Assistant:
    assistant = Assistant(
        folder / "index", Settings(), RandomClauses(), writer_of(Settings()), EvidenceReranker()
    )
    for policy, files in versions.items():
        for name in files:
            path = folder / f"{policy}.md"
            path.write_bytes((HISTORY / policy / name).read_bytes())
            assistant.add([path])
    return assistant


def _against_the_oracle(
    assistant: Assistant, drawn: Sequence[OldSentence], newest: dict[str, Document]
) -> None:
    decided: Counter[tuple[str, str]] = Counter()
    others: Counter[str] = Counter()
    wrong = 0
    for each in drawn:
        status, right = assistant.lookup(each.citation_id).status, oracle(newest[each.policy], each)
        if right is None:
            others[status] += 1
            wrong += status in {Status.INTACT, Status.MOVED}
        else:
            decided[right, status] += 1
    agreed = sum(count for (right, status), count in decided.items() if right == status)
    total = sum(decided.values())
    print(f"{len(drawn)} sentences of old versions; exact matching decides {total}, {agreed} right")
    for (expected, resolved), count in sorted(decided.items()):
        print(f"    {expected}: {count} resolved as {resolved}")
    counts = ", ".join(f"{count} {status}" for status, count in sorted(others.items()))
    print(f"    of the other {len(drawn) - total}: {counts}; wrongly intact or moved: {wrong}")


def labelled(versions: dict[str, dict[str, Document]]) -> list[tuple[OldSentence, Status]]:
    """The labelled sentences, located by file and offsets. Raises ValueError if they differ."""
    labels = []
    for label in json.loads(RESOLUTION_LABELS.read_text("utf-8")):
        policy, file = label["file"].split("/")
        each = OldSentence(file, policy, versions[policy][file].text, label["start"], label["end"])
        if hashlib.sha256(each.exact.encode("utf-8")).hexdigest() != label["sha256"]:
            raise ValueError(f"{label['file']} has another sentence at {each.start}-{each.end}")
        labels.append((each, Status(label["label"])))
    return labels


def _against_labels(assistant: Assistant, versions: dict[str, dict[str, Document]]) -> None:
    judged = [(assistant.lookup(each.citation_id), label) for each, label in labelled(versions)]
    fitted, held = judged[::2], judged[1::2]
    scores = sorted(resolution.score for resolution, _ in fitted)
    cuts = [(low + high) / 2 for low, high in itertools.pairwise(scores)]
    most = max(_right(fitted, cut) for cut in cuts)
    best = ", ".join(f"{cut:.3f}" for cut in cuts if _right(fitted, cut) == most)
    print(f"labelled changed or gone: {most} right at {best}; shipped {CORRESPONDS}")
    for name, half in (("fitted on", fitted), ("held out", held)):
        right = sum(resolution.status is label for resolution, label in half)
        print(f"    {name}: {right} of {len(half)} right")


def _right(judged: Sequence[tuple[Resolution, Status]], threshold: float) -> int:
    return sum((each.score >= threshold) == (label is Status.CHANGED) for each, label in judged)


def _speed(assistant: Assistant, drawn: Sequence[OldSentence]) -> None:
    store = assistant._store()
    lookups: list[float] = []
    reads: list[float] = []
    for each in drawn:
        began = time.perf_counter()
        with store.reading() as connection:
            connection.execute(
                """SELECT text FROM versions JOIN policies ON id = policy_id
                   AND versions.version = policies.version WHERE id = ?""",
                (each.policy,),
            ).fetchone()
        reads.append(time.perf_counter() - began)
        began = time.perf_counter()
        assistant.lookup(each.citation_id)
        lookups.append(time.perf_counter() - began)
    read = statistics.median(reads)
    slowest = sorted(lookups)[int(len(lookups) * 0.95)]
    print(
        f"one lookup: median {1000 * statistics.median(lookups):.1f} ms, 95% within "
        f"{1000 * slowest:.1f} ms; {statistics.median(lookups) / read:.1f} times one read of the "
        f"newest text ({1000 * read:.2f} ms, including opening the database)"
    )


if __name__ == "__main__":
    main()
