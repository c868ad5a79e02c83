"""A rule of the support check: what is denied must be what the quotes deny."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.english.lexicon.joints import EXCEPTIONS
from assistant.english.lexicon.negation import (
    DENIALS,
    NARROWINGS,
    NEGATIONS,
    NEGATIVE_PREFIXES,
    WHOLE_NEGATIONS,
)
from assistant.english.normal_form import NormalForm, main_clause
from assistant.english.words import meaning

_ONLY_IF = frozenset({"only", "before", "first"})


def negation_objections(body: NormalForm, near: NormalForm, answer_word: str) -> Iterator[str]:
    ours, theirs = _denied(body, near), _denied(near, body)
    if not _same_exception(body, near):
        if theirs & body.content and not body.has(NEGATIONS) and not ours:
            yield "it leaves out a negation of the quote"
            return
        if body.has(NEGATIONS) and not near.has(NEGATIONS) and not theirs:
            yield "it denies what the quote does not deny"
            return
    wrongly = body.behind(DENIALS, 1) & near.content - theirs - near.behind(DENIALS, 6)
    left_out = near.behind(DENIALS, 1) & body.content - ours - body.behind(DENIALS, 6)
    if theirs and wrongly:
        yield "it denies what the quote does not deny"
    elif ours and left_out:
        yield "it leaves out a negation of the quote"
    elif near.has(DENIALS) and not body.has(DENIALS) and body.has(NEGATIONS - DENIALS):
        yield "it leaves out one of two negations of the quote"
    elif answer_word == "no" and not body.has(NEGATIONS | NARROWINGS) and not theirs:
        yield "it says No, but the quote denies nothing"
    elif answer_word == "yes" and NormalForm(main_clause(body.text)).has(NEGATIONS):
        yield "it says Yes and then denies"


def _denied(reading: NormalForm, other: NormalForm) -> frozenset[str]:
    """Meanings of what a reading denies: words behind a negation, and "used" of "unused"."""
    prefixed = {
        meaning(token.removeprefix(prefix).removeprefix("-"))
        for token in reading.tokens
        for prefix in NEGATIVE_PREFIXES
        if token.startswith(prefix) and len(token) > len(prefix) + 3
    }
    denied = reading.behind(DENIALS) | reading.behind(NEGATIONS - DENIALS, 1)
    return denied | (prefixed & other.content)


def _same_exception(body: NormalForm, near: NormalForm) -> bool:
    """Whether one says "not unless" (or "never without") and the other "only if"."""

    def not_unless(reading: NormalForm) -> bool:
        return reading.has(DENIALS) and reading.has(EXCEPTIONS | {"without"})

    def only_if(reading: NormalForm) -> bool:
        return reading.has(_ONLY_IF) and not reading.has(WHOLE_NEGATIONS)

    return (not_unless(near) and only_if(body)) or (not_unless(body) and only_if(near))
