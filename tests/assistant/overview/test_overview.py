"""Small policies with plain words, read by the packaged models."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant, Quote, Stance, Topic, UnknownPolicyError
from tests.assistant.samples import assistant_on

TEXTS = {
    "north": "We sell your personal information to advertisers. We keep server logs for 30 days.",
    "south": "We do not sell your personal information. We use cookies to keep you signed in.",
    "west": "Our office is open from nine to five. Our staff wear blue shirts on weekdays.",
}
SOLD = "Do you sell my personal information?"


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("three")
    for name, text in TEXTS.items():
        (folder / f"{name}.md").write_text(f"# Privacy policy\n\n{text}\n", encoding="utf-8")
    assistant = assistant_on(folder / "index")
    assistant.add([folder / f"{name}.md" for name in TEXTS])
    return assistant


def test_a_row_for_each_policy(three: Assistant) -> None:
    rows = three.compare(SOLD)
    assert [(row.policy_id, row.stance) for row in rows] == [
        ("north", Stance.STATES),
        ("south", Stance.CONTRARY),
        ("west", Stance.SILENT),
    ]
    assert [row.quote.exact if row.quote else None for row in rows] == [
        "We sell your personal information to advertisers.",
        "We do not sell your personal information.",
        None,
    ]
    assert [row.version for row in rows] == [three.policy(each).version for each in TEXTS]


def test_only_the_policies_that_are_named(three: Assistant) -> None:
    rows = three.compare(SOLD, ["west", "north", "west"])
    assert [row.policy_id for row in rows] == ["west", "north"]
    with pytest.raises(UnknownPolicyError, match="'east'"):
        three.compare(SOLD, ["east"])


def test_a_question_without_yes_or_no(three: Assistant) -> None:
    rows = three.compare("How long are server logs kept?", ["north", "west"])
    assert [row.stance for row in rows] == [Stance.STATES, Stance.SILENT]


def test_where_rules_cannot_tell_yes_from_no(tmp_path: Path) -> None:
    path = tmp_path / "east.txt"
    path.write_text("If you ask us to, we do not sell your personal information.\n", "utf-8")
    assistant = assistant_on(tmp_path / "index")
    assistant.add([path])
    (row,) = assistant.compare(SOLD)
    assert (row.stance, str(row.stance)) == (Stance.OPEN, "speaks of it")
    assert row.quote


def test_a_policy_that_contradicts_itself(tmp_path: Path) -> None:
    path = tmp_path / "east.txt"
    path.write_text(
        "We never share your email address with anyone.\n\n"
        "We share your email address with our partners.\n",
        encoding="utf-8",
    )
    assistant = assistant_on(tmp_path / "index")
    assistant.add([path])
    (row,) = assistant.compare("Do you share my email address?")
    assert row.stance is Stance.CONFLICTING


def test_a_grid_of_topics(three: Assistant) -> None:
    topics = [
        Topic("selling", (SOLD, "Who buys personal information?")),
        Topic("cookies", ("Are cookies used?", "Do you use cookies?")),
    ]
    coverage = three.coverage(topics)
    assert [entry.id for entry in coverage.policies] == ["north", "south", "west"]
    assert [[cell.quote is not None for cell in row] for row in coverage.cells] == [
        [True, False],
        [True, True],
        [False, False],
    ]
    cookies = coverage.cells[1][1]
    assert isinstance(cookies.quote, Quote)
    assert cookies.quote.exact == "We use cookies to keep you signed in."
    assert cookies.question == "Do you use cookies?"
    data = coverage.to_dict()
    assert data["policies"][2]["cells"]["cookies"]["stated"] is False
    assert data["policies"][1]["cells"]["cookies"]["quote"]["exact"] == cookies.quote.exact


def test_a_quote_without_the_words_of_the_topic_does_not_state_it(three: Assistant) -> None:
    questions = (SOLD, "Is information of children sold?")
    coverage = three.coverage([Topic("children", questions, ("child", "minor"))], ["north"])
    assert coverage.cells[0][0].quote is None
    coverage = three.coverage([Topic("selling", questions, ("buy", "sell"))], ["north"])
    quote = coverage.cells[0][0].quote
    assert quote is not None
    assert quote.exact.startswith("We sell your")


def test_it_tells_how_far_it_is(three: Assistant) -> None:
    from contextlib import nullcontext

    steps: list[int] = []
    named: list[tuple[str, int, str]] = []

    class Bar:
        def update(self, n: int) -> None:
            steps.append(n)

    def progress(what: str, total: int, unit: str) -> nullcontext[Bar]:
        named.append((what, total, unit))
        return nullcontext(Bar())

    three.coverage([Topic("cookies", ("Are cookies used?",))], progress=progress)
    three.compare(SOLD, ["west"], progress=progress)
    assert named == [("asking", 3, "cell"), ("comparing", 1, "policy")]
    assert steps == [1, 1, 1, 1]
