"""Two statements that measure the same thing: do their numbers exclude each other?"""

from __future__ import annotations

import math
from dataclasses import dataclass

from assistant.english.lexicon.extent import AGE, AT_ONCE, FOREVER, LOWER_BOUNDS, UPPER_BOUNDS
from assistant.english.lexicon.meanings import COUNTED, OF_AGE
from assistant.english.lexicon.modality import REWORDED_DUTY, REWORDED_PERMISSION
from assistant.english.numbers import numbers_in
from assistant.evidence.conflicts.statements import Statement, is_number

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
_THEN = frozenset({"after"})  # said of a period or not: "30 days after you leave"


@dataclass(frozen=True, slots=True)
class _Amount:
    """What a statement allows: from `low` to `high`, periods in days. The unit of what is only
    counted is ""."""

    value: float
    unit: str
    low: float
    high: float

    @classmethod
    def of(cls, number: str, statement: Statement) -> _Amount:
        figure, _, unit = number.partition(" ")
        if number in _PERIODS:
            value, unit = _PERIODS[number], "day"
        elif figure.replace(".", "", 1).isdigit():
            value, unit = float(figure) * _DAYS.get(unit, 1), "day" if unit in _DAYS else unit
        else:
            value, unit = 0.0, number  # "june": no amount, and like itself alone
        low = (
            -math.inf if statement.has(UPPER_BOUNDS) and not statement.has(LOWER_BOUNDS) else value
        )
        return cls(value, unit, low, math.inf if statement.has(LOWER_BOUNDS) else value)

    def excludes(self, other: _Amount) -> bool:
        """Whether what one allows the other does not; two bounds of a kind must be the same."""
        if self.unit != other.unit:
            return False
        if self.unit == "day" and abs(self.value - other.value) <= _NEAR * min(
            self.value, other.value
        ):
            return False
        bounds = [(each.low == each.value, each.high == each.value) for each in (self, other)]
        return bounds[0] == bounds[1] or self.high < other.low or other.high < self.low


def other_number(ours: Statement, theirs: Statement) -> str | None:
    """Why two statements that measure the same thing cannot both hold, in words for people."""
    mine, yours = sorted(ours.numbers - theirs.numbers), sorted(theirs.numbers - ours.numbers)
    if len(mine) != 1 or len(yours) != 1 or ours.negations or theirs.negations:
        return None
    if ours.gates - _THEN != theirs.gates - _THEN or _is_condition(ours) or _is_condition(theirs):
        return None
    ages = _age(mine[0], ours), _age(yours[0], theirs)
    if all(ages):
        same = ours.meanings - OF_AGE == theirs.meanings - OF_AGE
        amounts = [_Amount.of(*each) for each in zip(ages, (ours, theirs), strict=True)]
    else:
        same = acts_alike(ours, theirs) and _same_thing(ours, theirs)
        same = same and _countable(mine[0], ours) and _countable(yours[0], theirs)
        amounts = [_Amount.of(mine[0], ours), _Amount.of(yours[0], theirs)]
    if same and amounts[0].excludes(amounts[1]):
        return f'one says "{mine[0]}", the other "{yours[0]}"'
    return None


def in_money(number: str) -> bool:
    """Whether a number, as `numbers_in` gives it, is an amount of money."""
    return number.partition(" ")[2] in _MONEY


def _is_condition(statement: Statement) -> bool:
    """Whether a number stands between an "if" and the comma behind it."""
    if "if" not in statement.tokens:
        return False
    clause = statement.tokens[statement.tokens.index("if") :]
    return any(map(is_number, clause[: clause.index(",") if "," in clause else len(clause)]))


def _age(number: str, statement: Statement) -> str:
    years = number.removesuffix(" year")
    return f"{years} year" if statement.has(AGE) and years.isdigit() else ""


def acts_alike(ours: Statement, theirs: Statement) -> bool:
    """Whether the same ones act, and both must, or neither; where one of them does not say who,
    both must be free to, or neither: "you can delete it", "it is deleted"."""
    if ours.has(REWORDED_DUTY) != theirs.has(REWORDED_DUTY):
        return False
    if "you" in ours.actors ^ theirs.actors and ours.has(REWORDED_PERMISSION) != theirs.has(
        REWORDED_PERMISSION
    ):
        return False
    return not (ours.actors and theirs.actors and ours.actors.isdisjoint(theirs.actors))


def _same_thing(ours: Statement, theirs: Statement) -> bool:
    """Whether they speak of the same; to be deleted after a period is to be kept for it."""
    mine, yours = (
        {"keep" if meaning == "delete" else meaning for meaning in each.meanings}
        for each in (ours, theirs)
    )
    known = mine & yours | ({"delete"} if "keep" in mine & yours else set())
    return bool(known) and not ours.unmatched(known) and not theirs.unmatched(known)


def _countable(number: str, statement: Statement) -> bool:
    """Whether it measures, or counts what follows ("five devices"); it may also name: "plan 5"."""
    if " " in number or number in _PERIODS:
        return True
    for at, token in enumerate(statement.tokens):
        labelled = statement.words.get(at - 1, "gather") not in COUNTED
        if labelled or "." in token or numbers_in(f"{token} pieces") != [number]:
            continue
        thing = at
        while thing + 1 in statement.words:
            thing += 1
        return thing > at and statement.tokens[thing].endswith("s")
    return False
