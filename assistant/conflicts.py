"""Two quotes of one policy: do they contradict each other on what was asked?

Deterministic rules, no model. Policies are full of pairs that only seem to contradict: a rule and
its exception, two kinds of data, two groups of people. So two statements are held against each
other only where they speak of the same thing under the same conditions; in doubt they agree.
"""

from __future__ import annotations

import math
from itertools import product

from assistant.conflict_words import (
    AGE,
    ANCHORS,
    AT_ONCE,
    AUXILIARIES,
    DENYING,
    FOREVER,
    GIVEN,
    KINDS,
    LOWER,
    OF_AGE,
    OPPOSITE_MEANINGS,
    PERSONS,
    PURPOSES,
    STRONG,
    UNCLEAR,
    UNIVERSAL,
    UPPER,
)
from assistant.numbers import numbers_in
from assistant.statements import Statement, is_number, meanings, statements

_DAYS = {
    "second": 1 / 86_400,
    "minute": 1 / 1_440,
    "hour": 1 / 24,
    "day": 1,
    "week": 7,
    "month": 365 / 12,
    "quarter": 365 / 4,
    "year": 365,
}
_PERIODS = {FOREVER: math.inf, AT_ONCE: 0.0}
_MONEY = frozenset("dollar euro pound".split())
_NEAR = 0.1  # 30 days and a month, 180 days and half a year are the same period
_DUTY = frozenset("must shall compulsory".split())
_COMPANY = frozenset(("company", "passive"))  # what is done to "your data" the company does
_PERMISSION = frozenset("can may".split())


def conflict(one: str, other: str, question: str) -> str | None:
    """Why two quotes of one policy, as plain text, contradict each other on what was asked.

    The reason is in words for people ('one says "30 day", the other "90 day"'), what `one` says
    first. None where they do not contradict, or where that is in doubt; whether there is a reason
    does not depend on the order of the quotes.
    """
    if _flat(one) in _flat(other) or _flat(other) in _flat(one):
        return None
    asked = meanings(question) & (meanings(one) | meanings(other))
    for ours, theirs in product(statements(one), statements(other)):
        reason = contradiction(ours, theirs)
        if reason and (not asked or asked & (ours.meanings | theirs.meanings)):
            return reason
    return None


def contradiction(ours: Statement, theirs: Statement) -> str | None:
    """Why two statements of one policy cannot both hold, or None."""
    if ours.gates != theirs.gates:
        return None
    return _denial(ours, theirs) or _numbers(ours, theirs) or _opposites(ours, theirs)


def _flat(text: str) -> str:
    return " ".join(text.lower().split()).rstrip(".")


def _numbers(ours: Statement, theirs: Statement) -> str | None:
    """The same thing measured, with another number."""
    mine, yours = sorted(ours.numbers - theirs.numbers), sorted(theirs.numbers - ours.numbers)
    if len(mine) != 1 or len(yours) != 1 or ours.negations or theirs.negations:
        return None
    of_age = ours.has(AGE) and theirs.has(AGE)
    if not of_age and ours.has(_DUTY) != theirs.has(_DUTY):
        return None
    if _apart(ours, mine[0], theirs, yours[0]) and _same_measured(ours, theirs, of_age):
        return f'one says "{mine[0]}", the other "{yours[0]}"'
    return None


def _same_measured(ours: Statement, theirs: Statement, of_age: bool) -> bool:
    mine, yours = (
        {"keep" if each == "delete" else each for each in statement.meanings}
        for statement in (ours, theirs)
    )
    if of_age:
        return mine - OF_AGE == yours - OF_AGE
    if _acting(ours) and _acting(theirs) and not _acting(ours) & _acting(theirs):
        return False
    shared = mine & yours
    known = shared | ({"delete"} if "keep" in shared else set())
    enough = len(shared) > 1 or not shared.isdisjoint(GIVEN)
    return enough and not ours.unmatched(known) and not theirs.unmatched(known)


def _acting(statement: Statement) -> set[str]:
    return {PERSONS[token] for token in statement.tokens if token in PERSONS}


def _apart(ours: Statement, mine: str, theirs: Statement, yours: str) -> bool:
    """Whether two numbers measure in the same unit and cannot both hold."""
    if ours.has(AGE) and theirs.has(AGE):
        mine, yours = (f"{each.removesuffix(' year')} year" for each in (mine, yours))
    (value, unit), (other, other_unit) = _measure(mine), _measure(yours)
    counted = unit != "" or (_counts(ours, mine) and _counts(theirs, yours))
    if unit != other_unit or not counted:
        return False
    if unit == "day" and abs(value - other) <= _NEAR * min(value, other):
        return False
    low, high = _bounds(ours, value)
    other_low, other_high = _bounds(theirs, other)
    alike = (low == value, high == value) == (other_low == other, other_high == other)
    return alike or high < other_low or other_high < low


def _measure(number: str) -> tuple[float, str]:
    """The amount, with periods in days; what is no amount ("june") has itself for its unit."""
    if number in _PERIODS:
        return _PERIODS[number], "day"
    amount, _, unit = number.partition(" ")
    if not amount.replace(".", "", 1).isdigit():
        return 0.0, number
    return float(amount) * _DAYS.get(unit, 1), "day" if unit in _DAYS else unit


