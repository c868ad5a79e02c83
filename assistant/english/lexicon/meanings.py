"""Stems and meanings: which words say the same, the contrary, or something of the same kind."""

from __future__ import annotations

_SAME = {
    "gather": "collect get obtain receiv",
    "keep": "keep retain store hold kept held stay remain",
    "delete": "delet remov eras destroy",
    "give": "share disclos provid given give transfer pass",
    "contact": "contact reach write",
    "email": "e-mail mail",
    "telephone": "phone ring",
    "use": "use process util",
    "change": "chang updat modifi amend correct alter revis",
    "information": "inform data detail",
    "sell": "sell sold sale",
    "purchase": "buy bought",
    "law": "law legal",
    "secure": "secur protect safe",
    "personal": "person",
    "business": "busi firm",
    "vendor": "vendor supplier",
    "engage": "hire engag",
    "website": "site websit",
    "user": "user custom client member",
    "end": "cancel termin end close deactiv discontinu stop",
    "start": "start begin",
    "free": "free",
    "charge": "charg fee cost",
    "notify": "tell notifi notic",
    "view": "look see view access",
}
SAME = {stem: meaning for meaning, stems in _SAME.items() for stem in stems.split()}
"""From the stem of a word to one for all words that policies and people use for the same thing.

Only pairs that hold in both directions in policies stand here.
"""
MEANINGS_IN_STATEMENTS = SAME | {
    "advertis": "advertiser",
    "repli": "answer",
    "respond": "answer",
    "respons": "answer",
    "deliveri": "deliver",
    "deliv": "deliver",
    "pay": "paid",
    "payment": "paid",
}
"""Of two policies' statements a little more is the same: "We pay", "payment"."""

_PAIRS = [
    frozenset(pair.split("/"))
    for pair in """
    greater/less more/less more/fewer most/least maximum/minimum before/after higher/lower
    above/below over/under earlier/later within/after up/least optin/optout atleast/atmost
    more/atmost less/atleast rarely/often include/exclude includes/excludes including/excluding
    free/paid accept/reject enable/disable first/last
    """.split()
]
OPPOSITES = {
    word: frozenset().union(*(pair for pair in _PAIRS if word in pair)) - {word}
    for word in frozenset().union(*_PAIRS)
}
"""From a word to its opposites, where a sentence must not say the one for the other."""
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
"""Meanings that cannot both hold of the same thing."""

EXCLUSIVE_KINDS = (
    frozenset("email telephone fax postal ip sms".split()),
    frozenset("sell give delete encrypt publish rent anonym".split()),
    frozenset("advertis polic insur employ landlord research affili".split()),
    frozenset("password photo video locat passport gender religion fingerprint salari".split()),
    frozenset("refund discount trial credit replac".split()),
    frozenset("daili weekli monthli yearli annual".split()),
    frozenset("automat manual".split()),
    frozenset("perman temporari".split()),
)
"""Meanings of things of one kind: where a quote names one of them and a sentence another, the
sentence is about something else."""
WIDER_KINDS = {
    "advertiser": "thirdparti",
    "databrok": "thirdparti",
    "emailaddress": "personalinform",
    "phonenumb": "personalinform",
}

GIVEN = frozenset("refund discount compens reimburs".split())
"""What people are given: "there are no refunds", "we do not offer refunds"."""
SAYING_IT_IS_GIVEN = frozenset(
    "give gather offer issu make made given paid grant request claim avail possibl elig ask".split()
)
"""Beside something given these say nothing more."""
COUNTED = frozenset("gather give allow offer includ".split())
"""Behind these a number counts things: "members get five downloads"."""
OF_AGE = frozenset(
    """
    use user account regist sign join view servic websit app platform open creat person peopl
    individu give gather submit elig product
    """.split()
)
"""About who may use a service these say the same: to join, to open an account, to use the site."""
