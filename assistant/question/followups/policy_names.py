"""Where a question names a policy, so that the name can be carried on or replaced by another.

Which policy a name means is decided afterwards, when the question is routed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.english.lexicon.function_words import DETERMINERS
from assistant.english.lexicon.joints import PREPOSITIONS
from assistant.english.lexicon.nouns import NOUN_KINDS
from assistant.english.lexicon.verbs import BASES, PARTICIPLES
from index.text.query_words import STOP_WORDS
from index.text.sentences import Span

_TOKEN = re.compile(r"[^\W_]+(?:[.&'’-][^\W_]+)*")
# Names of policies and files have these words in them; alone, none of them names a company.
_COMMON = (
    STOP_WORDS
    | BASES
    | PARTICIPLES
    | PREPOSITIONS
    | DETERMINERS
    | frozenset().union(*NOUN_KINDS.values())
    | frozenset(
        """
        agreement app conditions handbook home internet legal notice online policies policy privacy
        rules security service services site statement terms travel web website work workplace
        """.split()
    )
)
_JOINED = re.compile(r"(?:,|\s|\band\b|\bor\b|&)*", re.IGNORECASE)
_NAME = "\N{REPLACEMENT CHARACTER}"
_NOTHING_ELSE = re.compile(
    r"""(?:(?:at|for|with|by|in|about|of|from)\ )?NAME(?:'s)?(?:\ (?:policy|case))?
    | (?:do|does|did|is|are|was|can|will|would|has|have)\ NAME
    (?:\ (?:do|doing))?(?:\ (?:it|so|that|this|likewise|the\ same))?
    | (?:is|are|would)\ (?:it|that|this)(?:\ (?:be|true|so|the\ case|the\ same|different))*
    \ (?:at|for|of|with|in)\ NAME
    | do(?:es)?\ (?:it|that|this|the\ same)\ (?:apply|go|hold)\ (?:to|for|at|with)\ NAME
    | what\ do(?:es)?\ NAME\ (?:do|say)
    """.replace("NAME", f"{_NAME}(?:(?:,|\\ and|\\ or)*\\ {_NAME})*"),
    re.IGNORECASE | re.VERBOSE,
)
_TOO = re.compile(r"[\s,]+(?:too|also|as well|either|then|instead|though)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of known policies, as tokens in lower case.

    `phrases` holds them by their first token, the longest first; `whole` those of one token.
    """

    phrases: Mapping[str, Sequence[tuple[str, ...]]]
    whole: frozenset[str]

    @classmethod
    def of(cls, names: Sequence[str]) -> Names:
        """`names` are providers, titles and ids; the first telling word of each counts as well."""
        return _names(tuple(dict.fromkeys(names)))

    def spans(self, text: str) -> list[Span]:
        """Where the text names policies, in order; a possessive 's is left outside."""
        tokens = [(match.start(), match[0]) for match in _TOKEN.finditer(text)]
        spans: list[Span] = []
        index = 0
        while index < len(tokens):
            length = self._length([token for _, token in tokens[index:]])
            if length:
                last_start, last = tokens[index + length - 1]
                spans.append((tokens[index][0], last_start + len(_without_possessive(last))))
            index += length or 1
        return spans

    def _length(self, tokens: Sequence[str]) -> int:
        """How many of the first tokens make up a name; 0 if they do not."""
        low = [_plain(token) for token in tokens]
        for phrase in self.phrases.get(low[0], ()):
            if phrase == tuple(low[: len(phrase)]) and (len(phrase) > 1 or self._single(tokens[0])):
                return len(phrase)
        return 1 if self._misspelt(low[0]) else 0

    def _single(self, token: str) -> bool:
        return token[0].isupper() or _plain(token) in self.whole

    def _misspelt(self, token: str) -> bool:
        if len(token) < 5 or token in _COMMON:
            return False
        allowed = 1 if len(token) < 8 else 2
        near = process.extractOne(token, self.whole, scorer=OSA.distance, score_cutoff=allowed)
        return near is not None and near[0][0] == token[0]


@lru_cache(maxsize=8)
def _names(names: tuple[str, ...]) -> Names:
    phrases: set[tuple[str, ...]] = set()
    whole: set[str] = set()
    for name in names:
        tokens = tuple(_plain(match[0]) for match in _TOKEN.finditer(name))
        telling = [token for token in tokens if token not in _COMMON and len(token) > 1]
        if not telling:
            continue
        phrases |= {tokens, (telling[0],)}
        if len(tokens) == 1:
            whole.add(tokens[0])
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        by_first.setdefault(phrase[0], []).append(phrase)
    return Names(by_first, frozenset(whole))


def named(text: str, spans: Sequence[Span]) -> str:
    """The names in a text as the user wrote them, each once: "Introplex and ixanet"."""
    return " and ".join(dict.fromkeys(text[start:end] for start, end in spans))


def only_named(text: str, spans: Sequence[Span]) -> bool:
    """Whether the text says nothing else: "Acme", "at Acme", "Does Acme do that too"."""
    for start, end in reversed(spans):
        text = text[:start] + _NAME + text[end:]
    return _NOTHING_ELSE.fullmatch(_TOO.sub("", text)) is not None


def renamed(text: str, spans: Sequence[Span], name: str) -> str:
    """The text with another name in the place of its own; several in a row become one."""
    first, last = spans[0][0], spans[-1][1]
    between = [text[end:start] for (_, end), (start, _) in pairwise(spans)]
    if all(_JOINED.fullmatch(gap) for gap in between):
        return text[:first] + name + text[last:]
    for start, end in reversed(spans):
        text = text[:start] + name + text[end:]
    return text


def _plain(token: str) -> str:
    return _without_possessive(token).lower()


def _without_possessive(token: str) -> str:
    return token.replace("’", "'").removesuffix("'s")
