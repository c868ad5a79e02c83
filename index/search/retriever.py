"""Question -> ranked passages: vectors and words, fused, and ranked by their best unit."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import snowballstemmer

from index.errors import IndexDamagedError
from index.models.embedder import Vectors
from index.search.old_versions import VersionIndex
from index.store.faiss_cache import VectorIndex
from index.store.snapshot import Snapshot, StoredClause
from index.text.markup import plain
from index.text.query_words import all_forms, base_form, content_words, match_expression, words
from index.text.sentences import Span
from index.types import Clause, Hit, Policy

_CANDIDATES = 32  # from the vectors, and as many from the words
_CONTEXT_WEIGHT = 0.6  # what a word in the headings counts beside one in the text
# Fitted on questions_train (policy given, hit@3) and checked on policyqa_dev; see
# benchmarks/README.md. Each term is at most 1, and so is the score.
_CLAUSE_COSINE, _UNIT_COSINE, _CLAUSE_WORDS, _UNIT_WORDS = 0.26, 0.53, 0.105, 0.105
_UNIT_WORD_WEIGHT = 0.25  # of word coverage beside the cosine, when units are ranked

_porter = snowballstemmer.stemmer("porter")  # what FTS5 uses too


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    stem: str = _porter.stemWord(base_form(word))
    return stem


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready: its vector (dimension,) and its stemmed content words."""

    text: str
    vector: Vectors
    terms: tuple[str, ...]

    @classmethod
    def of(cls, text: str, vector: Vectors) -> Query:
        return cls(text, vector, tuple(dict.fromkeys(_stem(word) for word in content_words(text))))


