"""Auxiliary verbs."""

from __future__ import annotations

DO = frozenset("do does did".split())
BE = frozenset("is are was were be been being".split())
HAVE = frozenset("has have had".split())
MODALS = frozenset("can could may might must shall should will would".split())
FINITE = DO | HAVE | MODALS | frozenset("is are was were am".split())
"""What can begin a question that asks for Yes or No."""

# Questions are compared as they are typed, with their contractions.
DO_WITH_NOT = DO | frozenset("don't doesn't didn't".split())
BE_WITH_NOT = BE | frozenset("am isn't aren't wasn't weren't".split())
HAVE_WITH_NOT = HAVE | frozenset("hasn't haven't".split())
AUXILIARIES = (
    FINITE
    | DO_WITH_NOT
    | (BE_WITH_NOT - {"be", "been", "being"})
    | HAVE_WITH_NOT
    | frozenset("can't cannot couldn't won't wouldn't shouldn't".split())
)

# What stands between the one who acts and the verb; adverbs in -ly do, too.
PASSIVE = BE | {"gets"}
BEFORE_VERB = (
    PASSIVE | DO | HAVE | MODALS | frozenset("also then not never neednot ever hereby both".split())
)
INSIDE_VERB = frozenset(
    "not never also only still always generally usually normally sometimes however then".split()
)
"""What stands between an auxiliary and its verb."""
