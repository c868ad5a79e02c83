"""Follow-up questions: is the sentence that answers found, with and without the rewriting?

python -m benchmarks.parts.follow_ups
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assistant import Assistant
from assistant.question.followups import Turn, searched_text
from benchmarks.data import CORPUS, ROOT

FOLLOW_UPS = ROOT / "tests" / "data" / "follow_ups.jsonl"
STAND_ALONE = ROOT / "tests" / "data" / "stand_alone.jsonl"
_DEPTHS = (1, 3, 5)
Case = dict[str, Any]
Rewriting = Callable[[str, Sequence[Turn]], str]


def main() -> None:
    follow_ups, stand_alone = _cases(FOLLOW_UPS), _cases(STAND_ALONE)
    with tempfile.TemporaryDirectory() as scratch:
        assistant = Assistant.load(Path(scratch) / "index")
        assistant.add(CORPUS)
        names = [
            name
            for entry in assistant.policies()
            for name in (entry.provider, entry.title, entry.id)
        ]

        def rewritten(question: str, history: Sequence[Turn]) -> str:
            return searched_text(question, history, names)

        ways: dict[str, Rewriting] = {
            "follow-up alone": lambda question, _: question,
            "concatenated": lambda question, history: f"{history[-1][0]} {question}",
            "rewritten": rewritten,
        }
        for part, held_out in (("developed on", False), ("held out", True)):
            cases = [case for case in follow_ups if case.get("held_out", False) is held_out]
            for way, rewriting in ways.items():
                found = [_ranks(assistant, case, rewriting) for case in cases]
                for kind, ranks in zip(
                    ("passages", "quotes"), zip(*found, strict=True), strict=True
                ):
                    print(f"{part}, {way}, {kind}: {_shares(ranks)}")
            others = [case for case in stand_alone if case.get("held_out", False) is held_out]
            changed = [
                case["id"]
                for case in others
                if rewritten(case["question"], _history(case)) != case["question"]
            ]
            same = len(others) - len(changed)
            print(f"{part}, stand-alone: {same} of {len(others)} unchanged; changed: {changed}")


def _cases(path: Path) -> list[Case]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _history(case: Case) -> list[Turn]:
    return [(question, answer) for question, answer in case["history"]]


def _ranks(assistant: Assistant, case: Case, rewriting: Rewriting) -> tuple[int | None, int | None]:
    """The ranks of the first passage and of the first quote with the sentence that answers."""
    text = rewriting(case["question"], _history(case))
    texts = {entry.id: assistant.policy(entry.id).text for entry in assistant.policies()}
    clauses = [hit.clause for hit in assistant.search(text, k=max(_DEPTHS))]
    passages = [(each.policy_id, texts[each.policy_id][each.start : each.end]) for each in clauses]
    quotes = [
        (quote.policy_id, quote.exact) for quote in assistant.search_sentences(text, k=max(_DEPTHS))
    ]
    return _rank(passages, case), _rank(quotes, case)


def _rank(found: Sequence[tuple[str, str]], case: Case) -> int | None:
    for rank, (policy_id, text) in enumerate(found, start=1):
        if case["policy"] in (None, policy_id) and case["clause_contains"] in text:
            return rank
    return None


def _shares(ranks: Sequence[int | None]) -> str:
    counts = [sum(rank is not None and rank <= k for rank in ranks) for k in _DEPTHS]
    shares = ", ".join(f"{count} at {k}" for count, k in zip(counts, _DEPTHS, strict=True))
    return f"{shares} of {len(ranks)}"


if __name__ == "__main__":
    main()