def _counts(statement: Statement, number: str) -> bool:
    """Whether it counts what follows ("five devices"), rather than names ("section 5")."""
    for at, token in enumerate(statement.tokens):
        if numbers_in(f"{token} pieces") == [number] and at + 1 in statement.words:
            thing = at + 1
            while thing + 1 in statement.words:
                thing += 1
            return statement.tokens[thing].endswith("s")
    return False


def _bounds(statement: Statement, value: float) -> tuple[float, float]:
    if statement.has(LOWER):
        return value, math.inf
    return (-math.inf, value) if statement.has(UPPER) else (value, value)


def _denial(ours: Statement, theirs: Statement) -> str | None:
    """The same thing said, and denied."""
    for no, yes in ((ours, theirs), (theirs, ours)):
        if len(no.negations) == 1 and not yes.negations and _denies(no, yes):
            return "one denies what the other says"
    return None


def _denies(no: Statement, yes: Statement) -> bool:
    denied = _denied(no)
    strong = no.has(STRONG)
    kinds = KINDS if strong else {}
    matched = {
        at
        for at, meaning in yes.words.items()
        if meaning in no.meanings or kinds.get(meaning) in no.meanings
    }
    said = {yes.words[at] for at in matched}
    if not denied or no.unmatched(said | {kinds.get(each, each) for each in said}):
        return False
    if not no.numbers <= yes.numbers or not _adds_nothing(yes, matched, strong):
        return False
    heads = {no.words[at] for at in denied}
    return any(yes.words[at] in heads and _same_act(no, min(denied), yes, at) for at in matched)


def _denied(no: Statement) -> frozenset[int]:
    """Positions of what is denied, and of its alternatives; none where that is unclear."""
    negation = no.negations[0]
    before = negation - 1
    while before >= 0 and no.tokens[before] in AUXILIARIES:
        before -= 1
    relative = before >= 0 and no.tokens[before] in {"that", "which", "who"}
    if relative or no.tokens[negation] not in DENYING:
        return frozenset()
    at = negation + 1
    while at < len(no.tokens) and at not in no.words and no.tokens[at] not in UNCLEAR:
        at += 1
    if at == len(no.tokens) or no.tokens[at] in UNCLEAR:
        return frozenset()
    given = frozenset(at for at, meaning in no.words.items() if meaning in GIVEN)
    if given:
        return given
    if no.tokens[negation] == "no":  # "no data is shared" denies the sharing
        while at + 1 in no.words:
            at += 1
        verb = at + 1
        while verb < len(no.tokens) and no.tokens[verb] in AUXILIARIES:
            verb += 1
        at = verb if verb > at + 1 and verb in no.words else at
    return no.listed_with(at)


def _same_act(no: Statement, denied: int, yes: Statement, said: int) -> bool:
    """Whether the same ones do what is denied and what is said, by the same sort of verb."""
    negation = no.negations[0]
    word = no.tokens[negation]
    if word == "neednot":
        return yes.has(_DUTY) and no.actor(denied) == yes.actor(said)
    if yes.words[said] in GIVEN:
        return yes.has(AUXILIARIES) or yes.has(PERSONS)
    actor, other = no.actor(denied), yes.actor(said)
    if word == "no" and actor != "passive":
        return yes.has(AUXILIARIES) or yes.has(PERSONS)
    if no.tokens[max(negation - 1, 0)] in {"may", "might"} and actor != "you":
        return False  # "we may not share" leaves it open
    if {actor, other} == {"passive", "you"}:
        return no.has(_PERMISSION) and yes.has(_PERMISSION)
    return "" not in {actor, other} and (actor == other or {actor, other} == _COMPANY)


def _adds_nothing(yes: Statement, matched: set[int], strong: bool) -> bool:
    """Whether what the affirming statement says besides leaves the contradiction as it is: a
    purpose or a period behind it, or more behind what is denied altogether."""
    last = max(matched, default=0)
    for at in yes.words:
        if yes.listed_with(at) & matched:
            continue
        between = set(yes.tokens[last + 1 : at])
        timed = not ANCHORS.isdisjoint(between) and any(map(is_number, between))
        behind = strong or timed or not (PURPOSES | UNIVERSAL).isdisjoint(between)
        if at < last or not behind or yes.gates or at in yes.names:
            return False
    return True


def _opposites(ours: Statement, theirs: Statement) -> str | None:
    """The same thing said with a word and with its opposite."""
    mine, yours = ours.meanings - theirs.meanings, theirs.meanings - ours.meanings
    figures = ours.numbers ^ theirs.numbers
    if ours.negations or theirs.negations or mine | yours not in OPPOSITE_MEANINGS:
        return None
    if len(mine) != 1 or any(_measure(each)[1] not in _MONEY for each in figures):
        return None
    said, opposite = (
        next(each.tokens[at] for at, meaning in each.words.items() if meaning in one)
        for each, one in ((ours, mine), (theirs, yours))
    )
    return f'one says "{said}", the other "{opposite}"'
