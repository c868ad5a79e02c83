"""The prompt for one answer from several quotes, each on its own line in its own fence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from prompts import Fenced, inert, prompt_hash, render

PROMPT = "joint_answer"
_MARKER = re.compile(r"\[(\s*\d[\d,;\s–-]*)\]")


def joint_prompt_identity() -> str:
    """The prompt's name and hash, for receipts."""
    return f"{PROMPT}@{prompt_hash(PROMPT)}"


def render_joint(question: str, quotes: Sequence[tuple[str, str]]) -> str:
    """The prompt for an answer to `question` from `quotes`, pairs of provider and quote.

    The quotes are numbered from 1 in their order; none is cut. Raises ValueError if there are
    none.
    """
    return render(PROMPT, quotes=numbered(quotes), question=question)


def numbered(quotes: Sequence[tuple[str, str]]) -> Fenced:
    '''One line for each provider and quote, as data: `[1] Acme: """We keep logs."""`.

    Square brackets around numbers become round ones, since a footnote mark "[2]" that is copied
    into an answer would cite the second quote. Raises ValueError if there are no quotes.
    '''
    if not quotes:
        raise ValueError("an answer from quotes needs at least one quote")
    return Fenced(
        "\n".join(
            f'[{number}] {_unmarked(provider)}: """{_unmarked(quote)}"""'
            for number, (provider, quote) in enumerate(quotes, start=1)
        )
    )


def _unmarked(text: str) -> str:
    return _MARKER.sub(r"(\1)", inert(text))
