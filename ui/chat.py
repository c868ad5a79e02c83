"""The chat page: policies on the left, the conversation, and the evidence beside it."""

from __future__ import annotations

import os
import threading
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import PolicyAssistantError
from ui import library, page
from ui.dialogue import Turn, frames
from ui.local_only import LocalOnly
from ui.uploads import add_uploads, remove_policy

if TYPE_CHECKING:
    import gradio as gr

    from assistant import Assistant

_HERE = Path(__file__).parent
_FILE_TYPES = [".txt", ".md", ".html", ".htm", ".pdf", ".docx"]
_LARGEST_FILE = "50mb"
_FIRST_QUESTIONS = 4
_LOOKED_AT = 12  # policies whose headings first questions are fitted to
_ICON = (
    "<link rel='icon' href=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' "
    "viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='7' fill='%230f766e'/%3E%3Cpath "
    "d='M9 10h14M9 16h14M9 22h8' stroke='white' stroke-width='3' stroke-linecap='round'/%3E"
    '%3C/svg%3E">'
)
_TITLE = (
    '<header class="pa-title"><h1>Policy Assistant</h1>'
    "<p>Answers with word-for-word quotes. Everything stays on this machine.</p></header>"
)
_NO_EVIDENCE = (
    '<p class="pa-none">The quotes that an answer rests on appear here, each in its clause.</p>'
)
_ADD = (
    '<h2 class="pa-heading">Add policies</h2>'
    '<p class="pa-hint">Text, Markdown, HTML, PDF or Word, up to 50 MB</p>'
)
_ON_REMOVE = """element.addEventListener('click', event => {
  const button = event.target.closest('.pa-remove[data-sure]');
  if (button) trigger('click', {policy: button.dataset.policy});
});"""


def launch(assistant: Assistant, port: int | None = None, open_browser: bool = True) -> None:
    """Serves the page on 127.0.0.1 until Ctrl+C; without a port, on the first free from 7860.

    Raises PolicyAssistantError when the port is taken.
    """
    built = build(assistant)
    address = start(built, port)
    print(f"Policy Assistant is at {address} (Ctrl+C stops it)", flush=True)
    if open_browser:
        webbrowser.open(address)
    built.block_thread()


def start(built: gr.Blocks, port: int | None = None) -> str:
    """Serves what `build` made, in the background, and says at which address."""
    gr = _gradio()
    from starlette.middleware import Middleware

    _bypass_proxies()
    try:
        _, address, _ = built.launch(
            server_name="127.0.0.1",
            server_port=port,
            share=False,
            inbrowser=False,
            quiet=True,
            prevent_thread_lock=True,
            ssr_mode=False,
            pwa=False,
            mcp_server=False,
            run_history=False,
            enable_monitoring=False,
            footer_links=[],
            max_file_size=_LARGEST_FILE,
            theme=gr.themes.Base(
                primary_hue="teal",
                neutral_hue="slate",
                font=["system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"],
                font_mono=["ui-monospace", "SFMono-Regular", "Menlo", "monospace"],
            ),
            css_paths=_HERE / "chat.css",
            js=(_HERE / "chat.js").read_text(encoding="utf-8"),
            head=_ICON,
            app_kwargs={
                "middleware": [Middleware(LocalOnly)],
                "docs_url": None,
                "redoc_url": None,
                "openapi_url": None,
            },
        )
    except OSError as error:
        tried = f"port {port}" if port else "any port from 7860 to 7959"
        raise PolicyAssistantError(f"cannot serve on {tried}: choose another") from error
    return str(address)


