"""What must not change between quotes and sentence, rule by rule.

Each rule reads the sentence, the quotes, and `near`: those parts of the quotes that share the
most words with the sentence. It gives a reason in words for people, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.numbers import numbers_in
from assistant.support_words import (
    ACTORS,
    CONDITIONS,
    CONSENT,
    DENIALS,
    EXCEPTIONS,
    FILLER,
    FIRST_PERSON,
    FREQUENCIES,
    FUNCTION_WORDS,
    LIMITERS,
    NARROWINGS,
    NEGATIONS,
    NEGATIVE_PREFIXES,
    OBLIGATIONS,
    OPPOSITES,
    PASSIVE,
    PERMISSIONS,
    POSSIBILITIES,
    PURPOSES,
    STRANGERS,
    SUBJECTS,
    UNIVERSALS,
)
from assistant.words import content, meaning, straightened, tokens
from index.sentences import sentence_spans

_SEGMENT = re.compile(r"[.;:!?]+\s|\bbut\b|\bhowever\b|\balthough\b|\bthough\b|\n+", re.IGNORECASE)
_NAME = re.compile(r"(?<=[\w,;)] )[A-Z][\w&.-]*[\w]")
_FIRST_NAME = re.compile(r"^[A-Z][\w&.-]*\w(?: [A-Z][\w&.-]*\w)*(?=(?:'s)? )")
_SHOULD_IT = re.compile(r"(?:^|(?<=[.;:!]\s))Should\b")  # "Should we be sold, ..." is an if
_US = re.compile(r"\b(?:we|us|our|ours)\b", re.IGNORECASE)
_OURS = re.compile(r"\b(?:we|our)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:.()]|\b(?:we|you|they) (?:may|will|can|must|do)\b")
# "Acme may end it": a name that acts is taken for the company's. Nouns are mostly in the plural.
_ACTING_NAME = re.compile(r"\b[A-Z]\w*[^\Ws]\b(?= (?:may|will|can|must|shall|does|reserves)\b)")
_SUBORDINATE = re.compile(
    r",|\b(?:that|which|who|if|when|where|because|unless|but)\b", re.IGNORECASE
)
_LEAST_KEPT = 0.5  # of the words of a condition that a sentence takes over in other words
# Phrases as the one word that they mean, so that each way to say it is the same to the rules.
_PHRASES = tuple(
    (re.compile(pattern, re.IGNORECASE), word)
    for pattern, word in (
        (r"\b(?:no|not) (?:more|longer|later|greater) than\b|\bnot exceed(?:ing)?\b", "atmost"),
        (r"\b(?:no|not) (?:less|fewer|earlier|sooner) than\b", "atleast"),
        (r"\bat (most|least)\b", r"at\1"),
        (r"\b(?:a )?(?:maximum of|up to)\b", "atmost"),
        (r"\b(?:a )?minimum of\b", "atleast"),
        (r"\b(?:is|are|am|was|were) not (?:required|obliged|obligated) to\b", "needn't"),
        (r"\bdo(?:es)? not (?:need to|must|require)\b|\bneed not\b", "needn't"),
        (r"\bnot (?:required|mandatory|obligatory|necessary)\b", "optional"),
        (r"\bnot only\b", "both"),
        (r"\bwhether or not\b", "whether"),
        (r"\bno longer\b", "nolonger"),
        (
            r"\b(?:may not|must not|can not|should not|shall not)\b(?! be (?:able|needed))",
            "mustnt not",
        ),
        (
            r"\b(?:is|are|be) (?:not (?:allowed|permitted|authori[sz]ed|entitled)|prohibited"
            r"|forbidden|banned|barred|off limits|ruled out|disallowed)(?: (?:to|from|for))?\b",
            "mustnt not",
        ),
        (
            r"\b(?:not (?:allowed|permitted)|prohibited|forbidden|off limits|ruled out)\b",
            "mustnt not",
        ),
        (r"\bin (?:the )?(?:case|event)(?: (?:of|that))?\b", "if"),
        (r"\b(?:provided|on condition) that\b|\b(?:as|so) long as\b", "if"),
        (
            r"\b(?:as|where|when|if|than|unless|nolonger|otherwise) "
            r"(?:(?:it|they|this) )?(?:(?:is|are) )?(?:legally |otherwise )?(?:required|needed)\b",
            "needed",
        ),
        (r"\bas ((?:\w+ ){1,4})requires?\b", r"under \1"),
        (r"\b(?:where|when|if) (?:available|applicable|possible|any)\b", ""),
        (r"\bif you (?:have|would like|wish|want|prefer)(?: to| any)?\b", "for"),
        (r"\b(?:other than|apart from|except(?:ing)? for|save for)\b", "except"),
        (r"\b(?:a|the|your) (?:option|choice) (?:to|of)\b", "can"),
        (r"\b(?:(?:is|are|be) (?:able|free|welcome|entitled|allowed|permitted|authori[sz]ed) to"
         r"|(?:has|have) the (?:right|ability|option) to)\b", "can"),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """A text as the rules see it."""

    text: str

    @classmethod
    @lru_cache(maxsize=512)
    def of(cls, text: str) -> Reading:
        plain = _SHOULD_IT.sub("If", straightened(text))
        for pattern, word in _PHRASES:
            plain = pattern.sub(word, plain)
        return cls(plain)

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        return tokens(self.text)

    @cached_property
    def content(self) -> frozenset[str]:
        """Stems of the words that say something, one stem for words of the same meaning."""
        return content(self.text)

    def has(self, words: frozenset[str]) -> bool:
        return any(token in words for token in self.tokens)

    def first(self, words: frozenset[str]) -> str:
        return next(token for token in self.tokens if token in words)


def objections(body: Reading, evidence: Reading, answer_word: str, company: str) -> list[str]:
    """Why the quotes do not carry the sentence; none where no rule objects.

    `answer_word` is its "yes" or "no", left off `body`. `company` is the name of the policy's
    company; "" where it is not known.
    """
    found = [
        *_form(body, evidence),
        *_filler(body),
        *_numbers(body, evidence),
        *_names(body, evidence, company),
    ]
    if found:
        return found
    near = _nearest(body, evidence)
    return [
        *_crossed(body, evidence),
        *_negation(body, near, answer_word),
        *_modality(body, near),
        *_conditions(body, near, evidence),
        *_scope(body, near, evidence),
        *_opposites(body, evidence),
        *_actor(body, near, evidence),
    ]


def _form(body: Reading, evidence: Reading) -> Iterator[str]:
    """A question is no statement, and a model that says "I" speaks for itself."""
    if body.text.rstrip().endswith("?"):
        yield "it is a question"
    if body.has(FIRST_PERSON) and not evidence.has(FIRST_PERSON):
        yield "it speaks in the first person, the quote does not"


def _filler(body: Reading) -> list[str]:
    lowered = body.text.lower()
    return [f"it is filler ({phrase!r})" for phrase in FILLER if phrase in lowered][:1]


def _numbers(body: Reading, evidence: Reading) -> Iterator[str]:
    stated = numbers_in(evidence.text)
    bare = {number.split()[0] for number in stated}
    for number in numbers_in(body.text):
        # "18" is carried by "18 years"; "18 months" is not.
        if number not in stated and (" " in number or number not in bare):
            yield f"the quote does not say {number}"


def _names(body: Reading, evidence: Reading, company: str) -> Iterator[str]:
    """Names must be the quotes'. Where they say "we", one name can be that of the company."""
    known = set(evidence.tokens) | {meaning(token) for token in evidence.tokens}

    def stands(word: str) -> bool:
        return word.lower() in known or meaning(word.lower()) in known

    names = [match[0] for match in _NAME.finditer(body.text)]
    first = _FIRST_NAME.match(body.text)
    if first and not company and _is_name(first[0], body, known):
        names.insert(0, first[0])
    strange = dict.fromkeys(
        name for name in names if name not in {"I", "May"} and not all(map(stands, name.split()))
    )
    if strange and not company and _OURS.search(evidence.text):
        strange.pop(next(iter(strange)))
    for name in strange:
        yield f"the quote does not name {name}"


