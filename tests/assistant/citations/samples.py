"""A small policy, and how its words are cited."""

from __future__ import annotations

from assistant import Assistant

FIRST = """Acme Privacy Policy

1. Logs

Server logs are deleted after thirty days. Nobody reads them.

2. Sharing

We share your delivery address with couriers of your choice.

3. Parrots

Parrots, zebras & quokkas: feeding at dawn (weekly).
"""
INTRO = "Acme Privacy Policy\n\n0. About\n\nThis is the new text.\n"
LOGS = "Server logs are deleted after thirty days."
PARROTS = "Parrots, zebras & quokkas: feeding at dawn (weekly)."


def cite(assistant: Assistant, exact: str) -> str:
    policy = assistant.policy("acme")
    start = policy.text.index(exact)
    return f"acme@{policy.version}:{start}-{start + len(exact)}"
