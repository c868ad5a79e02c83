"""The "it" that points at nothing: the service itself, or a mere stand-in for what follows."""

from __future__ import annotations

from assistant.english.lexicon.auxiliaries import AUXILIARIES, BE_WITH_NOT
from assistant.english.lexicon.function_words import DETERMINERS
from assistant.english.lexicon.people import SUBJECT_PRONOUNS
from assistant.english.lexicon.verbs import GERUNDS, PARTICIPLES, STATES, THIRD_PERSONS
from assistant.question.followups.position import Position

SAID_OF_THINGS = frozenset("consist contain cost expire identify last remain".split())
_NOT_DONE = SAID_OF_THINGS | frozenset(
    "apply belong count cover end get go happen include mean stay take".split()
)  # what "it" does that is not the service
_SAID_OF_SERVICES = frozenset("free private safe secure".split())
_USING = frozenset("buy install join launch open play run start try use using".split())
_UNFOLDING = frozenset("comes depend depends matter matters rain seem seems".split())
_MEASURED = frozenset("cost mean take".split())
_INTRODUCED = frozenset("to if that when whether".split())
JUDGED = frozenset(
    """
    allowed clear common compulsory easy fair fine free hard lawful legal likely mandatory necessary
    normal ok okay optional possible required right safe true
    """.split()
)


def is_stand_in(it: Position) -> bool:
    """Whether "it" only stands in for what follows: "Is it safe to give you my number?"."""
    if it.words[it.index] == "IT" and not all(word.isupper() for word in it.words):
        return True
    following, preceding = it.low[it.index + 1 :], it.low[max(it.index - 2, 0) : it.index]
    first, second = [*following, "", ""][:2]
    if first in _UNFOLDING or (it.before == "about" and first in {"if", "when"}):
        return True
    if first in JUDGED and second in SUBJECT_PRONOUNS | DETERMINERS:
        return True
    judged = first in _MEASURED or not JUDGED.isdisjoint([*preceding, *following[:3]])
    return judged and not _INTRODUCED.isdisjoint(following[1:])


def is_service(it: Position) -> bool:
    """Whether "it" or "this" is the service asked about: what does something, or what "I" use."""
    if it.before in _USING:
        return {"they", "you", "who", "anyone"}.isdisjoint(it.low[: it.index])
    if it.before == "by" or it.after in _SAID_OF_SERVICES:
        return True
    done = it.second_after in PARTICIPLES | STATES - _SAID_OF_SERVICES
    passive = it.after in BE_WITH_NOT and done
    if it.before in AUXILIARIES - BE_WITH_NOT:
        return bool(it.after) and it.after not in _NOT_DONE and not passive
    if it.before in BE_WITH_NOT and (it.after in GERUNDS | DETERMINERS | {"able"}):
        return True
    finite = (AUXILIARIES | THIRD_PERSONS.keys()) - {"gets", "goes"}
    return it.after in finite and it.before not in AUXILIARIES and not passive
