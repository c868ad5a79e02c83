from __future__ import annotations

import json
from typing import Any

import pytest

from assistant import AnswerFormatError, Assistant, ExportedQuote, exported_quotes
from tests.assistant.conftest import AddText

VERSION = "3f9a1c2b7d10"
TARGET: dict[str, Any] = {
    "source": f"acme@{VERSION}",
    "selector": [
        {"type": "TextPositionSelector", "start": 3, "end": 8},
        {"type": "TextQuoteSelector", "exact": "words", "prefix": "In ", "suffix": "."},
    ],
}
QUOTE = ExportedQuote("acme", VERSION, 3, 8, "words", "In ", ".")


@pytest.mark.parametrize(
    "data",
    [
        {"target": TARGET},
        {"type": "Annotation", "target": [TARGET]},
        {"quote": {"target": TARGET}},
        {"quotes": [{"target": TARGET}]},
        [{"target": TARGET}],
    ],
)
def test_every_form(data: Any) -> None:
    assert exported_quotes(data) == [QUOTE]
    assert QUOTE.citation_id == f"acme@{VERSION}:3-8"


def test_prefix_and_suffix_may_be_missing() -> None:
    bare = json.loads(json.dumps(TARGET))
    del bare["selector"][1]["prefix"], bare["selector"][1]["suffix"]
    assert exported_quotes({"target": bare}) == [ExportedQuote("acme", VERSION, 3, 8, "words")]


def test_what_a_lookup_gave(small: Assistant, add_acme: AddText) -> None:
    add_acme("Acme Privacy Policy\n\nWe keep logs.\n")
    policy = small.policy("acme")
    start = policy.text.index("We")
    resolution = small.lookup(f"acme@{policy.version}:{start}-{start + 13}")
    (quote,) = exported_quotes(json.loads(json.dumps(resolution.to_dict())))
    assert (quote.citation_id, quote.exact) == (resolution.quote.citation_id, "We keep logs.")


@pytest.mark.parametrize("data", [[], {}, "text", 1, None, {"quotes": []}, [[[]]]])
def test_no_quote(data: Any) -> None:
    with pytest.raises(AnswerFormatError, match="there is no quote in it: give what 'ask --json'"):
        exported_quotes(data)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("source",), "https://example.org/"),
        (("source",), None),
        (("selector",), []),
        (("selector",), 5),
        (("selector", 0, "start"), -1),
        (("selector", 0, "start"), True),
        (("selector", 0, "end"), 3),
        (("selector", 0, "end"), 9),
        (("selector", 1, "exact"), None),
        (("selector", 1, "exact"), ["w", "o", "r", "d", "s"]),
        (("selector", 1, "prefix"), 7),
    ],
)
def test_a_quote_that_is_none(path: tuple[Any, ...], value: Any) -> None:
    target = json.loads(json.dumps(TARGET))
    inner = target
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    with pytest.raises(AnswerFormatError, match="this is not a quote as 'cite --json' prints it"):
        exported_quotes({"target": target})
