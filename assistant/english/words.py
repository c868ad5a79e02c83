"""The words of a text as the rules compare them: in lower case, by stem, by meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

from assistant.english.lexicon.function_words import FUNCTION_WORDS
from assistant.english.lexicon.meanings import SAME

_TOKEN = re.compile(r"[^\W_]+(?:['’&@.-][^\W_]+)*")
# Beside a number "May" is the month.
_MONTH_OF_MAY = re.compile(r"(\d(?:st|nd|rd|th)?\s(?:of\s)?)May\b|\bMay(?=,?\s\d)")
_OPT = re.compile(r"\bopt(?:s|ed|ing)?[ -](in|out)\b", re.IGNORECASE)
_HAVE_TO = re.compile(r"\b(?:has|have|had|having) to\b", re.IGNORECASE)
_CONTRACTIONS = (
    ("can't", "can not"), ("Can't", "Can not"), ("won't", "will not"), ("Won't", "Will not"),
    ("shan't", "shall not"), ("n't", " not"), ("cannot", "can not"),
)  # fmt: skip
_SHORT_NAMES = (
    (re.compile(r"\bU\.S\.(?:A\.)?|\bUSA?\b"), "United States"),
    (re.compile(r"\bU\.K\.|\bUK\b"), "United Kingdom"),
    (re.compile(r"\bE\.U\.|\bEU\b"), "European Union"),
)
stem = lru_cache(maxsize=100_000)(snowballstemmer.stemmer("english").stemWord)


def any_of(words: Iterable[str]) -> str:
    """The alternatives of a pattern; put word boundaries around them."""
    return "|".join(sorted(words))


def uncontracted(text: str) -> str:
    """The text with straight apostrophes and contractions undone: "can not" for "can't"."""
    text = text.replace("’", "'")
    for short, full in _CONTRACTIONS:
        text = text.replace(short, full)
    return text


def straightened(text: str) -> str:
    """The text with contractions undone, short names spelt out, and "must" for "have to"."""
    text = uncontracted(text)
    for pattern, name in _SHORT_NAMES:
        text = pattern.sub(name, text)
    text = _HAVE_TO.sub("must", text)
    return _OPT.sub(lambda match: f"opt{match[1].lower()}", text)


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text in lower case."""
    undated = _MONTH_OF_MAY.sub(r"\1maius", straightened(text))
    return tuple(match[0].lower() for match in _TOKEN.finditer(undated))


def meaning(token: str) -> str:
    """A stem that stands for all words of the same meaning."""
    stemmed: str = stem(token.removesuffix("'s"))
    return SAME.get(stemmed, stemmed)


def content(text: str) -> frozenset[str]:
    """The meanings of the words that say something."""
    return frozenset(
        meaning(token)
        for token in tokens(text)
        if token not in FUNCTION_WORDS and (len(token) > 1 or token.isdigit())
    )


def unnamed(sentence: str, provider: str) -> str:
    """The sentence with "the company" for the provider's name, as quotes mostly say "we"."""
    if not provider:
        return sentence
    named = rf"(?<!\w){re.escape(provider)}(?!\w)"
    return re.sub(named, "the company", sentence, flags=re.IGNORECASE)


def is_named(provider: str, text: str) -> bool:
    """Whether the text holds the name as whole words; True for a provider without a name."""
    return re.search(rf"(?<!\w){re.escape(provider)}(?!\w)", text, re.IGNORECASE) is not None
