"""How follow-ups begin ("ok, and what about ..."), and those that add nothing ("Really?")."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPACE = re.compile(r"\s+")
_CONTRACTED = re.compile(r"\b(what|who|where|how|when|why|that|it|there)'s\b", re.IGNORECASE)
_COURTESY = re.compile(
    r"""(?:(?:ok(?:ay)? | thanks(?:\ a\ lot)? | thank\ you | hm+)\b [\s,.!;:…–-]*
    | (?:ah | alright | all\ right | cool | fine | good | got\ it | great | i\ see | interesting
    | makes\ sense | no | oh | right | sorry | sure | understood | wait | well | yeah | yes)
    \s*[,.!;:…–-]+\s*)+""",
    re.IGNORECASE | re.VERBOSE,
)
_MARK = re.compile(r"(?:and|but|or|also|plus|then)\b[\s,]*", re.IGNORECASE)
_SO = re.compile(r"so\b[\s,]*", re.IGNORECASE)
_ABOUT = re.compile(
    r"(?:(?:what|how) about|what of|i meant?"
    r"|(?:the )?same(?: question| thing)?(?= (?:for|with|at)))\b\s*",
    re.IGNORECASE,
)
_WHAT_IF = re.compile(r"what (?=if\b)", re.IGNORECASE)
_NOTHING = re.compile(
    r"""(?:
    really | seriously | always | are\ you\ (?:really\ )?sure | meaning | go\ on | namely | how\ so
    | is\ (?:it|that|this)(?:\ really)?(?:\ (?:so|right|true|correct|the\ case))?
    | what\ (?:does\ (?:it|that|this)|do\ (?:you|they))\ mean(?:\ by\ that)?
    | (?:(?:can|could)\ you\ |please\ )?(?:explain|elaborate|clarify|say\ more)
    (?:\ (?:it|that|this))?
    | (?:tell\ me\ |any\ )?more(?:\ (?:about\ (?:it|that|this)|details?|information))?
    | (?:any\ )?(?:details|examples?) | such\ as | like\ what | for\ (?:example|instance)
    | what\ exactly | how\ do\ you\ know(?:\ that)?
    | (?:where|why)\ do(?:es)?\ (?:it|they|you)\ say\ (?:so|that)
    | (?:do|does|did|are|can|could|will|would|must|may|have|has|should)(?:n't)?
    \ (?:i|they|you|we|it|that|this)(?:\ really)?
    )(?:\ (?:exactly|please|then))?""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Opening:
    """A question without its opening and closing marks.

    `text` keeps "and" and "what about", `body` does not. `marked` is whether it began with one of
    them, `about` with "what about", `supposing` with "what if".
    """

    text: str
    body: str
    marked: bool
    about: bool
    supposing: bool

    @classmethod
    def of(cls, question: str) -> Opening:
        text = _SPACE.sub(" ", question.replace("’", "'")).strip()
        text = _CONTRACTED.sub(r"\1 is", text).rstrip("?!.,;:… ")
        text = text[_length(_COURTESY, text) :]
        body = text[_length(_SO, text) :]
        unmarked = body[_length(_MARK, body) :]
        unmarked = unmarked[_length(_MARK, unmarked) :]
        asked = unmarked[_length(_ABOUT, unmarked) :]
        plain = asked[_length(_WHAT_IF, asked) :]
        return cls(text, plain, asked != body, asked != unmarked, plain != asked)

    @property
    def adds_nothing(self) -> bool:
        return _NOTHING.fullmatch(self.body) is not None or (self.marked and not self.body)


def _length(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.match(text)
    return match.end() if match else 0
