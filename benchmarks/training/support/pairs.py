"""Sentences with their evidence, supported or not, made from the training questions."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.training.support import edits
from benchmarks.training.support.edits import Edit, Edited, Span
from benchmarks.training.support.phrases import FILLERS

_CHANGED = 4  # changed sentences made from one that is supported
_OTHER_WORD = 0.8  # how often one of them is made by a word from elsewhere in the document
_LONGEST = 900  # characters of evidence
_FIRST_PERSON = {"they": "we", "They": "We", "their": "our", "Their": "Our", "them": "us"}


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and its evidence. `written` are the characters that made it unsupported."""

    sentence: str
    evidence: str
    supported: bool
    written: tuple[Span, ...]
    kind: str
    fold: int


@dataclass(frozen=True, slots=True)
class Source:
    """An answer with its evidence, and other units of the same document."""

    answer: str
    evidence: tuple[str, ...]
    provider: str
    others: tuple[str, ...]
    fold: int


def epoch(made: Sequence[Source], draw: random.Random) -> Iterator[Pair]:
    """Every answer once: as it is, reworded, changed, and beside evidence that is not its own."""
    for source in made:
        evidence = _joined(source.evidence, source.others, draw)
        stated = [source.answer, *(each for each in source.evidence if _statement(each))]
        sentence = _voiced(
            draw.choice(stated) if draw.random() < 0.3 else source.answer, source, draw
        )
        yield Pair(sentence, evidence, True, (), "answer", source.fold)
        for _ in range(2):
            yield _reworded(sentence, evidence, source, draw)
        both = _in_both(sentence, evidence, draw)
        if both:
            yield Pair(*both, True, (), "in_both", source.fold)
        yield from _changed(sentence, evidence, source, draw)
        yield _beside(sentence, evidence, source, draw)


def _statement(text: str) -> bool:
    return text.rstrip().endswith(".") and 6 < len(text.split()) < 45


def _joined(pieces: Sequence[str], others: Sequence[str], draw: random.Random) -> str:
    """The evidence, sometimes among other sentences of the document."""
    parts = list(pieces)
    if others and draw.random() < 0.4:
        parts.insert(draw.randint(0, len(parts)), draw.choice(others))
    return " ".join(parts)[:_LONGEST]


def _voiced(sentence: str, source: Source, draw: random.Random) -> str:
    """The company as "they", "we", "the company" or by its name."""
    chance = draw.random()
    if chance < 0.2:
        return re.sub(
            r"\b(?:they|their|them)\b",
            lambda match: _FIRST_PERSON.get(match[0], match[0]),
            sentence,
            flags=re.IGNORECASE,
        )
    if chance < 0.4:
        name = draw.choice((source.provider, "the company"))
        text = re.sub(r"\b(?:They|We)\b(?= (?:may|will|can|must|do|did)\b)", name, sentence)
        text = re.sub(r"\b(?:they|we)\b(?= (?:may|will|can|must|did)\b)", name, text)
        return text[:1].upper() + text[1:]
    return sentence


def _reworded(sentence: str, evidence: str, source: Source, draw: random.Random) -> Pair:
    text, kinds = sentence, []
    for _ in range(draw.choice((1, 2, 3))):
        edited = draw.choice(edits.REWORDINGS)(text, draw)
        if edited:
            text = edited.text
            kinds.append(edited.kind)
    return Pair(text, evidence, True, (), kinds[0] if kinds else "answer", source.fold)


def _in_both(sentence: str, evidence: str, draw: random.Random) -> tuple[str, str] | None:
    """The same thing swapped in sentence and evidence: still supported."""
    for edit in draw.sample((edits.swapped, edits.number, edits.unit, edits.bound), 4):
        edited = edit(sentence, draw)
        if edited is None or len(edited.written) != 1:
            continue
        start, end = edited.written[0]
        tail = len(edited.text) - end
        old, new = sentence[start : len(sentence) - tail], edited.text[start:end]
        found = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])", re.IGNORECASE)
        if old and found.search(evidence):
            return edited.text, found.sub(new.replace("\\", r"\\"), evidence)
    return None


def _changed(sentence: str, evidence: str, source: Source, draw: random.Random) -> Iterator[Pair]:
    tried = list(edits.CHANGES)
    draw.shuffle(tried)
    words = edits.ordinary_words(source.others)
    if draw.random() < _OTHER_WORD:
        tried.insert(0, edits.other_word(words))
    made = 0
    for edit in tried:
        edited = _told_apart(edit, sentence, evidence, draw)
        if edited is None:
            continue
        if draw.random() < 0.35:  # so that odd words alone do not tell the changed ones
            edited = _also_reworded(edited, draw)
        yield Pair(edited.text, evidence, False, edited.written, edited.kind, source.fold)
        made += 1
        if made == _CHANGED:
            return


def _told_apart(edit: Edit, sentence: str, evidence: str, draw: random.Random) -> Edited | None:
    """The edit's result, unless the evidence says that, too."""
    edited = edit(sentence, draw)
    if edited is None or edited.text.lower() == sentence.lower():
        return None
    said = evidence.lower()
    new = [edited.text[start:end].lower().strip(" ,.") for start, end in edited.written]
    telling = edited.kind in {"swapped", "detail", "number", "unit", "date", "other_word"}
    return None if telling and any(each in said for each in new) else edited


def _also_reworded(edited: Edited, draw: random.Random) -> Edited:
    other = edits.reworded(edited.text, draw)
    # What was written would have to be found again: told by its words.
    if other is None:
        return edited
    spans = []
    for start, end in edited.written:
        at = other.text.find(edited.text[start:end])
        if at < 0:
            return edited
        spans.append((at, at + end - start))
    return replace(other, written=tuple(spans), kind=edited.kind)


def _beside(sentence: str, evidence: str, source: Source, draw: random.Random) -> Pair:
    """The sentence beside the document's likeliest other sentences, or filler beside its own."""
    if draw.random() < 0.15 or not source.others:
        filler = draw.choice(FILLERS)
        return Pair(filler, evidence, False, ((0, len(filler)),), "filler", source.fold)
    words = set(re.findall(r"\w{4,}", sentence.lower()))
    near = sorted(
        draw.sample(source.others, min(30, len(source.others))),
        key=lambda other: -len(words & set(re.findall(r"\w{4,}", other.lower()))),
    )
    other = " ".join(near[: draw.choice((1, 1, 2))])
    return Pair(sentence, other, False, ((0, len(sentence)),), "beside", source.fold)
