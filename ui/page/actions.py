"""What happens on the page: each event, and what it changes."""

from __future__ import annotations

import itertools
import secrets
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import PolicyAssistantError
from assistant.asking.answer_text import names_of
from assistant.question.checked_question import MAX_QUESTION
from ui.access.queue import Admission, Place
from ui.export import answer_file
from ui.history.conversations import Feedback, History, Judgement
from ui.page import conversation as page
from ui.page import policy_list as library
from ui.page.answer_footer import MOST_NOTE, SAVED_AS, taking_along
from ui.page.citation_page import shown_citation
from ui.page.conversation_list import clock, past
from ui.page.dialogue import Turn, frames, kept_turn
from ui.page.layout import NO_EVIDENCE, Parts
from ui.page.safe_text import spelt_out
from ui.page.samples import sample_policies
from ui.uploads.receive import Step, add_uploads, remove_policy, steps

if TYPE_CHECKING:
    from assistant import Assistant

_LOOKED_AT = 12  # policies whose headings first questions are fitted to
_AT_ONCE = 8  # questions; their quotes come at once, the model writes in turn
_WAITING = 64  # questions that wait for one of those to end
_MOST_ID = 200  # characters of an id or a citation that a browser gives
Update = dict[Any, Any]
"""New values by component; those that are not named stay."""


