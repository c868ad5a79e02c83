"""Rules of the support check: conditions, exceptions and limits stay as the quotes have them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.english.lexicon.extent import LIMITERS, ONLY, UNIVERSALS
from assistant.english.lexicon.joints import CONDITIONS, EXCEPTIONS
from assistant.english.lexicon.modality import CONSENT, POSSIBILITIES
from assistant.english.lexicon.negation import NARROWINGS, NEGATIONS
from assistant.english.normal_form import NormalForm
from assistant.english.words import content, meaning

_CLAUSE_END = re.compile(r"[,;:.()]|\b(?:we|you|they) (?:may|will|can|must|do)\b")
# "consent" alone is not a condition: "you consent to the jurisdiction of ..."
_CONSENT_GIVEN = re.compile(
    r"\b(?:with|without|unless|if|when|once|until|obtain\w*|g[ei]ve\w*|upon|prior|explicit|express)\b"
    r"(?:\W+\w+){0,4}?\W+(consents?|permission|authori[sz]ation|agree)\b",
    re.IGNORECASE,
)
_ONLY_IF = re.compile(r"\s+(?:if|when|with|where|for|after|to|in|as|by|upon|on|until|once)\b", re.I)
_LONGEST_CLAUSE = 400  # characters of a condition that are read
_LEAST_KEPT = 0.5  # of the words of a condition that a sentence takes over in other words


def condition_objections(body: NormalForm, near: NormalForm, evidence: NormalForm) -> Iterator[str]:
    if near.has(EXCEPTIONS) and not body.has(EXCEPTIONS | CONDITIONS):
        yield f'the sentence leaves out the exception after "{near.first(EXCEPTIONS)}"'
    elif (given := _CONSENT_GIVEN.search(near.text)) and not body.has(CONSENT):
        yield f'the sentence leaves out "{given[1]}"'
    else:
        for word, clause in _conditions_of(near):
            if not body.has(CONDITIONS | EXCEPTIONS) and not _taken_over(clause, body.content):
                yield f'the sentence leaves out the condition after "{word}"'
                break
    if body.has(EXCEPTIONS) and not evidence.has(EXCEPTIONS | ONLY | {"without", "first"}):
        yield f'the quote makes no exception ("{body.first(EXCEPTIONS)}")'
    elif not evidence.has(CONDITIONS | EXCEPTIONS | CONSENT | LIMITERS):
        for word, clause in _conditions_of(body):
            if word != "where" and not _taken_over(clause, evidence.content):
                yield f'the quote makes no condition ("{word}")'
                break


def _conditions_of(reading: NormalForm) -> list[tuple[str, frozenset[str]]]:
    """Each condition of a text: the word that opens it, and the meanings of what it says."""
    conditions = []
    for match in re.finditer(r"[\w'-]+", reading.text):
        word = match[0].lower()
        if word in CONDITIONS:
            rest = reading.text[match.end() : match.end() + _LONGEST_CLAUSE]
            end = _CLAUSE_END.search(rest)
            # "Only the staff see it" makes a condition of who, "only if you agree" of what.
            if word != "only" or _ONLY_IF.match(rest):
                conditions.append((word, content(rest[: end.start()] if end else rest)))
    return conditions


def _taken_over(clause: frozenset[str], said: frozenset[str]) -> bool:
    return bool(clause) and len(clause & said) >= _LEAST_KEPT * len(clause)


def scope_objections(body: NormalForm, near: NormalForm, evidence: NormalForm) -> Iterator[str]:
    """What holds of some or only of one must not be said of all, nor the reverse."""
    for words in UNIVERSALS:
        if body.has(words) and not evidence.has(words):
            token = body.first(words)
            if not token.startswith("any") or not body.has(NEGATIONS | CONDITIONS):
                yield f'the quote does not say "{token}"'
                return
    only = near.behind(ONLY, 2)
    if only & body.content and not body.has(ONLY | NARROWINGS | CONDITIONS | NEGATIONS):
        yield 'the sentence leaves out "only"'
    if near.has(LIMITERS) and not body.has(LIMITERS | POSSIBILITIES):
        limiter = near.first(LIMITERS)
        limited = near.tokens[near.tokens.index(limiter) + 1 :][:3]
        if any(meaning(token) in body.content for token in limited):
            yield f'the sentence leaves out "{limiter}"'
