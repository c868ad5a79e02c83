"""Puts in the place of words that point out of a follow-up what they stand for."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.english.lexicon.nouns import NOUN_KINDS
from assistant.english.lexicon.verbs import BASES
from assistant.question.followups.parsed_question import ParsedQuestion, bare
from assistant.question.followups.pointers import ANY_THING, Pointer, Role, stems
from assistant.question.followups.position import ending


def resolved(
    words: Sequence[str], pointers: Sequence[Pointer], before: ParsedQuestion, noun: str
) -> str:
    """The question with its pointers replaced by what they mean; "" where that is not clear.

    `noun` is the thing that the question before was about, "" if there is none.
    """
    replaced = list(words)
    for pointer in reversed(pointers):
        meant = _meant(words, pointer, before, noun)
        if not meant:
            return ""
        replaced[pointer.start : pointer.end] = [meant + ending(words[pointer.end - 1])]
    return " ".join(replaced)


def _meant(words: Sequence[str], pointer: Pointer, before: ParsedQuestion, noun: str) -> str:
    if pointer.role is Role.DEED:
        return before.doing()
    if pointer.role is Role.TIME:
        doing = before.doing()
        return f"after {doing}" if doing and bare(before.subject) == "i" else ""
    if pointer.role is Role.VERB:
        plain = bare(before.verb) in BASES and before.auxiliary and not before.passive
        return " ".join((before.verb, *before.rest)) if plain else ""
    if pointer.role is Role.NOUN:
        head = bare(words[pointer.end - 1])
        return noun if head in ANY_THING or head.removesuffix("s") in stems(noun) else ""
    if pointer.role is Role.RECIPIENT:
        others = NOUN_KINDS["recipient"] | NOUN_KINDS["person"]
        return next((noun for noun in before.nouns if bare(noun.split()[-1]) in others), "")
    return noun if pointer.role is Role.THING else ""