def _is_name(word: str, body: Reading, known: set[str]) -> bool:
    """Whether the capital at the start of a sentence is a name's and not the sentence's."""
    lowered = word.lower()
    if lowered in known or meaning(lowered) in known:
        return False
    following = body.text[len(word) :].split()
    acts = following and following[0].lower() in {
        "may", "will", "can", "must", "does", "did", "is", "has", "shall", "never", "keeps",
        "collects", "shares", "sells", "uses", "stores", "gives", "deletes", "receives", "offers",
    }  # fmt: skip
    return bool(acts) and content(word) != frozenset() and " " not in word and _single(lowered)


def _single(lowered: str) -> bool:
    """Not an ordinary noun: those are in the plural, or follow an article, before such a verb."""
    return not lowered.endswith("s") and lowered not in ACTORS and lowered not in SUBJECTS


def _nearest(body: Reading, evidence: Reading) -> Reading:
    """The parts of the quotes that share the most words with the sentence, in their order."""
    whole = (evidence.text[slice(*span)] for span in sentence_spans(evidence.text))
    if any(Reading.of(each).tokens == body.tokens for each in whole):
        return body  # said word for word
    segments = [Reading(part) for part in _SEGMENT.split(evidence.text) if part and part.strip()]
    shared = [len(body.content & segment.content) for segment in segments]
    most = max(shared, default=0)
    kept = [
        segment.text
        for segment, count in zip(segments, shared, strict=True)
        if count and count * 2 > most
    ]
    return Reading("\n".join(kept)) if kept else evidence


