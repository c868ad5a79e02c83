"""Where the quotes and clauses of one answer stand: each policy is read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from assistant import Clause, UnknownPolicyError
from assistant.asking.answer_text import names_of
from ui.page.cards import Removed, Source

if TYPE_CHECKING:
    from assistant import Assistant, Hit, Policy, Quote


class Sources:
    """Policies and clauses by what an answer says of them. `names` maps ids to readers' names."""

    def __init__(
        self, assistant: Assistant, names: Mapping[str, str], providers: Mapping[str, str]
    ) -> None:
        self.names = names
        self._providers = providers
        self._policy = cache(assistant.policy)
        self._clause_of = assistant.policy_clause

    @classmethod
    def of(cls, assistant: Assistant, names: Mapping[str, str] | None = None) -> Sources:
        """Of the index as it is now; `names` are those of an earlier answer, where it is one."""
        entries = assistant.policies()
        providers = {entry.id: entry.provider for entry in entries}
        return cls(assistant, names or names_of(entries), providers)

    def of_quotes(self, quotes: Sequence[Quote]) -> list[Source | Removed]:
        """The clause of each quote, in the version that is quoted."""
        return [self._of_quote(quote) for quote in quotes]

    def of_hits(self, hits: Iterable[Hit]) -> list[Source]:
        """The clauses that were found, but for those of policies that have since been removed."""
        found = []
        for hit in hits:
            try:
                found.append(self._of_clause(hit.clause))
            except UnknownPolicyError:
                continue  # its text went with it; what is nearest is no evidence
        return found

    def _of_quote(self, quote: Quote) -> Source | Removed:
        try:
            return self._of_clause(self._clause_of(quote) or _bare(quote))
        except UnknownPolicyError:
            return Removed(self.names.get(quote.policy_id, quote.policy_id))

    def _of_clause(self, clause: Clause) -> Source:
        policy: Policy = self._policy(clause.policy_id, clause.version)
        return Source(self._providers.get(policy.id, ""), policy, clause)


def _bare(quote: Quote) -> Clause:
    """For a quote that stands in no clause: the quote itself, without headings."""
    place = (quote.policy_id, quote.version, None, (), quote.start, quote.end)
    return Clause(quote.clause_id, *place)
