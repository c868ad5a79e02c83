"""What happens to policies on the page: they are listed, ticked, added and removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import PolicyAssistantError
from ui.page.actions.served_page import ServedPage, Update, id_in
from ui.page.first_questions import first_questions
from ui.page.html import policy_list as html
from ui.page.html import turn
from ui.page.samples import sample_policies
from ui.text.inert import inert
from ui.uploads.receive import add_uploads, remove_policy
from ui.uploads.steps import Step, steps

if TYPE_CHECKING:
    from markupsafe import Markup

    from assistant import AddResult, PolicyEntry
    from assistant.doors import Progress
    from ui.page.open_conversation import OpenConversation

_LOOKED_AT = 12  # policies whose headings first questions are fitted to


class PolicyActions:
    """Answers the events that concern policies."""

    def __init__(self, page: ServedPage) -> None:
        self._page = page
        self._assistant = page.assistant
        self._components = page.components

    def refresh(self, opened: OpenConversation, chosen: Sequence[str]) -> Update:
        """The policies have changed: their list, and before a first question what to ask."""
        update = self._listed(self._assistant.policies(), chosen)
        return update if opened.turns else update | self._welcome()

    def beginning(self) -> Update:
        """What a page shows before anything is asked."""
        return self._listed(self._assistant.policies(), ()) | self._welcome()

    def narrow(self, event: Mapping[str, Any]) -> Update:
        """Policies are ticked: the search keeps to those."""
        ticked = event.get("policies")
        return self._listed(self._assistant.policies(), ticked if isinstance(ticked, list) else ())

    def upload(self, paths: Sequence[str]) -> Iterator[Update]:
        """Files were dropped or chosen."""
        files = [Path(path) for path in paths or ()]
        yield from self._added(lambda progress: add_uploads(self._assistant, files, progress))
        yield {self._components.uploads: None}

    def load_samples(self) -> Iterator[Update]:
        """The sample policies are asked for."""
        files = sample_policies()
        yield {self._components.samples: self._page.gr.update(visible=False)}
        yield from self._added(lambda progress: self._assistant.add(files, progress=progress))

    def remove(self, event: Mapping[str, Any]) -> Update:
        """A policy is removed."""
        try:
            remove_policy(self._assistant, id_in(event, "policy"))
        except PolicyAssistantError as error:
            return {self._components.outcome: turn.error(str(error))}
        return {self._components.outcome: ""}

    def _listed(self, entries: Sequence[PolicyEntry], chosen: Sequence[str]) -> Update:
        held = tuple(entry.id for entry in entries if entry.id in chosen)
        return {
            self._components.chosen: held,
            self._components.policy_list: html.policy_list(entries, held),
        }

    def _welcome(self) -> Update:
        gr, components = self._page.gr, self._components
        entries = self._assistant.policies()
        samples = not entries and bool(sample_policies())
        looked_at = entries[:_LOOKED_AT]
        questions = first_questions(looked_at, self._headings(looked_at))
        questions += [""] * (len(components.examples) - len(questions))
        return {
            components.conversation: turn.conversation(
                [html.welcome(len(entries), samples=samples)], ""
            ),
            components.samples: gr.update(visible=samples),
            **{
                button: gr.update(value=inert(question), visible=bool(question))
                for button, question in zip(components.examples, questions, strict=True)
            },
        }

    def _headings(self, entries: Sequence[PolicyEntry]) -> dict[str, list[str]]:
        return {
            entry.id: [
                heading
                for clause in self._assistant.clauses(entry.id)
                for heading in clause.heading_path
            ]
            for entry in entries
        }

    def _added(self, add: Callable[[Progress], list[AddResult]]) -> Iterator[Update]:
        for outcome in _outcomes(add):
            yield {self._components.outcome: outcome}


def _outcomes(add: Callable[[Progress], list[AddResult]]) -> Iterator[Markup]:
    """How far it is, then what became of each file, or what went wrong."""
    try:
        for step in steps(add):
            yield html.progress(step) if isinstance(step, Step) else html.upload_results(step)
    except PolicyAssistantError as error:
        yield turn.error(str(error))
    except OSError as error:
        reason = error.strerror or error
        yield turn.error(f"Nothing was added ({reason}): check the file and the disk.")
