"""Question -> which versions it is searched in -> passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.asking.loaded_index import IndexState
from assistant.question.followups import Turn, searched_text
from assistant.question.selection import Selection
from index.search.rerank import MOST_POLICIES
from index.search.retriever import Passage, Query
from index.search.routing import route

PASSAGES = 24  # whose sentences are ranked as evidence


@dataclass(frozen=True, slots=True)
class SearchPlan:
    """What is searched for, and where.

    `asked` is the question by itself, follow-ups completed; `query` the same without the names of
    policies. `versions` maps the id of each policy that is searched to its version; `routed` are
    those that the question itself names, where the caller named none.
    """

    asked: str
    query: str
    versions: Mapping[str, str]
    routed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The passages that were retrieved, best first.

    `embedding` is the identity of the model that `query.vector` comes from; `unread` as in
    `Receipt`.
    """

    plan: SearchPlan
    query: Query
    embedding: str
    passages: Sequence[Passage]
    unread: tuple[str, ...]


def plan_search(
    state: IndexState, question: str, selection: Selection, history: Sequence[Turn]
) -> SearchPlan:
    """Routes a question. Policies that `selection` names are exactly those that are searched.

    Raises UnknownPolicyError.
    """
    names = [name for entry in state.entries for name in (entry.provider, entry.title, entry.id)]
    asked = searched_text(question, history, names)
    routed = route(asked, state.entries, state.snapshot.uses_word)
    named = routed.policies if selection.policies is None else ()
    versions = selection.versions_to_search(state.snapshot, state.entries, named)
    return SearchPlan(asked, routed.query, versions, named)


def find_passages(state: IndexState, plan: SearchPlan, query: Query, k: int) -> list[Passage]:
    """At least the `k` best passages, best first, as retrieved: the reranker has not read them.

    Where few policies are searched, at least one passage of each is there.
    """
    newest = {entry.id: entry.version for entry in state.entries}
    has_old = any(newest[policy_id] != version for policy_id, version in plan.versions.items())
    snapshot, retriever = state.snapshot, state.retriever
    old_versions = retriever.of_versions(snapshot, plan.versions) if has_old else None
    among = None if len(plan.versions) == len(newest) else list(plan.versions)
    passages = retriever.find(snapshot, query, among, k, old_versions)
    if 1 < len(plan.versions) <= MOST_POLICIES:
        present = {passage.policy.id for passage in passages}
        for missing in plan.versions.keys() - present:
            passages += retriever.find(snapshot, query, [missing], 1, old_versions)
        passages.sort(key=lambda passage: (-passage.score, passage.stored.row))
    return passages