def build(assistant: Assistant, generate: bool = True) -> gr.Blocks:
    """The page. With `generate` off, "Quotes only" is ticked from the start."""
    gr = _gradio()
    with gr.Blocks(title="Policy Assistant", analytics_enabled=False, fill_width=True) as built:
        turns = gr.State(())
        running = gr.State(None)
        gr.HTML(_TITLE)
        with gr.Row(elem_id="pa-main"):
            with gr.Column(elem_id="pa-library"):
                gr.HTML('<h2 class="pa-heading">Policies</h2>')
                only = gr.Dropdown(
                    [], multiselect=True, label="Search only in", info="Empty: in all policies"
                )
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
                shelf = gr.HTML(js_on_load=_ON_REMOVE, elem_id="pa-shelf")
            with gr.Column(elem_id="pa-talk"):
                talk = gr.HTML(elem_id="pa-conversation")
                with gr.Column(elem_id="pa-examples"):
                    examples = [
                        gr.Button(visible=False, size="sm", elem_classes="pa-example")
                        for _ in range(_FIRST_QUESTIONS)
                    ]
                with gr.Column(elem_id="pa-composer"):
                    with gr.Row(elem_id="pa-ask-row"):
                        box = gr.Textbox(
                            show_label=False,
                            label="Your question",
                            placeholder="Ask what the policies say",
                            lines=1,
                            max_lines=5,
                            max_length=2000,
                            container=False,
                            autofocus=True,
                            elem_id="pa-question",
                        )
                        ask = gr.Button("Ask", variant="primary", elem_id="pa-ask")
                        stop = gr.Button("Stop", visible=False, elem_id="pa-stop")
                    bare = gr.Checkbox(
                        not generate,
                        label="Quotes only (no language model)",
                        container=False,
                        elem_id="pa-bare",
                    )
            with gr.Column(elem_id="pa-evidence"):
                gr.HTML('<h2 class="pa-heading">Evidence</h2>')
                evidence = gr.HTML(_NO_EVIDENCE, elem_id="pa-cards")

        stocked = [only, shelf, talk, *examples]
        shown = [turns, running, talk, evidence, box, ask, stop, *examples]

        def stock(earlier: tuple[Turn, ...], chosen: list[str]) -> dict[Any, Any]:
            entries = assistant.policies()
            here = {entry.id for entry in entries}
            started = bool(earlier)
            headings = {} if started else _headings(assistant)
            fitting = [] if started else library.first_questions(entries, headings)
            fitting += [""] * (_FIRST_QUESTIONS - len(fitting))
            return {
                only: gr.update(
                    choices=[(library.choice(entry), entry.id) for entry in entries],
                    value=[each for each in chosen or [] if each in here],
                ),
                shelf: library.policy_list(entries),
                talk: gr.skip() if started else library.welcome(entries),
                **{
                    button: gr.update(value=text, visible=bool(text))
                    for button, text in zip(examples, fitting, strict=True)
                },
            }

        def answer(
            question: str, earlier: tuple[Turn, ...], chosen: list[str], quotes_only: bool
        ) -> Iterator[dict[Any, Any]]:
            if not question.strip():
                yield {box: ""}
                return
            halt = threading.Event()
            yield {
                running: halt,
                box: "",
                ask: gr.update(visible=False),
                stop: gr.update(visible=True),
                **{button: gr.update(visible=False) for button in examples},
            }
            cards = None
            for turn in frames(
                assistant,
                question.strip(),
                earlier=earlier,
                policies=chosen or [],
                generate=not quotes_only,
                stop=halt,
            ):
                said = (*earlier, turn)
                update = {turns: said, talk: _talk(said)}
                if turn.cards != cards:
                    update[evidence] = _evidence(said)
                cards = turn.cards
                yield update

        def settle(said: tuple[Turn, ...]) -> dict[Any, Any]:
            said = tuple(turn.stopped() for turn in said)
            return {
                turns: said,
                talk: _talk(said) if said else gr.skip(),
                ask: gr.update(visible=True),
                stop: gr.update(visible=False),
            }

        def upload(paths: list[str]) -> Iterator[dict[Any, Any]]:
            count = "a file" if len(paths) == 1 else f"{len(paths)} files"
            yield {outcome: page.waiting(f"Reading {count} …")}
            try:
                told = library.upload_results(add_uploads(assistant, [Path(p) for p in paths]))
            except PolicyAssistantError as error:
                told = page.note(str(error), error=True)
            yield {outcome: told, files: None}

        def remove(event: Any) -> str:
            try:
                remove_policy(assistant, event._data["policy"])
            except PolicyAssistantError as error:
                return page.note(str(error), error=True)
            return ""

        remove.__annotations__["event"] = gr.EventData  # Gradio looks for the class itself
        hidden = {"api_visibility": "private", "show_progress": "hidden"}
        one = {"concurrency_limit": 1, "concurrency_id": "assistant"}
        built.load(stock, [turns, only], stocked, **hidden)
        asked = [
            gr.on([box.submit, ask.click], answer, [box, turns, only, bare], shown, **hidden, **one)
        ]
        asked += [
            button.click(answer, [button, turns, only, bare], shown, **hidden, **one)
            for button in examples
        ]
        for event in asked:
            event.then(settle, turns, [turns, talk, ask, stop], queue=False, **hidden)
        stop.click(lambda halt: halt.set(), running, None, queue=False, **hidden)
        files.upload(upload, files, [outcome, files], **hidden, concurrency_limit=1).then(
            stock, [turns, only], stocked, **hidden
        )
        shelf.click(remove, None, outcome, **hidden, concurrency_limit=1).then(
            stock, [turns, only], stocked, **hidden
        )
    built.queue(default_concurrency_limit=4)
    return built


def _talk(turns: tuple[Turn, ...]) -> str:
    return page.conversation([turn.shown() for turn in turns])


def _evidence(turns: tuple[Turn, ...]) -> str:
    last = turns[-1]
    shown = "".join(turn.evidence(current=turn is last) for turn in turns)
    return shown if last.cards else shown + _NO_EVIDENCE


def _headings(assistant: Assistant) -> dict[str, list[str]]:
    return {
        entry.id: [
            heading for clause in assistant.clauses(entry.id) for heading in clause.heading_path
        ]
        for entry in assistant.policies()[:_LOOKED_AT]
    }


def _bypass_proxies() -> None:
    """Gradio asks its own server whether it is up, which must not go through a proxy."""
    for name in ("no_proxy", "NO_PROXY"):
        hosts = os.environ.get(name, "").split(",")
        os.environ[name] = ",".join(filter(None, dict.fromkeys([*hosts, "127.0.0.1"])))


def _gradio() -> Any:
    """Gradio takes a second to import, and reads these when it is imported."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    import gradio

    return gradio
