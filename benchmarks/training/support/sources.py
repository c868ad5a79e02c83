"""The answers of the training questions with their evidence, as pairs are made from them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.training.documents import TrainingDocument
from benchmarks.training.questions import TrainingQuestion
from benchmarks.training.support.pairs import Source
from index.text.markup import plain

_OTHERS = 120  # other units of the document that are kept
_SEED = 7


def sources(
    file: Path,
    questions: Sequence[TrainingQuestion],
    documents: Mapping[str, TrainingDocument],
) -> list[Source]:
    """The answerable questions' answers and evidence."""
    lines = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    labelled = {each["id"]: each for each in lines}
    draw = random.Random(_SEED)
    made = []
    for each in questions:
        label = labelled[each.id]
        if not label["answerable"]:
            continue
        document = documents[each.document]
        others = [
            plain(document.text[slice(*unit)], "text/markdown")
            for at, clause in enumerate(document.clauses)
            for number, unit in enumerate(clause.units)
            if (at, number) not in each.gold
        ]
        others = [one for one in others if 20 < len(one) < 400]
        made.append(
            Source(
                label["answer"],
                tuple(plain(piece["quote"], "text/markdown") for piece in label["evidence"]),
                document.service,
                tuple(draw.sample(others, min(_OTHERS, len(others)))),
                each.fold,
            )
        )
    return made


def write_sources(made: Iterable[Source], file: Path) -> None:
    with file.open("w", encoding="utf-8") as out:
        for each in made:
            out.write(json.dumps(asdict(each), ensure_ascii=False) + "\n")
