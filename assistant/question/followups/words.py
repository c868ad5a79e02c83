"""The words by which a short question is taken apart: closed classes, and verbs of policies."""

from __future__ import annotations

AUXILIARIES = frozenset(
    """
    do does did is are was were am can could will would may might must shall should has have had
    don't doesn't didn't isn't aren't wasn't weren't can't cannot couldn't won't wouldn't shouldn't
    hasn't haven't
    """.split()
)
BE = frozenset("is are was were am isn't aren't wasn't weren't be been being".split())
HAVE = frozenset("has have had hasn't haven't".split())
COMPANY_PRONOUNS = frozenset("they you we".split())
SUBJECT_PRONOUNS = COMPANY_PRONOUNS | frozenset("i it he she there one anyone someone".split())
POINTERS = frozenset("it this that these those them they".split())
PREPOSITIONS = frozenset(
    """
    about above after against among around at before behind besides between beyond by concerning
    during except for from in inside into like near of off on onto outside over regarding
    through to toward towards under until upon via with within without
    """.split()
)
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
DETERMINERS = frozenset(
    """
    a an the my your their our his her its this that these those any some all no every each such
    which what whose other another certain
    """.split()
)
ADVERBS = frozenset(
    """
    actually also always automatically even ever exactly immediately just never not only often
    really sometimes still then too usually yet
    """.split()
)

ORDERS = frozenset(
    """
    define describe explain find give help let list name please show summarise summarize tell
    """.split()
)
ASKING = frozenset("how what when where who why".split())

_REGULAR = """
    accept access add agree aggregate allow analyse analyze anonymise anonymize answer appeal apply
    approve archive ask avoid back block call cancel change charge check claim clear close collect
    combine comment communicate complain comply connect consent contact contain control cooperate
    copy correct cost create deactivate decide decline delete deliver deny destroy detect disable
    disagree disclose discuss dispose download edit email enable encrypt end enforce erase expect
    expire explain export fix follow gather guarantee guard handle happen help host identify import
    include inform inspect install involve join last learn lease link listen locate log look mail
    maintain manage manipulate market mention merge monitor move name need note notify obey obtain
    offer open opt order own passed permit phone place please post prevent print process profile
    promise protect prove provide publish purge raise reach receive recognise recognize record
    recover reduce refer refuse register reject release rely remain remember remove renew rent
    repair replace report request require reserve respond restore restrict retain retrieve return
    reveal review sample save scan scrub secure serve share show sign start state stay stop store
    submit subscribe supply suspend switch target terminate trace track trade train transfer
    transmit transport trust try turn type undo unsubscribe update upload use verify view visit want
    warn watch wipe work
""".split()
_IRREGULAR = {
    "be": "been",
    "bind": "bound",
    "buy": "bought",
    "choose": "chosen",
    "come": "come",
    "do": "done",
    "find": "found",
    "forget": "forgotten",
    "get": "got",
    "give": "given",
    "go": "gone",
    "hand": "handed",
    "hang": "hung",
    "have": "had",
    "hear": "heard",
    "hold": "held",
    "keep": "kept",
    "know": "known",
    "leave": "left",
    "lend": "lent",
    "let": "let",
    "look": "looked",
    "lose": "lost",
    "make": "made",
    "mean": "meant",
    "object": "objected",
    "pass": "passed",
    "pay": "paid",
    "put": "put",
    "read": "read",
    "run": "run",
    "say": "said",
    "see": "seen",
    "sell": "sold",
    "send": "sent",
    "set": "set",
    "show": "shown",
    "speak": "spoken",
    "spy": "spied",
    "steal": "stolen",
    "take": "taken",
    "tell": "told",
    "think": "thought",
    "withdraw": "withdrawn",
    "write": "written",
}
BASES = frozenset(_REGULAR) | frozenset(_IRREGULAR)
_DOUBLING = frozenset(
    "get let log opt permit put refer run scan scrub set stop submit transfer transmit".split()
)


def _suffixed(base: str, suffix: str) -> str:
    """ "share" and "ing" give "sharing"; "stop" and "ed" give "stopped"."""
    if base in _DOUBLING:
        return f"{base}{base[-1]}{suffix}"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base.removesuffix("e") + suffix
    if suffix == "ed" and base.endswith("y") and base[-2] not in "aeiou":
        return base.removesuffix("y") + "ied"
    return base + suffix


def gerund(base: str) -> str:
    return "being" if base == "be" else _suffixed(base, "ing")


PARTICIPLES = frozenset(_IRREGULAR.values()) | {_suffixed(base, "ed") for base in _REGULAR}
GERUNDS = frozenset(gerund(base) for base in BASES)


def third_person(verb: str) -> str:
    """ "keeps" of "keep"; "holds on to" of "hold on to"."""
    base, *particles = verb.split(" ")
    if base in {"be", "have"}:
        form = {"be": "is", "have": "has"}[base]
    elif base.endswith("y") and base[-2:-1] not in set("aeiou"):
        form = base.removesuffix("y") + "ies"
    else:
        form = f"{base}{'es' if base.endswith(('s', 'sh', 'ch', 'x', 'o')) else 's'}"
    return " ".join((form, *particles))


THIRD_PERSONS = {third_person(base): base for base in BASES if base != "be"}
"""From the third person to the base: "keeps" to "keep"."""

STATES = frozenset(
    """
    accessible anonymous anonymised anonymized available complete confidential free hidden legal
    mandatory necessary obligatory optional permanent personal possible private public safe secure
    sensitive temporary true unencrypted visible
    """.split()
)

PHRASAL = {
    verb: frozenset(particles.split())
    for verb, particles in {
        "back": "up",
        "close": "down",
        "find": "out",
        "get": "at back rid",
        "give": "away out up",
        "hand": "out over",
        "hang": "on onto",
        "hold": "on onto",
        "log": "in out",
        "look": "at",
        "opt": "in out",
        "pass": "on",
        "set": "up",
        "sign": "in out up",
        "switch": "off on",
        "take": "down",
        "turn": "off on",
    }.items()
}

# A noun is put in the place of another of the same kind.
_KINDS = {
    "information": """
        address addresses account accounts birthdate card cards communications contacts content
        conversations correspondence data date details device email emails e-mail e-mails file
        files history id image images info information invoices ip job location log logs login
        mail messages metadata name names number numbers password passwords payments phone photo
        photos picture pictures post posts preferences profile purchases record records search
        searches texts title transactions uploads username video videos voice
    """,
    "technique": """
        analytics beacons cookie cookies files fingerprinting log logs pixels storage tags trackers
        tracking
    """,
    "recipient": """
        advertisers affiliates agencies agents authorities banks broker brokers buyers companies
        contractors courts court employees employers facebook firms google governments government
        insurers networks organisations organizations parents parties partners police processors
        providers public researchers sponsors staff subsidiaries suppliers twitter vendors
    """,
    "person": """
        adults applicants californians children clients customers employees europeans guests kids
        members minors non-customers non-members patients strangers students subscribers teenagers
        teens users visitors
    """,
}
KINDS = {kind: frozenset(listed.split()) for kind, listed in _KINDS.items()}
GIVING = frozenset(
    "disclose give hand lease pass provide rent reveal sell send share transfer".split()
)
