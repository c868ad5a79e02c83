"""The closed lists by which quotes are held against each other.

Words are lower case. A meaning is a Snowball stem, or one stem for several of the same meaning.
"""

from __future__ import annotations

import re

from assistant.english.lexicon import SAME

# What they point to stands outside the quote, so that nothing can be said of it.
POINTING = frozenset(
    """
    this these those such former latter following below aforementioned described foregoing section
    paragraph clause article
    """.split()
)
# So do these, where little stands before them that they could mean.
PRONOUNS = frozenset("it its it's them they their he she his her".split())
# Where one of these stands in one statement alone, it may speak of another case than the other:
# conditions; someone's wish; parts and habits; kinds of data; groups of people.
GATES = (
    POINTING
    | PRONOUNS
    | frozenset(
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
    )
)
# Next to a number these measure, and make no condition: "after 30 days".
MEASURING = frozenset("after before within until upon once from under above".split())
# The start of a sentence that takes back some of what the one before it said.
TAKING_BACK = frozenset("however but except exceptions unless nevertheless otherwise".split())
# Denied, they leave open what is so: "not only", "not all", "no obligation".
UNCLEAR = frozenset(
    """
    only all always every necessarily just limited solely least less more most fewer exceed
    require required obliged obligation obligations responsible responsibility liable liability
    intended guarantee guarantees guaranteed warrant control endorse apply applies mean entirely
    completely exclusively both each
    """.split()
)
PARTIAL = frozenset("all every each both entire full whole".split())  # "do not share all of it"
DENYING = frozenset("not never no neednot".split())
UNIVERSAL = frozenset("all every each any whatever".split())
STRONG = frozenset("never any anyone anybody anything ever".split())
LOWER = frozenset("least atleast minimum older over above longer exceed more".split())
UPPER = frozenset("most atmost maximum up within under below less fewer latest younger".split())
AGE = frozenset("age aged older old younger".split())
# These all tie a sentence to what comes first.
AFTER = dict.fromkeys("after once upon when whenever".split(), "after")
FOREVER, AT_ONCE = "forever", "immediately"
PERSONS = {"we": "company", "you": "you"} | dict.fromkeys(
    "users customers members visitors subscribers clients".split(), "you"
)
DUTY = frozenset("must shall compulsory".split())
PERMISSION = frozenset("can may".split())
BEING = frozenset("be been being is are was were gets".split())
AUXILIARIES = BEING | frozenset(
    """
    do does did will would shall should may might can could must have has had also then not never
    neednot ever hereby both
    """.split()
)
# Words of a whole sentence, which a heading has not.
PREDICATES = (
    AUXILIARIES | PERSONS.keys() | frozenset("costs take takes lasts expire expires".split())
)
COUNTING = frozenset("gather give allow offer includ".split())  # "members get five downloads"
JOINERS = frozenset("and or nor and/or".split())
# Passed over between the members of a list: "with advertisers or with your bank".
LINKS = frozenset("a an the any our your their to with for of by in on".split())
# What follows one of these behind the statement says why, and changes nothing in it.
PURPOSES = frozenset("to for so because therefore".split())
ANCHORS = frozenset("of from after following before".split())  # "14 days from purchase"
SAYING = frozenset({"free"})  # whatever else the support check takes it for
WEIGHTLESS = frozenset(
    """
    please note also simply course moreover addition within all every each any anyone everyone
    everything anything anybody everybody always ever entirely completely full fully time times
    period duration length maximum minimum most least atleast atmost up older younger old age aged
    latest later longer calendar working total take takes last lasts per
    day days week weeks month months quarter year years hour hours minute minutes second seconds
    dollar dollars euro euros pound pounds percent usd eur gbp forever immediately
    """.split()
)
# About who may use a service these say the same: to join, to open an account, to use the site.
OF_AGE = frozenset(
    """
    use user account regist sign join view servic websit app platform open creat person peopl
    individu give gather submit elig product
    """.split()
)
# What people are given: "there are no refunds", "we do not offer refunds".
GIVEN = frozenset("refund discount compens reimburs".split())
GIVING = frozenset(
    "give gather offer issu make made given paid grant request claim avail possibl elig ask".split()
)
KINDS = {
    "advertiser": "thirdparti",
    "databrok": "thirdparti",
    "emailaddress": "personalinform",
    "phonenumb": "personalinform",
}
OPPOSITE_MEANINGS = tuple(
    frozenset(pair.split())
    for pair in (
        "delete keep",
        "includ exclud",
        "accept reject",
        "enabl disabl",
        "free charge",
        "free paid",
        "optin optout",
        "public privat",
    )
)
MEANINGS = SAME | {
    "advertis": "advertiser",
    "repli": "answer",
    "respond": "answer",
    "respons": "answer",
    "deliveri": "deliver",
    "deliv": "deliver",
    "pay": "paid",
    "payment": "paid",
}
_OURS = r"(?:our|the) (?:website|site|services?|apps?|platform|company|store|shop)"
_DATA = r"(?:data|information|details)"
_WHOSE = r"(?:your|users?'?|customers?'?|members?'?|visitors?'?)(?: own)?"
_REWRITTEN = (
    # The modal verbs, in one form each.
    (r"\b(?:do|does|did) not (?:have|need) to\b", "neednot"),
    (r"\b(?:is|are) not (?:required|obliged|obligated) to\b|\bneed not\b", "neednot"),
    (r"\b(?:has|have|had) to\b|\b(?:is|are) (?:required|obliged|obligated) to\b", "must"),
    (r"\b(?:has|have) no right to\b|\bmust not\b", "can not"),
    (r"\b(?:is|are) (?:prohibited|forbidden|banned) from\b", "can not"),
    (r"\b(?:is|are) not (?:allowed|permitted|entitled|able|authorized) to\b", "can not"),
    (r"\b(?:is|are) (?:allowed|permitted|entitled|able|free|welcome) to\b", "can"),
    (r"\b(?:has|have|reserves?) the right to\b", "can"),
    (r"\b(is|are) (?:prohibited|forbidden|banned)\b", r"\1 not permissible"),
    (r"\b(is|are) (not )?(?:allowed|permitted|welcome)\b", r"\1 \2permissible"),
    (r"\b(is|are) (?:optional|voluntary)\b", r"\1 not compulsory"),
    (r"\b(is|are) (?:required|needed|necessary|mandatory|obligatory)\b", r"\1 compulsory"),
    (
        r"\b(is|are) (?:un|non-?|in)(available|eligible|transferable|refundable|encrypted)\b",
        r"\1 not \2",
    ),
    (r"\b(?:under no circumstances|at no time|in no event|in no case)\b", "never"),
    (r"\bbe able to\b", ""),
    (r"\bat this time\b", ""),
    (r"\bincluding,? (?:but not limited to|without limitation),?", "including"),
    # Bounds, which deny nothing, and periods without a number.
    (r"\b(?:no|not) (?:later|more|longer|older) than\b", "atmost"),
    (r"\b(?:no|not) (?:less|fewer|earlier|younger) than\b", "atleast"),
    (r"(?<=\w )or (?:over|above|more|up)\b", "or older"),
    (r"\bindefinitely\b", FOREVER),
    (r"\b(?:instantly|right away|at once)\b", AT_ONCE),
    # One name for one thing.
    (
        r"\bth(?:is|ese) (?=(?:privacy )?(?:policy|website|site|services?|apps?|platform|terms)\b)",
        "our ",
    ),
    (r"\bit takes\b", "takes"),
    (rf"\b{_OURS}(?= (?:do|does|may|will|can|never|(?!is|was|has)\w+s)\b)", "we"),
    (r"\bour (?:staff|team|moderators|personnel)\b", "we"),
    (r"\bon (?:our|this|the) (?:own )?(?:servers?|systems?)\b", ""),
    (r"\bserver logs?\b", "logs"),
    (r"\b(?:inform|tell|alert) (?=you|users|customers|members)", "notify "),
    (r"\bgive((?: [\w']+){0,3}) notice\b", r"notify\1"),
    (r"\bin advance\b", ""),
    (r"\ball sales are final\b", "there are no refunds"),
    (r"\bmoney[- ]back\b", "refund"),
    (r"\b(?:free of|without|at no) (?:extra |additional )?(?:cost|charge)s?\b", "free"),
    (
        r"\b(?:advertising|ad|marketing) "
        r"(?:partners?|companies|company|networks?|agency|agencies|firms?)\b",
        "advertisers",
    ),
    (r"\bads?\b", "advertising"),
    (r"\bthird[- ]part(?:y|ies)\b", "thirdparty"),
    (r"\bdata brokers?\b", "databroker"),
    (r"\bservice providers?\b", "serviceprovider"),
    (r"\blaw enforcement(?: agencies| authorities)?\b", "police"),
    (r"\be-?mail address(?:es)?\b", "emailaddress"),
    (r"\bip[- ]address(?:es)?\b", "ipaddress"),
    (r"\b(?:tele)?phone numbers?\b", "phonenumber"),
    (r"\bcredit[- ]cards?\b", "creditcard"),
    (r"\b(?:dates? of birth|birth ?dates?|birthdays?)\b", "birthdate"),
    (r"\bdo not track\b", "donottrack"),
    (r"\bopt(?:s|ed|ing)?[ -](in|out)\b", r"opt\1"),
    (
        rf"\b{_WHOSE} (?:personal )?{_DATA}\b|\bpersonal(?:ly identifiable)? {_DATA}\b",
        "personalinformation",
    ),
    # Why something is done.
    (r",? (?:so that|in order to)\b.*", ""),
)
REWRITTEN = tuple((re.compile(said, re.IGNORECASE), read) for said, read in _REWRITTEN)
