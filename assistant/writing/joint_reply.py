"""A reply written from several quotes -> its sentences, each with the numbers of its quotes.

The reply is read strictly: a sentence counts if the numbers of the quotes it rests on stand in
square brackets right after it or right before its full stop, and nowhere else. Everything else in
the reply is returned with the reason why it does not count, so nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.text.sentences import sentence_spans

_STOPS = ".!?…。！？"
_CLOSERS = "\"'”’»)*_`"
_ONE = r"\[[0-9]{1,9}(?:, ?[0-9]{1,9})*\]"
_MARKERS = re.compile(rf"[*_`]*{_ONE}(?:[*_` \t]*{_ONE})*[*_`]*")
_UNFINISHED = re.compile(r"\[[0-9]+(?:, ?[0-9]+)*, $")
_AFTER_STOP = re.compile(rf"[{_STOPS}][{_CLOSERS}]*\s*$")
_NEW_WORD = re.compile(r"\s*[\"'“‘«(*_`•–—-]*\s*(?P<first>[^\W_])")
_CLOSING = re.compile(r"[)”’»\"']+\s+")
_TAIL = re.compile(rf"[{_STOPS}{_CLOSERS}]*")

_HEADING = re.compile(r"\s*#{1,6}\s")
_BULLETS = re.compile(r"^(?:(?:[-+*•–—>]|#{1,6}|\(?\d{1,2}[.)])\s+)+")
_EMPHASIS = re.compile(r"(?<![\w*/])(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*])")
_QUOTED = re.compile(r"[\"“”«]?([^\"“”«»]+?)[\"“”»]?([.!?]?)")
_PREAMBLE = re.compile(
    r"(?:(?:(?:sure|certainly|of course|okay|ok)[,!]\s+)?here(?:['’]s|\s+is|\s+are)\s+"
    r"(?:\w+\s+){0,3}(?:answer|response|reply|summary|sentence)s?\b[^.:]{0,60}"
    r"|(?:(?:the|my|a|short|final|direct|full)\s+)*answer\b[^.:]{0,60}):"
    r"|(?:based\s+on|according\s+to)\s+(?:the|these)\s+(?:(?:given|provided|numbered|policy)\s+)*"
    r"(?:quotes?|clauses?|excerpts?|polic(?:y|ies))(?:\s+(?:given|provided|above|below))*\s*[,:]",
    re.IGNORECASE,
)
_ANSWER_WORD = re.compile(r"(yes|no)[.!,:]?", re.IGNORECASE)
_DECLINED = re.compile(r"not stated[.!]*", re.IGNORECASE)
_NO_MARKER = "it cites no quote"
_INTRODUCES = "it only introduces the answer"


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence of the reply, without Markdown and numbers.

    `markers` are the numbers of its quotes, from 1, each once, in the order of the reply.
    """

    text: str
    markers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Unusable:
    """Anything else that the reply says, with its numbers; `reason` is for people."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Declined:
    """The reply says that the quotes do not answer the question."""


Item = CitedSentence | Unusable | Declined


def read_joint(pieces: Iterable[str], quotes: int) -> Iterator[Item]:
    """The items of a reply in order, each as soon as it is certain. See `JointReader`."""
    reader = JointReader(quotes)
    for piece in pieces:
        yield from reader.feed(piece)
    yield from reader.close()


class JointReader:
    """Reads one reply, written from quotes numbered 1 to `quotes`, as it arrives.

    A sentence is certain at the end of its line, or at the next word that is not the number of a
    quote. A "Yes." or "No." by itself belongs to the sentence after it. It makes no difference how
    the reply is cut into pieces.
    """

    def __init__(self, quotes: int) -> None:
        self._quotes = quotes
        self._line = ""  # the part of a line that is not yet in an item
        self._answer_word = ""

    def feed(self, piece: str) -> list[Item]:
        """The items that become certain with this piece."""
        items: list[Item] = []
        for character in piece:
            self._line += character
            if character.isspace():
                items += self._sentences(line_ended=character == "\n")
        return items

    def close(self) -> list[Item]:
        """The items that become certain as the reply ends."""
        return [*self._sentences(line_ended=True), *self._left_over()]

    def _sentences(self, line_ended: bool) -> Iterator[Item]:
        while line_ended or not _UNFINISHED.search(self._line):
            start = _second_start(self._line)
            if start is None:
                break
            sentence, self._line = self._line[:start], self._line[start:]
            yield from self._items(sentence)
        if line_ended:
            sentence, self._line = self._line, ""
            yield from self._items(sentence)

    def _items(self, sentence: str) -> Iterator[Item]:
        said = _without_marks(sentence)
        preamble = _PREAMBLE.match(said)
        if preamble and _says_something(said[preamble.end() :]):
            yield from self._left_over()
            yield Unusable(preamble[0], _INTRODUCES)
            said = said[preamble.end() :].lstrip()
            said = said[:1].upper() + said[1:]
        text = _unquoted(_unmarked(said))
        markers = _numbers(said)
        if _DECLINED.fullmatch(text):
            yield from self._left_over()
            yield Declined()
        elif not markers and (word := _ANSWER_WORD.fullmatch(text)):
            yield from self._left_over()
            self._answer_word = f"{word[1].capitalize()}."
        elif said:
            reason = "it is a heading" if _HEADING.match(sentence) else self._fault(said, markers)
            lead, self._answer_word = self._answer_word, ""
            if reason:
                yield Unusable(f"{lead} {_unquoted(said)}".lstrip(), reason)
            else:
                yield CitedSentence(f"{lead} {text}".lstrip(), markers)

    def _fault(self, said: str, markers: tuple[int, ...]) -> str:
        """Why the sentence does not count; "" if it does."""
        head, tail = _parted(said)
        if not _says_something(head + tail):
            return "it says nothing"
        if not markers:
            return _INTRODUCES if _PREAMBLE.fullmatch(said) else _NO_MARKER
        if not _TAIL.fullmatch(tail):
            return "the number of a quote stands inside the sentence"
        unknown = [f"[{number}]" for number in markers if not 1 <= number <= self._quotes]
        return f"there is no quote {', '.join(unknown)}" if unknown else ""

    def _left_over(self) -> Iterator[Item]:
        if self._answer_word:
            yield Unusable(self._answer_word, _NO_MARKER)
            self._answer_word = ""


def _second_start(line: str) -> int | None:
    """Where the second sentence begins, in code points of `line`; None if it has not begun."""
    spans = sentence_spans(_MARKERS.sub(_blanks, line))
    if len(spans) < 2:
        return None
    start = spans[1][0]
    closing = _CLOSING.match(line, start)  # "(Logs are kept. [1]) We ..."
    return closing.end() if closing else start


def _blanks(markers: re.Match[str]) -> str:
    """As many blanks as the markers have characters, so that these hide no end of a sentence."""
    line = markers.string
    new_word = _NEW_WORD.match(line, markers.end())
    # Between a full stop and a capital they separate, as an empty line does: "Acme Inc. [1] It".
    ends = (
        new_word is not None
        and not new_word["first"].islower()
        and _AFTER_STOP.search(line, 0, markers.start()) is not None
    )
    return ("\n\n" if ends else "  ") + " " * (len(markers[0]) - 2)


def _parted(text: str) -> tuple[str, str]:
    """What stands before the first marker, and what after it, without markers and blanks."""
    first = _MARKERS.search(text)
    if first is None:
        return text, ""
    return text[: first.start()].rstrip(), "".join(_MARKERS.sub("", text[first.start() :]).split())


def _unmarked(text: str) -> str:
    head, tail = _parted(text)
    return head + (tail.lstrip(".") if _AFTER_STOP.search(head) else tail)


def _numbers(text: str) -> tuple[int, ...]:
    groups = _MARKERS.findall(text)
    numbers = [int(number) for group in groups for number in re.findall("[0-9]+", group)]
    return tuple(dict.fromkeys(numbers))


def _without_marks(text: str) -> str:
    """`text` on one line, without bullets and Markdown's emphasis."""
    text = _BULLETS.sub("", " ".join(text.split()))
    if not _says_something(text):
        return text  # a rule such as "***"
    for _ in range(2):  # bold around italics
        text = _EMPHASIS.sub(r"\2", text)
    return " ".join(text.replace("**", "").replace("`", "").strip("*_ ").split())


def _unquoted(text: str) -> str:
    if not _says_something(text):
        return text
    whole = _QUOTED.fullmatch(text)
    if whole and re.search('["“”«»]', text):
        text = whole[1] if whole[1][-1] in ".!?" else whole[1] + whole[2]
    if len(text) > 2 and text[0] in "'‘" and text[-1] in "'’":
        text = text[1:-1]
    return text.strip()


def _says_something(text: str) -> bool:
    return any(character.isalnum() for character in text)
