"""Markdown marks off, for what a model or a search reads; what is quoted keeps them."""

from __future__ import annotations

import re

_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
_REFERENCE = re.compile(r"\[([^\[\]]+)\]\[[^\[\]]*\]")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~&\"'])")
_EMPHASIS = re.compile(
    r"(?<![\w*\\])(\*{1,3}|_{1,3})(?=\S)((?:(?!\n\n).){1,300}?)(?<=[^\s\\])\1(?![\w*])", re.DOTALL
)
_RULE = re.compile(r"^[ \t]*(?:[-=*_][ \t]*){3,}$", re.MULTILINE)
_LINE_MARK = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?)", re.MULTILINE)
_GAPS = re.compile(r"[ \t]+")
_PIPES = re.compile(r" ?\| ?")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphens and spaces of no width
_BLANKS = re.compile(r"\s+")
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")  # letters of Hangul that nobody sees


def plain(text: str, media_type: str) -> str:
    """`text` on one line, without what nobody sees: also Markdown marks and link targets.

    For reading by models and for full-text search only: offsets are not kept.
    """
    if media_type == "text/markdown":
        text = _LINK.sub(r"\1", text)
        text = _REFERENCE.sub(r"\1", text)
        text = _AUTOLINK.sub(r"\1", text)
        text = _TAG.sub(" ", text)
        text = _RULE.sub(" ", text)
        text = _LINE_MARK.sub("", text)
        for _ in range(2):  # bold around italics
            text = _EMPHASIS.sub(r"\2", text)
        text = _ESCAPE.sub(r"\1", text)
        text = _PIPES.sub(" | ", _GAPS.sub(" ", text))
    return _BLANKS.sub(" ", _UNSEEN.sub("", text)).strip()


def has_words(text: str) -> bool:
    """Whether there is a letter or digit to be seen: what has none says nothing."""
    return any(char.isalnum() and char not in _FILLERS for char in text)
