"""Sentence boundaries, as spans: the smallest unit that is quoted, and never cut inside."""

from __future__ import annotations

import itertools
import re

Span = tuple[int, int]

# A full stop after one of these does not end a sentence.
_ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr prof st sr jr vs etc e.g eg i.e ie cf al fig no nos art arts sec sect para
    paras par p pp ch vol ed eds approx dept est ext tel ph fax incl excl resp rev jan feb
    mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun ave
    blvd rd bldg a.k.a u.s.c c.f.r
    """.split()
)
# After these the sentence may end: it does if the next word commonly opens one.
_MAY_END = frozenset(
    """
    inc ltd llc corp co plc gmbh s.a b.v n.v u.s u.k e.u u.s.a a.m p.m d.c
    """.split()
)
_OPENERS = frozenset(
    """
    a all although an and any as at because before both but by during each for from have he
    her his how however if in it its may most no not nothing of on once one or other our
    please she should since some such that the their then there therefore these they this
    those to under unless until upon we what when where whether which while who with without
    you your
    """.split()
)
# A run of stops that nothing follows is matched as well, without a gap, so as to be read once.
_CANDIDATE = re.compile(
    r"(?P<stop>[.!?…]++)(?:(?P<close>[\"'”’»)\]*_]*+)(?P<gap>\s+|(?=[A-Z][a-z]+ )))?"
)
_CJK_STOP = re.compile(r"[。！？]+[」』”’）]*")
_WORD_BEFORE = re.compile(r"[\w.&'’/-]*$")
_LONGEST_LEAD = 200  # characters before a section's number that may only be marks
_OPENING = "\"'“‘«([*_-–—•"


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of `text[start:end]` as (start, end) spans, code points, end exclusive.

    Spans are in order, do not overlap, carry no blank at either end, and together cover every
    non-blank character. A blank line always separates.
    """
    stop = len(text) if end is None else end
    cuts = [start]
    for match in _CANDIDATE.finditer(text, start, stop):
        if match["gap"] is not None and _ends_sentence(text, match, stop):
            cuts.append(match.end("close"))
    cuts.extend(match.end() for match in _CJK_STOP.finditer(text, start, stop))
    cuts.extend(match.start() for match in re.compile(r"\n[^\S\n]*\n").finditer(text, start, stop))
    cuts.append(stop)
    cuts = sorted(set(cuts))
    spans = [_trimmed(text, left, right) for left, right in itertools.pairwise(cuts)]
    return _joined([span for span in spans if span[0] < span[1]], text)


def _ends_sentence(text: str, match: re.Match[str], stop: int) -> bool:
    after = text[match.end() : min(stop, match.end() + 40)].lstrip(_OPENING)
    if match["gap"] == "" and "." in match["stop"]:
        # "policy.We": a missing blank, unless it is a name such as "Example.Com " or "Node.Js ".
        before = _WORD_BEFORE.search(text, max(0, match.start() - 40), match.start())
        word = before[0] if before else ""
        opener = re.match(r"[A-Za-z]+", after)
        return word.islower() and opener is not None and opener[0].lower() in _OPENERS
    if match["gap"] == "":
        return False
    if not after:
        return True
    if after[0].islower():
        return False
    if match["stop"] not in {".", "..", "..."} and match["stop"] != "…":
        return True
    return _full_stop_ends(text, match, after)


def _full_stop_ends(text: str, match: re.Match[str], after: str) -> bool:
    before = _WORD_BEFORE.search(text, max(0, match.start() - 40), match.start())
    word = before[0].lower().strip("'’") if before else ""
    if not word:
        return True
    next_word = re.match(r"[A-Za-z’']+", after)
    opens = next_word is not None and next_word[0].lower() in _OPENERS and next_word[0] != "I"
    if word in _MAY_END or re.fullmatch(r"(?:[a-z]\.)+[a-z]", word):
        return opens and next_word is not None and next_word[0][0].isupper()
    if word in _ABBREVIATIONS:
        # "etc. We ..." goes on to a new sentence; "No. 5" and "Art. 6" never do.
        if word in {"no", "fig", "sec"}:
            return not after[0].isdigit()
        return word == "etc" and after[0].isupper()
    if re.fullmatch(r"[a-z]", word) and word != "i":
        return False  # an initial, or "(a. " as a list mark
    return not _is_section_number(text, match.start(), word)


def _is_section_number(text: str, at: int, word: str) -> bool:
    """True for the "1." or "2.3." that opens a line or sentence: it belongs to what follows."""
    if not re.fullmatch(r"\d{1,3}(?:\.\d{1,3})*", word):
        return False
    nearby = max(0, at - _LONGEST_LEAD)
    line_start = max(nearby, text.rfind("\n", nearby, at) + 1)
    lead = text[line_start : at - len(word)].strip(" \t*_#>-(").lower()
    opens = lead[-1:] in {"", ".", ":", ";", "!", "?"}
    return opens or lead in {"article", "section", "clause", "part"}


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _joined(spans: list[Span], text: str) -> list[Span]:
    """Joins a span that holds no letter or digit (a stray mark) to the one before it."""
    joined: list[Span] = []
    for span in spans:
        bare = not any(char.isalnum() for char in text[span[0] : span[1]])
        if joined and bare and "\n\n" not in text[joined[-1][1] : span[0]]:
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    return joined
