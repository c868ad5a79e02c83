"""The support check: do these quotes carry this sentence? Deterministic rules, no model.

Word overlap alone cannot tell (a sentence that changes 30 days to 90 shares all but one word with
its quote), so that overlap is only the first gate. Behind it stand rules for what must not
change: numbers, names, negation, modality, conditions, and who does it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from assistant.numbers import numbers_in
from assistant.support_words import (
    ACTORS,
    CONDITIONS,
    DENIALS,
    FILLER,
    FIRST_PERSON,
    FUNCTION_WORDS,
    HEDGES,
    NEGATIONS,
    NEGATIVE_PREFIXES,
    OBLIGATIONS,
    OPPOSITES,
    PASSIVE,
    SAME,
    SUBJECTS,
    UNIVERSALS,
)
from assistant.types import Support
from index.sentences import sentence_spans

THRESHOLD = 0.75  # the least share of a sentence's content words that its quotes must hold
_TOKEN = re.compile(r"[^\W_]+(?:['’&@./-][^\W_]+)*")
_SEGMENT = re.compile(r"[.;:!?]+\s|\bbut\b|\bhowever\b|\balthough\b|\bthough\b|\n+", re.IGNORECASE)
# With a mark behind it: "No users are named" answers nothing, it denies.
_ANSWER_WORD = re.compile(r"^(?P<word>yes|no)(?:\s*[,.:;!–—]|\s+-|$)\s*", re.IGNORECASE)
_NAME = re.compile(r"(?<=[\w,;)] )[A-Z][\w&.-]*[\w]")
# Beside a number it is the month, not the hedge.
_MONTH_OF_MAY = re.compile(r"(\d(?:st|nd|rd|th)?\s(?:of\s)?)May\b|\bMay(?=,?\s\d)")
_SHOULD_IT = re.compile(r"(?:^|(?<=[.;:!]\s))Should\b")  # "Should we be sold, ..." is an if
_OPT = re.compile(r"\bopt(?:s|ed|ing)?[ -](in|out)\b", re.IGNORECASE)
_stem = lru_cache(maxsize=100_000)(snowballstemmer.stemmer("english").stemWord)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text as the rules see it."""

    text: str
    tokens: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> _Reading:
        straight = text.replace("’", "'").replace("n't", " not").replace("cannot", "can not")
        straight = re.sub(r"\b(?:has|have|had) to\b", "must", straight)
        straight = _OPT.sub(lambda match: f"opt{match[1].lower()}", straight)
        straight = _SHOULD_IT.sub("If", straight)
        undated = _MONTH_OF_MAY.sub(r"\1maius", straight)
        tokens = tuple(match[0].lower() for match in _TOKEN.finditer(undated))
        return cls(straight, tokens)

    @property
    def content(self) -> frozenset[str]:
        """Stems of the words that say something, one stem for words of the same meaning."""
        return frozenset(
            _meaning(token) for token in self.tokens if token not in FUNCTION_WORDS and _said(token)
        )

    def has(self, words: frozenset[str]) -> bool:
        return any(token in words for token in self.tokens)


def check_support(sentence: str, quotes: Sequence[str], threshold: float = THRESHOLD) -> Support:
    """Whether the quotes, taken together, carry the sentence.

    `score` is the share in [0, 1] of the sentence's content words that the quotes hold; below
    `threshold` the sentence is not supported. `reasons` name each thing that the quotes do not
    carry, in words for people; they are empty exactly when the sentence is supported.
    """
    said = _ANSWER_WORD.match(sentence.strip())
    answer_word = said["word"].lower() if said else ""
    body = _Reading.of(sentence.strip()[said.end() :] if said else sentence.strip())
    evidence = _Reading.of("\n\n".join(quotes))
    if not body.content:
        return Support(False, 0.0, ("it says nothing that could be checked",))
    missing = sorted(body.content - evidence.content)
    score = 1 - len(missing) / len(body.content)
    reasons = [
        *_form(body, evidence),
        *_filler(body),
        *_numbers(body, evidence),
        *_names(body, evidence),
    ]
    if score < threshold:
        reasons.append(f"the quote does not speak of: {', '.join(missing)}")
    if not reasons:
        near = _nearest(body, evidence)
        reasons += [
            *_negation(body, near, answer_word),
            *_modality(body, near),
            *_conditions(body, near, evidence),
            *_scope(body, evidence),
            *_opposites(body, evidence),
            *_actor(body, near),
        ]
    return Support(not reasons, round(score, 4), tuple(reasons))


def _said(token: str) -> bool:
    return len(token) > 1 or token.isdigit()


def _meaning(token: str) -> str:
    stem: str = _stem(token.removesuffix("'s"))
    return SAME.get(stem, stem)


def _form(body: _Reading, evidence: _Reading) -> list[str]:
    """A question is no statement, and a model that says "I" speaks for itself."""
    if body.text.endswith("?"):
        return ["it is a question"]
    if body.has(FIRST_PERSON) and not evidence.has(FIRST_PERSON):
        return ["it speaks in the first person, the quote does not"]
    return []


def _filler(body: _Reading) -> list[str]:
    lowered = body.text.lower()
    return [f"it is filler ({phrase!r})" for phrase in FILLER if phrase in lowered][:1]


