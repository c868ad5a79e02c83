"""Rules of the support check: no word may stand for its opposite, nor for another of its kind."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.english.lexicon.meanings import EXCLUSIVE_KINDS, OPPOSITES
from assistant.english.lexicon.negation import NEGATIONS, NEGATIVE_PREFIXES
from assistant.english.normal_form import NormalForm


def opposite_objections(body: NormalForm, evidence: NormalForm) -> Iterator[str]:
    ours, theirs = set(body.tokens), set(evidence.tokens)
    both_deny = evidence.has(NEGATIONS) == body.has(NEGATIONS)
    for token in dict.fromkeys(body.tokens):
        if token not in theirs:
            listed = OPPOSITES.get(token, frozenset())
            # "left unused" is "not used": not opposites, where only one of them says "not".
            prefixed = _opposites_by_prefix(token) if both_deny else frozenset()
            for opposite in sorted(listed & theirs - ours | prefixed & theirs):
                yield f'the sentence says "{token}", the quote "{opposite}"'


def _opposites_by_prefix(token: str) -> frozenset[str]:
    """ "eligible" of "ineligible", and "ineligible" of "eligible"."""
    with_prefix = {prefix + token for prefix in NEGATIVE_PREFIXES}
    without = {
        token.removeprefix(prefix)
        for prefix in NEGATIVE_PREFIXES
        if token.startswith(prefix) and len(token) > len(prefix) + 3
    }
    return frozenset(with_prefix | without)


def kind_objections(body: NormalForm, evidence: NormalForm) -> Iterator[str]:
    for kind in EXCLUSIVE_KINDS:
        ours = body.content & kind - evidence.content
        theirs = evidence.content & kind - body.content
        if ours and theirs:
            yield f'the sentence is about "{min(ours)}", the quote about "{min(theirs)}"'
