"""The labelled sets, as `policy-assistant eval` measures them, beside plain dense retrieval.

python -m benchmarks.labelled
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer
from sklearn.metrics import roc_auc_score

from assistant import Settings
from assistant.evaluation import DEPTHS, evaluate
from benchmarks.data import LABELLED
from index.embedder import packaged_folder
from ui.progress import bars


def main() -> None:
    for folder in LABELLED:
        if not folder.is_dir():
            print(f"left out: there is no {folder}")
            continue
        for name, value in evaluate(folder, Settings(), bars).to_dict().items():
            print(f"{name:<24} {value}")
        _plain(folder)


def _plain(folder: Path) -> None:
    """The same model over paragraphs, ranked by cosine; the largest cosine as confidence."""
    model = SentenceTransformer(str(packaged_folder()), device="cpu")
    lines = (folder / "questions.jsonl").read_text("utf-8").splitlines()
    questions = [json.loads(line) for line in lines]
    by_policy: dict[str, list[dict[str, object]]] = defaultdict(list)
    for question in questions:
        by_policy[question["policies"][0]].append(question)
    hits: dict[str, list[list[bool]]] = {}
    scores: list[float] = []
    labels: list[bool] = []
    for policy, items in by_policy.items():
        text = (folder / "policies" / f"{policy}.txt").read_text("utf-8")
        spans = [m.span() for m in re.finditer(r"(?:(?!\n\n)[\s\S])+", text) if m[0].strip()]
        paragraphs = model.encode([text[a:b] for a, b in spans], normalize_embeddings=True)
        vectors = model.encode([str(i["question"]) for i in items], normalize_embeddings=True)
        for item, row in zip(items, vectors @ paragraphs.T, strict=True):
            scores.append(float(row.max()))
            labels.append(bool(item["answerable"]))
            if item["answerable"]:
                gold = item["segments"]
                assert isinstance(gold, list)
                best = [spans[at] for at in np.argsort(-row, kind="stable")[: max(DEPTHS)]]
                found = [any(a < end and b > start for start, end in gold) for a, b in best]
                hits.setdefault(policy, []).append([any(found[:k]) for k in DEPTHS])
    overall = np.concatenate([np.array(each) for each in hits.values()]).mean(axis=0)
    averaged = np.mean([np.array(each).mean(axis=0) for each in hits.values()], axis=0)
    print(f"plain paragraphs         {dict(zip(DEPTHS, overall.round(4).tolist(), strict=True))}")
    print(f"  averaged over policies {dict(zip(DEPTHS, averaged.round(4).tolist(), strict=True))}")
    print(f"  auc of largest cosine  {roc_auc_score(labels, scores):.4f}")


if __name__ == "__main__":
    main()
