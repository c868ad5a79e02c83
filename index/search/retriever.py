"""Question -> ranked passages: found by vectors and by words, ranked by their best unit."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import snowballstemmer

from index.errors import IndexDamagedError
from index.models.embedder import ClauseVectors, Vectors
from index.search.old_versions import VersionIndex
from index.store.clause_rows import StoredClause
from index.store.faiss_cache import VectorIndex
from index.store.snapshot import Snapshot
from index.text.markup import plain
from index.text.query_words import all_forms, base_form, content_words, match_expression, words
from index.text.sentences import Span
from index.types import Clause, Hit, Policy

_CANDIDATES = 32  # from the vectors, and as many from the words
_CLAUSES_KEPT = 20_000  # whose words stay in memory
_CONTEXT_WEIGHT = 0.6  # of a word in the headings, where one in the text has 1
# Fitted on questions_train (policy given, hit@3) and checked on policyqa_dev; see
# benchmarks/README.md. Each term is at most 1, and so is the score.
_CLAUSE_COSINE, _UNIT_COSINE, _CLAUSE_WORDS, _UNIT_WORDS = 0.26, 0.53, 0.105, 0.105
_UNIT_WORD_WEIGHT = 0.25  # of word coverage, where the cosine has 1, when units are ranked

_porter = snowballstemmer.stemmer("porter")  # what FTS5 uses too


@lru_cache(maxsize=200_000)
def _porter_stem(word: str) -> str:
    stem: str = _porter.stemWord(base_form(word))
    return stem


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it is searched: its vector (dimension,) and its stemmed content words."""

    text: str
    vector: Vectors
    terms: tuple[str, ...]

    @classmethod
    def of(cls, text: str, vector: Vectors) -> Query:
        return cls(
            text, vector, tuple(dict.fromkeys(_porter_stem(word) for word in content_words(text)))
        )


