"""Where the data lies. What is not ours is not in the project: it is looked for beside it."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1]
CORPUS = tuple(
    ROOT / "corpus" / f"{name}.md" for name in ("cpw", "imgwg", "intraworks", "introplex", "ixanet")
)
QUESTIONS = ROOT / "tests" / "data" / "first_user_questions.jsonl"
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
