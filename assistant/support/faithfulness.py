"""Does a sentence keep so close to its quote that a small model can be trusted with it?

A small model that leaves out the wrong piece, adds a word or reorders words says something else
with the quote's own words, and only a bigger model than the support check's could tell. So little
may change: "we" and "they", forms of words, what stands in brackets, lists of examples, and whole
parts at either end that are not conditions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.english.lexicon.extent import DECISIVE
from assistant.english.lexicon.function_words import FUNCTION_WORDS
from assistant.english.lexicon.joints import (
    BRACKET_TAKES_BACK,
    EMPTY_PHRASES,
    EXAMPLES,
    KEPT_CONDITIONS,
    PHRASE_STARTS,
)
from assistant.english.lexicon.modality import GUESSES
from assistant.english.lexicon.negation import DENIALS
from assistant.english.lexicon.people import KEPT_POINTERS, WE_WORDS
from assistant.english.lexicon.verbs import STATING_VERBS
from assistant.english.words import meaning, straightened
from assistant.support.who_acts import pronoun_objections, subject_objections
from index.text.sentences import sentence_spans

_CONDITION_KEPT = 0.8  # of the words of a condition
_ENDED = re.compile(r"[.!?][)\"”’]*$")
_TOKEN = re.compile(r"(?P<word>[^\W_]+(?:['&@.-][^\W_]+)*)|(?P<mark>[,;:.()])")
_COMPANY = meaning("company")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_OPENERS = PHRASE_STARTS | KEPT_CONDITIONS


@dataclass(frozen=True, slots=True)
class _Word:
    """A word or mark of a text.

    `tells` is false for function words and marks. What stands `inside` brackets or a list of
    examples may be left out. `bracket` numbers the pair of brackets around it, 0 for none.
    """

    token: str
    meaning: str
    tells: bool
    inside: bool
    bracket: int


def distances(sentence: str, quote: str) -> list[str]:
    """Where the sentence is not close to the quote, in words for people; empty if it is close.

    Both have the company's name as "the company" and their numbers in figures.
    """
    if not _words(sentence):
        return ["it is not a statement"]
    reasons = [*subject_objections(sentence, quote), *pronoun_objections(sentence, quote)]
    if not _ENDED.search(sentence):
        reasons.append("it breaks off")
    said = [word for word in _words(sentence) if word.tells]
    theirs = _words(quote)
    if any(word.token in WE_WORDS for word in theirs) and not any(
        word.meaning == _COMPANY for word in theirs
    ):  # its name stands for "we", as "they" does
        said = [word for word in said if word.meaning != _COMPANY]
    sentences = [quote[slice(*span)] for span in sentence_spans(quote)] or [quote]
    nearest = max(sentences, key=lambda part: len(_aligned(said, _telling(_words(part)))))
    kept = len(_aligned(said, _telling(_words(nearest))))
    whole = kept == len(_telling(_words(nearest))) and _ENDED.search(nearest)
    if not (whole or _states(sentence)):  # a whole sentence of the quote needs no known verb
        reasons.append("it is not a statement")
    reasons += _compared(sentence, said, quote if kept < len(said) else nearest)
    return list(dict.fromkeys(reasons))


def _compared(sentence: str, said: list[_Word], quote: str) -> Iterator[str]:
    words = _words(quote)
    added = Counter(word.meaning for word in said) - Counter(w.meaning for w in words if w.tells)
    if added:
        yield f"the quote does not say as often: {', '.join(sorted(added))}"
        return
    kept_at = _aligned(said, _telling(words))
    if len(kept_at) < len(said):
        yield "it reorders the words of the quote"
        return
    used_brackets = {words[index].bracket for index in kept_at} - {0}
    # Of brackets that the sentence takes something from, nothing may be left out.
    words = [
        replace(word, inside=False) if word.bracket in used_brackets else word for word in words
    ]
    tokens = [word.token for word in _words(sentence)]
    kept = {word.meaning for word in said}
    yield from _turned(tokens, words, kept_at)
    for word in words:
        if word.token in KEPT_CONDITIONS and word.token not in tokens and not word.inside:
            yield f'it leaves out "{word.token}"'
    for bracket in _BRACKETS.findall(quote):
        inner = _words(bracket)
        if inner and _limits(inner) and any(w.tells and w.meaning not in kept for w in inner):
            yield "it leaves out a limit that stands in brackets"
    yield from _left_out(words, kept_at, kept)
    for word in words:
        if word.token in GUESSES | DECISIVE and word.token not in tokens:
            yield f'it leaves out "{word.token}"'
            return


def _turned(ours: list[str], words: list[_Word], kept_at: list[int]) -> Iterator[str]:
    """Where the sentence denies more, or points to others, with the same words."""
    theirs = [word.token for word in words]
    if _count(ours, DENIALS) > _count(theirs, DENIALS):
        yield "it denies more than the quote"
    if ours.count("you") > theirs.count("you"):
        yield 'it says "you" of somebody else'
    if ours.count("it") > theirs.count("it"):
        yield 'it says "it" of what the quote names'
    for token in KEPT_POINTERS:
        if theirs.count(token) > ours.count(token):
            yield f'it leaves out "{token}"'
    end_is_cut = any(word.tells and not word.inside for word in words[kept_at[-1] + 1 :])
    if end_is_cut and _count(ours, DENIALS):
        yield "it denies more than the quote: it leaves out its end"


def _limits(bracket: Sequence[_Word]) -> bool:
    """Whether what stands in brackets may take back some of what stands before them."""
    tokens = [word.token for word in bracket]
    if tokens[0] in EXAMPLES | {"such", "e.g", "i.e", "see"} or tokens[:2] == ["for", "example"]:
        return False
    return tokens[0] in _OPENERS | BRACKET_TAKES_BACK or _count(tokens, DENIALS) > 0


def _left_out(words: list[_Word], kept_at: list[int], kept: set[str]) -> Iterator[str]:
    lost = [index for index, w in enumerate(words) if w.tells and w.meaning not in kept]
    for start, end in pairwise(kept_at):
        if any(start < index < end and not words[index].inside for index in lost):
            yield "it leaves out what stands in the middle of the quote"
            return
    if kept_at and words[0].token in _OPENERS:
        lead = [words[index].meaning for index in lost if index < kept_at[0]]
        if not EMPTY_PHRASES.issuperset(lead):
            yield f'it leaves out what "{words[0].token}" at the beginning says'
            return
    for index, word in enumerate(words):
        if word.token in KEPT_CONDITIONS:
            clause = _clause(words, index)
            missing = [part for part in clause if part.meaning not in kept]
            if clause and len(missing) > (1 - _CONDITION_KEPT) * len(clause):
                yield f'it leaves out the condition after "{word.token}"'
                return


def _clause(words: list[_Word], start: int) -> list[_Word]:
    """What a condition says: the telling words up to the next mark."""
    clause = []
    for word in words[start + 1 :]:
        if not word.token[0].isalnum():
            break
        if word.tells and not word.inside:
            clause.append(word)
    return clause


def _words(text: str) -> list[_Word]:
    words: list[_Word] = []
    depth, bracket, listing, previous = 0, 0, False, "."
    for match in _TOKEN.finditer(straightened(text)):
        token = match[0].lower()
        if token == "(":
            depth, bracket = depth + 1, bracket + 1
        elif token == ")":
            depth = max(depth - 1, 0)
        if token in EXAMPLES or (token == "as" and previous == "such"):
            listing = True
        elif token in {".", ";", ":"} or (previous == "," and token in _OPENERS):
            listing = False
        tells = bool(match["word"]) and token not in FUNCTION_WORDS
        tells = tells and (len(token) > 1 or token.isdigit())
        words.append(
            _Word(token, meaning(token), tells, depth > 0 or listing, bracket if depth else 0)
        )
        previous = token
    return words


def _states(sentence: str) -> bool:
    """Whether it has a verb, by a list, by its ending, or by who is about to act."""
    tokens = [word.token for word in _words(sentence)]
    return tokens[0] in {"they", "you", "it"} or any(
        token in STATING_VERBS or token.endswith("ed") for token in tokens
    )


def _telling(words: Sequence[_Word]) -> list[tuple[int, str]]:
    return [(index, word.meaning) for index, word in enumerate(words) if word.tells]


def _count(tokens: Sequence[str], words: frozenset[str]) -> int:
    return sum(token in words for token in tokens)


def _aligned(said: Sequence[_Word], quoted: Sequence[tuple[int, str]]) -> list[int]:
    """The positions in the quote of a longest common subsequence."""
    lengths = [[0] * (len(quoted) + 1)]
    for word in said:
        last, row = lengths[-1], [0]
        for index, (_, other) in enumerate(quoted):
            longest = max(last[index + 1], row[index])
            row.append(last[index] + 1 if word.meaning == other else longest)
        lengths.append(row)
    positions = []
    ours, theirs = len(said), len(quoted)
    while ours and theirs:
        position, quoted_meaning = quoted[theirs - 1]
        if said[ours - 1].meaning == quoted_meaning:
            positions.append(position)
            ours, theirs = ours - 1, theirs - 1
        elif lengths[ours - 1][theirs] >= lengths[ours][theirs - 1]:
            ours -= 1
        else:
            theirs -= 1
    return positions[::-1]
