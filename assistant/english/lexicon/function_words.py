"""Words that every text is full of, and those that say nothing of what it is about."""

from __future__ import annotations

from assistant.english.lexicon.modality import HEDGES, OBLIGATIONS
from assistant.english.lexicon.negation import NEGATIONS
from assistant.english.lexicon.people import DEMONSTRATIVES

ARTICLES = frozenset("a an the".split())
DETERMINERS = ARTICLES | DEMONSTRATIVES | frozenset(
    """
    my your their our his her its any some all no every each such which what whose other another
    certain
    """.split()
)  # fmt: skip
ADVERBS = frozenset(
    """
    actually also always automatically even ever exactly immediately just never not only often
    really sometimes still then too usually yet
    """.split()
)

QUESTION_WORDS = frozenset("who whom whose what when where which why how".split())
ASKED_NOUNS = frozenset("who whom whose what which".split())
"""They ask for a part that the verb needs."""
ASKING = QUESTION_WORDS - {"whom", "whose", "which"}

# All of these say nothing of what a text is about. Which ones depends on what is compared:
# sentences with quotes,
FUNCTION_WORDS = (
    NEGATIONS
    | HEDGES
    | OBLIGATIONS
    | frozenset(
        """
        a about according also although am an and are aren as at be been being both but by did do
        does doing during each either for from had has have having he her here his how however i if
        in into is isn it its itself me more most my of off on or other our ours out over own she
        should so some such than that the their theirs them then there these they this those though
        through to too under until up upon us very was we were what whatever when where whether
        which while whoever who whom whose why will with would yes you your yours yourself clause
        policy states says stated say company provider they thing things just only unless except any
        all atmost atleast nolonger neednot mustnt once before after during must let
        """.split()
    )
)
# statements with each other, beside the ones above, as what they measure is compared by itself,
WEIGHTLESS_IN_STATEMENTS = frozenset(
    """
    please note also simply course moreover addition within all every each any anyone everyone
    everything anything anybody everybody always ever entirely completely full fully time times
    period duration length maximum minimum most least atleast atmost up older younger old age aged
    latest later longer calendar working total take takes last lasts per
    day days week weeks month months quarter year years hour hours minute minutes second seconds
    dollar dollars euro euros pound pounds percent usd eur gbp forever immediately
    """.split()
)
# or quotes of which one may repeat another.
WEIGHTLESS_IN_QUOTES = ARTICLES | DEMONSTRATIVES | {"also", "s"}

FILLER = (
    "the question is",
    "the question asks",
    "answer to the question",
    "answer to this question",
    "the clause states",
    "as an ai",
    "i'm sorry",
    "revised",
    "the sentence",
    "short sentence",
    "more concise",
    "the following clause",
    "the text says",
)
"""Phrases that a language model says of its own sentence."""
