from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from tests.assistant.samples import assistant_on

SOLD = "Does Introplex sell my email address?"
LOGS = "How long are server log files kept before they are deleted?"


@pytest.mark.parametrize("wanted", [["cpw"], ["ixanet", "imgwg"], ["ixanet", "ixanet"]])
def test_the_filter_is_exact(corpus: Assistant, wanted: list[str]) -> None:
    answer = corpus.ask(SOLD, policies=wanted, generate=False)
    hits = corpus.search(SOLD, policies=wanted, k=50)
    assert {hit.clause.policy_id for hit in hits} == set(wanted)
    assert {quote.policy_id for quote in answer.quotes} <= set(wanted)
    assert list(answer.receipt.policies) == sorted(set(wanted))
    assert answer.receipt.routed == ()


def test_a_filter_finds_every_clause_of_a_small_policy(corpus: Assistant) -> None:
    hits = corpus.search("zebra", policies=["cpw"], k=50)
    assert {hit.clause for hit in hits} == set(corpus.clauses("cpw"))


def test_search_is_ranked(corpus: Assistant) -> None:
    hits = corpus.search(SOLD, k=5)
    assert [hit.rank for hit in hits] == [1, 2, 3, 4, 5]
    assert sorted((hit.score for hit in hits), reverse=True) == [hit.score for hit in hits]
    assert all(0 <= hit.score <= 1 for hit in hits)
    assert hits == corpus.search(SOLD, k=8)[:5]


def test_a_follow_up_is_understood(corpus: Assistant) -> None:
    history = [("How long does ixanet keep my personal information?", "As long as needed.")]
    answer = corpus.ask("And who can see it?", history=history, generate=False)
    assert answer.question == "And who can see it?"
    assert answer.receipt.routed == ("ixanet",)


def test_each_of_few_policies_is_looked_into(tmp_path: Path) -> None:
    """However much the others say, none is called silent unread."""
    lines = [f"Server log files of kind {n} are kept for {n} days." for n in range(2, 90)]
    (tmp_path / "orchid.md").write_text("# Orchid policy\n\n" + "\n\n".join(lines))
    (tmp_path / "thistle.md").write_text("# Thistle policy\n\nServer logs are kept for one week.\n")
    assistant = assistant_on(tmp_path / "index")
    assistant.add([tmp_path / "orchid.md", tmp_path / "thistle.md"])
    answer = assistant.ask("How long are server log files kept?", generate=False)
    assert {quote.policy_id for quote in answer.quotes} == {"orchid", "thistle"}
    assert answer.receipt.silent == ()


def test_sentences_are_ranked_whether_they_answer_or_not(three: Assistant) -> None:
    best = three.search_sentences(LOGS, k=2)
    assert {quote.policy_id for quote in best} == {"acme", "brill"}
    assert len(three.search_sentences("Do you sell horses?", k=3)) == 3
    with pytest.raises(ValueError, match="ask for at least 1"):
        three.search_sentences(LOGS, k=0)


def test_the_stages_are_timed(three: Assistant) -> None:
    timings = three.ask(LOGS, generate=False).receipt.timings
    assert list(timings) == ["route", "embed", "retrieve", "rerank", "evidence"]
