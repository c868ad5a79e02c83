"""What the tests of the command line share."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

SOLD = "Does Introplex sell my email address?"
POLICY = "Acme Privacy Policy\n\nWe keep server logs for 30 days. Nobody reads them.\n"
Run = Callable[..., tuple[int, str, str]]


def answered(run: Run, *arguments: str) -> dict[str, Any]:
    status, out, err = run("ask", "--json", "--quotes-only", *arguments)
    assert (status, err, out.count("\n")) == (0, "", 1)
    data: dict[str, Any] = json.loads(out)
    return data
