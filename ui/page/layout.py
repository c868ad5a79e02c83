"""What the chat page is made of: Gradio's components, where they stand, and their scripts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

ASSETS = Path(__file__).parent / "assets"
_FILE_TYPES = [".txt", ".md", ".html", ".htm", ".pdf", ".docx"]
_FIRST_QUESTIONS = 4
_TITLE = (
    '<a class="pa-skip" href="#pa-question">Skip to the question</a>'
    '<header class="pa-title"><h1>Policy Assistant</h1>'
    "<p>Answers with word-for-word quotes. Everything stays on this machine.</p></header>"
)
NO_EVIDENCE = (
    '<p class="pa-none">The quotes that an answer rests on appear here, each in its clause.</p>'
)
_ADD = (
    '<h2 class="pa-heading">Add policies</h2>'
    '<p class="pa-hint">Text, Markdown, HTML, PDF or Word, up to 50 MB</p>'
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The page's components; what is only remembered, not shown, comes first.

    `given` is what the browser says of itself (see assets/session.js), `saved` a file for it to
    save (see assets/save.js), `reader` the browser's
    secret, `conversation` the id of the one that is open, `turns` its turns, `chosen` the ids of
    the policies to search in, `running` the event that stops the answer under way.
    """

    given: Any
    saved: Any
    reader: Any
    conversation: Any
    turns: Any
    chosen: Any
    running: Any
    past: Any
    shelf: Any
    files: Any
    outcome: Any
    talk: Any
    samples: Any
    examples: tuple[Any, ...]
    box: Any
    ask: Any
    stop: Any
    bare: Any
    evidence: Any


def script(name: str) -> str:
    """A script of the page, from the assets."""
    return (ASSETS / name).read_text(encoding="utf-8")


def lay_out(gr: Any, generate: bool) -> Parts:
    """Puts the components on the page that is being built."""
    remembered = {
        "given": gr.JSON(visible=False),
        "saved": gr.JSON(visible=False),
        "reader": gr.State(""),
        "conversation": gr.State(""),
        "turns": gr.State(()),
        "chosen": gr.State(()),
        "running": gr.State(None),
    }
    gr.HTML(_TITLE)
    with gr.Row(elem_id="pa-main"):
        with gr.Column(elem_id="pa-library"):
            library = _library(gr)
        with gr.Column(elem_id="pa-talk"):
            talk = _talk(gr, generate)
        with gr.Column(elem_id="pa-evidence"):
            gr.HTML('<h2 class="pa-heading">Evidence</h2>')
            evidence = gr.HTML(NO_EVIDENCE, elem_id="pa-cards")
    return Parts(**remembered, **library, **talk, evidence=evidence)


def _library(gr: Any) -> dict[str, Any]:
    past = gr.HTML(js_on_load=script("past.js"), elem_id="pa-conversations")
    shelf = gr.HTML(js_on_load=script("shelf.js"), elem_id="pa-shelf")
    gr.HTML(_ADD)
    files = gr.File(
        label="Add policies",
        show_label=False,
        file_count="multiple",
        file_types=_FILE_TYPES,
        height=116,
        elem_id="pa-upload",
    )
    outcome = gr.HTML(elem_id="pa-outcome")
    return {"past": past, "shelf": shelf, "files": files, "outcome": outcome}


def _talk(gr: Any, generate: bool) -> dict[str, Any]:
    talk = gr.HTML(js_on_load=script("talk.js"), elem_id="pa-conversation")
    samples = gr.Button("Load the sample policies", visible=False, elem_id="pa-samples")
    with gr.Column(elem_id="pa-examples"):
        examples = tuple(
            gr.Button(visible=False, size="sm", elem_classes="pa-example")
            for _ in range(_FIRST_QUESTIONS)
        )
    with gr.Column(elem_id="pa-composer"):
        with gr.Row(elem_id="pa-ask-row"):
            # Until the page knows whose it is, what is asked could not be kept.
            box = gr.Textbox(
                interactive=False,
                show_label=False,
                label="Your question",
                placeholder="Ask what the policies say",
                lines=1,
                max_lines=5,
                max_length=2000,
                container=False,
                elem_id="pa-question",
            )
            ask = gr.Button("Ask", variant="primary", elem_id="pa-ask", interactive=False)
            stop = gr.Button("Stop", visible=False, elem_id="pa-stop")
        bare = gr.Checkbox(
            not generate,
            label="Quotes only (no language model)",
            container=False,
            elem_id="pa-bare",
        )
    return {
        "talk": talk,
        "samples": samples,
        "examples": examples,
        "box": box,
        "ask": ask,
        "stop": stop,
        "bare": bare,
    }
