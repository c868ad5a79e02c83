"""Where the quotes and clauses of one answer stand: each policy is read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from assistant import Clause, UnknownPolicyError
from assistant.doors import names_of

if TYPE_CHECKING:
    from assistant import Assistant, Hit, Policy, Quote


@dataclass(frozen=True, slots=True)
class PlacedClause:
    """A clause in the version of the policy that it stands in, with that policy's provider."""

    provider: str
    policy: Policy
    clause: Clause

    @property
    def name(self) -> str:
        """What a reader calls the policy: its provider, or its title where none is known."""
        return self.provider or self.policy.title

    @property
    def text(self) -> str:
        """The clause, verbatim."""
        return self.policy.text[self.clause.start : self.clause.end]

    @property
    def place(self) -> str:
        """Section number, headings and page: `Section 1.2 · Uses › Accounts · page 3`."""
        parts = [
            f"Section {self.clause.number}" if self.clause.number else "",
            " › ".join(self.clause.heading_path),
            f"page {self.clause.page}" if self.clause.page else "",
        ]
        return " · ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class RemovedPolicy:
    """A quoted policy that the index no longer holds; `name` is what it was called."""

    name: str


class PlacedClauses:
    """The clauses that an answer quotes or names. `names` maps policy ids to readers' names."""

    def __init__(
        self, assistant: Assistant, names: Mapping[str, str], providers: Mapping[str, str]
    ) -> None:
        self.names = names
        self._providers = providers
        self._policy = cache(assistant.policy)
        self._clause_of = assistant.policy_clause

    @classmethod
    def of(cls, assistant: Assistant, names: Mapping[str, str] | None = None) -> PlacedClauses:
        """Those of the index as it is now; `names` are those kept with an earlier answer."""
        entries = assistant.policies()
        providers = {entry.id: entry.provider for entry in entries}
        return cls(assistant, names or names_of(entries), providers)

    def of_quotes(self, quotes: Sequence[Quote]) -> list[PlacedClause | RemovedPolicy]:
        """The clause of each quote, in the version that is quoted."""
        return [self._of_quote(quote) for quote in quotes]

    def of_hits(self, hits: Iterable[Hit]) -> list[PlacedClause]:
        """The clauses that were found, except those of policies that have since been removed."""
        placed = []
        for hit in hits:
            try:
                placed.append(self._placed(hit.clause))
            except UnknownPolicyError:
                continue  # its text went with it; a nearest clause is not evidence
        return placed

    def _of_quote(self, quote: Quote) -> PlacedClause | RemovedPolicy:
        try:
            return self._placed(self._clause_of(quote) or _bare(quote))
        except UnknownPolicyError:
            return RemovedPolicy(self.names.get(quote.policy_id, quote.policy_id))

    def _placed(self, clause: Clause) -> PlacedClause:
        policy: Policy = self._policy(clause.policy_id, clause.version)
        return PlacedClause(self._providers.get(policy.id, ""), policy, clause)


def _bare(quote: Quote) -> Clause:
    """For a quote that stands in no clause: the quote itself, without headings."""
    place = (quote.policy_id, quote.version, None, (), quote.start, quote.end)
    return Clause(quote.clause_id, *place)
