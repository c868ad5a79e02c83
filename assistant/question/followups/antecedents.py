"""What the words of a follow-up that point out of it stand for, put in their places."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.english.lexicon.nouns import NOUN_KINDS
from assistant.english.lexicon.verbs import BASES
from assistant.question.followups.parts import Parts, bare
from assistant.question.followups.pointing import ANY_THING, Pointer, Role, ending, stems


def pointed_out(words: Sequence[str], found: Sequence[Pointer], before: Parts, noun: str) -> str:
    """The question with the meaning of its pointers in their places; "" where it is not clear.

    `noun` is the thing that the question before was about, "" if none can be told.
    """
    said = list(words)
    for pointer in reversed(found):
        meant = _meant(words, pointer, before, noun)
        if not meant:
            return ""
        said[pointer.start : pointer.end] = [meant + ending(words[pointer.end - 1])]
    return " ".join(said)


def _meant(words: Sequence[str], pointer: Pointer, before: Parts, noun: str) -> str:
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
        told = (each for each in before.nouns if bare(each.split()[-1]) in others)
        return next(told, "")
    return noun if pointer.role is Role.THING else ""
