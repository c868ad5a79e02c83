"""The first users' questions: is the sentence that answers among the first quotes?

python -m benchmarks.first_users
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant import Answer, Assistant, Settings
from benchmarks.data import CORPUS, ORIGINALS, first_user_items

_DEPTHS = (1, 2, 3)


def main() -> None:
    questions = first_user_items()
    _measure("corpus/", CORPUS, "corpus", questions)
    if ORIGINALS.is_dir():
        _measure("the originals", sorted(ORIGINALS.glob("*.txt")), "original", questions)
    else:
        print(f"the originals: left out, there is no {ORIGINALS}")


def _measure(
    name: str, documents: Sequence[Path], field: str, questions: Sequence[dict[str, Any]]
) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        assistant = Assistant.load(Path(scratch) / "index")
        # The same evidence with nothing withheld shows what abstaining costs.
        open_handed = Assistant.load(Path(scratch) / "index", Settings(answer_threshold=0.0))
        assistant.add(documents)
        answerable = [each for each in questions if each["answerable"]]
        others = [each for each in questions if not each["answerable"]]
        for filtered in (False, True):
            ranks: dict[str, int | None] = {}
            evidence: dict[str, int | None] = {}
            for each in answerable:
                policies = [each["policy"]] if filtered else None
                answer = assistant.ask(each["question"], policies=policies, generate=False)
                ranks[each["id"]] = _rank(answer, each, field)
                answer = open_handed.ask(each["question"], policies=policies, generate=False)
                evidence[each["id"]] = _rank(answer, each, field)
            asked = "policy given" if filtered else "no policy given"
            print(f"{name}, {asked}: {_shares(ranks)}; nothing withheld: {_shares(evidence)}")
            print(f"  missed: {', '.join(_missed(ranks))}")
            print(f"  missed with nothing withheld: {', '.join(_missed(evidence))}")
        withheld = [
            each["id"]
            for each in others
            if not assistant.ask(each["question"], generate=False).quotes
        ]
        shown = [each["id"] for each in others if each["id"] not in withheld]
        print(f"{name}: not_stated for {len(withheld)} of {len(others)}; answered: {shown}")


def _rank(answer: Answer, item: dict[str, Any], field: str) -> int | None:
    for rank, quote in enumerate(answer.quotes, start=1):
        if quote.policy_id == item["policy"] and any(gold in quote.exact for gold in item[field]):
            return rank
    return None


def _shares(ranks: dict[str, int | None]) -> str:
    counts = [sum(rank is not None and rank <= k for rank in ranks.values()) for k in _DEPTHS]
    hits = ", ".join(f"{count} at {k}" for count, k in zip(counts, _DEPTHS, strict=True))
    return f"{hits} of {len(ranks)}"


def _missed(ranks: dict[str, int | None]) -> list[str]:
    return [each for each, rank in ranks.items() if rank is None or rank > max(_DEPTHS)]


if __name__ == "__main__":
    main()
