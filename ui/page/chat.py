"""The chat page: policies on the left, the conversation, and the evidence beside it."""

from __future__ import annotations

import os
import threading
import webbrowser
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant import PolicyAssistantError
from ui.access.allowed_routes import OwnRoutes, handlers_of
from ui.access.listening import LOOPBACK, Door
from ui.access.password import PasswordOnly
from ui.access.same_machine import LocalOnly
from ui.page.actions.served_page import ServedPage
from ui.page.actions.wiring import wire
from ui.page.layout import ASSETS, lay_out, script
from ui.uploads.temporary_folder import make_upload_folder

if TYPE_CHECKING:
    import gradio as gr

    from assistant import Assistant

_STYLES = ("colours", "frame", "conversation", "asking", "evidence", "library", "narrow")
_SCRIPTS = ("page.js", "evidence.js")
_LARGEST_FILE = "50mb"
_USUAL_PORT = 7860
_THREADS = 128  # more than the questions that are answered or wait (see actions/questions.py)
_EVENTS = 128  # waiting in Gradio's own queue: uploads and removals, which take turns
_ICON = (
    "<link rel='icon' href=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' "
    "viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='7' fill='%230f766e'/%3E%3Cpath "
    "d='M9 10h14M9 16h14M9 22h8' stroke='white' stroke-width='3' stroke-linecap='round'/%3E"
    '%3C/svg%3E">'
)


def launch(
    assistant: Assistant,
    port: int | None = None,
    open_browser: bool = True,
    door: Door | None = None,
) -> None:
    """Serves the page until Ctrl+C, by default on 127.0.0.1; without a port, on the first free
    from 7860.

    Raises PolicyAssistantError if the port is taken, or the address is not this machine's.
    """
    door = door or Door()
    built = build(assistant)
    address = start(built, port, door)
    print(f"Policy Assistant is at {address} (Ctrl+C stops it)", flush=True)
    if port is None and urlsplit(address).port != _USUAL_PORT:
        print(
            f"Port {_USUAL_PORT} is taken. Browsers remember each port separately, so "
            "conversations held on that port are not listed here.",
            flush=True,
        )
    if not door.is_local:
        print(
            "Other machines can reach it, and anyone with the password can ask questions and add "
            "or remove policies. Traffic is not encrypted: anyone listening in can read it, "
            "password included.",
            flush=True,
        )
    if open_browser:
        webbrowser.open(address)
    built.block_thread()


def start(built: gr.Blocks, port: int | None = None, door: Door | None = None) -> str:
    """Serves what `build` returned, in the background; returns its address."""
    gr = _gradio()
    from gradio.utils import get_upload_folder
    from starlette.middleware import Middleware

    door = door or Door()
    started = threading.Event()
    guards = [Middleware(LocalOnly, door=door)]
    if door.password:
        guards.append(Middleware(PasswordOnly, password=door.password, started=started))
    handlers = handlers_of(built)
    guards.append(Middleware(OwnRoutes, uploads=get_upload_folder(), handlers=handlers))
    _bypass_proxies(door.host)
    try:
        _, address, _ = built.launch(
            server_name=door.bound,
            server_port=port,
            share=False,
            inbrowser=False,
            quiet=True,
            max_threads=_THREADS,
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
            css_paths=[ASSETS / f"{name}.css" for name in _STYLES],
            js=f"() => {{ {' '.join(map(script, _SCRIPTS))} }}",
            head=_ICON,
            app_kwargs={
                "middleware": guards,
                "docs_url": None,
                "redoc_url": None,
                "openapi_url": None,
            },
        )
    except OSError as error:
        tried = f"port {port}" if port else "any port from 7860 to 7959"
        remedy = "choose another"
        if door.host != LOOPBACK:
            tried += f" of {door.host!r}"
            remedy += ", or an address of this machine"
        raise PolicyAssistantError(f"cannot serve on {tried}: {remedy}") from error
    started.set()
    return str(address)


def build(assistant: Assistant, generate: bool = True) -> gr.Blocks:
    """The page. With `generate` off, "Quotes only" is ticked from the start."""
    gr = _gradio()
    with gr.Blocks(title="Policy Assistant", analytics_enabled=False, fill_width=True) as built:
        components = lay_out(gr, generate)
        wire(gr, built, ServedPage(gr, components, assistant))
    built.queue(default_concurrency_limit=4, max_size=_EVENTS)
    return built


def _bypass_proxies(host: str) -> None:
    """Gradio asks its own server whether it is up; that must not go through a proxy."""
    for name in ("no_proxy", "NO_PROXY"):
        hosts = os.environ.get(name, "").split(",")
        unique = dict.fromkeys([*hosts, LOOPBACK, "localhost", host])
        os.environ[name] = ",".join(filter(None, unique))


@cache
def _gradio() -> Any:
    """Gradio takes a second to import, and reads these when it is imported.

    Its own variables could open what is closed here: more folders, more ports. Uploads arrive in a
    folder that other users of the machine cannot read, and that is deleted with the process.
    """
    for name in [name for name in os.environ if name.startswith("GRADIO_")]:
        del os.environ[name]
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    os.environ["GRADIO_TEMP_DIR"] = str(make_upload_folder())
    import gradio

    return gradio
