"""The "it" that points at nothing: the service itself, or what keeps the place of what follows."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.english.lexicon.auxiliaries import AUXILIARIES, BE_WITH_NOT
from assistant.english.lexicon.function_words import DETERMINERS
from assistant.english.lexicon.people import SUBJECT_PRONOUNS
from assistant.english.lexicon.verbs import GERUNDS, PARTICIPLES, STATES, THIRD_PERSONS

SAID_OF_THINGS = frozenset("consist contain cost expire identify last remain".split())
_NOT_DONE = SAID_OF_THINGS | frozenset(
    "apply belong count cover end get go happen include mean stay take".split()
)  # what "it" does that is no service
_SAID_OF_SERVICES = frozenset("free private safe secure".split())
_USING = frozenset("buy install join launch open play run start try use using".split())
_UNFOLDING = frozenset("comes depend depends matter matters rain seem seems".split())
_MEASURED = frozenset("cost mean take".split())
JUDGED = frozenset(
    """
    allowed clear common compulsory easy fair fine free hard lawful legal likely mandatory necessary
    normal ok okay optional possible required right safe true
    """.split()
)


def keeps_place(words: Sequence[str], low: Sequence[str], at: int) -> bool:
    """Whether "it" only keeps the place of what follows: "Is it safe to give you my number?"."""
    if words[at] == "IT" and not all(word.isupper() for word in words):
        return True
    follows, preceding = low[at + 1 :], low[max(at - 2, 0) : at]
    first, second = [*follows, "", ""][:2]
    if first in _UNFOLDING or (preceding[-1:] == ["about"] and first in {"if", "when"}):
        return True
    if first in JUDGED and second in SUBJECT_PRONOUNS | DETERMINERS:
        return True
    judged = first in _MEASURED or not JUDGED.isdisjoint([*preceding, *follows[:3]])
    return judged and not {"to", "if", "that", "when", "whether"}.isdisjoint(follows[1:])


def is_service(low: Sequence[str], at: int, before: str, after: str) -> bool:
    """Whether "it" is the service asked about: what does something, or what "I" use."""
    if before in _USING:
        return {"they", "you", "who", "anyone"}.isdisjoint(low[:at])
    if before == "by" or after in _SAID_OF_SERVICES:
        return True
    second = low[at + 2] if at + 2 < len(low) else ""
    passive = after in BE_WITH_NOT and second in PARTICIPLES | STATES - _SAID_OF_SERVICES
    if before in AUXILIARIES - BE_WITH_NOT:
        return bool(after) and after not in _NOT_DONE and not passive
    if before in BE_WITH_NOT and (after in GERUNDS | DETERMINERS | {"able"}):
        return True
    finite = (AUXILIARIES | THIRD_PERSONS.keys()) - {"gets", "goes"}
    return after in finite and before not in AUXILIARIES and not passive
