"""The closed word lists that the support check's rules go by."""

from __future__ import annotations

DENIALS = frozenset("no not never none nor neither nothing nobody no-one nowhere".split())
NEGATIONS = DENIALS | frozenset(
    """
    without refuse refuses prohibit prohibits mustnt decline declines unable prevent prevents
    prevented preventing refused declined avoid avoids avoiding hardly barely fail fails lack lacks
    false untrue dont doesnt wont cant
    """.split()
)
# What a sentence can say instead of denying, after "No".
NARROWINGS = frozenset(
    "only optional voluntary restrict restricts restricted instead rather limited neednot exclude "
    "excludes lose loses must again anonymous".split()
)
NEGATIVE_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non", "non-")
_PAIRS = (
    "greater less",
    "more less",
    "more fewer",
    "most least",
    "maximum minimum",
    "before after",
    "higher lower",
    "above below",
    "over under",
    "earlier later",
    "within after",
    "up least",
    "optin optout",
    "atleast atmost",
    "more atmost",
    "less atleast",
    "rarely often",
    "include exclude",
    "includes excludes",
    "including excluding",
    "free paid",
    "accept reject",
    "enable disable",
    "first last",
)
OPPOSITES = {
    word: frozenset(
        other for pair in _PAIRS if word in pair.split() for other in pair.split() if other != word
    )
    for word in " ".join(_PAIRS).split()
}
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
EXCEPTIONS = frozenset("except unless excluding exception exceptions otherwise".split())
CONSENT = frozenset("consent consents permission authorization authorisation agree".split())
PURPOSES = frozenset({"for", "where"})
CONDITIONS = frozenset(
    "only if when whenever where after before upon once until during while solely without "
    "depending agree consent".split()
)
ONLY = frozenset("only solely exclusively sole".split())
LIMITERS = frozenset("some certain most limited knowingly selected".split())
UNIVERSALS = (
    frozenset("all every each any anyone everyone everything anything everybody".split()),
    frozenset("always ever forever permanently constantly".split()),
    frozenset("immediately instantly".split()),
    frozenset("entirely completely full fully total totally".split()),
    frozenset("guarantee guarantees guaranteed".split()),
)
OWNERS = {
    "company": frozenset("our ours their its".split()),
    "you": frozenset("your yours".split()),
}
# Stems, as of `words.meaning`, of things of one kind: where a quote names one of them and a
# sentence another, the sentence is about something else.
KINDS = (
    frozenset("email telephone fax postal ip sms".split()),
    frozenset("sell give delete encrypt publish rent anonym".split()),
    frozenset("advertis polic insur employ landlord research affili".split()),
    frozenset("password photo video locat passport gender religion fingerprint salari".split()),
    frozenset("refund discount trial credit replac".split()),
    frozenset("daili weekli monthli yearli annual".split()),
    frozenset("automat manual".split()),
    frozenset("perman temporari".split()),
)
ACTORS = (
    dict.fromkeys("we us company provider they them it".split(), "company")
    | dict.fromkeys("you user users customer customers client clients".split(), "you")
    | dict.fromkeys("member members subscriber subscribers visitor visitors".split(), "you")
)
SUBJECTS = {"we": "company", "they": "company", "company": "company", "you": "you"}
# Stems, as of `words.meaning`, of those who act beside the company and its users.
STRANGERS = frozenset(
    "vendor partner advertis affili merchant seller buyer courier polic author employ "
    "parent administr lawyer attorney court bank insur landlord research moder".split()
)
PASSIVE = frozenset("be been being is are was were".split())
FIRST_PERSON = frozenset("i i'm i'll i've me my mine myself".split())
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
# Stems (Snowball English) of words that policies and people use for the same thing. Only pairs
# that hold in both directions in policies stand here.
SAME = {
    "collect": "gather",
    "get": "gather",
    "obtain": "gather",
    "receiv": "gather",
    "keep": "keep",
    "retain": "keep",
    "store": "keep",
    "hold": "keep",
    "kept": "keep",
    "held": "keep",
    "stay": "keep",
    "remain": "keep",
    "delet": "delete",
    "remov": "delete",
    "eras": "delete",
    "destroy": "delete",
    "share": "give",
    "disclos": "give",
    "provid": "give",
    "given": "give",
    "give": "give",
    "transfer": "give",
    "pass": "give",
    "contact": "contact",
    "reach": "contact",
    "write": "contact",
    "e-mail": "email",
    "mail": "email",
    "phone": "telephone",
    "ring": "telephone",
    "use": "use",
    "process": "use",
    "util": "use",
    "chang": "change",
    "updat": "change",
    "modifi": "change",
    "amend": "change",
    "correct": "change",
    "alter": "change",
    "revis": "change",
    "inform": "information",
    "data": "information",
    "detail": "information",
    "sell": "sell",
    "sold": "sell",
    "sale": "sell",
    "buy": "purchase",
    "bought": "purchase",
    "law": "law",
    "legal": "law",
    "secur": "secure",
    "protect": "secure",
    "safe": "secure",
    "person": "personal",
    "busi": "business",
    "vendor": "vendor",
    "supplier": "vendor",
    "hire": "engage",
    "engag": "engage",
    "site": "website",
    "websit": "website",
    "firm": "business",
    "user": "user",
    "custom": "user",
    "client": "user",
    "member": "user",
    "cancel": "end",
    "termin": "end",
    "end": "end",
    "close": "end",
    "deactiv": "end",
    "discontinu": "end",
    "stop": "end",
    "start": "start",
    "begin": "start",
    "free": "free",
    "charg": "charge",
    "fee": "charge",
    "cost": "charge",
    "tell": "notify",
    "notifi": "notify",
    "notic": "notify",
    "look": "view",
    "see": "view",
    "view": "view",
    "access": "view",
}