def _crossed(body: Reading, evidence: Reading) -> Iterator[str]:
    """Of several numbers each must stand beside the words that it stands beside in the quotes."""
    ours = _numbered(body.text)
    if len({number for number, _ in ours}) < 2:
        return
    theirs = _numbered(evidence.text)
    for number, around in ours:
        own = max((len(around & other) for each, other in theirs if each == number), default=0)
        others = [len(around & other) for each, other in theirs if each != number]
        if others and max(others) > own:
            yield f"in the quote {number} belongs to something else"


def _numbered(text: str) -> list[tuple[str, frozenset[str]]]:
    """The numbers of a text, each with the words of its part of the sentence."""
    parts = re.split(r"[.;:!?]+\s|\n+|,? and |, |\bbut\b", text)
    return [(number, content(part)) for part in parts for number in numbers_in(part)]


def _negation(body: Reading, near: Reading, answer_word: str) -> Iterator[str]:
    ours, theirs = _negated(body, near), _negated(near, body)
    if not _exceptional(body, near):
        if theirs & body.content and not body.has(NEGATIONS) and not ours:
            yield "it leaves out a negation of the quote"
            return
        if body.has(NEGATIONS) and not near.has(NEGATIONS) and not theirs:
            yield "it denies what the quote does not deny"
            return
    wrongly = _governed(body, DENIALS, 1) & near.content - theirs
    left_out = _governed(near, DENIALS, 1) & body.content - ours
    if theirs and wrongly:
        yield "it denies what the quote does not deny"
    elif ours and left_out:
        yield "it leaves out a negation of the quote"
    elif near.has(DENIALS) and not body.has(DENIALS) and body.has(NEGATIONS - DENIALS):
        yield "it leaves out one of two negations of the quote"
    elif answer_word == "no" and not body.has(NEGATIONS | NARROWINGS) and not theirs:
        yield "it says No, the quote does not deny"
    elif answer_word == "yes" and Reading(_main_clause(body.text)).has(NEGATIONS):
        yield "it says Yes and then denies"