def _numbers(body: _Reading, evidence: _Reading) -> list[str]:
    stated = numbers_in(evidence.text)
    bare = {number.split()[0] for number in stated}
    return [
        f"the quote does not say {number}"
        for number in numbers_in(body.text)
        # "18" is carried by "18 years"; "18 months" is not.
        if number not in stated and (" " in number or number not in bare)
    ]


def _names(body: _Reading, evidence: _Reading) -> list[str]:
    known = set(evidence.tokens) | {_meaning(token) for token in evidence.tokens}
    names = dict.fromkeys(match[0] for match in _NAME.finditer(body.text))
    return [
        f"the quote does not name {name}"
        for name in names
        if name.lower() not in known
        and _meaning(name.lower()) not in known
        and name not in {"I", "May"}
    ]


def _nearest(body: _Reading, evidence: _Reading) -> _Reading:
    """The parts of the quotes that share the most words with the sentence, in their order."""
    whole = (evidence.text[slice(*span)] for span in sentence_spans(evidence.text))
    if any(_Reading.of(each).tokens == body.tokens for each in whole):
        return body  # said word for word
    segments = [
        _Reading.of(part) for part in _SEGMENT.split(evidence.text) if part and part.strip()
    ]
    shared = [len(body.content & segment.content) for segment in segments]
    most = max(shared, default=0)
    kept = [
        segment.text
        for segment, count in zip(segments, shared, strict=True)
        if count and count * 2 > most
    ]
    return _Reading.of("\n".join(kept)) if kept else evidence


def _negation(body: _Reading, near: _Reading, answer_word: str) -> list[str]:
    ours, theirs = body.has(NEGATIONS), near.has(NEGATIONS)
    if ours and not theirs:
        return ["it denies what the quote does not deny"]
    if theirs and not ours:
        return ["it leaves out a negation of the quote"]
    if near.has(DENIALS) and not body.has(DENIALS) and body.has(NEGATIONS - DENIALS):
        return ["it leaves out one of two negations of the quote"]
    if answer_word == "no" and not ours and not theirs:
        return ["it says No, the quote does not deny"]
    if answer_word == "yes" and ours and not body.has(CONDITIONS):
        return ["it says Yes and then denies"]
    return []


def _modality(body: _Reading, near: _Reading) -> list[str]:
    reasons = []
    if near.has(HEDGES) and not body.has(HEDGES) and not near.has(OBLIGATIONS):
        reasons.append('the quote says "may" or the like, the sentence is certain')
    if body.has(HEDGES) and not near.has(HEDGES):
        reasons.append('the sentence says "may" or "can", the quote does not')
    if body.has(OBLIGATIONS) and not near.has(OBLIGATIONS):
        reasons.append("the sentence makes a duty of what the quote does not")
    if near.has(OBLIGATIONS) and not body.has(OBLIGATIONS):
        reasons.append("the sentence leaves out that the quote makes it a duty")
    return reasons


def _conditions(body: _Reading, near: _Reading, evidence: _Reading) -> list[str]:
    kept = {token for token in body.tokens if token in CONDITIONS}
    dropped = [
        token for token in dict.fromkeys(near.tokens) if token in CONDITIONS and token not in kept
    ]
    if dropped and not kept:
        return [f'the sentence leaves out the condition after "{dropped[0]}"']
    added = [token for token in kept if token not in evidence.tokens]
    if added and not any(token in CONDITIONS for token in evidence.tokens):
        return [f'the quote makes no condition ("{added[0]}")']
    return []


def _scope(body: _Reading, evidence: _Reading) -> list[str]:
    return [
        f'the quote does not say "{token}"'
        for token in dict.fromkeys(body.tokens)
        if token in UNIVERSALS and not evidence.has(UNIVERSALS)
    ][:1]


def _opposites(body: _Reading, evidence: _Reading) -> list[str]:
    theirs = set(evidence.tokens)
    found = [
        (token, other)
        for token in dict.fromkeys(body.tokens)
        if token not in theirs
        for other in sorted(_opposites_of(token) & theirs)
    ]
    return [f'the sentence says "{ours}", the quote "{other}"' for ours, other in found]


def _opposites_of(token: str) -> frozenset[str]:
    """Its opposites by the word list, and by a prefix: "ineligible" to "eligible"."""
    with_prefix = {prefix + token for prefix in NEGATIVE_PREFIXES}
    without = {
        token.removeprefix(prefix)
        for prefix in NEGATIVE_PREFIXES
        if token.startswith(prefix) and len(token) > len(prefix) + 3
    }
    return OPPOSITES.get(token, frozenset()) | with_prefix | without


def _actor(body: _Reading, near: _Reading) -> list[str]:
    """The one who acts is the first actor of the sentence; the quote must have them act too."""
    ours = next((ACTORS[token] for token in body.tokens if token in ACTORS), None)
    theirs = [ACTORS[token] for token in near.tokens if token in ACTORS]
    if ours and theirs and ours not in theirs:
        return ["the one who acts is another in the quote"]
    if not body.has(PASSIVE) and not near.has(PASSIVE):
        subjects = [
            next((SUBJECTS[token] for token in reading.tokens if token in SUBJECTS), None)
            for reading in (body, near)
        ]
        if None not in subjects and subjects[0] != subjects[1]:
            return ["the one who acts is another in the quote"]
    return []
