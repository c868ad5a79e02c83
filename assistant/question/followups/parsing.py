"""Takes a short question apart: "How long do they keep my logs?" -> asked, auxiliary, subject, ...

It knows the English of questions to a policy, no more. What it cannot take apart gives None.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.english.lexicon.auxiliaries import (
    AUXILIARIES,
    BE_WITH_NOT,
    DO_WITH_NOT,
    HAVE_WITH_NOT,
)
from assistant.english.lexicon.function_words import ADVERBS, ASKED_NOUNS, ASKING, DETERMINERS
from assistant.english.lexicon.joints import BOUNDARIES, PREPOSITIONS, SUBORDINATORS
from assistant.english.lexicon.people import SUBJECT_PRONOUNS
from assistant.english.lexicon.verbs import (
    BASES,
    GERUNDS,
    ORDERS,
    PARTICIPLES,
    PHRASAL,
    STATES,
    THIRD_PERSONS,
)
from assistant.question.followups.parsed_question import (
    ADJUNCT,
    ParsedQuestion,
    bare,
    leads_phrase,
    lowered,
)

_ENDING = (
    AUXILIARIES | SUBJECT_PRONOUNS | SUBORDINATORS | (DETERMINERS | PREPOSITIONS) - {"of", "other"}
)
_MOST_WORDS_ASKED = 7
_MOST_WORDS_OF_SUBJECT = 8


def parse(text: str) -> ParsedQuestion | None:
    """Takes apart a question of one clause, or an order ("Tell me about cookies")."""
    words = text.rstrip("?!.,;: ").split()
    low = lowered(words)
    if _more_clauses(words, low):
        return None
    if low and low[0] in ORDERS:
        about = low.index("about") + 1 if "about" in low else 1
        return ParsedQuestion("", "", "", words[0], _phrases(words[about:]))
    asked = _asked_length(low)
    if asked is None:
        return None
    auxiliary = low[asked] if low[asked] in AUXILIARIES else ""
    start = asked + 1 if auxiliary else asked
    end = _subject_end(low, start, auxiliary, bool(asked))
    if end is None:
        return None
    verb_end = end + _verb_length(low[end:], auxiliary)
    return ParsedQuestion(
        asked=" ".join((words[0].lower(), *words[1:asked])) if asked else "",
        auxiliary=auxiliary,
        subject=" ".join(words[start:end]),
        verb=" ".join(words[end:verb_end]),
        rest=_phrases(words[verb_end:]),
    )


def _more_clauses(words: Sequence[str], low: Sequence[str]) -> bool:
    """Whether another clause follows: "..., and who sees them", "... - do you"."""
    joined = {"and", "but", "or"}
    begin = AUXILIARIES | SUBJECT_PRONOUNS | ASKING
    return any(
        word[-1] in ";:.?!–—-"
        or (low[index] in joined and low[index + 1] in begin)
        or (word[-1] == "," and low[index + 1] in begin | BOUNDARIES - {"and", "or"})
        for index, word in enumerate(words[:-1])
    )


def _asked_length(low: Sequence[str]) -> int | None:
    """How many words ask ("for how long": 3): up to the auxiliary, or to the verb of "who"."""
    if not low:
        return None
    if low[0] in AUXILIARIES:
        return 0
    head = 1 if low[0] in PREPOSITIONS and len(low) > 1 else 0
    argument = low[head] in ASKED_NOUNS or low[head : head + 2] in (
        ["how", "many"],
        ["how", "much"],
    )
    if not argument and not ADJUNCT.match(low[head]):
        return None
    end = head + 1
    while end < min(len(low), _MOST_WORDS_ASKED) and low[end] not in _ENDING:
        end += 1
    if end < len(low) and low[end] in AUXILIARIES:
        return end if argument or ADJUNCT.fullmatch(" ".join(low[:end])) else None
    if head or not argument:
        return None
    first = 1 if low[0] == "who" else 2
    verbs = (
        index
        for index in range(1, end)
        if low[index] in THIRD_PERSONS or (index >= first and low[index] in BASES)
    )
    return next(verbs, None)


def _subject_end(low: Sequence[str], start: int, auxiliary: str, asked: bool) -> int | None:
    if not auxiliary:
        return start
    verbs = BASES
    if auxiliary in BE_WITH_NOT:
        verbs = PARTICIPLES | GERUNDS | STATES
    elif auxiliary in HAVE_WITH_NOT:
        verbs = PARTICIPLES
    if start >= len(low):
        return None
    if low[start] in SUBJECT_PRONOUNS:
        return start + 1
    if asked and auxiliary not in DO_WITH_NOT and low[start] in verbs | PREPOSITIONS:
        return start
    for end in range(start + 1, min(len(low), start + _MOST_WORDS_OF_SUBJECT)):
        if low[end] in verbs and low[end - 1] not in DETERMINERS | PREPOSITIONS:
            while end - 1 > start and low[end - 1] in ADVERBS:
                end -= 1
            return end
    if auxiliary not in BE_WITH_NOT:
        return None
    phrases = (i for i in range(start + 1, len(low)) if leads_phrase(low[i]) and low[i] != "of")
    return next(phrases, len(low))


def _verb_length(low: Sequence[str], auxiliary: str) -> int:
    """How many of the first words are adverbs, a verb and its particles."""
    length = 0
    while length < len(low) and low[length] in ADVERBS:
        length += 1
    if length == len(low):
        return length
    verb, following = [*low[length : length + 2], ""][:2]
    if auxiliary in BE_WITH_NOT and verb not in PARTICIPLES | GERUNDS | STATES:
        return length
    if verb in {"be", "been", "have"} and following in PARTICIPLES:
        return length + 2
    length += 1
    if following in PHRASAL.get(verb, ()):
        length += 1
        if length < len(low) and low[length] in {"of", "to"}:
            length += 1
    return length


def _phrases(words: Sequence[str]) -> tuple[str, ...]:
    """Cuts before each preposition but "of" and "about", up to the first subordinator."""
    parts: list[list[str]] = []
    subordinate = False
    for word in words:
        begins = bare(word) in SUBORDINATORS or bare(word) in PREPOSITIONS - {"of", "about"}
        if not parts or (begins and not subordinate):
            parts.append([])
        subordinate = subordinate or bare(word) in SUBORDINATORS
        parts[-1].append(word)
    return tuple(" ".join(part) for part in parts)
