"""Question and quote -> the sentence that answers, or the word that declines."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.sentence_model import DECLINED
from assistant.writing import prompt_of
from benchmarks.data import TRAIN_QUESTIONS
from benchmarks.training.writer.quoted import Quoted
from index.markup import plain

_SEED = 7
_UNRELATED = 0.3  # of answerable questions, how often a quote without evidence is learnt from
_UNANSWERED = 0.5  # of unanswerable questions, how often what was quoted for them is


@dataclass(frozen=True, slots=True)
class Example:
    """A prompt as the writer renders it, and what is to be written."""

    id: str
    fold: int
    prompt: str
    target: str


def examples(quoted: Iterable[Quoted], folds: Mapping[str, int]) -> list[Example]:
    """All examples, in the order of the questions; `folds` by question id."""
    labelled = {
        each["id"]: each
        for each in map(json.loads, TRAIN_QUESTIONS.read_text("utf-8").splitlines())
    }
    draw = random.Random(_SEED)
    made = []
    for each in quoted:
        label = labelled[each.id]
        for quote, target in _pairs(each, label, draw):
            prompt = prompt_of(each.question, each.provider, quote)
            made.append(Example(each.id, folds[each.id], prompt, target))
    return made


def _pairs(quoted: Quoted, label: dict[str, object], draw: random.Random) -> list[tuple[str, str]]:
    answer = str(label["answer"])
    evidence = [plain(piece["quote"], "text/markdown") for piece in _pieces(label["evidence"])]
    pairs = []
    if quoted.answerable:
        pairs.append((" ".join(evidence), answer))
        if len(evidence) == 1:
            pairs += [
                (quote, answer)
                for quote, holds in zip(quoted.quotes, quoted.holds, strict=True)
                if holds and evidence[0] in quote and quote != evidence[0]
            ][:1]
        beside = [
            quote for quote, holds in zip(quoted.quotes, quoted.holds, strict=True) if not holds
        ]
        if beside and draw.random() < _UNRELATED:
            pairs.append((draw.choice(beside), DECLINED))
    else:
        near = [plain(piece["quote"], "text/markdown") for piece in _pieces(label["near"])]
        pairs += [(quote, DECLINED) for quote in near[:1]]
        if quoted.quotes and quoted.quotes[0] not in near and draw.random() < _UNANSWERED:
            pairs.append((quoted.quotes[0], DECLINED))
    return pairs


def _pieces(value: object) -> list[dict[str, str]]:
    assert isinstance(value, list)
    return value


def write_examples(made: Iterable[Example], file: Path) -> None:
    with file.open("w", encoding="utf-8") as out:
        for each in made:
            out.write(json.dumps(asdict(each), ensure_ascii=False) + "\n")
