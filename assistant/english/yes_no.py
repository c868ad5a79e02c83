"""A direct Yes or No, which stands before a sentence only where question and sentence settle it.

The support check sees the sentence and its quotes, not whether "Yes" answers the question.
"""

from __future__ import annotations

import re

from assistant.english.lexicon.auxiliaries import FINITE
from assistant.english.lexicon.extent import JUST
from assistant.english.lexicon.function_words import FUNCTION_WORDS, QUESTION_WORDS
from assistant.english.lexicon.joints import CONDITIONS, EXCEPTIONS, NARROWING_PREPOSITIONS
from assistant.english.lexicon.modality import HEDGES, NO_DUTY, OBLIGATIONS
from assistant.english.lexicon.negation import NEGATIONS, WHOLE_NEGATIONS
from assistant.english.normal_form import NormalForm, main_clause, without_lead
from assistant.english.numbers import numbers_in
from assistant.english.words import any_of, content, straightened, tokens

_ANSWER_WORD = re.compile(r"^(?P<word>yes|no)(?:\s*[,.:;!–—]|\s+-)\s*", re.IGNORECASE)
# "do you sell it?", "if I leave, can they keep it?", "so is it free?"
_POLAR = re.compile(
    rf"(?:^|[,;:.!?]\s+|^(?:so|and|but|ok|hi|hello|hey|please|well)\s+)(?:{any_of(FINITE)})\s+(?!not\b)\w",
    re.IGNORECASE,
)
_OPEN = re.compile(rf"\b(?:{any_of(QUESTION_WORDS)})\b", re.IGNORECASE)
_CHOICE = re.compile(r"\bor\b(?!\s+not\b)", re.IGNORECASE)
_DUTY = re.compile(
    r"\b(?:must|needs?|requires?|required|mandatory|obliged|have to|has to)\b", re.IGNORECASE
)
# What reverses a denial, or takes it back in part.
_TURNING = re.compile(
    r"\b(?:not|n[o']t|never) (?:\w+ )?(?:always|only|just|merely|solely|all|every|everyone|hesitate"
    r"|fail|refuse|true|the case|correct)\b|\bjust any|\bsave (?:to|for|that|as|where|when|in)\b"
    r"|\b(?:false|untrue|say|says|claim|claims|believe|think|rumou?r)\b",
    re.IGNORECASE,
)
_PREPOSITION = rf"\b(?:{any_of(NARROWING_PREPOSITIONS)})\b"
_PHRASE = re.compile(rf"{_PREPOSITION}(?P<phrase>.*?)(?={_PREPOSITION}|[;:.]|$)", re.IGNORECASE)
# Behind a preposition these narrow nothing down: "with anyone".
_GENERAL = re.compile(
    r"\b(?:any(?:one|body|thing)?|all|every(?:one)?|others?|else|third|outside)\b", re.IGNORECASE
)
_LEAST_SHARED = 0.75  # of the words of the question that say something, in the sentence


def split_answer(sentence: str) -> tuple[str, str]:
    """ "Yes, we do." as ("Yes", "We do."); of any other sentence the first part is ""."""
    match = _ANSWER_WORD.match(sentence)
    if match is None:
        return "", sentence
    body = sentence[match.end() :]
    return match["word"].capitalize(), body[:1].upper() + body[1:]


def with_answer(word: str, body: str) -> str:
    """ "Yes" and "We do." as "Yes, we do.": the reverse of `split_answer`."""
    first = body.split(maxsplit=1)[0]
    lowered = first[1:].islower() and first.lower() in FUNCTION_WORDS and first != "May"
    return f"{word}, {body[:1].lower() + body[1:] if lowered else body}"


def is_polar(question: str) -> bool:
    """Whether the question asks for Yes or No."""
    polar = _POLAR.search(question)
    if polar is None or _CHOICE.search(question):
        return False
    return _OPEN.search(question[polar.start() :]) is None


def settles(question: str, word: str, body: str, quote: str) -> bool:
    """Whether `body`, which the quote carries, answers the question with `word` (Yes or No).

    The rules are strict: the question must ask for Yes or No and hold no negation, most of its
    words must be in the sentence and its numbers in the quote, and the sentence must deny or affirm
    without a limit or condition that the question does not have.
    """
    asked = tokens(question)
    if not is_polar(question):
        return False
    if any(token in NEGATIONS or token in JUST for token in asked):
        return False
    if not set(numbers_in(question)) <= set(numbers_in(quote)):
        return False
    wanted = content(question)
    if not wanted or len(wanted & content(body)) < _LEAST_SHARED * len(wanted):
        return False
    said = NormalForm.of(without_lead(body))
    if _TURNING.search(straightened(without_lead(body))) or _denials(said) > 1:
        return False
    denied = NormalForm.of(main_clause(body)).has(WHOLE_NEGATIONS)
    if denied != said.has(NEGATIONS):
        return False  # what is denied elsewhere in it may be what was asked
    free, bound = said.has(NO_DUTY), said.has(OBLIGATIONS)
    if _DUTY.search(question):
        if (free and bound) or not (denied or free or bound):
            return False
        return (word == "No") == (denied or free)
    if "neednot" in said.tokens or (word == "No") != denied:
        return False
    if denied:
        limited = said.has(CONDITIONS | EXCEPTIONS)
        return not limited and not _narrowed(main_clause(body), content(question))
    return not ((CONDITIONS | HEDGES) & set(said.tokens)) - set(NormalForm.of(question).tokens)


def _denials(said: NormalForm) -> int:
    """How often a sentence denies; "neither ... nor" counts once, and so does "must not"."""
    words = said.text.replace("mustnt not", "mustnt")
    return sum(token in NEGATIONS - {"nor"} for token in tokens(words))


def _narrowed(clause: str, asked: frozenset[str]) -> bool:
    """Whether the clause denies only a part of what was asked: "not with advertisers"."""
    return any(
        content(match["phrase"]) - asked and not _GENERAL.search(match["phrase"])
        for match in _PHRASE.finditer(clause)
    )
