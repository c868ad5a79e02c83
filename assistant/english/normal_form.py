"""Texts as the rules of the support check read them: each phrase as the one word that it means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.english.lexicon.function_words import FUNCTION_WORDS
from assistant.english.lexicon.people import NOT_NAMES
from assistant.english.words import content, meaning, straightened, tokens

_SHOULD_IT = re.compile(r"(?:^|(?<=[.;:!]\s))Should\b")  # "Should we be sold, ..." means if
# "Acme may end it": a name that acts is taken for the company's. Ordinary nouns there are mostly in
# the plural.
_ACTING_NAME = re.compile(r"\b[A-Z]\w*[^\Ws]\b(?= (?:may|will|can|must|shall|does|reserves)\b)")
_FORBIDDEN = (
    r"(?:not (?:allowed|permitted|authori[sz]ed|entitled)|prohibited|forbidden|banned|barred"
    r"|disallowed)"
)
_ASIDE = re.compile(
    r"(?P<subject>[^,]+),[^,]+,(?P<rest>\s*(?:is|are|was|were|has|have|had|can|cannot|could|may|might"
    r"|must|shall|should|will|would)\b.*)",
    re.IGNORECASE | re.DOTALL,
)
# Not a condition: what follows holds by itself.
_LEAD = re.compile(
    r"(?:except (?:as|in|for)\b[^,]*\b(?:this|these|describe[sd]?|stated|set out|said)\b"
    r"|as|for|in|under|by|at|with|to|on|since|because)\b[^,]*,\s*"
    r"(?=(?:we|they|it|you|our|their|the company)\b)",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r",|\b(?:that|which|who|if|when|where|because|unless|but)\b", re.IGNORECASE
)
# Each way to say something becomes one word, so that they are all the same to the rules.
_PHRASES = tuple(
    (re.compile(pattern, re.IGNORECASE), word)
    for pattern, word in (
        (r"\b(?:no|not) (?:more|longer|later|greater) than\b|\bnot exceed(?:ing)?\b", "atmost"),
        (r"\b(?:no|not) (?:less|fewer|earlier|sooner) than\b", "atleast"),
        (r"\bat (most|least)\b", r"at\1"),
        (r"\b(?:a )?(?:maximum of|up to)\b", "atmost"),
        (r"\b(?:a )?minimum of\b", "atleast"),
        (r"\b(?:is|are|am|was|were) not (?:required|obliged|obligated) to\b", "neednot"),
        (r"\bdo(?:es)? not (?:need to|must|require)\b|\bneed not\b", "neednot"),
        (r"\bnot (?:required|mandatory|obligatory|necessary)\b", "optional"),
        (r"\bnot only\b", "both"),
        (r"\bwhether or not\b", "whether"),
        (r"\bno longer\b", "nolonger"),
        (r"\bkeeps?\b(?=[^.;,]{1,50} from \w+ing\b)", "prevent"),
        (
            r"\b(?:may not|must not|can not|should not|shall not)\b(?! be (?:able|needed))",
            "mustnt not",
        ),
        (rf"\b(?:is|are|be) {_FORBIDDEN} (?:to|from|for)\b", "mustnt not"),
        # At the end of a sentence it denies nothing more: "selling it is prohibited".
        (rf"\b(?:(?:is|are|be) )?{_FORBIDDEN}\b", "mustnt"),
        (r"\bin (?:the )?(?:case|event)(?: (?:of|that))?\b", "if"),
        (r"\b(?:provided|on condition) that\b|\b(?:as|so) long as\b", "if"),
        (
            r"\b(?:as|where|when|if|than|unless|nolonger|otherwise) "
            r"(?:(?:it|they|this) )?(?:(?:is|are) )?(?:legally |otherwise )?(?:required|needed)\b",
            "needed",
        ),
        (r"\bas ((?:\w+ ){1,4})requires?\b", r"under \1"),
        (r"\b(?:where|when|if) (?:available|applicable|possible|any)\b", ""),
        (r"\bif you (?:have|would like|wish|want|prefer)(?: to| any)?\b", "for"),
        (r"\b(?:other than|apart from|except(?:ing)? for|save for)\b", "except"),
        (r"\b(?:a|the|your) (?:option|choice) (?:to|of)\b", "can"),
        (r"\b(?:(?:is|are|be) (?:able|free|welcome|entitled|allowed|permitted|authori[sz]ed) to"
         r"|(?:has|have) the (?:right|ability|option) to)\b", "can"),
    )
)  # fmt: skip


@dataclass(frozen=True)
class NormalForm:
    """A text in its normal form, and what the rules ask of it."""

    text: str

    @classmethod
    @lru_cache(maxsize=512)
    def of(cls, text: str) -> NormalForm:
        plain = _SHOULD_IT.sub("If", straightened(text))
        for pattern, word in _PHRASES:
            plain = pattern.sub(word, plain)
        return cls(plain)

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        return tokens(self.text)

    @cached_property
    def acting(self) -> tuple[str, ...]:
        """The words, with "company" for names that act."""
        return tokens(
            _ACTING_NAME.sub(
                lambda match: match[0] if match[0].lower() in NOT_NAMES else "company", self.text
            )
        )

    @cached_property
    def content(self) -> frozenset[str]:
        """The meanings of the words that say something."""
        return content(self.text)

    def behind(self, words: frozenset[str], most: int = 3) -> frozenset[str]:
        """Meanings of the words that say something, up to `most`, next behind each of `words`.

        They are what a negation or a modal verb is taken to be about.
        """
        governed: set[str] = set()
        for index, token in enumerate(self.tokens):
            if token in words:
                telling = [
                    meaning(word) for word in self.tokens[index + 1 :] if word not in FUNCTION_WORDS
                ]
                governed.update(telling[:most])
        return frozenset(governed)

    def has(self, words: frozenset[str]) -> bool:
        return any(token in words for token in self.tokens)

    def first(self, words: frozenset[str]) -> str:
        return next(token for token in self.tokens if token in words)


def without_lead(text: str) -> str:
    """The text behind a lead that is not a condition: "in this case, we sell none"."""
    lead = _LEAD.match(text)
    return text[lead.end() :] if lead else text


def main_clause(text: str) -> str:
    """What stands before the first comma, relative pronoun or conjunction.

    It begins behind a lead ("except as said, we sell none"), and leaves out an aside between
    subject and verb ("your data, email included, will be sold").
    """
    text = without_lead(text)
    aside = _ASIDE.match(text)
    if aside and not _SUBORDINATE.search(aside["subject"]):
        text = aside["subject"] + aside["rest"]
    return _SUBORDINATE.split(text, maxsplit=1)[0]
