"""All HTML of the page and of exports: templates, filled in with plain values.

Whatever a value holds becomes text in the HTML: what a reader cannot see is spelt out, and markup
is escaped. The only markup that a template is given is what another template made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ui.text.clause_label import opening
from ui.text.counted import counted
from ui.text.inert import inert

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_UI = Path(__file__).parents[1]
_ROOMS = ("page", "export")  # each has its templates in a folder of that name
_BREAK = re.compile(r"\s*\n\s*")
_BREAK_IN_TEXT = re.compile(r"(?<=[^>\s])\s*\n\s*(?=[^<\s])")


def fill(template: str, macro: str, **values: object) -> Markup:
    """The HTML that a macro of a template makes of its arguments.

    `fill("page/cards", "evidence", ...)` calls `evidence` in `ui/page/templates/cards.html`. Raises
    jinja2.UndefinedError for an argument that the macro uses and is not given, and TypeError for
    one that it does not take.
    """
    module = _environment().get_template(f"{template}.html").module
    filled: Markup = getattr(module, macro)(**values)
    return filled


def long_date(iso: str) -> str:
    """`2010-07-01` as `1 July 2010`."""
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"


@cache
def _environment() -> Environment:
    # Citations and lists are printed without it: it takes a tenth of a second to import.
    import jinja2
    from jinja2.ext import Extension
    from jinja2.lexer import Token, TokenStream
    from markupsafe import Markup

    class Layout(Extension):
        """A line break in a template is a space between words, and nothing beside a tag.

        So templates can be laid out for their readers: a quote keeps the white space of its policy,
        and gets none of ours.
        """

        def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
            for token in stream:
                if token.type != "data":
                    yield token
                elif text := _BREAK.sub("", _BREAK_IN_TEXT.sub(" ", token.value)):
                    yield Token(token.lineno, token.type, text)

    def shown(value: object) -> object:
        if isinstance(value, Markup):
            return Markup(inert(value))
        return inert(value) if isinstance(value, str) else value

    environment = jinja2.Environment(
        loader=jinja2.PrefixLoader(
            {room: jinja2.FileSystemLoader(_UI / room / "templates") for room in _ROOMS}
        ),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=shown,
        extensions=[Layout],
        auto_reload=False,
    )
    environment.filters |= {"counted": counted, "long_date": long_date, "opening": opening}
    return environment
