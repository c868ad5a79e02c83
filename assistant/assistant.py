"""`Assistant`: one open index, one set of models, any number of questions."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant.asking.answering import (
    PASSAGES,
    Found,
    Timer,
    answer_events,
    checked_count,
    checked_question,
    find,
    make_receipt,
)
from assistant.asking.loaded_index import InMemory
from assistant.asking.stream import Stream
from assistant.citations.policy_diff import PolicyDiff, policy_diff
from assistant.citations.resolve import resolve, resolve_exported
from assistant.evidence.select import ranked_quotes
from assistant.overview import Coverage, StanceRow, Topic, compare, cover, read_topics
from assistant.overview.changes import QuestionChange, question_changes
from assistant.question.followups import Turn
from assistant.question.selection import Wanted
from assistant.settings import Settings, default_index_path
from assistant.values.answer import Answer, Event, Quote, Resolution
from assistant.values.exported_quote import ExportedQuote
from assistant.verify.receipt import differences
from assistant.verify.saved_answer import problems
from assistant.writing.quote_writer import Writer
from assistant.writing.writer import writer_of
from index.add import AddResult, Progress, add_files, no_progress
from index.models.embedder import Embedder, SentenceTransformerEmbedder
from index.models.reranker import EvidenceReranker, Reranker
from index.paths import at_home
from index.store.database import Store
from index.store.faiss_cache import load_vectors
from index.store.snapshot import PolicyEntry, Snapshot
from index.store.versions import PolicyVersion, chosen_pair
from index.store.writer import remove_policy
from index.types import Clause, EmbeddingText, Hit, Policy


class Assistant:
    """Answers questions from one index. Safe to share between threads.

    Models are loaded when they are first needed and kept. Every call sees one state of the
    index, the newest when it began, also while another process writes.
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
        self._embedder = embedder
        self._writer = writer
        self._reranker = reranker
        self._in_memory = InMemory()

    @classmethod
    def load(
        cls, index_path: str | os.PathLike[str] | None = None, settings: Settings | None = None
    ) -> Assistant:
        """Opens an index (`index_path`, else the default one).

        One that is not there yet is made by `add`; until then `policies` is empty, and questions
        raise IndexMissingError.

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
        """Answers a question with quotes, and sentences that passed the support check.

        `policies` restricts the search to exactly these ids; otherwise a question that names
        policies goes to those, and any other to all. The newest version of each is searched,
        unless it is named with another (`"acme@3f9a1c2b7d10"`), or `as_of` (a date, or its ISO
        form) asks what held then: of each policy the version of the latest date up to it.
        `history` holds earlier turns as (question, answer text). `generate=False` gives quotes
        alone and never loads the language model. Raises QuestionError, UnknownPolicyError,
        ModelError or one of the index's errors.
        """
        events = self.stream(
            question, policies=policies, history=history, generate=generate, as_of=as_of
        )
        answer = [event.answer for event in events][-1]
        assert answer is not None  # the last event always brings it
        return answer

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
        text, wanted = checked_question(question), Wanted.of(policies, as_of)
        return Stream(lambda stopped: self._events(text, wanted, history, generate, stopped))

    def _events(
        self,
        text: str,
        wanted: Wanted,
        history: Sequence[Turn],
        generate: bool,
        stopped: Callable[[], bool],
    ) -> Iterator[Event]:
        timer = Timer()
        with self._snapshot() as snapshot:
            found, entries = self._find(snapshot, text, wanted, history, timer, PASSAGES)
            writer = self._writer if generate else None
            receipt = make_receipt(
                snapshot,
                found.policies,
                found.routed,
                found.query,
                self._settings,
                self._embedder,
                self._reranker,
                writer,
                timer,
            )
        yield from answer_events(
            text, found, entries, self._settings, writer, receipt, timer, stopped
        )

    def search(
        self,
        question: str,
        *,
        policies: Sequence[str] | None = None,
        k: int = 8,
        as_of: datetime.date | str | None = None,
    ) -> list[Hit]:
        """The `k` clauses that matter most to a question, best first. Same errors as `ask`."""
        checked_count(k)
        found = self._search(question, Wanted.of(policies, as_of), k)
        return [passage.hit(rank) for rank, passage in enumerate(found.passages, start=1)]

    def search_sentences(
        self,
        question: str,
        *,
        policies: Sequence[str] | None = None,
        k: int = 8,
        as_of: datetime.date | str | None = None,
    ) -> list[Quote]:
        """The `k` sentences that matter most, best first, whether they answer or not.

        None is said twice. Same errors as `ask`.
        """
        checked_count(k)
        wanted = Wanted.of(policies, as_of)
        return ranked_quotes(self._search(question, wanted, max(k, PASSAGES)).passages, k)

    def _search(self, question: str, wanted: Wanted, k: int) -> Found:
        text = checked_question(question)
        with self._snapshot() as snapshot:
            return self._find(snapshot, text, wanted, (), Timer(), k)[0]

    def _find(
        self,
        snapshot: Snapshot,
        text: str,
        wanted: Wanted,
        history: Sequence[Turn],
        timer: Timer,
        k: int,
    ) -> tuple[Found, list[PolicyEntry]]:
        retriever, entries = self._in_memory.of(self._store, snapshot)
        models = self._embedder, self._reranker
        found = find(snapshot, retriever, *models, entries, text, wanted, history, timer, k)
        return found, entries

    def compare(
        self,
        question: str,
        policies: Sequence[str] | None = None,
        *,
        progress: Progress | None = None,
    ) -> list[StanceRow]:
        """What each policy (all, or those named) says to the question, asked of it alone.

        One is named by its id, or as `id@version`. No language model is used. Same errors as
        `ask`.
        """
        return compare(self, checked_question(question), policies, progress or no_progress)

    def coverage(
        self,
        topics: Sequence[Topic] | None = None,
        policies: Sequence[str] | None = None,
        *,
        progress: Progress | None = None,
    ) -> Coverage:
        """A grid of policies by topics (those shipped, or those given), each cell a quote or None.

        One is named by its id, or as `id@version`. No language model is used. Same errors as
        `ask`.
        """
        return cover(self, topics or read_topics(), policies, progress or no_progress)

    def lookup(self, citation_id: str) -> Resolution:
        """What a citation id leads to today. Loads no model. Raises CitationError."""
        with self._snapshot() as snapshot:
            return resolve(snapshot, citation_id)

    def lookup_exported(self, quote: ExportedQuote) -> Resolution:
        """The same of a quote that was exported (see `exported_quotes`), by its words where the
        index does not hold the version that it cites. Loads no model. Raises CitationError.
        """
        with self._snapshot() as snapshot:
            return resolve_exported(snapshot, quote)

    def verify(self, answer: Answer) -> list[str]:
        """What does not hold of a saved answer, one line each.

        Needs no embedding, reranking or language model, only the support check.
        """
        with self._snapshot() as snapshot:
            return problems(snapshot, answer, self._settings.support_threshold)

    def differences(self, answer: Answer) -> list[str]:
        """What has changed since a saved answer was made, by its receipt, one line each.

        Newer versions of its policies, other models, prompts or thresholds: the answer holds all
        the same. Loads no model.
        """
        with self._snapshot() as snapshot:
            today = make_receipt(
                snapshot,
                dict(answer.receipt.policies),
                answer.receipt.routed,
                answer.receipt.query,
                self._settings,
                self._embedder,
                self._reranker,
                self._writer,
                Timer(),
            )
            return list(differences(snapshot, answer.receipt, today))

    def policies(self) -> list[PolicyEntry]:
        """The policies in the index, by id; none while it is empty."""
        if not self._exists():
            return []
        with self._snapshot() as snapshot:
            return snapshot.entries()

    def versions(self, policy_id: str) -> list[PolicyVersion]:
        """The stored versions of a policy, the newest (the last added) first; UnknownPolicyError.

        Loads no model.
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

    def changes(
        self,
        question: str,
        since: datetime.date | str,
        *,
        policies: Sequence[str] | None = None,
    ) -> list[QuestionChange]:
        """What has changed for a question since a date, for each policy that it goes to.

        Policies of which no version from then is held, or that have had no other since, are left
        out. No language model is used. Same errors as `ask`; UnknownPolicyError where no version
        from then is held of any.
        """
        return question_changes(self, question, since, policies)

    def policy(self, policy_id: str, version: str | None = None) -> Policy:
        """A policy with its text: the newest version, or the one named. UnknownPolicyError."""
        with self._snapshot() as snapshot:
            return snapshot.policy(policy_id, version)

    def policy_clause(self, quote: Quote) -> Clause | None:
        """The clause that a quote was cut from; None where a policy has none there."""
        with self._snapshot() as snapshot:
            return snapshot.clause_at(quote.policy_id, quote.version, quote.start, quote.end)

    def clauses(self, policy_id: str, version: str | None = None) -> list[Clause]:
        """The clauses of a policy in order: of the newest version, or the one named."""
        with self._snapshot() as snapshot:
            policy = snapshot.policy(policy_id, version)
            return [each.clause for each in snapshot.clauses_of(policy.id, policy.version)]

    def add(
        self,
        paths: Sequence[str | os.PathLike[str]],
        *,
        version_of: str | None = None,
        progress: Progress | None = None,
        passwords: Sequence[str] = (),
    ) -> list[AddResult]:
        """Adds files and folders, or new versions of them; one result per file.

        A file is a new version of what was added from the same path before; with `version_of`, a
        policy id, the one file that is given is a new version of that policy, wherever it lies.

        Encrypted PDFs are tried with the empty password, then with each of `passwords`; these are
        never stored.

        A file that cannot be read is rejected with a reason, the others are added. Nothing of
        this call can be searched until all of it can. Raises IndexBusyError; UnknownPolicyError
        and LoadError where `version_of` cannot be; TypeError for one password that is no sequence.
        """
        if isinstance(passwords, str):
            raise TypeError("passwords are to be a list of texts, not a text")
        files = [Path(path) for path in paths]
        model, dimension = self._embedder.identity, self._embedder.dimension
        store = Store.open_or_create(self._folder, model, dimension)
        told, limits = progress or no_progress, self._settings.limits
        return add_files(store, self._embedder, files, told, version_of, limits, passwords)

    def remove(self, policy_id: str) -> None:
        """Removes a policy with all its versions. Raises UnknownPolicyError, IndexBusyError."""
        store = self._store()
        with store.writing():
            remove_policy(store, policy_id)
            with Snapshot.of(store) as snapshot:
                load_vectors(store, snapshot)

    def warm_up(self, *, generate: bool = False) -> None:
        """Loads the models now, so that the first question does not wait for them."""
        self._embedder.encode_query("ready")
        self._reranker.score("ready", [EmbeddingText("", ("ready",))])
        if generate:
            self._writer.load()

    def _exists(self) -> bool:
        return Store.exists(self._folder)

    def _store(self) -> Store:
        return Store.open(self._folder, self._embedder.identity)

    @contextmanager
    def _snapshot(self) -> Iterator[Snapshot]:
        with Snapshot.of(self._store()) as snapshot:
            yield snapshot
