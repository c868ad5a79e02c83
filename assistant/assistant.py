"""`Assistant`: one open index, one set of models, any number of questions."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from assistant.asking.answer_models import AnswerModels
from assistant.asking.asking import Asking
from assistant.asking.events import whole_answer
from assistant.asking.loaded_index import LoadedIndex
from assistant.asking.stream import Stream
from assistant.citations.policy_diff import PolicyDiff, policy_diff
from assistant.citations.resolve import resolve, resolve_exported
from assistant.overview.changes import QuestionChange, question_changes
from assistant.overview.compare import StanceRow, compare
from assistant.overview.coverage import Coverage, cover
from assistant.overview.topics import Topic, read_topics
from assistant.question.checked_question import checked_question
from assistant.question.followups import Turn
from assistant.question.selection import Selection, date_of
from assistant.settings import Settings, default_index_path
from assistant.values.answer import Answer, Event, Quote, Resolution
from assistant.values.exported_quote import ExportedQuote
from assistant.verify.receipt import differences
from assistant.verify.saved_answer import problems_of
from assistant.writing.writer import Writer, writer_of
from index.add import AddResult, Reading, add_files
from index.models.embedder import Embedder, SentenceTransformerEmbedder
from index.models.reranker import EvidenceReranker, Reranker
from index.paths import at_home
from index.progress import Progress, no_progress
from index.store.database import Store
from index.store.faiss_cache import load_vectors
from index.store.snapshot import PolicyEntry, Snapshot
from index.store.versions import PolicyVersion, chosen_pair
from index.store.writer import remove_policy
from index.types import Clause, Hit, Policy


class Assistant:
    """Answers questions from one index. Safe to share between threads.

    Models are loaded when they are first needed, and kept. Whatever one call returns comes from
    one state of the index, the newest when it began, also while another process writes.
    """

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        embedder: Embedder,
        writer: Writer,
        reranker: Reranker,
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._models = AnswerModels(embedder, reranker, writer)
        self._loaded = LoadedIndex()

    @classmethod
    def load(
        cls, index_path: str | os.PathLike[str] | None = None, settings: Settings | None = None
    ) -> Assistant:
        """Opens an index: `index_path`, else the default one.

        `add` creates it where there is none; until then `policies` is empty, and questions raise
        IndexMissingError.

        Raises IndexMismatchError if it was made with another embedding model or by a newer
        version, IndexDamagedError if it cannot be read.
        """
        folder = at_home(Path(index_path)) if index_path else default_index_path()
        chosen = settings or Settings()
        assistant = cls(
            folder,
            chosen,
            SentenceTransformerEmbedder(chosen.embedding_model),
            writer_of(chosen),
            EvidenceReranker(),
        )
        if assistant._exists():
            assistant._store()
        return assistant

    @property
    def folder(self) -> Path:
        """The index folder."""
        return self._folder

    @property
    def settings(self) -> Settings:
        return self._settings

    def ask(
        self,
        question: str,
        *,
        policies: Sequence[str] | None = None,
        history: Sequence[Turn] = (),
        generate: bool = True,
        as_of: datetime.date | str | None = None,
    ) -> Answer:
        """Answers a question with quotes, and with sentences that passed the support check.

        `policies` restricts the search to exactly these ids; otherwise a question that names
        policies goes to those, and any other to all. The newest version of each is searched,
        unless another is named (`"acme@3f9a1c2b7d10"`), or `as_of` (a date, or its ISO form) asks
        what held then: of each policy the version of the latest date up to it.
        `history` holds earlier turns as (question, answer text). `generate=False` gives quotes
        alone and never loads the language model. Raises QuestionError, UnknownPolicyError,
        ModelError or one of the index's errors.
        """
        return whole_answer(
            self.stream(
                question, policies=policies, history=history, generate=generate, as_of=as_of
            )
        )

    def stream(
        self,
        question: str,
        *,
        policies: Sequence[str] | None = None,
        history: Sequence[Turn] = (),
        generate: bool = True,
        as_of: datetime.date | str | None = None,
    ) -> Stream:
        """As `ask`, step by step: the evidence, each sentence as it passes, the whole answer.

        `close` of the stream stops it, from any thread, also while the language model writes.
        """
        text, selection = checked_question(question), Selection.of(policies, as_of)

        def events(stopped: Callable[[], bool]) -> Iterator[Event]:
            with self._asking(generate=generate) as asking:
                draft = asking.draft(text, selection, history)
            yield from draft.events(stopped)  # the snapshot is closed while the model writes

        return Stream(events)

    def search(
        self,
        question: str,
        *,
        policies: Sequence[str] | None = None,
        k: int = 8,
        as_of: datetime.date | str | None = None,
    ) -> list[Hit]:
        """The `k` clauses that matter most to a question, best first. Same errors as `ask`."""
        _check_count(k)
        text, selection = checked_question(question), Selection.of(policies, as_of)
        with self._asking() as asking:
            return asking.search(text, selection, k)

    def search_sentences(
        self,
        question: str,
        *,
        policies: Sequence[str] | None = None,
        k: int = 8,
        as_of: datetime.date | str | None = None,
    ) -> list[Quote]:
        """The `k` sentences that matter most, best first, whether they answer or not.

        No two say the same. Same errors as `ask`.
        """
        _check_count(k)
        text, selection = checked_question(question), Selection.of(policies, as_of)
        with self._asking() as asking:
            return asking.search_sentences(text, selection, k)

    def compare(
        self,
        question: str,
        policies: Sequence[str] | None = None,
        *,
        progress: Progress | None = None,
    ) -> list[StanceRow]:
        """What each policy (all, or those named) says to the question, asked of it alone.

        Policies are named by id, or as `id@version`. No language model is used. Empty where there
        is no index yet and none is named. Same errors as `ask`.
        """
        text = checked_question(question)
        if policies is None and not self._exists():
            return []
        with self._asking() as asking:
            return compare(asking, text, policies, progress or no_progress)

    def coverage(
        self,
        topics: Sequence[Topic] | None = None,
        policies: Sequence[str] | None = None,
        *,
        progress: Progress | None = None,
    ) -> Coverage:
        """A grid of policies by topics (those shipped, or those given), each cell a quote or None.

        Policies as in `compare`. No language model is used. Same errors as `ask`.
        """
        chosen = topics or read_topics()
        if policies is None and not self._exists():
            return Coverage(tuple(chosen), (), ())
        with self._asking() as asking:
            return cover(asking, chosen, policies, progress or no_progress)

    def changes(
        self,
        question: str,
        since: datetime.date | str,
        *,
        policies: Sequence[str] | None = None,
    ) -> list[QuestionChange]:
        """What has changed for a question since a date, for each policy that it goes to.

        Policies without a version from then, or without another since, are left out. No language
        model is used. Same errors as `ask`; UnknownPolicyError where no policy has a version from
        then.
        """
        day = date_of(since)
        text, selection = checked_question(question), Selection.of(policies, None)
        with self._asking() as asking:
            return question_changes(asking, text, day, selection)

    def lookup(self, citation_id: str) -> Resolution:
        """What has become of the cited words. Loads no model. Raises CitationError."""
        with self._snapshot() as snapshot:
            return resolve(snapshot, citation_id)

    def lookup_exported(self, quote: ExportedQuote) -> Resolution:
        """As `lookup`, of an exported quote (see `exported_quotes`): by its words where the index
        does not hold the version that it cites. Loads no model. Raises CitationError.
        """
        with self._snapshot() as snapshot:
            return resolve_exported(snapshot, quote)

    def verify(self, answer: Answer) -> list[str]:
        """What is wrong with a saved answer, one line each; empty where it holds.

        Needs no embedding, reranking or language model, only the support check.
        """
        with self._snapshot() as snapshot:
            return problems_of(snapshot, answer, self._settings.support_threshold)

    def differences(self, answer: Answer) -> list[str]:
        """What has changed since a saved answer was given, by its receipt, one line each.

        That is newer versions of its policies, and other models, prompts or thresholds; the answer
        still holds. Loads no model.
        """
        today = self._models.receipt(self._settings)
        with self._snapshot() as snapshot:
            return list(differences(snapshot, answer.receipt, today))

    def policies(self) -> list[PolicyEntry]:
        """The policies in the index, by id; none where there is no index yet."""
        if not self._exists():
            return []
        with self._snapshot() as snapshot:
            return snapshot.entries()

    def versions(self, policy_id: str) -> list[PolicyVersion]:
        """The stored versions of a policy, the newest (the last added) first.

        Loads no model. Raises UnknownPolicyError.
        """
        with self._snapshot() as snapshot:
            return snapshot.versions(policy_id)

    def diff(self, policy_id: str, old: str | None = None, new: str | None = None) -> PolicyDiff:
        """What has changed between two versions of a policy, clause by clause.

        `old` and `new` are versions or ISO dates (the version that held then); without them the
        last added and the one added before it. Loads no model. Raises UnknownPolicyError.
        """
        with self._snapshot() as snapshot:
            return policy_diff(snapshot, *chosen_pair(snapshot.versions(policy_id), old, new))

    def policy(self, policy_id: str, version: str | None = None) -> Policy:
        """A policy with its text, in its newest version or the one named.

        Raises UnknownPolicyError.
        """
        with self._snapshot() as snapshot:
            return snapshot.policy(policy_id, version)

    def policy_clause(self, quote: Quote) -> Clause | None:
        """The clause that a quote was taken from; None where the policy has none there."""
        with self._snapshot() as snapshot:
            return snapshot.clause_at(quote.policy_id, quote.version, quote.start, quote.end)

    def clauses(self, policy_id: str, version: str | None = None) -> list[Clause]:
        """The clauses of a policy in order, in its newest version or the one named.

        Raises UnknownPolicyError.
        """
        with self._snapshot() as snapshot:
            policy = snapshot.policy(policy_id, version)
            return [stored.clause for stored in snapshot.clauses_of(policy.id, policy.version)]

    def add(
        self,
        paths: Sequence[str | os.PathLike[str]],
        *,
        version_of: str | None = None,
        progress: Progress | None = None,
        passwords: Sequence[str] = (),
    ) -> list[AddResult]:
        """Adds files and folders, or new versions of them; one result per file.

        A file is a new version of what was added from the same path before. With `version_of`, a
        policy id, the one file that is given is a new version of that policy, whatever its path.

        Encrypted PDFs are tried with the empty password, then with each of `passwords`; these are
        never stored.

        A file that cannot be read is rejected with a reason, and the others are added. Everything
        that one call adds can be searched at the same moment. Raises IndexBusyError;
        UnknownPolicyError and LoadError where `version_of` cannot be followed; TypeError where
        `passwords` is a single string.
        """
        if isinstance(passwords, str):
            raise TypeError("passwords is a sequence of texts, not one string")
        embedder = self._models.embedder
        store = Store.open_or_create(self._folder, embedder.identity, embedder.dimension)
        files = [Path(path) for path in paths]
        reading = Reading(self._settings.limits, passwords)
        return add_files(store, embedder, files, progress or no_progress, version_of, reading)

    def remove(self, policy_id: str) -> None:
        """Removes a policy with all its versions. Raises UnknownPolicyError, IndexBusyError."""
        store = self._store()
        with store.writing():
            remove_policy(store, policy_id)
            with Snapshot.of(store) as snapshot:
                load_vectors(store, snapshot)

    def warm_up(self, *, generate: bool = False) -> None:
        """Loads the models now, so that the first question does not wait for them."""
        self._models_for(generate).load()

    def _exists(self) -> bool:
        return Store.exists(self._folder)

    def _store(self) -> Store:
        return Store.open(self._folder, self._models.embedder.identity)

    def _snapshot(self) -> AbstractContextManager[Snapshot]:
        return Snapshot.of(self._store())

    def _asking(self, *, generate: bool = False) -> AbstractContextManager[Asking]:
        return Asking.of(self._store(), self._loaded, self._models_for(generate), self._settings)

    def _models_for(self, generate: bool) -> AnswerModels:
        return self._models if generate else replace(self._models, writer=None)


def _check_count(k: int) -> None:
    if k < 1:
        raise ValueError(f"k is {k}: ask for at least 1")
