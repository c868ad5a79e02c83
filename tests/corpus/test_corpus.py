import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.corpus.facts import FACTS, Fact

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
ORIGINALS = ROOT.parent / "shared" / "policies"
QUESTIONS = ROOT / "tests" / "data" / "first_user_questions.jsonl"
RUN = 8

EFFECTIVE = {
    "intraworks": datetime.date(2010, 7, 1),
    "introplex": datetime.date(2014, 6, 15),
    "ixanet": datetime.date(2019, 5, 1),
    "imgwg": None,
    "cpw": None,
}

# Contact lines cannot be put in other words.
ALLOWED = ("100-4311 Boban Drive, Nanaimo, B.C. V9T 5V9",)

# fmt: off
INTRAWORKS_SECTIONS = [
    "1", "1.1", "1.2", "1.3", "1.4", "2", "3", "4", "4.1", "4.2", "5", "5.1", "5.2",
    "6", "6.1", "7", "7.1", "8", "9", "10", "11", "12", "13", "14", "15", "16",
]
# fmt: on

needs_originals = pytest.mark.skipif(
    not ORIGINALS.is_dir(), reason=f"the original policies are not at {ORIGINALS}"
)


def restated(policy: str) -> str:
    return (CORPUS / f"{policy}.md").read_text(encoding="utf-8")


def original(policy: str) -> str:
    return (ORIGINALS / f"{policy}.txt").read_text(encoding="utf-8")


def front_matter_and_body(text: str) -> tuple[dict[str, Any], str]:
    opening, front_matter, body = text.split("---\n", 2)
    assert opening == ""
    return yaml.safe_load(front_matter), body


def blocks(body: str) -> list[str]:
    return re.split(r"\n\s*\n|\n(?=- )", body.strip())


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def copied(text: str, source: str) -> set[str]:
    allowed = set().union(*(runs(line) for line in ALLOWED))
    return {" ".join(run) for run in (runs(text) & runs(source)) - allowed}


def questions() -> list[dict[str, Any]]:
    return [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("policy", FACTS)
def test_front_matter(policy: str) -> None:
    front_matter, body = front_matter_and_body(restated(policy))
    assert front_matter.keys() - {"effective_date"} == {"title", "provider", "source"}
    assert "restated from the original wording" in front_matter["source"]
    assert front_matter["provider"] in front_matter["title"]
    assert front_matter.get("effective_date") == EFFECTIVE[policy]
    assert body.startswith(f"\n# {front_matter['title']}\n")


def test_every_policy_has_facts() -> None:
    assert {path.stem for path in CORPUS.glob("*.md")} - {"README"} == FACTS.keys()


@pytest.mark.parametrize(
    ("policy", "fact"), [(policy, fact) for policy, facts in FACTS.items() for fact in facts]
)
def test_fact_stands_in_one_block(policy: str, fact: Fact) -> None:
    _, body = front_matter_and_body(restated(policy))
    assert any(all(re.search(part, block) for part in fact) for block in blocks(body))


def test_a_fact_spread_over_two_blocks_is_missed() -> None:
    assert blocks("# A\n\nfree of\ncharge\n\n- once\n- a year\n") == [
        "# A",
        "free of\ncharge",
        "- once",
        "- a year",
    ]


@needs_originals
@pytest.mark.parametrize("policy", FACTS)
@pytest.mark.parametrize("source", FACTS)
def test_no_run_of_eight_words_is_copied(policy: str, source: str) -> None:
    assert copied(restated(policy), original(source)) == set()


def test_a_copied_run_of_eight_words_is_caught() -> None:
    source = "One two three four, five six seven EIGHT nine."
    assert copied("zero two three\nfour five six seven - eight nine zero", source) == {
        "two three four five six seven eight nine"
    }
    assert copied("two three four five six seven eight", source) == set()


def test_a_contact_line_may_be_copied() -> None:
    assert copied(ALLOWED[0], ALLOWED[0]) == set()
    assert len(copied(f"at {ALLOWED[0]}", f"at {ALLOWED[0]}")) == 1


def test_intraworks_keeps_the_section_numbers() -> None:
    headings = re.findall(r"^(#+) (\d[\d.]*)\. ", restated("intraworks"), re.MULTILINE)
    assert [number for _, number in headings] == INTRAWORKS_SECTIONS
    assert all(len(marks) == 2 + number.count(".") for marks, number in headings)


def test_first_user_questions_point_into_the_corpus() -> None:
    answerable = [question for question in questions() if question["answerable"]]
    assert [
        (question["id"], phrase)
        for question in answerable
        for phrase in question["corpus"]
        if phrase not in restated(question["policy"])
    ] == []
    assert all(question["corpus"] for question in answerable)


@needs_originals
def test_first_user_questions_point_into_the_originals() -> None:
    assert [
        (question["id"], phrase)
        for question in questions()
        for phrase in question["original"]
        if original(question["policy"]).count(phrase) != 1 or len(phrase.split()) > 6
    ] == []
