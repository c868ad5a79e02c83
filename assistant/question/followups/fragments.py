"""Follow-ups that are not whole questions: "and for how long?", "even if I leave?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.english.lexicon.auxiliaries import AUXILIARIES, DO
from assistant.english.lexicon.function_words import ADVERBS, ASKING, DETERMINERS, QUESTION_WORDS
from assistant.english.lexicon.joints import PREPOSITIONS
from assistant.english.lexicon.nouns import NOUN_KINDS
from assistant.english.lexicon.people import SUBJECT_PRONOUNS
from assistant.english.lexicon.verbs import ORDERS, VERBS_OF_GIVING
from assistant.question.followups.parsed_question import (
    ADJUNCT,
    ParsedQuestion,
    bare,
    leads_phrase,
    lowered,
    sentence,
)
from assistant.question.followups.parsing import parse
from assistant.question.followups.pointers import names_thing

_PAUSE = re.compile(r"[,;:.!?]\s|\s[-–—]\s")
_LIMITING = frozenset("even only not".split())
_FILLERS = re.compile(
    r"[\s,]+(?:exactly|then|though|precisely|again|too|as well|please)$", re.IGNORECASE
)
_WHOM = re.compile(r"(with|to|by|from|of|about|on) (?:whom?|what|which)\b", re.IGNORECASE)
_MORE = re.compile(
    r"(?:any|(?:anything|anyone|what|who|where|when) else|which|whose|how (?:many|much))\b"
    r"|(?:who|what|what (?:for|categories|kinds?|sorts?|types?))$",
    re.IGNORECASE,
)
_WHICH = re.compile(r"(?:what|which) (\w+)(?: of (?:them|those|these))?", re.IGNORECASE)
_SORT_WORDS = frozenset("categories kind kinds sort sorts type types".split())
_LEFT_OPEN = re.compile(
    r"\b(?:opt out|object|refuse|decline|say no|disagree|agree|consent|accept)$", re.IGNORECASE
)
_JOINED_BY = {
    "opt out": "of",
    "object": "to",
    "say no": "to",
    "disagree": "with",
    "agree": "to",
    "consent": "to",
}
_TELLING_LITTLE = frozenset("apply asked ask decide decides happen know told work".split())
_MOST_WORDS_OF_LITTLE = 6
_INNER = QUESTION_WORDS - {"whom", "when"}
_BEFORE_STATEMENTS = SUBJECT_PRONOUNS | frozenset("not to which who".split())
_MOST_WORDS_ASKING = 3
_MOST_WORDS = 12
_MOST_WORDS_OF_NOUN = 5


def is_clause(body: str) -> bool:
    """Whether it has a subject and a verb of its own, as a question, a statement or an order."""
    low = lowered(body.split())
    stated = low[0].split("'")[0] in SUBJECT_PRONOUNS and low[1:]
    if low[0] in ORDERS or stated:
        return True
    if low[0] in ASKING and low[1:2] == ["to"] and len(low) > 2:
        return True
    return any(_asks(part) for part in _PAUSE.split(body)) or any(
        _inverted(low, index) for index in range(1, len(low) - 1)
    )


def _asks(text: str) -> bool:
    parts = parse(text)
    return parts is not None and bool(parts.verb or parts.auxiliary)


def _inverted(low: Sequence[str], index: int) -> bool:
    """Whether a question begins at a word in the middle: "In Europe do you ...?"."""
    before, auxiliary, after = low[index - 1 : index + 2]
    if auxiliary not in AUXILIARIES or before in _BEFORE_STATEMENTS:
        return False
    subject = after in SUBJECT_PRONOUNS | DETERMINERS
    noun = auxiliary in DO and after not in ADVERBS
    return before in ASKING or subject or noun


def is_fragment(body: str) -> bool:
    """Whether words without a verb of their own can only be understood from what came before."""
    words = lowered(body.split())
    asking = _MORE.match(body) or _WHOM.match(body)
    if asking:
        return len(words) <= _MOST_WORDS_ASKING and AUXILIARIES.isdisjoint(words)
    adjunct = ADJUNCT.match(body)
    if adjunct and (words[0] == "why" or not _names(body[adjunct.end() :])):
        return len(words) <= _MOST_WORDS_OF_LITTLE and AUXILIARIES.isdisjoint(words)
    added = leads_phrase(body) or words[0] in _LIMITING
    plain = "," not in body and _INNER.isdisjoint(words[1:])
    return added and plain and len(words) <= _MOST_WORDS


def says_little(body: str) -> bool:
    """Whether a clause names nothing and says little: "How would I be told?"."""
    low = lowered(body.split())
    return len(low) <= _MOST_WORDS_OF_LITTLE and not _names(body) and low[-1] in _TELLING_LITTLE


def _names(text: str) -> bool:
    return names_thing(text.split())


def completed(body: str, before: ParsedQuestion, about: bool) -> str | None:
    """The question before, changed by the fragment; None where it is not clear how.

    `about` says that the fragment may be a mere noun ("and cookies?").
    """
    body = _FILLERS.sub("", body)
    if leads_phrase(body):
        body = body[0].lower() + body[1:]
    parts = _asked(body, before) or _added(body, before)
    if parts is None and about and len(body.split()) <= _MOST_WORDS_OF_NOUN:
        parts = _exchanged(body, before)
    return parts.text() if parts else None


def left_open(body: str) -> bool:
    """Whether it ends in a verb that leaves open what is meant, as "Can I opt out?" does."""
    return _LEFT_OPEN.search(body) is not None and not _names(body)


def closed(body: str, before: ParsedQuestion) -> str | None:
    """The same, with what was asked before: "Can I opt out of sharing my data?"."""
    match, doing = _LEFT_OPEN.search(body), before.doing()
    if match is None or not doing:
        return None
    return sentence(" ".join(f"{body} {_JOINED_BY.get(match[0].lower(), '')} {doing}".split()))


def _asked(body: str, before: ParsedQuestion) -> ParsedQuestion | None:
    low = body.lower()
    if low in {"what for", "for what"}:
        asked = before.with_asked("what")
        return replace(asked, rest=(*asked.rest, "for")) if asked else None
    if low == "why not":
        asked = before.with_asked("why")
        return replace(asked, verb=f"not {asked.verb}") if asked else None
    which = _WHICH.fullmatch(body)
    if which:
        return _of_which(which[1].lower(), before)
    whom = _WHOM.match(body)
    if whom:
        others = tuple(part for part in before.rest if bare(part.split()[0]) != whom[1].lower())
        return replace(before, rest=others).with_asked(low)
    adjunct = ADJUNCT.match(body)
    if adjunct is None:
        return None
    phrase = body[adjunct.end() :].strip(" ,")
    asked = before.with_asked("why" if adjunct[0].lower() == "how come" else adjunct[0].lower())
    if asked is None or not phrase:
        return asked
    return asked.with_phrase(phrase) if leads_phrase(phrase) else None


def _of_which(word: str, before: ParsedQuestion) -> ParsedQuestion | None:
    """ "Which kinds of cookies do they use?", "With which advertisers do they share ...?"."""
    if (before.asked and not before.adjunct) or not before.subject:
        return None
    for index, part in enumerate(before.rest):
        first, *others = part.split()
        leading = first.lower() if bare(first) in PREPOSITIONS else ""
        noun = " ".join(others) if leading else _undetermined(part)
        last = bare(noun.split()[-1]) if noun else ""
        meant = not leading if word in _SORT_WORDS else last == word
        if meant or (word == "ones" and re.search(r"[^s]s$", last)):
            which = f"which {word} of {noun}" if word in _SORT_WORDS else f"which {noun}"
            rest = (*before.rest[:index], *before.rest[index + 1 :])
            return replace(before, asked=f"{leading} {which}".strip(), rest=rest)
    return None


def _added(body: str, before: ParsedQuestion) -> ParsedQuestion | None:
    first, *noun = body.split()
    if bare(first) not in _LIMITING and not leads_phrase(body):
        return None
    exchanged = bare(first) in {"about", "for", "of"} and _exchanged(" ".join(noun), before)
    return exchanged or before.with_phrase(body)


def _exchanged(noun: str, before: ParsedQuestion) -> ParsedQuestion | None:
    """The same, with a noun for another of its kind: "my phone number" for "my email address"."""
    kinds = _kinds(noun)
    if before.object and kinds & _kinds(before.object):
        return replace(before, rest=(noun, *before.rest[1:]))
    if before.subject and kinds & _kinds(before.subject):
        agreeing = (
            {"is": "are", "was": "were"} if noun.endswith("s") else {"are": "is", "were": "was"}
        )
        auxiliary = agreeing.get(before.auxiliary, before.auxiliary)
        return replace(before, auxiliary=auxiliary, subject=noun)
    for index, part in enumerate(before.rest):
        preposition, *old = part.split()
        if leads_phrase(part) and kinds & _kinds(" ".join(old)):
            rest = (*before.rest[:index], f"{preposition} {noun}", *before.rest[index + 1 :])
            return replace(before, rest=rest)
    if "recipient" in kinds and bare(before.verb) in VERBS_OF_GIVING:
        return before.with_phrase(f"{'with' if bare(before.verb) == 'share' else 'to'} {noun}")
    return before.with_phrase(f"for {noun}") if "person" in kinds else None


def _kinds(noun: str) -> set[str]:
    """The kinds of its words up to the first preposition."""
    words = lowered(re.split(r" (?:of|about|under|for|in|on) ", noun)[0].split())
    return {kind for kind, nouns in NOUN_KINDS.items() if not nouns.isdisjoint(words)}


def _undetermined(noun: str) -> str:
    first, *others = noun.split()
    return " ".join(others) if bare(first) in DETERMINERS and others else noun
