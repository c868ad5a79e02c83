"""Small edits of a sentence: such that change what it says, and such that do not.

An edit knows which characters of its result it wrote, so that a model can be taught where a
sentence departs from its source.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.training.support.phrases import (
    ADDITIONS,
    BOUNDS,
    CLASSES,
    MODALS,
    MONTHS,
    NUMBER_WORDS,
    QUANTITIES,
    SAME,
    UNITS,
    WIDENED,
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Edited:
    """The sentence after an edit; `written` are the characters that the edit put there."""

    text: str
    written: tuple[Span, ...]
    kind: str


Edit = Callable[[str, random.Random], Edited | None]

_NUMBER = re.compile(r"(?<![\w.@/-])\d{1,3}(?:,\d{3})*(?:\.\d+)?(?![\w@/-])")
_UNIT = re.compile(rf"\b(?:{'|'.join(UNITS)})(s?)\b", re.IGNORECASE)
_NEGATED = re.compile(
    r"\b(?P<verb>do|does|did|is|are|was|were|will|may|must|can|could|should|would|has|have|shall)"
    r"(?: not|n['’]t) |\bcannot |\b(?P<never>never) |\bnot (?=\w+(?:ed|able|ing)\b)",
    re.IGNORECASE,
)
_AFFIRMED = re.compile(
    r"\b(?P<verb>is|are|was|were|will|may|must|can|could|should|would|shall) (?!not\b|never\b|n't)"
)
_PLAIN_VERB = re.compile(
    r"\b(?P<who>they|we|you|We|They|You) (?P<verb>collect|share|use|sell|keep|store|retain|disclose"
    r"|process|receive|need|have|offer|provide|allow|delete|send|ask|require|transfer|own)\b"
)
_ENDINGS = ("ing", "ed", "tion", "ly", "ment", "ity", "able", "s", "al")
_COMMON = (
    "this|that|these|those|with|from|your|their|they|them|will|would|could|should|shall|must|have"
    "|been|being|when|where|which|while|what|whose|then|than|there|here|such|also|only|into|upon"
    "|about|after|before|under|over|through|without|within|unless|until|because|other|another|some"
    "|every|each|more|most|does|doing"
)
_ORDINARY = re.compile(rf"\b(?!(?:{_COMMON})\b)[a-z]{{4,}}\b")
_YES_NO = re.compile(r"^(Yes|No),? ")
_LATER_CONDITION = re.compile(
    r",? (?:unless|except|only (?:if|when|with|where|for|after)|if|provided that|as long as|until|"
    r"where required|subject to|with your consent|when you|without your consent|to the extent)\b"
    r"[^.;]*(?=[.;]|$)",
    re.IGNORECASE,
)
_FIRST_CONDITION = re.compile(
    r"^(?:(?P<answer>Yes|No), )?(?:if|unless|when|where|with your consent|in the event|after|once|"
    r"depending on)\b[^,]*, (?P<rest>\w)",
    re.IGNORECASE,
)
_HEDGE = re.compile(r"\b(?:generally|usually|typically|normally|only|knowingly|solely) ", re.I)
_PERSONS = {
    "you": "they", "You": "They", "your": "their", "Your": "Their", "they": "you", "They": "You",
    "their": "your", "Their": "Your", "we": "you", "We": "You", "our": "your", "Our": "Your",
    "us": "you", "them": "you",
}  # fmt: skip
_ACTS = re.compile(
    r" (?:may|might|can|could|must|will|would|should|do|did|are|were|have|cannot|agree|use|"
    r"choose|want|provide|need|consent|opt|delete|request|visit|own|violate|submit|post|buy|sell)\b"
)
_PERSON = re.compile(r"\b(?:you|your|they|their|we|our|us|them)\b", re.IGNORECASE)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    inside = "|".join(re.escape(each) for each in longest_first)
    return re.compile(rf"(?<![\w-])(?:{inside})(?![\w-])", re.IGNORECASE)


_NUMBER_WORD = _any_of(NUMBER_WORDS)
_CLASSES = [(words, _any_of(words)) for words in CLASSES]
_SAME = _any_of(SAME)


def replaced(text: str, found: re.Match[str], new: str, kind: str) -> Edited:
    """`text` with the match replaced; a capital at its start stays one."""
    start, end = found.span()
    if text[start : start + 1].isupper():
        new = new[:1].upper() + new[1:]
    whole = text[:start] + new + text[end:]
    written = ((start, start + len(new)),) if new else ()
    return Edited(_tidy(whole), written, kind)


def _tidy(text: str) -> str:
    return text[:1].upper() + text[1:]


def _any(matches: Iterator[re.Match[str]], draw: random.Random) -> re.Match[str] | None:
    found = list(matches)
    return draw.choice(found) if found else None


def number(text: str, draw: random.Random) -> Edited | None:
    """Another number, in figures or in words."""
    match = _any((m for p in (_NUMBER, _NUMBER_WORD) for m in p.finditer(text)), draw)
    if match is None:
        return None
    if match[0].lower() in NUMBER_WORDS:
        new = draw.choice([each for each in NUMBER_WORDS if each != match[0].lower()])
        return replaced(text, match, new, "number")
    value = match[0].replace(",", "")
    if re.fullmatch(r"(?:19|20)\d\d", value):
        new = str(int(value) + draw.choice((-3, -2, -1, 1, 2, 3)))
    elif "." in value:
        new = f"{float(value) + draw.choice((-1, 1, 2, 5)):.{len(value.split('.')[1])}f}"
    else:
        near = [int(value) * 2, int(value) + 1, int(value) + 10, int(value) // 2, int(value) * 10]
        new = str(draw.choice([each for each in (*near, *QUANTITIES) if each != int(value)]))
    return replaced(text, match, new, "number")


def unit(text: str, draw: random.Random) -> Edited | None:
    """Days for months, and the like."""
    match = _any(_UNIT.finditer(text), draw)
    if match is None:
        return None
    singular = match[0].lower().removesuffix("s") if match[1] else match[0].lower()
    new = draw.choice([each for each in UNITS if each != singular]) + match[1]
    return replaced(text, match, new, "unit")


def month(text: str, draw: random.Random) -> Edited | None:
    match = _any(re.finditer(rf"\b(?:{'|'.join(MONTHS)})\b", text), draw)
    if match is None:
        return None
    return replaced(text, match, draw.choice([m for m in MONTHS if m != match[0]]), "date")


def negation_dropped(text: str, draw: random.Random) -> Edited | None:
    match = _any(_NEGATED.finditer(text), draw)
    if match is None:
        return None
    verb = match["verb"] or ("can" if match[0].lower().startswith("cannot") else "")
    if match["never"]:
        verb = draw.choice(("", "always"))
    elif verb.lower() in {"do", "does", "did"}:
        verb = draw.choice((verb, verb, ""))
    edited = replaced(text, match, f"{verb} " if verb else "", "negation_dropped")
    return _with_answer(edited, {"No": "Yes"}, draw)


def negation_added(text: str, draw: random.Random) -> Edited | None:
    match = _any((m for p in (_AFFIRMED, _PLAIN_VERB) for m in p.finditer(text)), draw)
    if match is None:
        return None
    if "who" in match.re.groupindex:
        new = f"{match['who']} {draw.choice(('do not', 'never'))} {match['verb']}"
    else:
        verb = match["verb"]
        new = draw.choice((f"{verb} not ", f"{verb} never " if verb == "will" else f"{verb} not "))
        new = new.replace("can not ", "cannot ")
    return _with_answer(replaced(text, match, new, "negation_added"), {"Yes": "No"}, draw)


def _with_answer(edited: Edited, turned: dict[str, str], draw: random.Random) -> Edited:
    """The same with Yes for No (or the other way round), mostly."""
    match = _YES_NO.match(edited.text)
    if match is None or match[1] not in turned or draw.random() < 0.2:
        return edited
    new = turned[match[1]]
    shift = len(new) - len(match[1])
    written = tuple((start + shift, end + shift) for start, end in edited.written)
    text = new + edited.text[len(match[1]) :]
    return Edited(text, ((0, len(new)), *written), edited.kind)


def modality(text: str, draw: random.Random) -> Edited | None:
    match = _any(re.finditer(rf"\b(?:{'|'.join(MODALS)})\b", text), draw)
    if match is None:
        return None
    edited = replaced(text, match, draw.choice(MODALS[match[0]]), "modality")
    return Edited(edited.text.replace("  ", " "), edited.written, edited.kind)


def actor(text: str, _: random.Random) -> Edited | None:
    """You for they and they for you, throughout."""
    if _PERSON.search(text) is None:
        return None
    whole, written, last = "", [], 0
    for match in _PERSON.finditer(text):
        whole += text[last : match.start()]
        new = _PERSONS.get(match[0], _PERSONS.get(match[0].lower(), match[0]))
        if new == "they" and not _ACTS.match(text, match.end()):
            new = "them"
        written.append((len(whole), len(whole) + len(new)))
        whole += new
        last = match.end()
    return Edited(whole + text[last:], tuple(written), "actor")


def condition_dropped(text: str, draw: random.Random) -> Edited | None:
    match = _any((m for p in (_LATER_CONDITION, _FIRST_CONDITION) for m in p.finditer(text)), draw)
    if match is None:
        return None
    if "rest" in match.re.groupindex:
        answer = f"{match['answer']}, " if match["answer"] else ""
        rest = match["rest"] if answer else match["rest"].upper()
        whole = answer + rest + text[match.end() :]
    else:
        whole = text[: match.start()] + text[match.end() :]
    whole = whole.strip()
    return Edited(_tidy(whole), (), "condition_dropped") if len(whole.split()) > 4 else None


def hedge_dropped(text: str, draw: random.Random) -> Edited | None:
    match = _any(_HEDGE.finditer(text), draw)
    return replaced(text, match, "", "hedge_dropped") if match else None


def widened(text: str, draw: random.Random) -> Edited | None:
    match = _any(re.finditer(rf"\b(?:{'|'.join(WIDENED)})\b", text), draw)
    return replaced(text, match, draw.choice(WIDENED[match[0]]), "widened") if match else None


def bound(text: str, draw: random.Random) -> Edited | None:
    match = _any(re.finditer(rf"\b(?:{'|'.join(BOUNDS)})\b", text, re.IGNORECASE), draw)
    if match is None:
        return None
    return replaced(text, match, draw.choice(BOUNDS[match[0].lower()]), "bound")


def swapped(text: str, draw: random.Random) -> Edited | None:
    """Another thing, person, channel, place or deed of the same class."""
    found = [(match, words) for words, any_of in _CLASSES for match in any_of.finditer(text)]
    if not found:
        return None
    match, words = draw.choice(found)
    others = [each for each in words if each.lower() != match[0].lower()]
    return replaced(text, match, draw.choice(others), "swapped")


def detail_added(text: str, draw: random.Random) -> Edited | None:
    new = draw.choice(ADDITIONS)
    body = text.rstrip(".")
    return Edited(f"{body}{new}.", ((len(body), len(body) + len(new)),), "detail")


def other_word(words: Sequence[str]) -> Edit:
    """Puts one of `words` in the place of one that ends like it."""

    def edit(text: str, draw: random.Random) -> Edited | None:
        match = _any(_ORDINARY.finditer(text), draw)
        if match is None:
            return None
        alike = [each for each in words if _ending(each) == _ending(match[0])]
        return replaced(text, match, draw.choice(alike), "other_word") if alike else None

    return edit


def ordinary_words(texts: Iterable[str]) -> list[str]:
    """The longer words of some texts that are in lower case, each once."""
    return sorted({match[0] for text in texts for match in _ORDINARY.finditer(text)})


def _ending(word: str) -> str:
    return next((end for end in _ENDINGS if word.endswith(end)), "")


def crossed(text: str, draw: random.Random) -> Edited | None:
    """Two numbers, or the two sides of an "and", in each other's place."""
    numbers = list(_NUMBER.finditer(text))
    pairs = [(a, b) for a in numbers for b in numbers if a.start() < b.start() and a[0] != b[0]]
    if not pairs:
        return None
    one, other = draw.choice(pairs)
    middle = text[one.end() : other.start()]
    whole = text[: one.start()] + other[0] + middle + one[0] + text[other.end() :]
    start = one.start() + len(other[0] + middle)
    return Edited(
        whole,
        ((one.start(), one.start() + len(other[0])), (start, start + len(one[0]))),
        "crossed",
    )


