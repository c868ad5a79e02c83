"""Where the data is. What is not ours to publish is not in the project, but beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
CORPUS = tuple(
    ROOT / "corpus" / f"{name}.md" for name in ("cpw", "imgwg", "intraworks", "introplex", "ixanet")
)
FIRST_USERS = ROOT / "tests" / "data" / "first_user_questions.jsonl"
SHARED = ROOT.parent / "shared"
ORIGINALS = SHARED / "policies"
LABELLED = (SHARED / "data" / "policyqa_dev",)
CONTRACTS = SHARED / "data" / "contractnli"
SUPPORT_CASES = SHARED / "data" / "support_cases_dev.jsonl"
TRAIN_QUESTIONS = SHARED / "data" / "questions_train.jsonl"
TRAIN_ARCHIVE = SHARED / "data" / "terms.tar.xz"
HISTORY = SHARED / "data" / "basecamp" / "history"
COVERAGE_LABELS = ROOT / "tests" / "data" / "coverage_labels.json"
RESOLUTION_LABELS = ROOT / "tests" / "data" / "durability_labels.json"
PAGES = tuple(sorted((SHARED / "data" / "html").glob("*.html")))
PDFS = tuple(sorted((SHARED / "data" / "basecamp" / "pdf").glob("*.pdf")))


def first_user_items() -> list[dict[str, Any]]:
    """The first users' questions with their labels, one object each."""
    return [json.loads(line) for line in FIRST_USERS.read_text("utf-8").splitlines()]


def first_user_questions(count: int | None = None) -> list[str]:
    """The texts of the first users' questions: the first `count` of them, or all."""
    return [item["question"] for item in first_user_items()[:count]]
