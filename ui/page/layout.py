"""The components of the chat page, where they stand, and their scripts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.doors import MAX_QUESTION
from ui.page.open_conversation import OpenConversation
from ui.text.templates import fill

ASSETS = Path(__file__).parent / "assets"
_FILE_TYPES = [".txt", ".md", ".html", ".htm", ".pdf", ".docx"]
_FIRST_QUESTIONS = 4


@dataclass(frozen=True, slots=True)
class Components:
    """The page's components; those that only remember something, and show nothing, come first.

    `visit` is what the browser says of itself (see assets/session.js), `file_to_save` a file for it
    to save (see assets/save.js), `opened` the OpenConversation, `chosen` the ids of the policies to
    search in, `running` the event that stops the answer under way.
    """

    visit: Any
    file_to_save: Any
    opened: Any
    chosen: Any
    running: Any
    conversation_list: Any
    policy_list: Any
    uploads: Any
    outcome: Any
    conversation: Any
    samples: Any
    examples: tuple[Any, ...]
    question: Any
    ask: Any
    stop: Any
    quotes_only: Any
    evidence: Any


def script(name: str) -> str:
    """A script of the page, from the assets."""
    return (ASSETS / name).read_text(encoding="utf-8")


def lay_out(gr: Any, generate: bool) -> Components:
    """Puts the components on the page that is being built."""
    remembered = {
        "visit": gr.JSON(visible=False),
        "file_to_save": gr.JSON(visible=False),
        "opened": gr.State(OpenConversation()),
        "chosen": gr.State(()),
        "running": gr.State(None),
    }
    gr.HTML(fill("page/frame", "title"))
    with gr.Row(elem_id="pa-main"):
        with gr.Column(elem_id="pa-library"):
            library = _library(gr)
        with gr.Column(elem_id="pa-talk"):
            talk = _talk(gr, generate)
        with gr.Column(elem_id="pa-evidence"):
            gr.HTML(fill("page/frame", "heading", text="Evidence"))
            evidence = gr.HTML(fill("page/frame", "no_evidence"), elem_id="pa-cards")
    return Components(**remembered, **library, **talk, evidence=evidence)


def _library(gr: Any) -> dict[str, Any]:
    conversation_list = gr.HTML(js_on_load=script("past.js"), elem_id="pa-conversations")
    policy_list = gr.HTML(js_on_load=script("shelf.js"), elem_id="pa-shelf")
    gr.HTML(fill("page/frame", "add_policies"))
    uploads = gr.File(
        label="Add policies",
        show_label=False,
        file_count="multiple",
        file_types=_FILE_TYPES,
        height=116,
        elem_id="pa-upload",
    )
    return {
        "conversation_list": conversation_list,
        "policy_list": policy_list,
        "uploads": uploads,
        "outcome": gr.HTML(elem_id="pa-outcome"),
    }


def _talk(gr: Any, generate: bool) -> dict[str, Any]:
    conversation = gr.HTML(js_on_load=script("talk.js"), elem_id="pa-conversation")
    samples = gr.Button("Load the sample policies", visible=False, elem_id="pa-samples")
    with gr.Column(elem_id="pa-examples"):
        examples = tuple(
            gr.Button(visible=False, size="sm", elem_classes="pa-example")
            for _ in range(_FIRST_QUESTIONS)
        )
    with gr.Column(elem_id="pa-composer"):
        with gr.Row(elem_id="pa-ask-row"):
            # Until the page knows whose it is, what is asked could not be kept. No `max_length`:
            # the browser would cut what is pasted without a word.
            question = gr.Textbox(
                interactive=False,
                show_label=False,
                label="Your question",
                placeholder="Ask what the policies say",
                lines=1,
                max_lines=5,
                container=False,
                elem_id="pa-question",
            )
            ask = gr.Button("Ask", variant="primary", elem_id="pa-ask", interactive=False)
            stop = gr.Button("Stop", visible=False, elem_id="pa-stop")
        gr.HTML(fill("page/frame", "too_long", most=MAX_QUESTION), elem_id="pa-length")
        quotes_only = gr.Checkbox(
            not generate,
            label="Quotes only (no language model)",
            container=False,
            elem_id="pa-bare",
        )
    return {
        "conversation": conversation,
        "samples": samples,
        "examples": examples,
        "question": question,
        "ask": ask,
        "stop": stop,
        "quotes_only": quotes_only,
    }
