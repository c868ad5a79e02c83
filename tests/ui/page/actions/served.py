"""A page without a server: its components are their names, and an update is its arguments."""

from __future__ import annotations

from dataclasses import fields
from types import SimpleNamespace
from typing import Any

from tests.ui.fake_assistant import FakeAssistant
from ui.page.actions.served_page import ServedPage
from ui.page.layout import Components

_NAMES: dict[str, Any] = {field.name: field.name for field in fields(Components)}
COMPONENTS = Components(**_NAMES | {"examples": ("first", "second", "third", "fourth")})
GRADIO = SimpleNamespace(update=lambda **values: values)


def served_page(assistant: FakeAssistant) -> ServedPage:
    return ServedPage(GRADIO, COMPONENTS, assistant)
