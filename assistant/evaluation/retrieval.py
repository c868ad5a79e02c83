"""What was found, and how high: characters of passages, ranks of sentences and passages."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.evaluation.estimates import Bootstrap, Estimate, Values, mean_by, mean_of, ratio_of
from assistant.evaluation.labelled import Question
from assistant.evaluation.outcomes import Outcome
from assistant.evaluation.spans import PolicySpan, characters, merged, shared_characters

PASSAGE_DEPTHS = (1, 2, 4, 8, 16, 32, 64)
HIT_DEPTHS = (1, 3, 5)
MOST_PASSAGES = max(PASSAGE_DEPTHS)
MOST_SENTENCES = 10  # the depth of the reciprocal rank


def retrieval(outcomes: Sequence[Outcome], bootstrap: Bootstrap) -> dict[str, Estimate]:
    """The figures of the answerable questions, by name.

    `char_precision@k`, `char_recall@k`: of the first k passages, as LegalBench-RAG counts them
    (Pipitone & Houir Alami 2024, arXiv:2408.10343). `sentence_hit@k`, `passage_hit@k`: the share
    of questions with evidence in one of the first k; `sentence_mrr@10`: the mean of 1 / rank of
    the first sentence with evidence, 0 beyond the tenth. `..._segment_hit@k`: the same with
    segments in place of evidence. `..._by_policy`: the mean over policies of the mean over their
    questions. `passage_length`: the mean length of a passage in characters.
    """
    answerable = [outcome for outcome in outcomes if outcome.question.answerable]
    about = [outcome.question.about for outcome in answerable]
    figures: dict[str, Estimate] = {}
    for k in PASSAGE_DEPTHS:
        for name, measure in (("precision", char_precision), ("recall", char_recall)):
            values = [measure(outcome.passages[:k], outcome.question) for outcome in answerable]
            figures[f"char_{name}@{k}"] = bootstrap.estimate(mean_of(np.array(values)), len(values))
    lengths = np.array([float(characters(outcome.passages)) for outcome in answerable])
    counts = np.array([float(len(outcome.passages)) for outcome in answerable])
    figures["passage_length"] = bootstrap.estimate(ratio_of(lengths, counts), len(answerable))
    for name, values_of_all in _ranked(answerable).items():
        figures[name] = bootstrap.estimate(mean_of(values_of_all), len(answerable))
        by_policy = mean_by(values_of_all, about)
        figures[f"{name}_by_policy"] = bootstrap.estimate(by_policy, len(answerable))
    return figures


def char_precision(found: Sequence[PolicySpan], question: Question) -> float:
    """The share of the characters found that is evidence; 0 where nothing was found."""
    spans = merged(found)
    right = shared_characters(spans, question.evidence)
    return right / characters(spans) if spans else 0.0


def char_recall(found: Sequence[PolicySpan], question: Question) -> float:
    """The share of the evidence's characters that was found; lost evidence counts as missed."""
    right = shared_characters(merged(found), question.evidence)
    return right / (characters(question.evidence) + sum(question.lost))


def first_rank(found: Sequence[PolicySpan], gold: Sequence[PolicySpan]) -> int | None:
    """The rank, from 1, of the first span that overlaps gold."""
    ranks = (rank for rank, span in enumerate(found, start=1) if span.overlaps(gold))
    return next(ranks, None)


def _ranked(answerable: Sequence[Outcome]) -> dict[str, Values]:
    evidence = [outcome.question.evidence for outcome in answerable]
    segments = [outcome.question.segments for outcome in answerable]
    sentences = [outcome.sentences[:MOST_SENTENCES] for outcome in answerable]
    passages = [outcome.passages for outcome in answerable]
    values = _hits("sentence_hit", sentences, evidence)
    ranks = [first_rank(*pair) for pair in zip(sentences, evidence, strict=True)]
    values[f"sentence_mrr@{MOST_SENTENCES}"] = np.array(
        [1 / rank if rank else 0.0 for rank in ranks]
    )
    values |= _hits("passage_hit", passages, evidence)
    known = [spans for spans in segments if spans is not None]
    if known and len(known) == len(segments):
        values |= _hits("sentence_segment_hit", sentences, known)
        values |= _hits("passage_segment_hit", passages, known)
    return values


def _hits(
    name: str, found: Sequence[Sequence[PolicySpan]], gold: Sequence[Sequence[PolicySpan]]
) -> dict[str, Values]:
    ranks = [first_rank(*pair) for pair in zip(found, gold, strict=True)]
    return {
        f"{name}@{k}": np.array([float(rank is not None and rank <= k) for rank in ranks])
        for k in HIT_DEPTHS
    }
