"""Nouns of policies by kind: in a question, one may take the place of another of its kind."""

from __future__ import annotations

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
NOUN_KINDS = {kind: frozenset(nouns.split()) for kind, nouns in _KINDS.items()}
