"""`Asking`: one state of the index, with the models and settings that answer from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from assistant.asking.answer_models import AnswerModels
from assistant.asking.events import Draft, whole_answer
from assistant.asking.judge import judge
from assistant.asking.loaded_index import IndexState, LoadedIndex
from assistant.asking.retrieve import PASSAGES, Retrieval, SearchPlan, find_passages, plan_search
from assistant.asking.timer import Timer
from assistant.evidence.select import ranked_quotes
from assistant.question.followups import Turn
from assistant.question.selection import Selection
from assistant.settings import Settings
from assistant.values.answer import Answer, Quote
from index.search.rerank import rerank
from index.search.retriever import Query
from index.store.database import Store
from index.store.snapshot import PolicyEntry, Snapshot
from index.types import Hit


class Asking:
    """Answers any number of questions from one state of the index, whatever is written meanwhile.

    A question that is asked of many policies is embedded once. Questions are as of
    `checked_question`. To be used in one thread, and no longer than its snapshot is open; a draft
    outlives it.
    """

    def __init__(self, state: IndexState, models: AnswerModels, settings: Settings) -> None:
        self._state = state
        self._models = models
        self._settings = settings
        self._queries: dict[str, Query] = {}

    @classmethod
    @contextmanager
    def of(
        cls, store: Store, loaded: LoadedIndex, models: AnswerModels, settings: Settings
    ) -> Iterator[Asking]:
        """Asks of the newest state of the index until it is left. Raises IndexDamagedError."""
        with Snapshot.of(store) as snapshot:
            yield cls(loaded.state(store, snapshot), models, settings)

    @property
    def snapshot(self) -> Snapshot:
        return self._state.snapshot

    @property
    def entries(self) -> Sequence[PolicyEntry]:
        """The policies, by id."""
        return self._state.entries

    def plan(self, question: str, selection: Selection, history: Sequence[Turn] = ()) -> SearchPlan:
        """What a question is searched in. Loads no model. Raises UnknownPolicyError."""
        return plan_search(self._state, question, selection, history)

    def answer(self, question: str, selection: Selection) -> Answer:
        """The whole answer. Raises UnknownPolicyError, ModelError."""
        return whole_answer(self.draft(question, selection).events(lambda: False))

    def draft(self, question: str, selection: Selection, history: Sequence[Turn] = ()) -> Draft:
        """All of an answer but what a language model writes. Raises UnknownPolicyError."""
        timer = Timer()
        plan = self.plan(question, selection, history)
        retrieval = self._retrieve(plan, PASSAGES, timer)
        providers = {entry.id: entry.provider for entry in self.entries}
        judgement = judge(retrieval, self._settings, providers)
        timer.done("evidence")
        receipt = replace(
            self._models.receipt(self._settings),
            generation=self.snapshot.generation,
            policies=plan.versions,
            routed=plan.routed,
            query=plan.query,
        )
        hits = _hits(retrieval, self._settings.hits)
        writer = self._models.writer
        return Draft(question, retrieval, judgement, hits, self.entries, receipt, writer, timer)

    def search(self, question: str, selection: Selection, k: int) -> list[Hit]:
        """The `k` clauses that matter most, best first. Raises UnknownPolicyError."""
        return list(_hits(self._retrieve(self.plan(question, selection), k, Timer()), k))

    def search_sentences(self, question: str, selection: Selection, k: int) -> list[Quote]:
        """The `k` sentences that matter most, best first. Raises UnknownPolicyError."""
        plan = self.plan(question, selection)
        return ranked_quotes(self._retrieve(plan, max(k, PASSAGES), Timer()).passages, k)

    def _retrieve(self, plan: SearchPlan, k: int, timer: Timer) -> Retrieval:
        timer.done("route")
        query = self._query(plan.query)
        timer.done("embed")
        passages = find_passages(self._state, plan, query, max(k, PASSAGES))
        timer.done("retrieve")
        passages = rerank(passages, query, self._models.reranker)[:k]
        timer.done("rerank")
        unread = self._state.retriever.unreadable(self.snapshot, plan.versions)
        return Retrieval(plan, query, self._models.embedder.identity, passages, unread)

    def _query(self, text: str) -> Query:
        if text not in self._queries:
            self._queries[text] = Query.of(text, self._models.embedder.encode_query(text))
        return self._queries[text]


def _hits(retrieval: Retrieval, most: int) -> tuple[Hit, ...]:
    ranked = enumerate(retrieval.passages[:most], start=1)
    return tuple(passage.hit(rank) for rank, passage in ranked)
