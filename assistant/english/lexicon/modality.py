"""What may be, must be, or mostly is."""

from __future__ import annotations

POSSIBILITIES = frozenset("may might could possibly maybe perhaps".split())
PERMISSIONS = frozenset(
    "can allowed allow allows permitted permit permits authorized authorised optional "
    "optionally option options choose able entitled right free voluntary neednot".split()
)
FREQUENCIES = frozenset("sometimes generally usually typically normally mostly often".split())
HEDGES = POSSIBILITIES | PERMISSIONS | FREQUENCIES
OBLIGATIONS = frozenset(
    "must shall required require requires obliged obligated mandatory need needs".split()
)
CONSENT = frozenset("consent consents permission authorization authorisation agree".split())
NO_DUTY = frozenset("neednot optional optionally voluntary voluntarily choose".split())
GUESSES = frozenset(
    "believe believes think expect intend intended aim try endeavor endeavour strive designed "
    "likely reasonable reasonably attempt attempts seek might should".split()
)

# All that is left of duties and permissions once a quote is reworded for the rules of conflicts.
REWORDED_DUTY = frozenset("must shall compulsory".split())
REWORDED_PERMISSION = frozenset("can may".split())
