"""Does a sentence keep so close to its quote that a small model can be trusted with it?

A small model that leaves out the wrong piece, adds a word, or turns words round says something
else with the quote's own words, in ways that only a bigger model than the support check's could
tell. So what may change is little: "we" and "they", forms of words, what stands in brackets, lists
of examples, and whole parts at either end that are no conditions.
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
# Without them a rule is another one, wherever they stand.
_COMPANY = meaning("company")
_BRACKETS = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word. What is `inside` brackets or a list of examples may be left out.

    `bracket` is the number of the pair of brackets that it stands in, 0 for none.
    """

    token: str
    meaning: str
    tells: bool
    inside: bool
    bracket: int


def distances(sentence: str, quote: str) -> list[str]:
    """In what the sentence is not close to the quote, in words for people; nothing where it is.

    Both with the company's name as "the company" and numbers in figures.
    """
    if not _words(sentence):
        return ["it is no statement"]
    found = [*subject_objections(sentence, quote), *pronoun_objections(sentence, quote)]
    if not _ENDED.search(sentence):
        found.append("it breaks off")
    said = [word for word in _words(sentence) if word.tells]
    theirs = _words(quote)
    if any(word.token in WE_WORDS for word in theirs) and not any(
        word.meaning == _COMPANY for word in theirs
    ):  # its name stands for "we", as "they" does
        said = [word for word in said if word.meaning != _COMPANY]
    parts = [quote[slice(*span)] for span in sentence_spans(quote)] or [quote]
    nearest = max(parts, key=lambda part: len(_aligned(said, _telling(_words(part)))))
    kept = len(_aligned(said, _telling(_words(nearest))))
    source = quote if kept < len(said) else nearest
    whole = kept == len(_telling(_words(nearest))) and _ENDED.search(nearest)
    if not (whole or _states(sentence)):  # a whole sentence of the quote needs no telling verb
        found.append("it is no statement")
    found += _compared(sentence, said, source)
    return list(dict.fromkeys(found))


def _compared(sentence: str, said: list[_Word], quote: str) -> Iterator[str]:
    words = _words(quote)
    new = Counter(word.meaning for word in said) - Counter(w.meaning for w in words if w.tells)
    if new:
        yield f"the quote does not say as often: {', '.join(sorted(new))}"
        return
    at = _aligned(said, _telling(words))
    used = {words[index].bracket for index in at}
    # Of brackets that the sentence takes something from, nothing may be left out.
    words = [
        replace(word, inside=False) if word.bracket in used and word.bracket else word
        for word in words
    ]
    if len(at) < len(said):
        yield "it turns the words of the quote round"
        return
    ours, theirs = ([word.token for word in each] for each in (_words(sentence), words))
    if _count(ours, DENIALS) > _count(theirs, DENIALS):
        yield "it denies more than the quote"
    if ours.count("you") > theirs.count("you"):
        yield 'it says "you" of somebody else'
    if ours.count("it") > theirs.count("it"):
        yield 'it says "it" of what the quote names'
    for token in KEPT_POINTERS:
        if theirs.count(token) > ours.count(token):
            yield f'it leaves out "{token}"'
    end = [word for word in words[at[-1] + 1 :] if word.tells and not word.inside]
    if end and _count(ours, DENIALS):
        yield "it denies more than the quote: it leaves out its end"
    for word in words:
        if word.token in KEPT_CONDITIONS and word.token not in ours and not word.inside:
            yield f'it leaves out "{word.token}"'
    kept = {word.meaning for word in said}
    for bracket in _BRACKETS.findall(quote):
        inner = _words(bracket)
        limits = bool(inner) and _limits([word.token for word in inner])
        if limits and any(word.tells and word.meaning not in kept for word in inner):
            yield "it leaves out what a bracket limits"
    yield from _left_out(words, at, kept)
    for token in theirs:
        if token in GUESSES | DECISIVE and token not in ours:
            yield f'it leaves out "{token}"'
            return


def _limits(tokens: Sequence[str]) -> bool:
    """Whether what stands in brackets may take back some of what stands before them."""
    if tokens[0] in EXAMPLES | {"such", "e.g", "i.e", "see"} or list(tokens[:2]) == [
        "for",
        "example",
    ]:
        return False
    return (
        tokens[0] in PHRASE_STARTS | KEPT_CONDITIONS | BRACKET_TAKES_BACK
        or _count(tokens, DENIALS) > 0
    )


def _left_out(words: list[_Word], at: list[int], kept: set[str]) -> Iterator[str]:
    telling = [index for index, word in enumerate(words) if word.tells]
    for one, other in pairwise(at):
        if any(
            one < index < other and not words[index].inside and words[index].meaning not in kept
            for index in telling
        ):
            yield "it leaves out what stands in the middle of the quote"
            return
    if at and words[0].token in PHRASE_STARTS | KEPT_CONDITIONS:
        lead = [index for index in telling if index < at[0] and words[index].meaning not in kept]
        if any(words[index].meaning not in EMPTY_PHRASES for index in lead):
            yield f'it leaves out what "{words[0].token}" at the beginning says'
            return
    for index, word in enumerate(words):
        if word.token in KEPT_CONDITIONS:
            clause = _clause(words, index)
            missing = [each for each in clause if each.meaning not in kept]
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
    found: list[_Word] = []
    depth, bracket, listing, previous = 0, 0, False, "."
    for match in _TOKEN.finditer(straightened(text)):
        token = match[0].lower()
        if token == "(":
            depth, bracket = depth + 1, bracket + 1
        elif token == ")":
            depth = max(depth - 1, 0)
        if token in EXAMPLES or (token == "as" and previous == "such"):
            listing = True
        elif token in {".", ";", ":"} or (
            previous == "," and token in PHRASE_STARTS | KEPT_CONDITIONS
        ):
            listing = False
        tells = bool(match["word"]) and token not in FUNCTION_WORDS
        tells = tells and (len(token) > 1 or token.isdigit())
        found.append(
            _Word(token, meaning(token), tells, depth > 0 or listing, bracket if depth else 0)
        )
        previous = token
    return found


def _states(sentence: str) -> bool:
    """Whether it has a verb: told by a list, by an ending, or by who is about to act."""
    words = [word.token for word in _words(sentence)]
    return words[0] in {"they", "you", "it"} or any(
        word in STATING_VERBS or word.endswith("ed") for word in words
    )


def _telling(words: Sequence[_Word]) -> list[tuple[int, str]]:
    return [(index, word.meaning) for index, word in enumerate(words) if word.tells]


def _count(tokens: Sequence[str], of: frozenset[str]) -> int:
    return sum(token in of for token in tokens)


def _aligned(said: Sequence[_Word], quoted: Sequence[tuple[int, str]]) -> list[int]:
    """The positions in the quote of a longest common subsequence."""
    rows = [[0] * (len(quoted) + 1)]
    for word in said:
        last, row = rows[-1], [0]
        for at, (_, other) in enumerate(quoted):
            row.append(last[at] + 1 if word.meaning == other else max(last[at + 1], row[at]))
        rows.append(row)
    positions = []
    ours, theirs = len(said), len(quoted)
    while ours and theirs:
        position, other_meaning = quoted[theirs - 1]
        if said[ours - 1].meaning == other_meaning:
            positions.append(position)
            ours, theirs = ours - 1, theirs - 1
        elif rows[ours - 1][theirs] >= rows[ours][theirs - 1]:
            ours -= 1
        else:
            theirs -= 1
    return positions[::-1]
