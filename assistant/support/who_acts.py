"""Who does what: what a sentence says of somebody, its quote must say of them, too."""

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
_AUXILIARIES = MODALS | DO | HAVE | BE
_NEAR = 4  # words behind a verb among which its object is looked for
_BY_US = re.compile(r"\bby (?:us|the company)\b", re.IGNORECASE)
_OTHER_COMPANY = re.compile(r"\b(?:that|this|such|another|these|those) compan(?:y|ies)\b", re.I)

# Whether it is passive, and the meaning of the verb.
_Deed = tuple[bool, str]


def subject_objections(sentence: str, quotes: str) -> Iterator[str]:
    """Where the sentence says of one thing what the quotes say of another.

    Only verbs that stand behind an auxiliary in both, in the same voice, are compared.
    """
    theirs = _said(quotes)
    for deed, subjects in _said(sentence).items():
        passive, verb = deed
        heads = {subject[-1] for subject in theirs.get(deed, []) if subject}
        # A pronoun right before the verb is its subject, whatever stands before it.
        known = (
            heads
            if heads and heads <= set(PARTIES.values())
            else {word for subject in theirs.get(deed, []) for word in subject}
        )
        if passive and not known:
            known = _objects(quotes, verb)
        for subject in subjects:
            if known and subject and subject[-1] not in known | ANAPHORS:
                yield f'the quote says "{verb}" of something else'
                return


def _said(text: str) -> dict[_Deed, list[list[str]]]:
    """The words of each subject, by what is said of it."""
    parts = [(match["word"] or match["mark"]).lower() for match in _PART.finditer(text)]
    subjects: dict[_Deed, list[list[str]]] = {}
    for index, word in enumerate(parts):
        if word not in _AUXILIARIES or (index and parts[index - 1] in _AUXILIARIES | INSIDE_VERB):
            continue  # the second of "may be"
        deed = _deed(parts, index)
        if deed is not None:
            subjects.setdefault(deed, []).append(_subject(parts, index))
    return subjects


def _deed(parts: list[str], auxiliary: int) -> _Deed | None:
    passive = parts[auxiliary] in BE
    for word in parts[auxiliary + 1 : auxiliary + 5]:
        if word in BE:
            passive = True
        elif word in INSIDE_VERB or word in HAVE:
            continue
        elif word in FUNCTION_WORDS or not word[0].isalpha():
            return None
        else:
            return passive, meaning(word)
    return None


def _subject(parts: list[str], auxiliary: int) -> list[str]:
    """The words that say something, from where the clause starts up to the auxiliary."""
    words: list[str] = []
    for word in reversed(parts[:auxiliary]):
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
    words = _spoken(text)
    return {
        meaning(near)
        for index, word in enumerate(words)
        if meaning(word) == verb
        for near in words[index + 1 : index + 1 + _NEAR]
        if near not in FUNCTION_WORDS
    }


def pronoun_objections(sentence: str, quotes: str) -> Iterator[str]:
    """Where "you" or the company does in the sentence what they do not do in the quotes."""
    theirs, by_us = _deeds_of(quotes), _BY_US.search(quotes)
    known = {deed for _, deed in theirs}
    mentioned = set(map(meaning, _spoken(quotes)))
    for who, deed in sorted(_deeds_of(sentence)):
        if (who, deed) in theirs:
            continue
        if deed in known or (who == "company" and deed in mentioned and not by_us):
            yield f'the quote does not say "{deed}" of "{who}"'
            return
    ours, done = _objects_of_verbs(sentence), set(map(meaning, _spoken(sentence)))
    for verb, whom in sorted(_objects_of_verbs(quotes)):
        said = {object_ for deed, object_ in ours if deed == verb}
        lost = whom == "us" and not said and verb in done
        if lost or (said and whom == "you" and "you" not in said):
            yield f'the quote says "{verb} {whom}"'
            return
    if _OTHER_COMPANY.search(quotes) and "company" in sentence.lower():
        yield "the quote speaks of another company"


def _spoken(text: str) -> list[str]:
    return [match["word"].lower() for match in _PART.finditer(text) if match["word"]]


def _objects_of_verbs(text: str) -> set[tuple[str, str]]:
    """Verbs, or whatever stands there, with the "us", "you" or "them" right behind them."""
    return {
        (meaning(verb), whom)
        for verb, whom in pairwise(_spoken(text))
        if whom in {"us", "you", "them"} and verb not in FUNCTION_WORDS
    }


def _deeds_of(text: str) -> set[tuple[str, str]]:
    """Who stands right before each word that says something; auxiliaries may stand between."""
    deeds = set()
    who: str | None = None
    for match in _PART.finditer(text):
        word = match[0].lower()
        if word in PARTIES and word not in {"us", "our"}:
            who = PARTIES[word]
        elif word in _AUXILIARIES | INSIDE_VERB:
            continue
        else:
            if who and word[0].isalpha() and word not in FUNCTION_WORDS:
                deeds.add((who, meaning(word)))
            who = None
    return deeds