class Desk:
    """Answers the page's events. One for all readers: what is theirs comes with each event."""

    def __init__(self, gr: Any, parts: Parts, assistant: Assistant) -> None:
        self._gr = gr
        self._parts = parts
        self._assistant = assistant
        self._history = History(assistant.folder)
        self._line = Admission(_AT_ONCE, _WAITING)

    def begin(self, given: Mapping[str, object] | None) -> Update:
        """A page is opened: anew, by the address of an answer, or again after a reload."""
        names = ("browser", "open", "answer", "cite")
        given = given if isinstance(given, dict) else {}
        told = {name: _text(given.get(name)) for name in names}
        parts = self._parts
        ready = self._gr.update(interactive=True)
        update: Update = {parts.reader: told["browser"], **self.stock((), ())}
        update |= {parts.box: ready, parts.ask: ready}
        try:
            if told["answer"]:
                update |= self._kept_answer(told["answer"])
            elif told["cite"]:
                update |= self._citation(told["cite"])
            elif told["open"]:
                update |= self._opened(told["browser"], told["open"])
        except PolicyAssistantError as error:
            update[parts.talk] = page.note(str(error), error=True) + update[parts.talk]
        return update | self._past(told["browser"], update.get(parts.conversation, ""))

    def select(self, event: Mapping[str, str], reader: str) -> Update:
        """A conversation of before is opened, or a new one begun."""
        chosen = _text(event.get("conversation"))
        try:
            update = self._opened(reader, chosen)
        except PolicyAssistantError as error:
            return {self._parts.talk: page.note(str(error), error=True)}
        return update | self._past(reader, update[self._parts.conversation])

    def delete(self, event: Mapping[str, str], reader: str, current: str) -> Update:
        """A conversation is deleted."""
        deleted = _text(event.get("conversation"))
        try:
            self._history.delete(reader, deleted)
        except PolicyAssistantError as error:
            return self._past(reader, current, problem=str(error))
        update = self._opened(reader, "") if deleted == current else {}
        return update | self._past(reader, "" if deleted == current else current)

    def answer(
        self,
        question: str | None,
        earlier: tuple[Turn, ...],
        chosen: Sequence[str],
        quotes_only: bool,
        reader: str,
        conversation: str,
    ) -> Iterator[Update]:
        """A question is asked: its turn as it grows."""
        question = question.strip() if isinstance(question, str) else ""
        if not question:
            yield {self._parts.box: ""}
            return
        if len(question) > MAX_QUESTION:  # too long to be kept, or shown again
            told = f"The question has {len(question)} characters, at most {MAX_QUESTION} are read."
            yield self._refused(f"{told} Shorten it.", earlier, conversation)
            return
        place = self._line.join()
        if place is None:
            told = f"{self._line.most} questions are being answered or wait, as many as can."
            told = f"Busy: {told} This one was not asked: ask it again in a few minutes."
            yield self._refused(told, earlier, conversation)
            return
        with place:
            yield from self._asked(
                question, earlier, chosen, quotes_only, reader, conversation, place
            )

    def _asked(
        self,
        question: str,
        earlier: tuple[Turn, ...],
        chosen: Sequence[str],
        quotes_only: bool,
        reader: str,
        conversation: str,
        place: Place,
    ) -> Iterator[Update]:
        gr, parts = self._gr, self._parts
        halt = threading.Event()
        conversation = conversation or secrets.token_urlsafe(16)
        turns = frames(
            self._assistant,
            question,
            earlier=earlier,
            policies=chosen,
            generate=not quotes_only,
            stop=halt,
            place=place,
        )
        first = next(turns)  # the search has begun, or waits
        keeping, id_ = self._begun(reader, conversation, question)
        update: Update = {
            parts.running: halt,
            parts.conversation: conversation,
            parts.box: "",
            parts.ask: gr.update(visible=False),
            parts.stop: gr.update(visible=True),
            parts.samples: gr.update(visible=False),
            **{button: gr.update(visible=False) for button in parts.examples},
            **keeping,
        }
        cards = None
        for turn in itertools.chain([first], turns):
            if turn.answer and id_:
                try:
                    self._complete(id_, turn)
                except PolicyAssistantError as error:
                    id_ = ""
                    update = self._past(reader, conversation, problem=str(error), busy=True)
            said = (*earlier, replace(turn, id=id_))
            update |= {parts.turns: said, parts.talk: self._talk(said, conversation)}
            if turn.cards != cards:
                update[parts.evidence] = _evidence(said)
            cards = turn.cards
            yield update
            update = {}

    def settle(self, said: tuple[Turn, ...], reader: str, conversation: str) -> Update:
        """An answer has come to its end, or was stopped."""
        gr, parts = self._gr, self._parts
        ended = tuple(turn.stopped() for turn in said)
        update = {
            parts.turns: ended,
            parts.ask: gr.update(visible=True),
            parts.stop: gr.update(visible=False),
            **self._past(reader, conversation),
        }
        return update | ({parts.talk: self._talk(ended, conversation)} if ended != said else {})

    def judge(
        self, event: Mapping[str, str], said: tuple[Turn, ...], reader: str, conversation: str
    ) -> Update:
        """A reader says what they think of an answer, or adds a note to that."""
        id_, judged = _text(event.get("answer")), _text(event.get("judgement"))
        if judged not in set(Judgement):
            return {self._parts.talk: self._talk(said, conversation)}
        judgement = Judgement(judged)
        try:
            before = self._history.feedback([id_]).get(id_)
            note = event.get("note", before.note if before else "")
            self._history.judge(reader, id_, Feedback(judgement, str(note)[:MOST_NOTE].strip()))
        except PolicyAssistantError as error:
            return self._past(reader, conversation, problem=str(error))
        return {self._parts.talk: self._talk(said, conversation)}

    def save(self, event: Mapping[str, str]) -> Update:
        """A kept answer is wanted as a file: its name, type and text."""
        parts, form = self._parts, _text(event.get("form"))
        try:
            answer = self._history.question(_text(event.get("answer"))).answer
        except PolicyAssistantError as error:
            return {parts.saved: None, parts.outcome: page.note(str(error), error=True)}
        if answer is None or form not in SAVED_AS:
            return {parts.saved: None}
        return {parts.saved: answer_file(answer, self._assistant, form, _text(event.get("page")))}

    def stock(self, earlier: tuple[Turn, ...], chosen: Sequence[str]) -> Update:
        """The policies as they are now, and what to ask of them first."""
        gr, parts = self._gr, self._parts
        entries = self._assistant.policies()
        chosen = tuple(entry.id for entry in entries if entry.id in chosen)
        update = {parts.chosen: chosen, parts.shelf: library.policy_list(entries, chosen)}
        if earlier:
            return update
        samples = not entries and bool(sample_policies())
        asked = library.first_questions(entries[:_LOOKED_AT], self._headings())
        asked += [""] * (len(parts.examples) - len(asked))
        return {
            **update,
            parts.talk: page.conversation([library.welcome(entries, samples=samples)], ""),
            parts.samples: gr.update(visible=samples),
            **{
                button: gr.update(value=spelt_out(text), visible=bool(text))
                for button, text in zip(parts.examples, asked, strict=True)
            },
        }

    def narrow(self, event: Mapping[str, Any]) -> Update:
        """Policies are ticked: the search keeps to those."""
        parts, entries = self._parts, self._assistant.policies()
        ticked = event.get("policies")
        ticked = ticked if isinstance(ticked, list) else []
        chosen = tuple(entry.id for entry in entries if entry.id in ticked)
        return {parts.chosen: chosen, parts.shelf: library.policy_list(entries, chosen)}

    def upload(self, paths: Sequence[str]) -> Iterator[Update]:
        """Files were dropped or chosen."""
        files = [Path(path) for path in paths or ()]
        for told in self._added(lambda progress: add_uploads(self._assistant, files, progress)):
            yield {self._parts.outcome: told}
        yield {self._parts.files: None}

    def load_samples(self) -> Iterator[Update]:
        """The sample policies are asked for."""
        files = sample_policies()
        yield {self._parts.samples: self._gr.update(visible=False)}
        for told in self._added(lambda progress: self._assistant.add(files, progress=progress)):
            yield {self._parts.outcome: told}

    def remove(self, event: Mapping[str, str]) -> Update:
        """A policy is removed."""
        try:
            remove_policy(self._assistant, _text(event.get("policy")))
        except PolicyAssistantError as error:
            return {self._parts.outcome: page.note(str(error), error=True)}
        return {self._parts.outcome: ""}

    def _refused(self, why: str, earlier: tuple[Turn, ...], conversation: str) -> Update:
        """A question is not asked; it stays in its box."""
        return {self._parts.talk: self._talk(earlier, conversation) + page.note(why, error=True)}

    def _added(self, add: Any) -> Iterator[str]:
        try:
            for told in steps(add):
                if isinstance(told, Step):
                    yield library.progress(told)
                else:
                    yield library.upload_results(told)
        except PolicyAssistantError as error:
            yield page.note(str(error), error=True)
        except OSError as error:
            reason = error.strerror or error
            yield page.note(f"Nothing was added ({reason}): check file and disk.", error=True)

    def _begun(self, reader: str, conversation: str, question: str) -> tuple[Update, str]:
        """Keeps the question: what that changes on the page, and the id it is kept under."""
        if not reader:
            return {}, ""
        try:
            id_ = self._history.begin(reader, conversation, question)
        except PolicyAssistantError as error:
            return self._past(reader, conversation, problem=str(error), busy=True), ""
        return self._past(reader, conversation, busy=True), id_

    def _complete(self, id_: str, turn: Turn) -> None:
        assert turn.answer is not None
        names = names_of(self._assistant.policies())
        searched = {each: names[each] for each in turn.answer.receipt.policies if each in names}
        self._history.complete(id_, turn.answer, searched)

    def _opened(self, reader: str, conversation: str) -> Update:
        parts = self._parts
        kept = self._history.questions(reader, conversation) if conversation else []
        said = tuple(
            kept_turn(self._assistant, number, each) for number, each in enumerate(kept, start=1)
        )
        update: Update = {parts.turns: said, parts.conversation: conversation if kept else ""}
        if not said:
            return update | self.stock((), ()) | {parts.evidence: NO_EVIDENCE}
        return {
            **update,
            parts.talk: self._talk(said, conversation),
            parts.evidence: _evidence(said),
            **self._no_beginning(),
        }

    def _kept_answer(self, id_: str) -> Update:
        kept = self._history.question(id_)
        turn = kept_turn(self._assistant, 1, kept)
        asked = clock(kept.asked_at, _now())
        after = taking_along(id_) if kept.answer else ""
        return {
            self._parts.talk: page.kept_answer(
                page.turn(1, turn.question, turn.body + after), asked
            ),
            self._parts.evidence: _evidence((turn,)),
            **self._no_beginning(),
        }

    def _citation(self, citation: str) -> Update:
        talk, evidence = shown_citation(self._assistant, citation)
        parts = self._parts
        return {parts.talk: talk, parts.evidence: evidence, **self._no_beginning()}

    def _no_beginning(self) -> Update:
        hidden = self._gr.update(visible=False)
        return {self._parts.samples: hidden, **dict.fromkeys(self._parts.examples, hidden)}

    def _talk(self, said: tuple[Turn, ...], conversation: str) -> str:
        try:
            given = self._history.feedback([turn.id for turn in said if turn.id])
        except PolicyAssistantError:
            given = {}  # the answers stand all the same; the list beside them says what is wrong
        return page.conversation([turn.shown(given.get(turn.id)) for turn in said], conversation)

    def _past(self, reader: str, current: str, *, problem: str = "", busy: bool = False) -> Update:
        listed: Sequence[Any] = ()
        try:
            listed = self._history.conversations(reader) if reader else ()
        except PolicyAssistantError as error:
            problem = problem or str(error)
        told = page.note(problem, error=True) if problem else ""
        return {self._parts.past: told + past(listed, current, _now(), busy=busy)}

    def _headings(self) -> dict[str, list[str]]:
        return {
            entry.id: [
                heading
                for clause in self._assistant.clauses(entry.id)
                for heading in clause.heading_path
            ]
            for entry in self._assistant.policies()[:_LOOKED_AT]
        }


def _evidence(turns: tuple[Turn, ...]) -> str:
    last = turns[-1]
    shown = "".join(turn.evidence(current=turn is last) for turn in turns)
    return shown if last.cards else shown + NO_EVIDENCE


def _text(value: object) -> str:
    """An id as a browser gives it; empty where it can be none."""
    return value if isinstance(value, str) and len(value) <= _MOST_ID else ""


def _now() -> datetime:
    return datetime.now().astimezone()