def _main_clause(text: str) -> str:
    return _SUBORDINATE.split(text, maxsplit=1)[0]


def _negated(reading: Reading, other: Reading) -> frozenset[str]:
    """What a reading denies: words behind a negation, and "used" of "unused"."""
    prefixed = {
        meaning(token.removeprefix(prefix).removeprefix("-"))
        for token in reading.tokens
        for prefix in NEGATIVE_PREFIXES
        if token.startswith(prefix) and len(token) > len(prefix) + 3
    }
    return _governed(reading, NEGATIONS) | (prefixed & other.content)


def _governed(reading: Reading, words: frozenset[str], most: int = 3) -> frozenset[str]:
    """Those words that say something, `most` of them, which stand next behind one of `words`.

    Such a word is what a negation or a modal verb is taken to be about.
    """
    found: set[str] = set()
    for at, token in enumerate(reading.tokens):
        if token in words:
            behind = [
                meaning(each) for each in reading.tokens[at + 1 :] if each not in FUNCTION_WORDS
            ]
            found.update(behind[:most])
    return frozenset(found)


def _exceptional(body: Reading, near: Reading) -> bool:
    """Whether one says "not unless" (or "never without") and the other "only if"."""

    def not_unless(reading: Reading) -> bool:
        return reading.has(DENIALS) and reading.has(EXCEPTIONS | {"without"})

    def only_if(reading: Reading) -> bool:
        narrowed = reading.has(frozenset({"only", "before", "first"}))
        return narrowed and not reading.has(NEGATIONS - {"without"})

    return (not_unless(near) and only_if(body)) or (not_unless(body) and only_if(near))


def _modality(body: Reading, near: Reading) -> Iterator[str]:
    may = _governed(near, POSSIBILITIES | PERMISSIONS)
    hedged = near.has(POSSIBILITIES | PERMISSIONS)
    must = _governed(near, OBLIGATIONS)
    bound = near.has(OBLIGATIONS)
    if may & body.content and not body.has(POSSIBILITIES | PERMISSIONS) and not bound:
        yield 'the quote says "may" or the like, the sentence is certain'
    if body.has(POSSIBILITIES) and not hedged:
        yield 'the sentence says "may", the quote does not'
    elif body.has(PERMISSIONS) and bound and not hedged:
        yield "the sentence permits what the quote makes a duty"
    if body.has(OBLIGATIONS) and not bound and not _bound(near):
        yield "the sentence makes a duty of what the quote does not"
    if must & body.content and not body.has(OBLIGATIONS) and not _bound(body):
        yield "the sentence leaves out that the quote makes it a duty"
    usual = _governed(near, FREQUENCIES)
    if usual & body.content and not body.has(FREQUENCIES | POSSIBILITIES):
        yield f'the sentence leaves out "{near.first(FREQUENCIES)}"'


def _bound(reading: Reading) -> bool:
    """Whether it makes a duty in other words: a prohibition, or a condition that must be met."""
    return reading.has(frozenset({"mustnt", "only", "unless", "responsible", "shall"}))


def _conditions(body: Reading, near: Reading, evidence: Reading) -> Iterator[str]:
    if near.has(EXCEPTIONS) and not body.has(EXCEPTIONS | CONDITIONS):
        yield f'the sentence leaves out the exception after "{near.first(EXCEPTIONS)}"'
    elif near.has(CONSENT) and not body.has(CONSENT):
        yield f'the sentence leaves out "{near.first(CONSENT)}"'
    else:
        for word, clause in _clauses_of(near):
            if not body.has(CONDITIONS | EXCEPTIONS) and not _taken_over(clause, body):
                yield f'the sentence leaves out the condition after "{word}"'
                break
    added = [token for token in body.tokens if token in CONDITIONS - PURPOSES]
    if added and not evidence.has(CONDITIONS | EXCEPTIONS | CONSENT | LIMITERS):
        yield f'the quote makes no condition ("{added[0]}")'


