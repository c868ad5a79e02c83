"""Question and quote -> the sentence that answers, or the word that declines."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.english.words import content
from assistant.english.yes_no import settles, split_answer, with_answer
from assistant.models.adapted_model import DECLINED
from assistant.settings import Settings
from assistant.values.answer import Sentence
from assistant.writing.quote_writer import close_to_its_quote, prompt_of
from assistant.writing.restatements import restatements
from assistant.writing.sentence_check import PlainQuote, checked
from benchmarks.data import TRAIN_QUESTIONS
from benchmarks.training.writer.quoted import Quoted
from index.text.markup import plain

_SEED = 7
_LEAST_OVERLAP = 0.3  # of the words of a sentence with those of the labelled answer
_UNRELATED = 0.15  # of answerable questions, how often a quote without evidence is learnt from
_NEAREST = 0.3  # of unanswerable questions, how often the labelled nearest sentence is
_UNANSWERED = 0.3  # and how often what was quoted for them is


@dataclass(frozen=True, slots=True)
class Example:
    """A prompt as the writer renders it, and what is to be written."""

    id: str
    fold: int
    prompt: str
    target: str


def examples(quoted: Iterable[Quoted], folds: Mapping[str, int]) -> list[Example]:
    """All examples, in the order of the questions; `folds` by question id."""
    labelled = _labelled()
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
    pairs = []
    if quoted.answerable:
        whole = _evidence_of(quoted, label).text
        holding = [
            quote
            for quote, holds in zip(quoted.quotes, quoted.holds, strict=True)
            if holds and quote != whole
        ]
        for quote in (whole, *holding[:1]):
            target = target_of(quoted.question, PlainQuote(quote, quoted.provider, ""), answer)
            if target:
                pairs.append((quote, target))
        beside = [
            quote for quote, holds in zip(quoted.quotes, quoted.holds, strict=True) if not holds
        ]
        if beside and draw.random() < _UNRELATED:
            pairs.append((draw.choice(beside), DECLINED))
    else:
        near = [plain(piece["quote"], "text/markdown") for piece in _pieces(label["near"])]
        if near and draw.random() < _NEAREST:
            pairs.append((near[0], DECLINED))
        if quoted.quotes and quoted.quotes[0] not in near and draw.random() < _UNANSWERED:
            pairs.append((quoted.quotes[0], DECLINED))
    return pairs


def target_of(question: str, source: PlainQuote, answer: str) -> str:
    """What is closest to `answer` of all that the product would let through; "" for nothing.

    That is the answer itself or one of the quote's restatements, with the answer's Yes or No where
    the sentence settles it.
    """
    word, body = split_answer(answer)
    wanted = content(body)
    passing = [
        each
        for each in (body, *restatements(source.text, source.provider))
        if _passes(question, each, source)
    ]
    if not passing:
        return ""
    best = max(passing, key=lambda each: _overlap(content(each), wanted))
    if _overlap(content(best), wanted) < _LEAST_OVERLAP:
        return ""
    if word and settles(question, word, best, source.text):
        return with_answer(word, best)
    return best


def _passes(question: str, sentence: str, source: PlainQuote) -> bool:
    written = checked(question, sentence, [source], Settings().support_threshold)
    if isinstance(written, Sentence):
        written = close_to_its_quote(written, source)
    return isinstance(written, Sentence)


def _overlap(ours: frozenset[str], theirs: frozenset[str]) -> float:
    """The Dice coefficient of two sets of words."""
    return 2 * len(ours & theirs) / max(len(ours) + len(theirs), 1)


def answers_that_pass(quoted: Iterable[Quoted]) -> tuple[int, int]:
    """How many labelled answers, of how many, would be let through beside their evidence."""
    labelled = _labelled()
    passed = [
        _passes(each.question, split_answer(str(label["answer"]))[1], _evidence_of(each, label))
        for each in quoted
        if each.answerable and (label := labelled[each.id])
    ]
    return sum(passed), len(passed)


def _labelled() -> dict[str, dict[str, object]]:
    lines = TRAIN_QUESTIONS.read_text("utf-8").splitlines()
    return {each["id"]: each for each in map(json.loads, lines)}


def _evidence_of(quoted: Quoted, label: dict[str, object]) -> PlainQuote:
    pieces = [plain(piece["quote"], "text/markdown") for piece in _pieces(label["evidence"])]
    return PlainQuote(" ".join(pieces), quoted.provider, "")


def _pieces(value: object) -> list[dict[str, str]]:
    assert isinstance(value, list)
    return value


def write_examples(made: Iterable[Example], file: Path) -> None:
    with file.open("w", encoding="utf-8") as out:
        for each in made:
            out.write(json.dumps(asdict(each), ensure_ascii=False) + "\n")
