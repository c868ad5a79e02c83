"""Quotes as they were exported: `ask --json`, `cite --json`, or W3C Web Annotation selectors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.errors import AnswerFormatError
from assistant.values.citation_id import format_citation

_SOURCE = re.compile(r"(?P<policy>[a-z0-9][a-z0-9-]*)@(?P<version>[0-9a-f]{12})")


@dataclass(frozen=True, slots=True)
class ExportedQuote:
    """A quote by its words, which can be looked up where the cited version is not at hand.

    `start` and `end` count code points of that version's text, end exclusive; `prefix` and
    `suffix` are what stands on either side of `exact`, as far as it was exported.
    """

    policy_id: str
    version: str
    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""

    @property
    def citation_id(self) -> str:
        return format_citation(self.policy_id, self.version, self.start, self.end)


def exported_quotes(data: Any) -> list[ExportedQuote]:
    """The quotes of a decoded JSON document, in order.

    The document may be an answer (`Answer.to_dict`), a quote or annotation with its selectors, the
    result of a lookup (`Resolution.to_dict`), or a list of these. Raises AnswerFormatError where it
    holds no quote.
    """
    try:
        quotes = list(_quotes(data))
    except RecursionError as error:
        raise AnswerFormatError(f"this is not a quote, but lists in lists ({error})") from error
    if not quotes:
        raise AnswerFormatError(
            "there is no quote in it: give what 'ask --json' or 'cite --json' printed, or a quote "
            "with a TextPositionSelector and a TextQuoteSelector"
        )
    return quotes


def _quotes(data: Any) -> Iterator[ExportedQuote]:
    if isinstance(data, list):
        for item in data:
            yield from _quotes(item)
    elif isinstance(data, Mapping):
        if "quotes" in data:
            yield from _quotes(data["quotes"])
        elif "quote" in data:
            yield from _quotes(data["quote"])
        elif "target" in data:
            yield from _targets(data["target"])


def _targets(target: Any) -> Iterator[ExportedQuote]:
    if isinstance(target, list):
        for item in target:
            yield from _targets(item)
        return
    try:
        selectors = {selector["type"]: selector for selector in target["selector"]}
        source = _SOURCE.fullmatch(target["source"])
        position, quoted = selectors["TextPositionSelector"], selectors["TextQuoteSelector"]
        if source is None:
            raise ValueError(f"the source {target['source']!r} is not policy@version")
        start, end = position["start"], position["end"]
        texts = [quoted["exact"], quoted.get("prefix", ""), quoted.get("suffix", "")]
        if type(start) is not int or type(end) is not int or not 0 <= start < end:
            raise ValueError(f"there is no text from {start!r} to {end!r}")
        if not all(isinstance(text, str) for text in texts):
            raise TypeError("exact, prefix or suffix is not a text")
        if end - start != len(texts[0]):
            raise ValueError(f"{start}-{end} is not as long as the words quoted")
    except (KeyError, TypeError, ValueError) as error:
        raise AnswerFormatError(
            f"this is not a quote as 'cite --json' prints it ({type(error).__name__}: {error})"
        ) from error
    yield ExportedQuote(source["policy"], source["version"], start, end, *texts)
