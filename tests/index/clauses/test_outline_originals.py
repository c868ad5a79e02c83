"""The sections of the five policies, as a person reads them."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest

from index.clauses.split import ClauseText, split
from index.documents.loader import make_policy, read_document
from tests.conftest import FakeEmbedder

ROOT = Path(__file__).parents[3]
ORIGINALS = ROOT.parent / "shared" / "policies"
BUDGET = 254

Outline = list[tuple[str | None, tuple[str, ...]]]

needs_originals = pytest.mark.skipif(
    not ORIGINALS.is_dir(), reason=f"the original policies are not at {ORIGINALS}"
)


def _unnumbered(*paths: tuple[str, ...]) -> Outline:
    return [(None, path) for path in paths]


IMGWG = _unnumbered(
    (),
    ("Information We Collect",),
    ("How We Use Information We Collect",),
    ("Choices For Personal Information",),
    ("Information Sharing",),
    ("Information Security",),
    ("Data Integrity",),
    ("Accessing And Updating Personal Information",),
)


def _intraworks(access: str, sharing: str, aggregate: str) -> Outline:
    collection = "Information Collection & Use"
    return [
        (None, ()),
        ("1.1", (collection, "Registration")),
        ("1.2", (collection, "Account Subscriptions")),
        ("1.3", (collection, "Hosted websites")),
        ("1.4", (collection, "Server Logs")),
        ("2", ("Uses of Information",)),
        ("3", ("Information Security",)),
        ("4.1", (access, "Changing Information")),
        ("4.2", (access, "Removing Information")),
        ("5.1", ("Communications", "Service-related Announcements")),
        ("5.2", ("Communications", "Customer Service")),
        ("6.1", (sharing, aggregate)),
        ("7.1", ("Agents", "Credit Card Processing")),
        ("8", ("Choice/Opt-out",)),
        ("9", ("Log Files",)),
        ("10", ("Cookies",)),
        ("11", ("Third Party Advertisers",)),
        ("12", ("Bulletin Boards / Chat Rooms / Member Websites",)),
        ("13", ("Links to Other Sites",)),
        ("14", ("Legal Disclaimer",)),
        ("15", ("Changes in this Privacy Statement",)),
        ("16", ("Contact Us",)),
    ]


def _introplex(amend: str) -> Outline:
    kinds = ("Cookies", "The cookies we use")
    return _unnumbered(
        (),
        ("Information we collect from you",),
        ("What about sharing information?",),
        (f"{amend} your personal information",),
        ("Data Security",),
        ("Cookies", "What are cookies?"),
        (*kinds, "Strictly necessary cookies"),
        (*kinds, "Performance cookies"),
        (*kinds, "Functionality cookies"),
        (*kinds, "Targeting or advertising cookies"),
        (*kinds, "Third party cookies"),
        ("Cookies", "How to manage cookies"),
        ("Changes to this policy",),
    )


def _ixanet(why: str, disclosure: tuple[str, ...]) -> Outline:
    return _unnumbered(
        (),
        ("Personal Information collected by ixanet",),
        (why,),
        (why, "Contact information"),
        (why, "Technical data"),
        (why, "Information on purchases"),
        disclosure,
        ("Consent",),
        ("Protection of Personal Information",),
        ("Evolving Practices",),
    )


_WHY = "Why does ixanet collect CLIENTS’ Personal Information?"
_WHY_RESTATED = "Why ixanet collects CLIENTS' Personal Information"
ORIGINAL_OUTLINES = {
    "cpw": _unnumbered(()),
    "imgwg": IMGWG,
    "intraworks": _intraworks(
        "Access to Personally Identifiable Information",
        "Information Sharing and Disclosure",
        "Aggregate Information (non-personally identifiable)",
    ),
    "introplex": _introplex("How to view or amend"),
    # Disclosure has no heading there: it is out of the purchases, and under the "why" again.
    "ixanet": _ixanet(_WHY, (_WHY,)),
}
CORPUS_OUTLINES = {
    "cpw": _unnumbered(()),
    "imgwg": IMGWG,
    "intraworks": _intraworks(
        "Access to Information That Identifies You",
        "Sharing and Disclosing Information",
        "Aggregate Information (not personally identifiable)",
    ),
    "introplex": _introplex("Viewing or amending"),
    "ixanet": _ixanet(_WHY_RESTATED, ("Disclosure of Personal Information",)),
}
TITLES = {
    "cpw": "Privacy Policy",
    "imgwg": "imgwg Communications Privacy Policy",
    "intraworks": "PRIVACY POLICY",
    "introplex": "",  # it begins with a sentence
    "ixanet": "ixanet Privacy Policy",
}


def _clauses(path: Path) -> list[ClauseText]:
    document = read_document(path, path.read_bytes())
    policy = make_policy(document, path.stem, path)
    return split(policy, document, FakeEmbedder().count_tokens, BUDGET)


def _outline(path: Path) -> Outline:
    marks = [(made.clause.number, made.clause.heading_path) for made in _clauses(path)]
    return [mark for mark, _ in groupby(marks)]


@needs_originals
@pytest.mark.parametrize("name", ORIGINAL_OUTLINES)
def test_outline_of_an_original(name: str) -> None:
    assert _outline(ORIGINALS / f"{name}.txt") == ORIGINAL_OUTLINES[name]


@pytest.mark.parametrize("name", CORPUS_OUTLINES)
def test_outline_of_a_restatement(name: str) -> None:
    assert _outline(ROOT / "corpus" / f"{name}.md") == CORPUS_OUTLINES[name]


@needs_originals
@pytest.mark.parametrize("name", TITLES)
def test_title_of_an_original(name: str) -> None:
    path = ORIGINALS / f"{name}.txt"
    assert read_document(path, path.read_bytes()).title == TITLES[name]


@needs_originals
@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("cpw", None),
        ("imgwg", None),
        ("intraworks", "2010-07-01"),
        ("introplex", "2014-06-15"),
        ("ixanet", "2019-05-01"),
    ],
)
def test_date_of_an_original(name: str, date: str | None) -> None:
    path = ORIGINALS / f"{name}.txt"
    document = read_document(path, path.read_bytes())
    assert make_policy(document, name, path).effective_date == date


@needs_originals
@pytest.mark.parametrize("name", ORIGINAL_OUTLINES)
def test_clauses_are_about_five_hundred_characters_long(name: str) -> None:
    lengths = [made.clause.end - made.clause.start for made in _clauses(ORIGINALS / f"{name}.txt")]
    assert 300 <= sum(lengths) / len(lengths) <= 600
    assert max(lengths) <= 1200
