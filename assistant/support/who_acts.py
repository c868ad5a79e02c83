"""What a sentence says of whom: "may be sent" must be said of the same in the quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.english.lexicon.auxiliaries import BE, DO, HAVE, INSIDE_VERB, MODALS
from assistant.english.lexicon.function_words import FUNCTION_WORDS
from assistant.english.lexicon.joints import SUBJECT_STARTS
from assistant.english.lexicon.people import ANAPHORS, PARTIES
from assistant.english.words import meaning

_PART = re.compile(r"(?P<word>[^\W_]+(?:['&@.-][^\W_]+)*)|(?P<mark>[,;:.()!?\n])")
_FIRST_OF_VERB = MODALS | DO | HAVE  # behind it another auxiliary begins no verb: "may be"
_NEAR = 4  # words behind a verb among which its object is looked for
_BY_US = re.compile(r"\bby (?:us|the company)\b", re.IGNORECASE)
_OTHER_COMPANY = re.compile(r"\b(?:that|this|such|another|these|those) compan(?:y|ies)\b", re.I)

# Whether it is passive, and the meaning of the verb.
_Deed = tuple[bool, str]


def subject_objections(sentence: str, quotes: str) -> Iterator[str]:
    """Where the sentence says of something what the quotes say of something else.

    Only verbs that both have behind an auxiliary, in the same voice, are compared.
    """
    theirs = _said(quotes)
    for deed, subjects in _said(sentence).items():
        heads = {subject[-1] for subject in theirs.get(deed, []) if subject}
        # A pronoun right before the verb is its subject, whatever stands before it.
        known = (
            heads
            if heads and heads <= set(PARTIES.values())
            else {word for subject in theirs.get(deed, []) for word in subject}
        )
        passive, verb = deed
        if passive and not known:
            known = _objects(quotes, verb)
        for subject in subjects:
            if known and subject and subject[-1] not in known | ANAPHORS:
                yield f'what the quote says with "{deed[1]}" it says of something else'
                return


def _said(text: str) -> dict[_Deed, list[list[str]]]:
    """The words of each subject, by what is said of it."""
    parts = [(match["word"] or match["mark"]).lower() for match in _PART.finditer(text)]
    found: dict[_Deed, list[list[str]]] = {}
    for at, word in enumerate(parts):
        if word not in _FIRST_OF_VERB | BE or (at and parts[at - 1] in INSIDE_VERB | BE):
            continue
        if at and parts[at - 1] in _FIRST_OF_VERB:
            continue  # the second of "may be"
        deed = _deed(parts, at)
        if deed is not None:
            found.setdefault(deed, []).append(_subject(parts, at))
    return found


def _deed(parts: list[str], at: int) -> _Deed | None:
    passive = parts[at] in BE
    for word in parts[at + 1 : at + 5]:
        if word in BE:
            passive = True
        elif word in INSIDE_VERB or word in HAVE:
            continue
        elif word in FUNCTION_WORDS or not word[0].isalpha():
            return None
        else:
            return passive, meaning(word)
    return None


def _subject(parts: list[str], at: int) -> list[str]:
    """The words that say something from the last joint up to the auxiliary."""
    words: list[str] = []
    for word in reversed(parts[:at]):
        if not word[0].isalnum() or word in SUBJECT_STARTS:
            break
        if word in ANAPHORS:
            words.append(word)
        elif word in PARTIES:
            words.append(PARTIES[word])
        elif word not in FUNCTION_WORDS:
            words.append(meaning(word))
    return words[::-1]


def _objects(text: str, verb: str) -> set[str]:
    """The words that say something close behind a verb."""
    parts = _spoken(text)
    return {
        meaning(word)
        for at, each in enumerate(parts)
        if meaning(each) == verb
        for word in parts[at + 1 : at + 1 + _NEAR]
        if word not in FUNCTION_WORDS
    }


def pronoun_objections(sentence: str, quotes: str) -> Iterator[str]:
    """Where "you" or the company does in the sentence what it does not do in the quotes."""
    theirs, by_us = _deeds_of(quotes), _BY_US.search(quotes)
    known = {deed for _, deed in theirs}
    told = set(map(meaning, _spoken(quotes)))
    for who, deed in sorted(_deeds_of(sentence)):
        if (who, deed) in theirs:
            continue
        if deed in known or (who == "company" and deed in told and not by_us):
            yield f'in the quote it is not "{who}" with "{deed}"'
            return
    ours, done = _whom(sentence), set(map(meaning, _spoken(sentence)))
    for verb, whom in sorted(_whom(quotes)):
        said = {other for each, other in ours if each == verb}
        lost = whom == "us" and not said and verb in done
        if lost or (said and whom == "you" and "you" not in said):
            yield f'in the quote it is "{verb} {whom}"'
            return
    if _OTHER_COMPANY.search(quotes) and "company" in sentence.lower():
        yield "in the quote that is another company"


def _spoken(text: str) -> list[str]:
    return [match["word"].lower() for match in _PART.finditer(text) if match["word"]]


def _whom(text: str) -> set[tuple[str, str]]:
    """Verbs, or what stands there, with the "us", "you" or "them" right behind them."""
    parts = _spoken(text)
    return {
        (meaning(verb), whom)
        for verb, whom in pairwise(parts)
        if whom in {"us", "you", "them"} and verb not in FUNCTION_WORDS
    }


def _deeds_of(text: str) -> set[tuple[str, str]]:
    """Who stands directly before each word that says something, but for auxiliaries."""
    found = set()
    who: str | None = None
    for match in _PART.finditer(text):
        word = match[0].lower()
        if word in PARTIES and word not in {"us", "our"}:
            who = PARTIES[word]
        elif word in _FIRST_OF_VERB | INSIDE_VERB | BE:
            continue
        else:
            if who and word[0].isalpha() and word not in FUNCTION_WORDS:
                found.add((who, meaning(word)))
            who = None
    return found