@dataclass(frozen=True, slots=True)
class ScoredUnit:
    """A quotable span of a passage.

    `cosine` is to the question, `coverage` the share in [0, 1] of the question's words (weighted
    by rarity) that stand in the unit, `score` the two together; for ranking within one question.
    """

    span: Span
    cosine: float
    coverage: float
    score: float


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause that was found, with its units, best first. `score` as in `Hit`.

    Of a clause that the reranker has read, `log_odds` is its judgement, of one of the units
    answering against nothing, and `retrieved` the score it was found with; of any other they are
    minus infinity and 0.
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

    Keeps what it has read of clauses (vectors, words) in memory: rows never change their meaning.
    """

    def __init__(self, vectors: VectorIndex, kept: int = 20_000) -> None:
        self._vectors = vectors
        self._policy_texts: dict[str, Policy] = {}
        self._versions: tuple[dict[str, str], VersionIndex] | None = None
        self._words = lru_cache(maxsize=kept)(_unit_stems)

    @property
    def state(self) -> str:
        return self._vectors.state

    def unread(self, snapshot: Snapshot, policies: Mapping[str, str]) -> tuple[str, ...]:
        """The ids of damaged clauses of these versions (id to version) that were left out."""
        wanted = {f"{policy_id}@{version}" for policy_id, version in policies.items()}
        left_out = self._vectors.unread | snapshot.unread
        return tuple(sorted(each for each in left_out if each.rpartition("#")[0] in wanted))

    def of_versions(self, snapshot: Snapshot, versions: Mapping[str, str]) -> VersionIndex:
        """The given versions (id to version) made ready for `find`; the last ones are kept."""
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
        """The `k` best passages, best first. `policies`, if given, are all that may be found.

        They are passages of the newest versions, or of those in `versions`.
        Candidates are the nearest clauses by cosine and the best by BM25; each is then scored by
        the cosine of the clause and of its best unit and by the coverage of the question's words.
        """
        wide = min(max(_CANDIDATES, k), (self._vectors if versions is None else versions).size)
        if versions is None:
            rows = None if policies is None else snapshot.rows_of(policies)
            near = self._vectors.search(query.vector, wide, rows)
        else:
            near = versions.search(query.vector, wide, policies)
        nearest = [row for row, _ in near]
        matched: list[int] = []
        if query.terms:
            expression = match_expression(
                [form for term in query.terms for form in all_forms(term)]
            )
            words = snapshot if versions is None else versions
            matched = [row for row, _ in words.match(expression, wide, policies)]
        candidates = list(dict.fromkeys([*nearest, *matched]))
        weights = self._weights(snapshot, query.terms, versions)
        passages = self._scored(snapshot, query, candidates, weights)
        return sorted(passages, key=lambda each: (-each.score, each.stored.row))[:k]

    def _scored(
        self, snapshot: Snapshot, query: Query, rows: Sequence[int], weights: dict[str, float]
    ) -> list[Passage]:
        stored = snapshot.clauses(rows)
        vectors = snapshot.vectors_of(rows)
        passages = []
        for row in rows:
            if row not in stored or row not in vectors:
                continue  # damaged, and noted as such
            clause, (whole, units) = stored[row], vectors[row]
            policy = self._policy(snapshot, clause)
            if policy is None or not len(units) == len(clause.units) > 0:
                snapshot.leave_out(clause.clause.id)
                continue
            passages.append(self._passage(policy, clause, query, weights, whole, units))
        return passages

    def _passage(
        self,
        policy: Policy,
        stored: StoredClause,
        query: Query,
        weights: dict[str, float],
        clause_vector: Vectors,
        unit_vectors: Vectors,
    ) -> Passage:
        context, units = self._words(policy, stored)
        cosines = unit_vectors @ query.vector
        coverages = [_coverage(weights, unit, frozenset()) for unit in units]
        scored = [
            ScoredUnit(span, float(cosine), coverage, float(cosine) + _UNIT_WORD_WEIGHT * coverage)
            for span, cosine, coverage in zip(stored.units, cosines, coverages, strict=True)
        ]
        score = (
            _CLAUSE_COSINE * float(clause_vector @ query.vector)
            + _UNIT_COSINE * float(np.max(cosines))
            + _CLAUSE_WORDS * _coverage(weights, frozenset().union(*units), context)
            + _UNIT_WORDS * max(coverages)
        )
        ranked = sorted(scored, key=lambda unit: (-unit.score, unit.span))
        return Passage(stored, policy, min(max(score, 0.0), 1.0), tuple(ranked))

    def _policy(self, snapshot: Snapshot, stored: StoredClause) -> Policy | None:
        clause = stored.clause
        known = self._policy_texts.get(clause.policy_id)
        if known is None or known.version != clause.version:
            try:
                known = snapshot.policy(clause.policy_id, clause.version)
            except IndexDamagedError:
                return None
            self._policy_texts[clause.policy_id] = known
        return known

    def _weights(
        self, snapshot: Snapshot, terms: Sequence[str], versions: VersionIndex | None = None
    ) -> dict[str, float]:
        """Each term's share of the question, by inverse document frequency; they add up to 1."""
        if not terms:
            return {}
        found = (snapshot if versions is None else versions).document_frequencies(terms)
        total = (self._vectors if versions is None else versions).size
        weights = {
            term: math.log(1 + (total - found.get(term, 0) + 0.5) / (found.get(term, 0) + 0.5))
            for term in terms
        }
        sum_of_weights = sum(weights.values())
        return {term: weight / sum_of_weights for term, weight in weights.items()}


def _coverage(weights: dict[str, float], text: frozenset[str], context: frozenset[str]) -> float:
    return sum(
        weight if term in text else _CONTEXT_WEIGHT * weight
        for term, weight in weights.items()
        if term in text or term in context
    )


def _unit_stems(
    policy: Policy, stored: StoredClause
) -> tuple[frozenset[str], tuple[frozenset[str], ...]]:
    units = (
        _stems(plain(policy.text[start:end], policy.media_type)) for start, end in stored.units
    )
    return _stems(stored.context), tuple(units)


def _stems(text: str) -> frozenset[str]:
    return frozenset(_stem(part) for word in words(text) for part in re.split(r"\W+", word) if part)