@dataclass(frozen=True, slots=True)
class ScoredUnit:
    """A quotable span of a passage.

    `cosine` is that with the question, `coverage` the share in [0, 1] of the question's words
    (weighted by rarity) that occur in the unit, `score` the sum of both, weighted: it ranks the
    units of one question.
    """

    span: Span
    cosine: float
    coverage: float
    score: float


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause that was found, with its units, best first. `score` as in `Hit`.

    `log_odds` are the reranker's, that one of the units answers rather than nothing, and
    `retrieved` is the score of the clause before reranking. They are minus infinity and 0 where
    the reranker has not read the clause.
    """

    stored: StoredClause
    policy: Policy
    score: float
    units: tuple[ScoredUnit, ...]
    log_odds: float = -math.inf
    retrieved: float = 0.0

    def hit(self, rank: int) -> Hit:
        """The passage as the public API shows it."""
        return Hit(self.stored.clause, self.score, rank)

    @property
    def clause(self) -> Clause:
        return self.stored.clause


class Retriever:
    """Finds passages in one state of an index.

    Policies and the words of clauses stay in memory, once read.
    """

    def __init__(self, vectors: VectorIndex) -> None:
        self._vectors = vectors
        self._policies: dict[str, Policy] = {}
        self._versions: tuple[dict[str, str], VersionIndex] | None = None
        self._words = lru_cache(maxsize=_CLAUSES_KEPT)(_stems_of)

    @property
    def state(self) -> str:
        return self._vectors.state

    def unreadable(self, snapshot: Snapshot, policies: Mapping[str, str]) -> tuple[str, ...]:
        """The ids of damaged clauses of these versions (id to version) that were left out."""
        versions = {f"{policy_id}@{version}" for policy_id, version in policies.items()}
        left_out = self._vectors.unreadable | snapshot.unreadable
        return tuple(sorted(id_ for id_ in left_out if id_.rpartition("#")[0] in versions))

    def of_versions(self, snapshot: Snapshot, versions: Mapping[str, str]) -> VersionIndex:
        """An index of the given versions (id to version) for `find`; the last one is kept."""
        kept = self._versions
        if kept is None or kept[0] != versions:
            self._versions = kept = (dict(versions), VersionIndex.of(snapshot, versions))
        return kept[1]

    def find(
        self,
        snapshot: Snapshot,
        query: Query,
        policies: Sequence[str] | None,
        k: int,
        versions: VersionIndex | None = None,
    ) -> list[Passage]:
        """The `k` best passages, best first; only of `policies`, where these are given.

        They are passages of the newest versions, or of those in `versions`. Candidates are the
        nearest clauses by cosine and the best by BM25; each is then scored by the cosine of the
        clause and of its best unit and by the coverage of the question's words.
        """
        count = min(max(_CANDIDATES, k), (self._vectors if versions is None else versions).size)
        if versions is None:
            rows = None if policies is None else snapshot.rows_of(policies)
            nearest = self._vectors.search(query.vector, count, rows)
        else:
            nearest = versions.search(query.vector, count, policies)
        matched: list[tuple[int, float]] = []
        if query.terms:
            forms = [form for term in query.terms for form in all_forms(term)]
            full_text = snapshot if versions is None else versions
            matched = full_text.match(match_expression(forms), count, policies)
        candidates = list(dict.fromkeys(row for row, _ in [*nearest, *matched]))
        weights = self._weights(snapshot, query.terms, versions)
        passages = self._scored(snapshot, query, candidates, weights)
        return sorted(passages, key=lambda passage: (-passage.score, passage.stored.row))[:k]

    def _scored(
        self, snapshot: Snapshot, query: Query, rows: Sequence[int], weights: dict[str, float]
    ) -> list[Passage]:
        clauses = snapshot.clauses(rows)
        vectors = snapshot.vectors_of(rows)
        passages = []
        for row in rows:
            if row not in clauses or row not in vectors:
                continue  # damaged: the snapshot has recorded it
            stored = clauses[row]
            policy = self._policy(snapshot, stored)
            if policy is None or not len(vectors[row].units) == len(stored.units) > 0:
                snapshot.note_unreadable(stored.clause.id)
                continue
            passages.append(self._passage(policy, stored, query, weights, vectors[row]))
        return passages

    def _passage(
        self,
        policy: Policy,
        stored: StoredClause,
        query: Query,
        weights: dict[str, float],
        vectors: ClauseVectors,
    ) -> Passage:
        context, units = self._words(policy, stored)
        cosines = vectors.units @ query.vector
        coverages = [_coverage(weights, unit, frozenset()) for unit in units]
        scored = [
            ScoredUnit(span, float(cosine), coverage, float(cosine) + _UNIT_WORD_WEIGHT * coverage)
            for span, cosine, coverage in zip(stored.units, cosines, coverages, strict=True)
        ]
        score = (
            _CLAUSE_COSINE * float(vectors.clause @ query.vector)
            + _UNIT_COSINE * float(np.max(cosines))
            + _CLAUSE_WORDS * _coverage(weights, frozenset().union(*units), context)
            + _UNIT_WORDS * max(coverages)
        )
        ranked = sorted(scored, key=lambda unit: (-unit.score, unit.span))
        return Passage(stored, policy, min(max(score, 0.0), 1.0), tuple(ranked))

    def _policy(self, snapshot: Snapshot, stored: StoredClause) -> Policy | None:
        clause = stored.clause
        policy = self._policies.get(clause.policy_id)
        if policy is None or policy.version != clause.version:
            try:
                policy = snapshot.policy(clause.policy_id, clause.version)
            except IndexDamagedError:
                return None
            self._policies[clause.policy_id] = policy
        return policy

    def _weights(
        self, snapshot: Snapshot, terms: Sequence[str], versions: VersionIndex | None = None
    ) -> dict[str, float]:
        """Each term's share of the question, by inverse document frequency; they add up to 1."""
        if not terms:
            return {}
        frequencies = (snapshot if versions is None else versions).document_frequencies(terms)
        total = (self._vectors if versions is None else versions).size
        counts = {term: frequencies.get(term, 0) for term in terms}
        weights = {
            term: math.log(1 + (total - count + 0.5) / (count + 0.5))
            for term, count in counts.items()
        }
        sum_of_weights = sum(weights.values())
        return {term: weight / sum_of_weights for term, weight in weights.items()}


def _coverage(weights: dict[str, float], text: frozenset[str], context: frozenset[str]) -> float:
    return sum(
        weight if term in text else _CONTEXT_WEIGHT * weight
        for term, weight in weights.items()
        if term in text or term in context
    )


def _stems_of(
    policy: Policy, stored: StoredClause
) -> tuple[frozenset[str], tuple[frozenset[str], ...]]:
    """The stems of the clause's context, and of each of its units."""
    units = (
        _stems(plain(policy.text[start:end], policy.media_type)) for start, end in stored.units
    )
    return _stems(stored.context), tuple(units)


def _stems(text: str) -> frozenset[str]:
    return frozenset(
        _porter_stem(part) for word in words(text) for part in re.split(r"\W+", word) if part
    )
