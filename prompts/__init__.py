"""The prompt templates, which are files, and the one function that renders them."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
_VARIABLE = re.compile(r"\{\{ (\w+) \}\}")
# Chat-template control tokens ("<|im_start|>", "[INST]", "<s>") in a policy or a question.
_CONTROL = re.compile(r"<\|[^<>|]{0,40}\|>|</?s>|\[/?INST\]|<<?/?SYS>>?|<(?:start|end)_of_turn>")


class Fenced(str):
    """A value whose lines are inert already, so that `render` inserts it as it is."""


def render(name: str, **variables: str) -> str:
    """The template `prompts/<name>.txt` with every `{{ variable }}` replaced.

    Values are inserted as data: on one line (unless `Fenced`), without chat control tokens, and
    unable to close the marks that fence them in the template. Raises ValueError where a variable of
    the template is missing, or one that is given is not in it.
    """
    template = _template(name)
    wanted = set(_VARIABLE.findall(template))
    if wanted != set(variables):
        raise ValueError(
            f"the prompt {name!r} takes {sorted(wanted)}, it was given {sorted(variables)}"
        )
    return _VARIABLE.sub(lambda match: _data(variables[match[1]]), template)


def _data(value: str) -> str:
    return value if isinstance(value, Fenced) else inert(value)


def inert(text: str) -> str:
    """`text` as data on one line, without control tokens and the marks of the fence."""
    previous = None
    while previous != text:  # removing one token may join the halves of another
        previous, text = text, _CONTROL.sub(" ", text)
    text = text.replace('"""', "'''")
    return re.sub(r"\s+", " ", text).strip()


@cache
def prompt_hash(name: str) -> str:
    """The first 12 hex digits of the template's sha256, for receipts."""
    return hashlib.sha256(_template(name).encode("utf-8")).hexdigest()[:12]


@cache
def _template(name: str) -> str:
    return (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")
