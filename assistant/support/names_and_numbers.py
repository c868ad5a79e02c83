"""Rules of the support check: names and numbers must be those of the quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.english.lexicon.people import NOT_NAMES
from assistant.english.normal_form import NormalForm
from assistant.english.numbers import numbers_in
from assistant.english.words import content, meaning

_NAME = re.compile(r"(?<=[\w,;)] )[A-Z][\w&.-]*[\w]")
# What a company does; before it a capital at the start of a sentence is a name's. Ordinary nouns
# there are in the plural.
_VERB = (
    r"(?:to|may|will|can|must|does|did|is|has|shall|never|also|keeps|collects|shares|sells|uses|stores"
    r"|gives|deletes|receives|offers|reserves|provides|discloses|processes|promptly|starts)\b"
)
_FIRST_NAME = re.compile(rf"^((?!It\b|This\b|That\b|Data\b)[A-Z]\w*[^\Ws])(?= {_VERB})")
_WE = re.compile(r"\b(?:we|our)\b", re.IGNORECASE)
_SENTENCE_PART = re.compile(r"[.;:!?]+\s|\n+|,? and |, |\bbut\b")


def number_objections(body: NormalForm, evidence: NormalForm) -> Iterator[str]:
    stated = numbers_in(evidence.text)
    figures = {number.split()[0] for number in stated}
    for number in numbers_in(body.text):
        # "18" is carried by "18 years"; "18 months" is not.
        if number not in stated and (" " in number or number not in figures):
            yield f"the quote does not say {number}"


def name_objections(body: NormalForm, evidence: NormalForm, company: str) -> Iterator[str]:
    """Names must be the quotes'. Where these say "we", one name that acts can be the company's."""
    known = set(evidence.tokens) | {meaning(token) for token in evidence.tokens}

    def is_strange(word: str) -> bool:
        return not any(
            form in known or meaning(form) in known or form in NOT_NAMES or form == "may"
            for form in (word.lower(), word.lower().removesuffix("'s"))
        )

    names = dict.fromkeys(match[0] for match in _NAME.finditer(body.text))
    names |= dict.fromkeys(match[1] for match in _FIRST_NAME.finditer(body.text))
    unknown = [name for name in names if is_strange(name)]
    if unknown and not company and _WE.search(evidence.text):
        acting = re.search(
            rf"(?<!\w)(?:{'|'.join(map(re.escape, unknown))})(?:'s)? {_VERB}", body.text
        )
        unknown = [name for name in unknown if not (acting and acting[0].startswith(name))]
    for name in unknown:
        yield f"the quote does not name {name}"


def crossed_number_objections(body: NormalForm, evidence: NormalForm) -> Iterator[str]:
    """Of several numbers each must stand beside the words that it stands beside in the quotes."""
    ours = _numbers_in_context(body.text)
    if len({number for number, _ in ours}) < 2:
        return
    theirs = _numbers_in_context(evidence.text)
    for number, words in ours:
        right = max((len(words & near) for said, near in theirs if said == number), default=0)
        wrong = max((len(words & near) for said, near in theirs if said != number), default=0)
        if wrong > right:
            yield f"in the quote {number} belongs to something else"


def _numbers_in_context(text: str) -> list[tuple[str, frozenset[str]]]:
    """The numbers of a text, each with the words of its part of the sentence."""
    return [
        (number, content(part))
        for part in _SENTENCE_PART.split(text)
        for number in numbers_in(part)
    ]
