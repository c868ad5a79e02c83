"""A rule of the support check: who acts in the sentence must act in the quotes."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.english.lexicon.auxiliaries import BE
from assistant.english.lexicon.function_words import FUNCTION_WORDS
from assistant.english.lexicon.people import ACTORS, OWNERS, STRANGERS, SUBJECTS
from assistant.english.normal_form import NormalForm
from assistant.english.numbers import numbers_in
from assistant.english.words import meaning

_ANOTHER_ACTS = "somebody else acts in the quote"


def actor_objections(body: NormalForm, near: NormalForm, evidence: NormalForm) -> Iterator[str]:
    """The first actor of the sentence is taken for the one who acts."""
    ours = next((ACTORS[token] for token in body.tokens if token in ACTORS), None)
    theirs = {ACTORS[token] for token in evidence.tokens if token in ACTORS}
    theirs |= {side for side, words in OWNERS.items() if evidence.has(words)}
    if ours and theirs and ours not in theirs:
        yield _ANOTHER_ACTS
        return
    doer, deed = _first_doer(body)
    if doer is None or deed is None or numbers_in(deed) or body.has(BE):
        return
    doers = _doers_of(deed, near)
    if doers and doer not in doers:
        yield _ANOTHER_ACTS


def _first_doer(reading: NormalForm) -> tuple[str | None, str | None]:
    """The first who can act, and the meaning of the first deed behind them."""
    for index, token in enumerate(reading.acting):
        doer = _doer(token)
        if doer:
            behind = (word for word in reading.acting[index + 1 :] if word not in FUNCTION_WORDS)
            return doer, next(map(meaning, behind), None)
    return None, None


def _doers_of(deed: str, reading: NormalForm) -> set[str]:
    """Those who stand last before the deed, wherever it is spoken of."""
    doers, last = set(), None
    for token in reading.acting:
        doer = _doer(token)
        if doer:
            last = doer
        elif meaning(token) == deed and last:
            doers.add(last)
    return doers


def _doer(token: str) -> str | None:
    if token in SUBJECTS:
        return SUBJECTS[token]
    return meaning(token) if meaning(token) in STRANGERS else None