def _clauses_of(near: Reading) -> list[tuple[str, frozenset[str]]]:
    """Each condition of the quote: its word, and the words of what it says."""
    found = []
    for match in re.finditer(r"[\w'-]+", near.text):
        word = match[0].lower()
        if word in CONDITIONS:
            rest = near.text[match.end() :]
            end = _CLAUSE_END.search(rest)
            found.append((word, content(rest[: end.start()] if end else rest)))
    return found


def _taken_over(clause: frozenset[str], body: Reading) -> bool:
    return bool(clause) and len(clause & body.content) >= _LEAST_KEPT * len(clause)


def _scope(body: Reading, near: Reading, evidence: Reading) -> Iterator[str]:
    for words in UNIVERSALS:
        if body.has(words) and not evidence.has(words):
            token = body.first(words)
            if not token.startswith("any") or not body.has(NEGATIONS | CONDITIONS):
                yield f'the quote does not say "{token}"'
                return
    if near.has(LIMITERS) and not body.has(LIMITERS | POSSIBILITIES):
        limiter = near.first(LIMITERS)
        limited = near.tokens[near.tokens.index(limiter) + 1 :][:3]
        if any(meaning(token) in body.content for token in limited):
            yield f'the sentence leaves out "{limiter}"'


def _opposites(body: Reading, evidence: Reading) -> Iterator[str]:
    ours, theirs = set(body.tokens), set(evidence.tokens)
    both_deny = evidence.has(NEGATIONS) == body.has(NEGATIONS)
    for token in dict.fromkeys(body.tokens):
        if token not in theirs:
            for other in sorted(_opposites_of(token) & theirs - ours):
                # "left unused" is "not used": no opposite, where only one of them says "not".
                if both_deny or other in OPPOSITES.get(token, frozenset()):
                    yield f'the sentence says "{token}", the quote "{other}"'


def _opposites_of(token: str) -> frozenset[str]:
    """Its opposites by the word list, and by a prefix: "ineligible" to "eligible"."""
    with_prefix = {prefix + token for prefix in NEGATIVE_PREFIXES}
    without = {
        token.removeprefix(prefix)
        for prefix in NEGATIVE_PREFIXES
        if token.startswith(prefix) and len(token) > len(prefix) + 3
    }
    return OPPOSITES.get(token, frozenset()) | with_prefix | without


def _actor(body: Reading, near: Reading, evidence: Reading) -> Iterator[str]:
    """The one who acts is the first actor of the sentence; the quote must have them act too."""
    ours = next((ACTORS[token] for token in body.tokens if token in ACTORS), None)
    theirs = {ACTORS[token] for token in evidence.tokens if token in ACTORS}
    if ours and theirs and ours not in theirs:
        yield "the one who acts is another in the quote"
        return
    doer, deed = _doer(body)
    if doer is None or deed is None or body.has(PASSIVE):
        return
    others = _doers(near, deed)
    if others and doer not in others:
        yield "the one who acts is another in the quote"


def _doer(reading: Reading) -> tuple[str | None, str | None]:
    """The first who can act, and the first deed behind them."""
    acting = tokens(_ACTING_NAME.sub("company", reading.text))
    for at, token in enumerate(acting):
        who = _who(token)
        if who:
            behind = (each for each in acting[at + 1 :] if each not in FUNCTION_WORDS)
            return who, next(map(meaning, behind), None)
    return None, None


def _doers(reading: Reading, deed: str) -> set[str]:
    """Those who stand last before the deed, wherever it is spoken of."""
    found, last = set(), None
    for token in tokens(_ACTING_NAME.sub("company", reading.text)):
        who = _who(token)
        if who:
            last = who
        elif meaning(token) == deed and last:
            found.add(last)
    return found


def _who(token: str) -> str | None:
    if token in SUBJECTS:
        return SUBJECTS[token]
    return meaning(token) if meaning(token) in STRANGERS else None
