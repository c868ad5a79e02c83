"""An assistant whose answers can be worked out by hand.

Every paragraph of a policy is a clause, and a line `# Name` is a heading above those after it. A
question is answered by the sentences that hold its last word (`How long are logs kept?` quotes
each sentence with "kept"), one for each clause, and each quote becomes one sentence.
"""

from __future__ import annotations

import datetime
import os
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assistant import (
    AddResult,
    AddStatus,
    Answer,
    Assistant,
    Clause,
    Event,
    EventKind,
    Hit,
    Policy,
    PolicyEntry,
    QuestionError,
    Quote,
    Receipt,
    Rejected,
    Sentence,
    Settings,
    Stream,
    UnknownPolicyError,
    Verdict,
)
from assistant.doors import Progress
from assistant.question.followups import Turn
from index.progress import no_progress
from index.types import version_of as text_version


class FakeAssistant(Assistant):
    """`gate` holds an answer back between its quotes and its sentences until it is set."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._settings = Settings()
        self.gate = threading.Event()
        self.gate.set()
        self.asked: list[dict[str, object]] = []
        self.finished: list[str] = []
        self._held: dict[str, tuple[Policy, str, str]] = {}

    def put(self, name: str, text: str, provider: str = "", date: str | None = None) -> None:
        path = str(self.folder / "uploads" / f"{name}.txt")
        policy = Policy(
            name, f"Policy of {name}", path, "text/plain", text, text_version(text), date
        )
        self._held[name] = (policy, provider, path)

    def policies(self) -> list[PolicyEntry]:
        return [
            PolicyEntry(
                policy.id,
                policy.title,
                provider,
                path,
                policy.version,
                policy.effective_date,
                len(self.clauses(policy.id)),
                (policy.version,),
            )
            for policy, provider, path in self._held.values()
        ]

    def policy(self, policy_id: str, version: str | None = None) -> Policy:
        policy = self._held[policy_id][0] if policy_id in self._held else None
        if policy is None or version not in {None, policy.version}:
            raise UnknownPolicyError(f"the index holds no policy {policy_id!r}")
        return policy

    def clauses(self, policy_id: str, version: str | None = None) -> list[Clause]:
        policy = self.policy(policy_id, version)
        clauses: list[Clause] = []
        heading: tuple[str, ...] = ()
        for block in re.finditer(r"\S(?:.|\n(?!\n))*", policy.text):
            if block[0].startswith("# "):
                heading = (block[0][2:],)
                continue
            number = str(len(clauses) + 1)
            clauses.append(
                Clause(
                    f"{policy.id}-{number}",
                    policy.id,
                    policy.version,
                    number,
                    heading,
                    block.start(),
                    block.end(),
                )
            )
        return clauses

    def stream(
        self,
        question: str,
        *,
        policies: Sequence[str] | None = None,
        history: Sequence[Turn] = (),
        generate: bool = True,
        as_of: datetime.date | str | None = None,
    ) -> Stream:
        assert as_of is None
        self.asked.append(
            {"question": question, "policies": policies, "history": history, "generate": generate}
        )
        if "fail" in question:
            raise QuestionError("this question cannot be asked: <b>ask another</b>")
        searched = list(policies or self._held)
        return Stream(lambda stopped: self._events(question, searched, generate, stopped))

    def _events(
        self, question: str, searched: list[str], generate: bool, stopped: Callable[[], bool]
    ) -> Iterator[Event]:
        quotes = tuple(self._quotes(searched, question.rstrip("?").split()[-1]))
        try:
            yield Event(EventKind.EVIDENCE, quotes=quotes)
            while not self.gate.wait(0.05):
                if stopped():
                    return
            sentences = tuple(
                Sentence(f"It is written: {quote.exact}", (quote.citation_id,))
                for quote in quotes
                if generate
            )
            for sentence in sentences:
                yield Event(EventKind.SENTENCE, sentence=sentence)
            yield Event(
                EventKind.ANSWER,
                answer=self._answer(question, searched, quotes, sentences, generate),
            )
        finally:
            self.finished.append(question)

    def _quotes(self, searched: list[str], word: str) -> Iterator[Quote]:
        for policy_id in searched:
            policy = self.policy(policy_id)
            for clause in self.clauses(policy_id):
                text = policy.text[clause.start : clause.end]
                for sentence in re.finditer(r"[^.\s][^.]*\.", text):
                    if word in sentence[0]:
                        start = clause.start + sentence.start()
                        yield Quote.of(policy, clause.id, start, start + len(sentence[0]))
                        break

    def _answer(
        self,
        question: str,
        searched: list[str],
        quotes: tuple[Quote, ...],
        sentences: tuple[Sentence, ...],
        generate: bool,
    ) -> Answer:
        verdict = Verdict.ANSWERED if quotes else Verdict.NOT_STATED
        if "weather" in question:
            verdict = Verdict.OUT_OF_SCOPE
        clauses = [clause for policy_id in searched for clause in self.clauses(policy_id)]
        withheld = Rejected("Nobody else sees them.", (), ("“nobody” is in no quote",))
        return Answer(
            question=question,
            verdict=verdict,
            confidence=0.875 if quotes else 0.125,
            text=" ".join(sentence.text for sentence in sentences),
            sentences=sentences,
            quotes=quotes,
            hits=tuple(Hit(clause, 0.5, rank) for rank, clause in enumerate(clauses[:3], 1)),
            rejected=(withheld,) if sentences else (),
            receipt=Receipt(
                generation=1,
                policies={policy_id: self.policy(policy_id).version for policy_id in searched},
                routed=(),
                query=question,
                embedding="fake-embedding",
                reranker=None,
                generator="fake-generator" if generate else None,
                prompt=None,
                thresholds={},
                timings={"search": 250.0, "generate": 1000.0},
            ),
        )

    def policy_clause(self, quote: Quote) -> Clause | None:
        if quote.policy_id not in self._held:
            return None
        return next((c for c in self.clauses(quote.policy_id) if c.id == quote.clause_id), None)

    def add(
        self,
        paths: Sequence[str | os.PathLike[str]],
        *,
        version_of: str | None = None,
        progress: Progress | None = None,
        passwords: Sequence[str] = (),
    ) -> list[AddResult]:
        assert version_of is None
        assert not passwords
        with (progress or no_progress)("reading", len(paths), "file") as bar:
            results = []
            for path in paths:
                results.append(self._add(Path(path)))
                bar.update(1)
            return results

    def _add(self, path: Path) -> AddResult:
        if path.suffix == ".pdf":
            reason = f"no text layer in {str(path)!r} (1 page): run OCR on it first"
            return AddResult(str(path), AddStatus.REJECTED, reason=reason)
        before = self._held.get(path.stem)
        self.put(path.stem, path.read_text(encoding="utf-8"))
        policy, _, _ = self._held[path.stem]
        self._held[path.stem] = (policy, "", str(path))
        status = AddStatus.UPDATED if before else AddStatus.ADDED
        if before and before[0].version == policy.version:
            status = AddStatus.UNCHANGED
        return AddResult(str(path), status, policy.id, policy.version, len(self.clauses(policy.id)))

    def remove(self, policy_id: str) -> None:
        self.policy(policy_id)
        del self._held[policy_id]
