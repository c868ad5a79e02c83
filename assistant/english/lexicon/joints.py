"""What joins words and clauses: prepositions, conjunctions, conditions."""

from __future__ import annotations

from assistant.english.lexicon.people import OUTSIDE, THIRD_PERSON

PREPOSITIONS = frozenset(
    """
    about above after against among around at before behind besides between beyond by concerning
    during except for from in inside into like near of off on onto outside over regarding
    through to toward towards under until upon via with within without
    """.split()
)
NARROWING_PREPOSITIONS = frozenset(
    """
    about after as at before by during for from in into of on through to under via while with within
    """.split()
)
"""Behind these a denial may be narrowed down: "we do not share it with advertisers"."""
SUBORDINATORS = frozenset(
    """
    after although because before even if once only since though unless until when whenever while
    """.split()
)
BOUNDARIES = SUBORDINATORS | frozenset(
    """
    & and but cause how or so than that then what where whether which who whom whose why without
    """.split()
)
"""Where another clause of a question may begin."""
SUBJECT_STARTS = frozenset(
    """
    that which who and or if when where because unless but while although once after before until
    as so than
    """.split()
)
"""What stands before the subject of a clause."""
JOINERS = frozenset("and or nor and/or".split())
BETWEEN_MEMBERS = frozenset("a an the any our your their to with for of by in on".split())
"""Passed over between the members of a list: "with advertisers or with your bank"."""

CONDITIONS = frozenset(
    "only if when whenever where before after upon once until during while solely without "
    "depending agree consent".split()
)
KEPT_CONDITIONS = CONDITIONS - {"whenever", "solely", "agree", "consent"} | {
    "unless", "despite", "except", "provided",
}  # fmt: skip
"""Those that the sentence of a small model may not leave out."""
EXCEPTIONS = frozenset("except unless excluding exception exceptions otherwise".split())
PHRASE_STARTS = frozenset(
    "for in under with to during on at by despite upon subject according based as from within "
    "unlike besides".split()
)
"""With these a quote may begin before it says what it is about."""
EMPTY_PHRASES = frozenset("instanc exampl addit general particular order".split())
"""Stems: behind one of `PHRASE_STARTS` they say nothing, as in "for example"."""
EXAMPLES = frozenset("including include includes like".split())
SENTENCE_TAKES_BACK = frozenset(
    "however but except exceptions unless nevertheless otherwise".split()
)
"""The start of a sentence that takes back some of what the one before it said."""
BRACKET_TAKES_BACK = frozenset("but not no excluding as other only".split())
PURPOSES = frozenset("to for so because therefore".split())
"""What follows one of these behind a statement says why, and changes nothing in it."""
SAME_AS_AFTER = dict.fromkeys("after once upon when whenever".split(), "after")
"""These all tie a sentence to what comes first."""

# Where one of these stands in one statement alone, it may speak of another case than the other:
# conditions; someone's wish; parts and habits; kinds of data; groups of people.
GATES = OUTSIDE | THIRD_PERSON | frozenset(
    """
    only if unless except excepting excluding exception exceptions exceptional until provided
    when whenever where wherever after before upon once while during solely without but however
    although though whereas nevertheless notwithstanding instead otherwise apart despite besides
    whether depending depends depend subject case cases circumstance circumstances situation
    situations extent long soon event because just under above within outside from against via
    through
    consent consents permission agree agreement choose request requested requests default
    some certain limited particular specific selected several most many few other another others
    else additional additionally same example instance e.g i.e generally usually typically
    normally ordinarily mainly mostly primarily principally sometimes occasionally rarely often
    currently yet longer anymore knowingly intentionally directly individually automatically
    manually
    mean means defined refers definition aggregated aggregate anonymous anonymized anonymised
    hashed identifiable sensitive
    resident residents reside states countries country jurisdiction jurisdictions local
    applicable law laws child children kids minor minors adult adults parent parents guardian
    guardians parental teen teens student students teacher teachers employee employees employer
    applicants business businesses enterprise professional commercial premium trial beta guest
    guests
    """.split()
)  # fmt: skip
