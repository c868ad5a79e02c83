"""The words of a question that a full-text search should look for."""

from __future__ import annotations

import re

# Words that questions are made of, and that say nothing of what is asked. "we", "you" and "they"
# stand on both sides of every policy.
STOP_WORDS = frozenset(
    """
    a about above after again ain all also am an and any anybody anyone anything are aren as
    ask at be because been before being but by can could couldn d did didn do does doesn
    doing don done dont for from get gets getting give given go going gonna got had hadn has
    hasn have haven having he her hers him his how i id if ill im in into is isn it its ive
    just know let like ll m may me might mine much must my need no not now of off ok okay on
    once one only or our ours out over own people please pls policy privacy question re
    really s say says shall she should shouldn site so some somebody someone something still
    such t tell than thanks that the their theirs them then there these they theyre thing
    things this those to too under until up upon us use used ve very want was wasn way we
    were weren what when where whether which while who whom whose why will with within
    without won would wouldn yes you your youre yours yourself
    """.split()
)
_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
_MAX_WORDS = 40


_IRREGULAR = {
    form: base
    for base, forms in {
        "buy": "bought",
        "choose": "chose chosen",
        "find": "found",
        "forget": "forgot forgotten",
        "give": "gave given",
        "hold": "held",
        "keep": "kept",
        "leave": "left",
        "lose": "lost",
        "make": "made",
        "pay": "paid",
        "see": "saw seen",
        "sell": "sold sale sales",
        "send": "sent",
        "steal": "stole stolen theft",
        "take": "took taken",
        "tell": "told",
        "withdraw": "withdrew withdrawn",
        "write": "wrote written",
    }.items()
    for form in forms.split()
}


def base_form(word: str) -> str:
    """The base of an irregular form ("sold" gives "sell"), which no stemmer finds."""
    return _IRREGULAR.get(word, word)


def all_forms(term: str) -> list[str]:
    """A term and the irregular forms of it, for full-text search."""
    return [term, *(form for form, base in _IRREGULAR.items() if base == term)]


def words(text: str) -> list[str]:
    """The words of a text in lower case, apostrophes straightened and possessives taken off."""
    found = (match[0].lower().replace("’", "'") for match in _WORD.finditer(text))
    return [word.removesuffix("'s") for word in found]


def content_words(question: str) -> list[str]:
    """The words that carry what is asked, each once, in order; at most 40 of them.

    A question made of stop words alone ("who are you?") keeps them all.
    """
    every = [part for word in words(question) for part in re.split(r"[^\w]+", word) if part]
    carrying = [word for word in every if word not in STOP_WORDS] or every
    return list(dict.fromkeys(carrying))[:_MAX_WORDS]


def match_expression(terms: list[str]) -> str:
    """An FTS5 expression that finds any of the terms; quoting keeps every operator inert."""
    return " OR ".join('"' + term.replace('"', '""') + '"' for term in terms)
