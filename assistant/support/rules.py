"""What must not change between quotes and sentence, rule by rule.

Each rule reads the sentence, the quotes, and `near`: those parts of the quotes that share the
most words with the sentence. It gives a reason in words for people, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.english.lexicon.auxiliaries import BE
from assistant.english.lexicon.extent import LIMITERS, ONLY, UNIVERSALS
from assistant.english.lexicon.function_words import FILLER, FUNCTION_WORDS
from assistant.english.lexicon.joints import CONDITIONS, EXCEPTIONS
from assistant.english.lexicon.meanings import EXCLUSIVE_KINDS, OPPOSITES
from assistant.english.lexicon.modality import (
    CONSENT,
    FREQUENCIES,
    OBLIGATIONS,
    PERMISSIONS,
    POSSIBILITIES,
)
from assistant.english.lexicon.negation import DENIALS, NARROWINGS, NEGATIONS, NEGATIVE_PREFIXES
from assistant.english.lexicon.people import ACTORS, I_WORDS, NOT_NAMES, OWNERS, STRANGERS, SUBJECTS
from assistant.english.normal_form import Reading, main_clause
from assistant.english.numbers import numbers_in
from assistant.english.words import content, meaning
from index.text.sentences import sentence_spans

_SEGMENT = re.compile(r"[.;!?]+\s|\bbut\b|\bhowever\b|\balthough\b|\bthough\b|\n+", re.IGNORECASE)
_NAME = re.compile(r"(?<=[\w,;)] )[A-Z][\w&.-]*[\w]")
# What a company does; before it a capital at the start of a sentence is a name's. Ordinary nouns
# there are in the plural.
_VERB = (
    r"(?:to|may|will|can|must|does|did|is|has|shall|never|also|keeps|collects|shares|sells|uses|stores"
    r"|gives|deletes|receives|offers|reserves|provides|discloses|processes|promptly|starts)\b"
)
_FIRST_NAME = re.compile(rf"^((?!It\b|This\b|That\b|Data\b)[A-Z]\w*[^\Ws])(?= {_VERB})")
_OURS = re.compile(r"\b(?:we|our)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:.()]|\b(?:we|you|they) (?:may|will|can|must|do)\b")
# "consent" alone is no condition: "you consent to the jurisdiction of ..."
_CONSENT_GIVEN = re.compile(
    r"\b(?:with|without|unless|if|when|once|until|obtain\w*|g[ei]ve\w*|upon|prior|explicit|express)\b"
    r"(?:\W+\w+){0,4}?\W+(consents?|permission|authori[sz]ation|agree)\b",
    re.IGNORECASE,
)
_ONLY_IF = re.compile(r"\s+(?:if|when|with|where|for|after|to|in|as|by|upon|on|until|once)\b", re.I)
_LEAST_SAID = 3  # words
_LONGEST_CLAUSE = 400  # characters of a condition that are read
_LEAST_KEPT = 0.5  # of the words of a condition that a sentence takes over in other words


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
        *_modality(body, near, evidence),
        *_conditions(body, near, evidence),
        *_scope(body, near, evidence),
        *_opposites(body, evidence),
        *_kinds(body, evidence),
        *_actor(body, near, evidence),
    ]


def _form(body: Reading, evidence: Reading) -> Iterator[str]:
    """A question is no statement, and a model that says "I" speaks for itself."""
    if not all(char.isprintable() or char.isspace() for char in body.text):
        yield "it holds signs that cannot be seen"
    if body.text.rstrip().endswith("?"):
        yield "it is a question"
    if len(body.tokens) < _LEAST_SAID and not numbers_in(body.text):
        yield "it says too little to be checked"
    if body.has(I_WORDS) and not evidence.has(I_WORDS):
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
    """Names must be the quotes'. Where they say "we", one name that acts can be the company's."""
    known = set(evidence.tokens) | {meaning(token) for token in evidence.tokens}

    def strange(word: str) -> bool:
        return not any(
            each in known or meaning(each) in known or each in NOT_NAMES or each == "may"
            for each in (word.lower(), word.lower().removesuffix("'s"))
        )

    names = dict.fromkeys(match[0] for match in _NAME.finditer(body.text))
    names |= dict.fromkeys(match[1] for match in _FIRST_NAME.finditer(body.text))
    unknown = [name for name in names if strange(name)]
    if not company and _OURS.search(evidence.text):
        acting = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, unknown))})(?:'s)? {_VERB}")
        own = acting.search(body.text) if unknown else None
        unknown = [name for name in unknown if own is None or not own[0].startswith(name)]
    for name in unknown:
        yield f"the quote does not name {name}"


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
    wrongly = _governed(body, DENIALS, 1) & near.content - theirs - _governed(near, DENIALS, 6)
    left_out = _governed(near, DENIALS, 1) & body.content - ours - _governed(body, DENIALS, 6)
    if theirs and wrongly:
        yield "it denies what the quote does not deny"
    elif ours and left_out:
        yield "it leaves out a negation of the quote"
    elif near.has(DENIALS) and not body.has(DENIALS) and body.has(NEGATIONS - DENIALS):
        yield "it leaves out one of two negations of the quote"
    elif answer_word == "no" and not body.has(NEGATIONS | NARROWINGS) and not theirs:
        yield "it says No, the quote does not deny"
    elif answer_word == "yes" and Reading(main_clause(body.text)).has(NEGATIONS):
        yield "it says Yes and then denies"


def _negated(reading: Reading, other: Reading) -> frozenset[str]:
    """What a reading denies: words behind a negation, and "used" of "unused"."""
    prefixed = {
        meaning(token.removeprefix(prefix).removeprefix("-"))
        for token in reading.tokens
        for prefix in NEGATIVE_PREFIXES
        if token.startswith(prefix) and len(token) > len(prefix) + 3
    }
    denied = _governed(reading, DENIALS) | _governed(reading, NEGATIONS - DENIALS, 1)
    return denied | (prefixed & other.content)


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


def _modality(body: Reading, near: Reading, evidence: Reading) -> Iterator[str]:
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
    freed = _governed(evidence, frozenset({"neednot", "optional"}), 1)
    if (body.has(OBLIGATIONS) and not bound and not _bound(near)) or (
        freed & _governed(body, OBLIGATIONS, 1)
    ):
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
    elif (given := _CONSENT_GIVEN.search(near.text)) and not body.has(CONSENT):
        yield f'the sentence leaves out "{given[1]}"'
    else:
        for word, clause in _clauses_of(near):
            if not body.has(CONDITIONS | EXCEPTIONS) and not _taken_over(clause, body.content):
                yield f'the sentence leaves out the condition after "{word}"'
                break
    if body.has(EXCEPTIONS) and not evidence.has(EXCEPTIONS | ONLY | {"without", "first"}):
        yield f'the quote makes no exception ("{body.first(EXCEPTIONS)}")'
    elif not evidence.has(CONDITIONS | EXCEPTIONS | CONSENT | LIMITERS):
        for word, clause in _clauses_of(body):
            if word != "where" and not _taken_over(clause, evidence.content):
                yield f'the quote makes no condition ("{word}")'
                break


def _clauses_of(reading: Reading) -> list[tuple[str, frozenset[str]]]:
    """Each condition of a text: its word, and the words of what it says."""
    found = []
    for match in re.finditer(r"[\w'-]+", reading.text):
        word = match[0].lower()
        if word in CONDITIONS:
            rest = reading.text[match.end() : match.end() + _LONGEST_CLAUSE]
            end = _CLAUSE_END.search(rest)
            clause = content(rest[: end.start()] if end else rest)
            # "Only the staff see it" makes a condition of who, "only if you agree" of what.
            if word != "only" or _ONLY_IF.match(rest):
                found.append((word, clause))
    return found


def _taken_over(clause: frozenset[str], said: frozenset[str]) -> bool:
    return bool(clause) and len(clause & said) >= _LEAST_KEPT * len(clause)


def _scope(body: Reading, near: Reading, evidence: Reading) -> Iterator[str]:
    for words in UNIVERSALS:
        if body.has(words) and not evidence.has(words):
            token = body.first(words)
            if not token.startswith("any") or not body.has(NEGATIONS | CONDITIONS):
                yield f'the quote does not say "{token}"'
                return
    only = _governed(near, ONLY, 2)
    if only & body.content and not body.has(ONLY | NARROWINGS | CONDITIONS | NEGATIONS):
        yield 'the sentence leaves out "only"'
    if near.has(LIMITERS) and not body.has(LIMITERS | POSSIBILITIES):
        limiter = near.first(LIMITERS)
        limited = near.tokens[near.tokens.index(limiter) + 1 :][:3]
        if any(meaning(token) in body.content for token in limited):
            yield f'the sentence leaves out "{limiter}"'


def _kinds(body: Reading, evidence: Reading) -> Iterator[str]:
    for kind in EXCLUSIVE_KINDS:
        ours = body.content & kind - evidence.content
        theirs = evidence.content & kind - body.content
        if ours and theirs:
            yield f'the sentence is about "{min(ours)}", the quote about "{min(theirs)}"'


def _opposites(body: Reading, evidence: Reading) -> Iterator[str]:
    ours, theirs = set(body.tokens), set(evidence.tokens)
    both_deny = evidence.has(NEGATIONS) == body.has(NEGATIONS)
    for token in dict.fromkeys(body.tokens):
        if token not in theirs:
            listed = OPPOSITES.get(token, frozenset())
            # "left unused" is "not used": no opposite, where only one of them says "not".
            prefixed = _prefixed(token) if both_deny else frozenset()
            for other in sorted(listed & theirs - ours | prefixed & theirs):
                yield f'the sentence says "{token}", the quote "{other}"'


def _prefixed(token: str) -> frozenset[str]:
    """Its opposites by a prefix: "ineligible" to "eligible"."""
    with_prefix = {prefix + token for prefix in NEGATIVE_PREFIXES}
    without = {
        token.removeprefix(prefix)
        for prefix in NEGATIVE_PREFIXES
        if token.startswith(prefix) and len(token) > len(prefix) + 3
    }
    return frozenset(with_prefix | without)


def _actor(body: Reading, near: Reading, evidence: Reading) -> Iterator[str]:
    """The one who acts is the first actor of the sentence; the quote must have them act too."""
    ours = next((ACTORS[token] for token in body.tokens if token in ACTORS), None)
    theirs = {ACTORS[token] for token in evidence.tokens if token in ACTORS}
    if evidence.has(OWNERS["company"]):
        theirs.add("company")
    if evidence.has(OWNERS["you"]):
        theirs.add("you")
    if ours and theirs and ours not in theirs:
        yield "the one who acts is another in the quote"
        return
    doer, deed = _doer(body)
    if doer is None or deed is None or numbers_in(deed) or body.has(BE):
        return
    others = _doers(near, deed)
    if others and doer not in others:
        yield "the one who acts is another in the quote"


def _doer(reading: Reading) -> tuple[str | None, str | None]:
    """The first who can act, and the first deed behind them."""
    acting = reading.acting
    for at, token in enumerate(acting):
        who = _who(token)
        if who:
            behind = (each for each in acting[at + 1 :] if each not in FUNCTION_WORDS)
            return who, next(map(meaning, behind), None)
    return None, None


def _doers(reading: Reading, deed: str) -> set[str]:
    """Those who stand last before the deed, wherever it is spoken of."""
    found, last = set(), None
    for token in reading.acting:
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
