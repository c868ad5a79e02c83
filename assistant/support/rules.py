"""The rules of the support check, in order: what must not change between quotes and sentence.

Each rule reads the sentence, the quotes, and `near`: those parts of the quotes that share the
most words with the sentence. It gives a reason in words for people, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.english.lexicon.function_words import FILLER
from assistant.english.lexicon.people import I_WORDS
from assistant.english.normal_form import NormalForm
from assistant.english.numbers import numbers_in
from assistant.support.actors import actor_objections
from assistant.support.conditions import condition_objections, scope_objections
from assistant.support.modality import modality_objections
from assistant.support.names_and_numbers import (
    crossed_number_objections,
    name_objections,
    number_objections,
)
from assistant.support.negation import negation_objections
from assistant.support.opposites import kind_objections, opposite_objections
from index.text.sentences import sentence_spans

_SEGMENT = re.compile(r"[.;!?]+\s|\bbut\b|\bhowever\b|\balthough\b|\bthough\b|\n+", re.IGNORECASE)
_LEAST_SAID = 3  # words


def objections(body: NormalForm, evidence: NormalForm, answer_word: str, company: str) -> list[str]:
    """Why the quotes do not carry the sentence; empty where no rule objects.

    `answer_word` is its "yes" or "no", left off `body`. `company` is the name of the policy's
    company, "" where that is unknown.
    """
    reasons = [
        *_form(body, evidence),
        *_filler(body),
        *number_objections(body, evidence),
        *name_objections(body, evidence, company),
    ]
    if reasons:
        return reasons
    near = _nearest(body, evidence)
    return [
        *crossed_number_objections(body, evidence),
        *negation_objections(body, near, answer_word),
        *modality_objections(body, near, evidence),
        *condition_objections(body, near, evidence),
        *scope_objections(body, near, evidence),
        *opposite_objections(body, evidence),
        *kind_objections(body, evidence),
        *actor_objections(body, near, evidence),
    ]


def _form(body: NormalForm, evidence: NormalForm) -> Iterator[str]:
    """A question states nothing, and a model that says "I" speaks of itself."""
    if not all(char.isprintable() or char.isspace() for char in body.text):
        yield "it contains invisible characters"
    if body.text.rstrip().endswith("?"):
        yield "it is a question"
    if len(body.tokens) < _LEAST_SAID and not numbers_in(body.text):
        yield "it says too little to be checked"
    if body.has(I_WORDS) and not evidence.has(I_WORDS):
        yield "it speaks in the first person, the quote does not"


def _filler(body: NormalForm) -> list[str]:
    lowered = body.text.lower()
    return [f"it is filler ({phrase!r})" for phrase in FILLER if phrase in lowered][:1]


def _nearest(body: NormalForm, evidence: NormalForm) -> NormalForm:
    """The parts of the quotes that share the most words with the sentence, in their order."""
    sentences = (evidence.text[slice(*span)] for span in sentence_spans(evidence.text))
    if any(NormalForm.of(sentence).tokens == body.tokens for sentence in sentences):
        return body  # said word for word
    segments = [NormalForm(part) for part in _SEGMENT.split(evidence.text) if part and part.strip()]
    shared = [len(body.content & segment.content) for segment in segments]
    most = max(shared, default=0)
    kept = [
        segment.text
        for segment, count in zip(segments, shared, strict=True)
        if count and count * 2 > most
    ]
    return NormalForm("\n".join(kept)) if kept else evidence
