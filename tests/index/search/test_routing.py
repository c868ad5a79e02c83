from __future__ import annotations

import pytest

from index.search.routing import Routed, route
from index.store.snapshot import PolicyEntry


def _entry(policy_id: str, provider: str, title: str = "", path: str = "/x/p.txt") -> PolicyEntry:
    return PolicyEntry(policy_id, title or "Privacy Policy", provider, path, "v", None, 1, ("v",))


ENTRIES = [
    _entry("intraworks", "Intraworks I.T. Management", path="/x/intraworks.txt"),
    _entry("introplex", "Introplex", path="/x/introplex.txt"),
    _entry("acme", "Acme", path="/x/a.txt"),
    _entry("acme-bank", "Acme Bank", path="/x/b.txt"),
    _entry("cpw", "CPW", path="/x/c.txt"),
    _entry("style", "Style", path="/x/d.txt"),
    _entry("file", "Privacy Policy", path="/x/zebra_privacy-2024.txt"),
    _entry("titled", "", title="Quagga Terms of Service"),
    _entry("shop", "example.com"),
]
ORDINARY = {"style", "stile", "example", "acne"}


def _route(question: str, entries: list[PolicyEntry] = ENTRIES) -> Routed:
    return route(question, entries, lambda word, policy_id: word in ORDINARY)


@pytest.mark.parametrize(
    ("question", "policies"),
    [
        # by provider, title, file stem
        ("Does Introplex sell data?", ("introplex",)),
        ("does introplex sell data?", ("introplex",)),
        ("Does Intraworks I.T. Management sell data?", ("intraworks",)),
        ("Does Quagga sell data?", ("titled",)),
        ("Does Zebra sell data?", ("file",)),
        ("Does example.com sell data?", ("shop",)),
        ("Does Example sell data?", ("shop",)),
        # possessives and plurals
        ("What is Introplex's address?", ("introplex",)),
        ("What is Introplex’s address?", ("introplex",)),
        ("Where is the Introplexs office?", ("introplex",)),
        # misspelt by one or two letters, or by two that changed places
        ("Does Introplx sell data?", ("introplex",)),
        ("Does Intropelx sell data?", ("introplex",)),
        ("Does Intrawrks sell data?", ("intraworks",)),
        ("Does Intrawrkz sell data?", ("intraworks",)),
        ("Does Intrwrkz sell data?", ()),
        ("Does Quaga sell data?", ("titled",)),
        ("Does Quga sell data?", ()),
        # short names are never misspelt, nor are ordinary words misspelt names
        ("Does CPW sell data?", ("cpw",)),
        ("Does cpw sell data?", ("cpw",)),
        ("Does CPX sell data?", ()),
        ("Does Acne sell data?", ()),
        ("What does Stile collect?", ()),
        ("What does Stule collect?", ("style",)),
        # an ordinary word names a policy only with a capital
        ("What is the style of it?", ()),
        ("What does Style collect?", ("style",)),
        ("Is there an example?", ()),
        # several; the longest wins
        ("Do Introplex and Intraworks sell data?", ("intraworks", "introplex")),
        ("Does Acme sell data?", ("acme", "acme-bank")),
        ("Does Acme Bank sell data?", ("acme-bank",)),
        ("Do CPW and Acme Bank sell data?", ("acme-bank", "cpw")),
        # none
        ("Is my data sold?", ()),
        ("What is the privacy policy?", ()),
        ("Management of data?", ()),
        ("", ()),
    ],
)
def test_policies_that_a_question_names(question: str, policies: tuple[str, ...]) -> None:
    assert _route(question).policies == policies


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("Does Introplex sell data?", "Does the company sell data?"),
        ("Is Introplex's data sold?", "Is the company data sold?"),
        ("Do CPW and Introplex sell?", "Do the company and the company sell?"),
        ("Does Acme Bank sell data?", "Does the company sell data?"),
        ("Is data sold?", "Is data sold?"),
    ],
)
def test_the_query_has_no_names(question: str, query: str) -> None:
    assert _route(question).query == query


def test_a_name_that_all_share_tells_nothing() -> None:
    entries = [_entry("a", "Acme", path="/x/one.txt"), _entry("b", "Acme", path="/x/two.txt")]
    assert _route("Does Acme sell data?", entries) == Routed((), "Does Acme sell data?")
    assert _route("Does Acme sell data?", entries[:1]).policies == ("a",)
    assert _route("What is in one?", []) == Routed((), "What is in one?")


AGREEMENTS = [
    _entry("quux", "Quux", "Mutual Non-Disclosure Agreement", "/x/quux.txt"),
    _entry("zork", "Zork", "Non-Disclosure Agreement", "/x/NDA_20ZorkFrob_20blank.txt"),
    _entry("zork-terms", "Zork", "Terms of Carriage", "/x/zork-terms.txt"),
    _entry("hermes", "Eulerhermes nda", "Non-Disclosure Agreement", "/x/Eulerhermes_nda.txt"),
    _entry("m-and-s", "", "Disclosure of Blank Forms", "/x/5.txt"),
]


@pytest.mark.parametrize(
    ("question", "policies"),
    [
        # what kind of policy it is only narrows down
        ("Does Quux's Non-Disclosure Agreement end?", ("quux",)),
        ("Does Zork's Non-Disclosure Agreement end?", ("zork",)),
        ("Does Zork reply?", ("zork", "zork-terms")),
        ("Does the Non-Disclosure Agreement end?", ()),
        # file names come apart, and are written apart
        ("Does Frob reply?", ("zork",)),
        ("Does frob reply?", ()),
        ("Frob, reply?", ()),
        ("Does Euler Hermes reply?", ("hermes",)),
        ("Does euler hermes reply?", ()),
        # the first word of a title is not a name if it is an ordinary word
        ("What is Disclosure?", ()),
    ],
)
def test_kinds_of_policies_and_names_of_files(question: str, policies: tuple[str, ...]) -> None:
    ordinary = {"non", "disclosure", "mutual", "blank", "forms", "carriage"}
    routed = route(question, AGREEMENTS, lambda word, policy_id: word in ordinary)
    assert routed.policies == policies


def test_what_is_no_name() -> None:
    entries = [
        _entry("login", "Login Rules", "", "/x/Login_Rules.txt"),
        _entry("whatsapp", "WhatsApp", "", "/x/WhatsApp.txt"),
        _entry("hellofresh", "HelloFresh", "", "/x/HelloFresh_privacy.txt"),
        *(_entry(f"acme-{number}", "Acme", "", f"/x/{number}.txt") for number in range(6)),
    ]
    for question in (
        "How do I log in from abroad?",
        "whats the retention period for logs?",
        "hello, how long are logs kept?",
        "Fresh data: is it kept?",
    ):
        assert route(question, entries, lambda word, _: False) == Routed((), question)
    acme = route("What data does Acme collect?", entries, lambda word, _: False)
    assert acme.policies == tuple(f"acme-{number}" for number in range(6))


def test_names_beside_each_other_leave_one_company() -> None:
    routed = route(
        "Does the Quux's Non-Disclosure Agreement end?", AGREEMENTS, lambda word, _: word != "quux"
    )
    assert routed == Routed(("quux",), "Does the company end?")


def test_a_name_is_ordinary_by_other_policies_only() -> None:
    asked = []

    def is_word(word: str, policy_id: str) -> bool:
        asked.append((word, policy_id))
        return False

    assert route("Who runs acme?", [_entry("acme", "Acme")], is_word).policies == ("acme",)
    assert ("acme", "acme") in asked
