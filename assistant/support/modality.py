"""A rule of the support check: what may be must not become certain, nor a choice a duty."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.english.lexicon.modality import (
    FREQUENCIES,
    OBLIGATIONS,
    PERMISSIONS,
    POSSIBILITIES,
)
from assistant.english.normal_form import NormalForm

_FREED = frozenset({"neednot", "optional"})
_OTHER_DUTIES = frozenset({"mustnt", "only", "unless", "responsible", "shall"})
"""They bind as well: by a prohibition, or by a condition that must be met."""


def modality_objections(body: NormalForm, near: NormalForm, evidence: NormalForm) -> Iterator[str]:
    hedged, bound = near.has(POSSIBILITIES | PERMISSIONS), near.has(OBLIGATIONS)
    may_be = near.behind(POSSIBILITIES | PERMISSIONS)
    if may_be & body.content and not body.has(POSSIBILITIES | PERMISSIONS) and not bound:
        yield 'the quote says "may" or the like, the sentence is certain'
    if body.has(POSSIBILITIES) and not hedged:
        yield 'the sentence says "may", the quote does not'
    elif body.has(PERMISSIONS) and bound and not hedged:
        yield "the sentence permits what the quote makes a duty"
    binds_anew = body.has(OBLIGATIONS) and not bound and not near.has(_OTHER_DUTIES)
    if binds_anew or evidence.behind(_FREED, 1) & body.behind(OBLIGATIONS, 1):
        yield "the sentence makes a duty of what the quote does not"
    must_be = near.behind(OBLIGATIONS)
    if must_be & body.content and not body.has(OBLIGATIONS) and not body.has(_OTHER_DUTIES):
        yield "the sentence leaves out that the quote makes it a duty"
    usual = near.behind(FREQUENCIES)
    if usual & body.content and not body.has(FREQUENCIES | POSSIBILITIES):
        yield f'the sentence leaves out "{near.first(FREQUENCIES)}"'
