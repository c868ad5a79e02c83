"""What all commands share: what they print and read, and how they end."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from ui.text.inert import LINE_ENDS, UNSEEN, inert

DONE, FAILED = 0, 1


def failed(text: str) -> int:
    """One line on stderr, and the status of an honest failure."""
    print(f"policy-assistant: {inert(' '.join(text.split()))}", file=sys.stderr)
    return FAILED


def print_json(value: Any) -> None:
    """One line of JSON, in characters that the terminal has; what it would obey is escaped."""
    encoding = sys.stdout.encoding or "utf-8"
    text = json.dumps(value, ensure_ascii=not encoding.lower().startswith("utf"))
    for unsafe in (UNSEEN, LINE_ENDS):
        text = unsafe.sub(lambda match: json.dumps(match[0])[1:-1], text)
    print(text)


def read_json(path: Path) -> Any:
    """What a JSON file holds, "-" for standard input. Raises AnswerFormatError, OSError."""
    from assistant import AnswerFormatError  # takes long; help does not wait for it

    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
        return json.loads(text)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise AnswerFormatError(f"{inert(str(path))!r} is not a JSON file ({error})") from error
    except ValueError as error:
        raise AnswerFormatError(
            f"{inert(str(path))!r} has a number of thousands of digits, which no export of ours "
            "has: export it again"
        ) from error
