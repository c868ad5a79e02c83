"""Verbs: those of policies and of questions about them, and their forms."""

from __future__ import annotations

from assistant.english.lexicon.auxiliaries import BEFORE_VERB, FINITE
from assistant.english.lexicon.people import PLURAL_SUBJECTS

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
_IRREGULAR = dict(
    pair.split(":")
    for pair in """
    be:been bind:bound buy:bought choose:chosen come:come do:done find:found forget:forgotten
    get:got give:given go:gone hand:handed hang:hung have:had hear:heard hold:held keep:kept
    know:known leave:left lend:lent let:let look:looked lose:lost make:made mean:meant
    object:objected pass:passed pay:paid put:put read:read run:run say:said see:seen sell:sold
    send:sent set:set show:shown speak:spoken spy:spied steal:stolen take:taken tell:told
    think:thought withdraw:withdrawn write:written
    """.split()
)
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

ORDERS = frozenset(
    """
    define describe explain find give help let list name please show summarise summarize tell
    """.split()
)
STATES = frozenset(
    """
    accessible anonymous anonymised anonymized available complete confidential free hidden legal
    mandatory necessary obligatory optional permanent personal possible private public safe secure
    sensitive temporary true unencrypted visible
    """.split()
)
"""What something is said to be, as it is said to be kept or shared."""
PHRASAL = {
    verb: frozenset(particles.split())
    for verb, particles in {
        "back": "up", "close": "down", "find": "out", "get": "at back rid", "give": "away out up",
        "hand": "out over", "hang": "on onto", "hold": "on onto", "log": "in out", "look": "at",
        "opt": "in out", "pass": "on", "set": "up", "sign": "in out up", "switch": "off on",
        "take": "down", "turn": "off on",
    }.items()
}  # fmt: skip
"""The particles that a verb takes."""
VERBS_OF_GIVING = frozenset(
    "disclose give hand lease pass provide rent reveal sell send share transfer".split()
)

STATING_VERBS = FINITE | frozenset(
    """
    be been need needs keep keeps collect collects share shares use uses sell sells store stores
    delete deletes provide provides receive receives send sends give gives get gets include
    includes allow allows require requires apply applies expire expires contact remain remains
    retain retains process processes disclose discloses transfer transfers offer offers rely relies
    reserve reserves agree agrees access accesses protect protects encrypt encrypts notify notifies
    track tracks recommend recommends cover covers make makes take takes work works ask asks visit
    send click go tap select open follow choose read see write submit email call enter log sign
    change update set turn report pay last lasts begin begins start starts end ends means mean
    become becomes contain contains consist consists depend depends prohibit prohibits own owns
    mail
    """.split()
)
"""Verbs of whole sentences, which tell these from what is only a noun phrase."""
PREDICATES = (
    BEFORE_VERB
    | PLURAL_SUBJECTS.keys()
    | frozenset("costs take takes lasts expire expires".split())
)
"""Words of whole sentences, which headings do not have."""
