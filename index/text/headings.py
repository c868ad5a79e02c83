"""Telling headings from other lines the way a reader does: by numbering, shape and neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_TITLE = 500
"""Characters of a title or heading that count: it is repeated with every clause below it."""
_NUMBERED = re.compile(
    r"^(?:(?P<word>article|section|clause|part|schedule|appendix|annex|chapter)\s+)?"
    r"(?P<number>\d{1,3}(?:\.\d{1,3}){0,4}|[IVXL]{1,6}|[A-Z])"
    r"(?P<dot>\\?[.):]|\s*[-–—:])?(?:\s+|$)(?P<title>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_ROMAN = re.compile(r"[IVXL]{1,6}")
_RUN_IN = re.compile(r"(?P<title>[A-Z][^.:!?\n]{2,70}?)(?:\.|:)\s+(?=[\"'“(]?[A-Z])")
_LEAD_IN_WORDS = frozenset(
    """
    following include includes including may will can could must shall should is are be been
    was were has have had such as if when that these those agree
    """.split()
)
_LEAD_IN_ENDINGS = frozenset("to by for from of with as that where at in on about and or".split())
_SUBJECTS = frozenset("I It They We You it they we you".split())  # "IT support:" is none
_QUESTION_WORDS = frozenset(
    """
    how what why when where who whom which can do does is are will must may should
    """.split()
)
_SMALL_WORDS = frozenset(
    """
    a an and as at but by for from in into nor of on onto or our over per the to up via we
    with you your us its & /
    """.split()
)
_NOUN_ENDING = re.compile(
    r"(?:tion|sion|ment|ity|ness|ance|ence|data|ship|ism|ies)s?$", re.IGNORECASE
)
_NO_HEADING = re.compile(r"@|https?:|www\.|<<|>>|\d{3,}|^\(|;$|,$|\|")
_TITLE_WORDS = re.compile(
    r"\b(polic(?:y|ies)|terms|notice|statement|agreement|conditions|rules|guidelines|handbook|"
    r"addendum|contract|code of|charter|disclosure|manual|standard|procedure)s?\b",
    re.IGNORECASE,
)
_MAX_HEADING = 90
_DEEPEST = 9  # as deep as headings nest in Word


@dataclass(frozen=True, slots=True)
class Numbered:
    """A section mark taken off the front of a line: `number` without its dot, and what follows."""

    number: str
    title: str
    depth: int


def split_number(line: str) -> Numbered | None:
    """Reads "1.2. Title", "Article 5 - Title", "IV. Title", "A. Title"; None where there is none.

    A bare number needs a dot or bracket, or two levels, so that "30 days" is no section 30.
    A backslash before the dot (as Markdown escapes it) is read over.
    """
    match = _NUMBERED.match(line.strip())
    if match is None:
        return None
    word, number, dot, title = match["word"], match["number"], match["dot"], match["title"].strip()
    if not number[0].isdigit() and not number.isupper():
        return None  # "I" and "A" number a section in capitals only
    if not word:
        levelled = "." in number
        if not dot and not levelled:
            return None
        if dot and dot.strip() in {"-", "–", "—"} and not levelled:
            return None
    shown = f"{word.capitalize()} {number}" if word else number
    return Numbered(shown, title, number.count(".") + 1)


def run_in_title(text: str) -> str:
    """The short title that opens a numbered paragraph ("CONFIDENTIALITY. The term ..."), or ""."""
    match = _RUN_IN.match(text)
    if match is None:
        return ""
    title = match["title"].strip(" *_")
    return title if title.isupper() or _is_title_case(title) else ""


def is_numbered_heading(line: str) -> bool:
    """True for a numbered line that is a title, not a numbered sentence."""
    numbered = split_number(line)
    if numbered is None or len(line) > _MAX_HEADING + 10 or "\n" in line.strip():
        return False
    title = numbered.title
    if not title:
        return numbered.number[0].isalpha() and " " in numbered.number  # "ARTICLE IV" alone
    first = next((char for char in title if char.isalpha()), "")
    if not first or first.islower() or _NO_HEADING.search(title):
        return False
    return not (title[-1] in ".!," and len(title.split()) > 4) and len(title.split()) <= 14


def is_document_title(line: str) -> bool:
    """True for a first line such as "Privacy Policy" or "ACME TERMS OF SERVICE"."""
    words = line.split()
    short = len(line) <= 120 and len(words) <= 14 and "\n" not in line
    if not short or line[-1:] in {".", ";", ":", ","} or split_number(line) is not None:
        return False
    named = _is_title_case(line) or (len(words) > 1 and _is_title_case(" ".join(words[1:])))
    return bool(_TITLE_WORDS.search(line)) and (named or line.isupper())


def is_lead_in(line: str) -> bool:
    """True for a line that ends in a colon and introduces what follows ("You must:")."""
    if not line.endswith(":"):
        return False
    words = re.findall(r"[A-Za-z’']+", line)
    if len(words) > 9 or {word.lower() for word in words} & _LEAD_IN_WORDS:
        return True
    if words and not line.isupper() and words[-1].lower() in _LEAD_IN_ENDINGS:
        return True  # "We use your data to:"
    if len(words) > 1 and words[0] in _SUBJECTS:
        return words[1].islower() and words[1] not in _SMALL_WORDS  # "We collect:"
    return len(words) == 1 and not line.isupper()


def is_bare_heading(line: str, following: str | None) -> bool:
    """True for an unmarked line that a reader takes for a heading.

    `following` is the block after it, or None at the end: a heading has something to head, and
    that is longer than itself. Lines with addresses, numbers or list punctuation are none.
    """
    if following is None or "\n" in line or len(line) > _MAX_HEADING:
        return False
    words = re.findall(r"[A-Za-z’']*[A-Za-z][A-Za-z’']*", line)
    if not words or len(words) > 12:
        return False
    if _NO_HEADING.search(line) or line[-1] in ".!" or is_lead_in(line):
        return False
    first = next(char for char in line if char.isalpha())
    if first.islower() and not line.endswith(("?", ":")):
        return False
    if words[0] == "To" and len(words) > 1 and words[1].islower():
        return False  # "To provide service" is an item of a list of purposes
    if len(following) <= len(line) and following[-1:] not in {".", ":", "?"}:
        return False
    if line.endswith(":") or line.isupper() or _is_title_case(line):
        return True
    return _shape(line) == "question" or len(words) <= 7


def breaks_list(line: str, lead_in: str) -> bool:
    """True if `line` cannot be an item of the list that `lead_in` opens ("... helping us to:")."""
    words = re.findall(r"[A-Za-z’']+", line)
    if not words:
        return False
    return lead_in.endswith(" to:") and bool(_NOUN_ENDING.search(words[0]))


def heading_text(line: str) -> str:
    """The heading as it is shown: without marks around it and without a closing colon."""
    text = line.strip().strip("#*_= \t").rstrip(":").strip().replace("\\", "")
    return re.sub(r"\s+", " ", text)


@dataclass(frozen=True, slots=True)
class BareHeading:
    """An unmarked heading with what stands before it, for finding its level."""

    line: str
    after_heading: bool
    after_lead_in: bool
    group_ended: bool


def nest(headings: Sequence[BareHeading]) -> list[int]:
    """Levels (1 = outermost) for unmarked headings, in document order.

    A heading right under another is one level deeper, and so is one right under a line that
    announces it with a colon. A later heading stays on a deeper level while it shares a word
    with that level's parent (or, in an announced group, the form of its siblings); otherwise
    it returns to the outermost level.
    """
    levels: list[int] = []
    stack: list[tuple[str, set[str]]] = []  # the open headings: line, shapes seen on that level
    announced: set[int] = set()
    for heading in headings:
        if heading.group_ended and announced:
            del stack[min(announced) - 1 :]
            announced.clear()
        if stack and (heading.after_heading or heading.after_lead_in):
            level = min(len(stack) + 1, _DEEPEST)
            if heading.after_lead_in and announced:
                level = max(announced)
            if heading.after_lead_in:
                announced.add(level)
        else:
            level = _resumed_level(heading.line, stack, announced)
        shapes = stack[level - 1][1] if level <= len(stack) else set()
        del stack[level - 1 :]
        announced = {open_level for open_level in announced if open_level <= level}
        stack.append((heading.line, shapes | {_shape(heading.line)}))
        levels.append(level)
    return levels


def _resumed_level(line: str, stack: list[tuple[str, set[str]]], announced: set[int]) -> int:
    kindred = []
    for level in range(len(stack), 1, -1):
        same_shape = _shape(line) in stack[level - 1][1]
        if level in announced:
            if same_shape:
                return level
            continue
        if _stems(line) & _stems(stack[level - 2][0]):
            if same_shape:
                return level
            kindred.append(level)
    return min(kindred, default=1)


def _shape(line: str) -> str:
    words = re.findall(r"[A-Za-z’']+", line)
    if line.endswith("?") or words[0].lower() in _QUESTION_WORDS:
        return "question"
    if line.endswith(":"):
        return "colon"
    if line.isupper():
        return "capitals"
    return "title" if _is_title_case(line) else "plain"


def _stems(line: str) -> set[str]:
    words = re.findall(r"[a-z]{4,}", line.lower())
    return {re.sub(r"(?:ies|es|s|ing|ed)$", "", word) for word in words} - {"what", "your", "with"}


def _is_title_case(line: str) -> bool:
    words = list(re.findall(r"[A-Za-z][A-Za-z’'.-]*", line))
    content = [word for word in words if word.lower() not in _SMALL_WORDS]
    if not content:
        return False
    capitals = sum(word[0].isupper() for word in content)
    return capitals == len(content) or (len(content) >= 4 and capitals >= len(content) - 1)
