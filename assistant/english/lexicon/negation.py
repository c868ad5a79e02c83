"""What denies."""

from __future__ import annotations

DENIALS = frozenset("no not never none nor neither nothing nobody no-one nowhere".split())
NEGATIONS = DENIALS | frozenset(
    """
    without refuse refuses prohibit prohibits mustnt decline declines unable prevent prevents
    prevented preventing refused declined avoid avoids avoiding hardly barely fail fails lack lacks
    false untrue dont doesnt wont cant
    """.split()
)
WHOLE_NEGATIONS = NEGATIONS - {"without"}
""" "without" denies a part, not the sentence."""
CLEAR_DENIALS = frozenset("not never no neednot".split())
"""Those whose object can be told from where they stand."""
NEGATIVE_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non", "non-")
NARROWINGS = frozenset(
    "only optional voluntary restrict restricts restricted instead rather limited neednot exclude "
    "excludes lose loses must again anonymous".split()
)
"""What a sentence can say instead of denying, after "No"."""

# Denied, these leave open what is so: "not only", "no obligation"; and "not all", of a part.
UNCLEAR_IF_DENIED = frozenset(
    """
    only all always every necessarily just limited solely least less more most fewer exceed
    require required obliged obligation obligations responsible responsibility liable liability
    intended guarantee guarantees guaranteed warrant control endorse apply applies mean entirely
    completely exclusively both each
    """.split()
)
PARTIAL_IF_DENIED = frozenset("all every each both entire full whole".split())
