"""The labelled sets, as `policy-assistant eval` measures them, beside plain dense retrieval.

    python -m benchmarks.labelled [SET...]

Plain: the same embedding model as published, over paragraphs, over stretches of 500 characters
and over sentences, each ranked by cosine; the largest cosine of a passage as confidence.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

from assistant import Policy, Settings
from assistant.evaluation import evaluate
from assistant.evaluation.answers import auc
from assistant.evaluation.estimates import Bootstrap
from assistant.evaluation.labelled import LabelledSet, Question
from assistant.evaluation.outcomes import Outcome
from assistant.evaluation.report import table
from assistant.evaluation.retrieval import MOST_PASSAGES, MOST_SENTENCES, retrieval
from assistant.evaluation.spans import PolicySpan
from benchmarks.data import CONTRACTS, LABELLED
from index.documents.loader import make_policy, read_document
from index.models.embedder import Vectors
from index.models.sentence_transformer import packaged_folder
from index.text.sentences import sentence_spans
from ui.cli.progress import bars

_SETS = (*LABELLED, CONTRACTS)
_STRETCH = 500
Cut = Callable[[str], list[tuple[int, int]]]
Found = tuple[tuple[PolicySpan, ...], float]
"""What ranks first, best first, and the largest cosine."""


def main(folders: Sequence[Path] = _SETS) -> None:
    for folder in folders:
        if not folder.is_dir():
            print(f"left out: there is no {folder}")
            continue
        print(evaluate(folder, Settings(), bars).to_markdown(), end="\n\n")
        for name, outcomes in plain(folder).items():
            figures = {**retrieval(outcomes, Bootstrap()), "auc": auc(outcomes, Bootstrap())}
            print(f"### Plain: {name}, and sentences\n\n{table(figures)}\n", flush=True)


def plain(folder: Path) -> dict[str, list[Outcome]]:
    """The outcomes of ranking by cosine, by what the passages are."""
    labelled = LabelledSet.load(folder)
    policies = {path.stem: _policy(path) for path in labelled.documents}
    questions = labelled.questions(policies)
    texts = {policy.id: policy.text for policy in policies.values()}
    model = SentenceTransformer(str(packaged_folder()), device="cpu")
    asked = model.encode([question.text for question in questions], normalize_embeddings=True)

    def ranked(cut: Cut, depth: int) -> list[Found]:
        return _ranked(model, questions, asked, texts, cut, depth)

    of_sentences = ranked(sentences, MOST_SENTENCES)
    return {
        name: [
            Outcome(question, passages, best, (), 0, cosine, {})
            for question, (passages, cosine), (best, _) in zip(
                questions, ranked(cut, MOST_PASSAGES), of_sentences, strict=True
            )
        ]
        for name, cut in (("paragraphs", paragraphs), ("500 characters", stretches))
    }


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The lines: these sets hold one paragraph in each."""
    return [found.span() for found in re.finditer(r"[^\n]+", text) if found[0].strip()]


def sentences(text: str) -> list[tuple[int, int]]:
    return [span for line in paragraphs(text) for span in sentence_spans(text, *line)]


def stretches(text: str) -> list[tuple[int, int]]:
    """500 characters and 500 characters, cut anywhere."""
    cuts = range(0, len(text), _STRETCH)
    return [(start, min(start + _STRETCH, len(text))) for start in cuts]


def _policy(path: Path) -> Policy:
    return make_policy(read_document(path, path.read_bytes()), path.stem, path)


def _ranked(
    model: SentenceTransformer,
    questions: Sequence[Question],
    asked: Vectors,
    texts: Mapping[str, str],
    cut: Cut,
    depth: int,
) -> list[Found]:
    spans = [PolicySpan(name, *span) for name, text in texts.items() for span in cut(text)]
    vectors = model.encode(
        [texts[span.policy_id][span.start : span.end] for span in spans], normalize_embeddings=True
    )
    rows: dict[str, list[int]] = {}
    for at, span in enumerate(spans):
        rows.setdefault(span.policy_id, []).append(at)
    result = []
    for question, vector in zip(questions, asked, strict=True):
        searched = [at for name in question.policies or texts for at in rows[name]]
        cosines = vectors[searched] @ vector
        best = np.argsort(-cosines, kind="stable")[:depth]
        result.append((tuple(spans[searched[at]] for at in best), float(cosines.max())))
    return result


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or _SETS)
