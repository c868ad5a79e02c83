"""What a sentence is reworded to before it is held against another: one form for one meaning."""

from __future__ import annotations

import re

from assistant.english.lexicon.extent import AT_ONCE, FOREVER

_OURS = r"(?:our|the) (?:website|site|services?|apps?|platform|company|store|shop)"
_DATA = r"(?:data|information|details)"
_WHOSE = r"(?:your|users?'?|customers?'?|members?'?|visitors?'?)(?: own)?"
_REWRITTEN = (
    # Each modal verb in one form.
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