CHANGES: tuple[Edit, ...] = (
    number, unit, month, negation_dropped, negation_added, modality, actor, condition_dropped,
    hedge_dropped, widened, bound, swapped, detail_added, crossed,
)  # fmt: skip


def reworded(text: str, draw: random.Random) -> Edited | None:
    """Other words for the same thing."""
    match = _any(_SAME.finditer(text), draw)
    if match is None:
        return None
    edited = replaced(text, match, draw.choice(SAME[match[0].lower()]), "reworded")
    return Edited(edited.text, (), edited.kind)


def turned_round(text: str, draw: random.Random) -> Edited | None:
    """ "If it is so, they do" as "They do if it is so", and the other way round."""
    del draw
    first = re.fullmatch(
        r"(?P<answer>(?:Yes|No), )?(?P<when>(?:If|When|Once|After|Unless|Where) [^,]+), "
        r"(?P<rest>[^,;]+)\.",
        text,
    )
    if first:
        when = first["when"][0].lower() + first["when"][1:]
        whole = f"{first['answer'] or ''}{first['rest']} {when}."
        return Edited(_tidy(whole), (), "turned")
    last = re.fullmatch(
        r"(?P<rest>[^,;]+?),? (?P<when>(?:if|when|once|after|unless|where) [^,;]+)\.", text
    )
    if last and not _YES_NO.match(text):
        rest = last["rest"]
        if rest.split()[0] in {"You", "They", "The", "Your", "It", "A"}:
            rest = rest[0].lower() + rest[1:]
        return Edited(_tidy(f"{last['when']}, {rest}."), (), "turned")
    return None


def without_answer_word(text: str, draw: random.Random) -> Edited | None:
    del draw
    match = _YES_NO.match(text)
    return Edited(_tidy(text[match.end() :]), (), "no_answer_word") if match else None


def first_part(text: str, draw: random.Random) -> Edited | None:
    """What stands before ", and": less, but still so."""
    del draw
    if re.search(r"\b(?:if|unless|except|only|but|either|both|between)\b", text, re.IGNORECASE):
        return None
    head, joint, _ = text.partition(", and ")
    return Edited(f"{head}.", (), "part") if joint and len(head.split()) > 5 else None


REWORDINGS: tuple[Edit, ...] = (
    reworded, reworded, turned_round, without_answer_word, first_part,
)  # fmt: skip
