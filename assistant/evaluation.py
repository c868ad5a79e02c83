"""Measuring on a labelled set: `policies/*.txt` and `questions.jsonl` beside them."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.assistant import Assistant
from assistant.settings import Settings
from index.adding import Progress
from index.errors import LoadError
from index.loading import LOADERS
from index.types import Hit

DEPTHS = (1, 3, 5)
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured on one set.

    `passages` and `quotes` map k to the share of answerable questions with gold among the first
    k; gold is a `segments` span where the set has them, else an `evidence` span. `by_policy` is
    the same for passages, averaged over policies. `auc` is the area under the ROC curve of the
    confidence, answerable against unanswerable, or None where the set has only one kind.
    """

    name: str
    answerable: int
    unanswerable: int
    passages: dict[int, float]
    by_policy: dict[int, float]
    quotes: dict[int, float]
    answered_answerable: float
    withheld_unanswerable: float | None
    auc: float | None
    exact_quotes: float

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Outcome:
    policy: str
    answerable: bool
    passage_rank: int | None
    quote_rank: int | None
    confidence: float
    answered: bool
    quotes: int
    exact: int


def evaluate(folder: Path, settings: Settings, progress: Progress) -> Report:
    """Adds the set's documents to a throw-away index and asks its questions, quotes only.

    Raises LoadError where the folder holds no such set.
    """
    questions_file = folder / "questions.jsonl"
    documents = [
        path for path in sorted(folder.glob("policies/*")) if path.suffix.lower() in LOADERS
    ]
    if not questions_file.is_file() or not documents:
        raise LoadError(
            f"{str(folder)!r} is no labelled set: it needs policies/*.txt and questions.jsonl"
        )
    lines = questions_file.read_text(encoding="utf-8").splitlines()
    try:
        questions = [json.loads(line) for line in lines if line.strip()]
    except json.JSONDecodeError as error:
        raise LoadError(
            f"{str(questions_file)!r} holds a line that is no JSON ({error}): one object a line"
        ) from error
    with tempfile.TemporaryDirectory() as scratch:
        assistant = Assistant.load(Path(scratch) / "index", settings)
        added = assistant.add(documents, progress=progress)
        ids = {Path(result.path).stem: result.policy_id for result in added if result.policy_id}
        outcomes = []
        with progress("asking", len(questions), "question") as bar:
            for question in questions:
                outcomes.append(_outcome(assistant, question, ids))
                bar.update(1)
    return _report(folder.name, outcomes)


def _outcome(assistant: Assistant, item: dict[str, Any], ids: dict[str, str]) -> _Outcome:
    wanted = [ids[stem] for stem in item["policies"] if stem in ids] or None
    answer = assistant.ask(item["question"], policies=wanted, generate=False)
    hits = assistant.search(item["question"], policies=wanted, k=max(DEPTHS))
    gold = _gold(item, ids)
    exact = [
        assistant.policy(quote.policy_id, quote.version).text[quote.start : quote.end]
        == quote.exact
        for quote in answer.quotes
    ]
    return _Outcome(
        policy=",".join(item["policies"]),
        answerable=item["answerable"],
        passage_rank=_rank([_hit_span(hit) for hit in hits], gold),
        quote_rank=_rank([(q.policy_id, (q.start, q.end)) for q in answer.quotes], gold),
        confidence=answer.confidence,
        answered=bool(answer.quotes),
        quotes=len(exact),
        exact=sum(exact),
    )


def _gold(item: dict[str, Any], ids: dict[str, str]) -> list[tuple[str, Span]]:
    if "segments" in item:
        return [(ids[item["policies"][0]], (start, end)) for start, end in item["segments"]]
    return [(ids[each["policy"]], (each["start"], each["end"])) for each in item["evidence"]]


def _hit_span(hit: Hit) -> tuple[str, Span]:
    return hit.clause.policy_id, (hit.clause.start, hit.clause.end)


def _rank(found: Sequence[tuple[str, Span]], gold: Sequence[tuple[str, Span]]) -> int | None:
    for rank, (policy, (start, end)) in enumerate(found, start=1):
        if any(policy == where and start < b and end > a for where, (a, b) in gold):
            return rank
    return None


def _report(name: str, outcomes: Sequence[_Outcome]) -> Report:
    answerable = [each for each in outcomes if each.answerable]
    unanswerable = [each for each in outcomes if not each.answerable]
    by_policy: dict[str, list[_Outcome]] = defaultdict(list)
    for each in answerable:
        by_policy[each.policy].append(each)
    passages = {k: _share([_within(each.passage_rank, k) for each in answerable]) for k in DEPTHS}
    return Report(
        name=name,
        answerable=len(answerable),
        unanswerable=len(unanswerable),
        passages=passages,
        by_policy={
            k: _mean(
                [_share([_within(o.passage_rank, k) for o in each]) for each in by_policy.values()]
            )
            for k in DEPTHS
        },
        quotes={k: _share([_within(each.quote_rank, k) for each in answerable]) for k in DEPTHS},
        answered_answerable=_share([each.answered for each in answerable]),
        withheld_unanswerable=(
            _share([not each.answered for each in unanswerable]) if unanswerable else None
        ),
        auc=_auc(answerable, unanswerable),
        exact_quotes=_mean([each.exact / each.quotes for each in outcomes if each.quotes]),
    )


def _auc(answerable: Sequence[_Outcome], unanswerable: Sequence[_Outcome]) -> float | None:
    if not answerable or not unanswerable:
        return None
    from sklearn.metrics import roc_auc_score  # a second of imports

    labels = [1] * len(answerable) + [0] * len(unanswerable)
    return round(
        float(roc_auc_score(labels, [o.confidence for o in (*answerable, *unanswerable)])), 4
    )


def _within(rank: int | None, k: int) -> bool:
    return rank is not None and rank <= k


def _share(flags: Sequence[bool]) -> float:
    return _mean([float(flag) for flag in flags])


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0
