"""Two statements that measure the same thing: do their numbers rule each other out?"""

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
    """What a statement allows: from `low` to `high`; periods are in days.

    `unit` is "" for things that are counted.
    """

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
            value, unit = 0.0, number  # "june" is not an amount, and equals only itself
        at_least, at_most = statement.has(LOWER_BOUNDS), statement.has(UPPER_BOUNDS)
        low = -math.inf if at_most and not at_least else value
        return cls(value, unit, low, math.inf if at_least else value)

    def excludes(self, other: _Amount) -> bool:
        """Whether what one allows the other does not; two bounds of one kind must be equal."""
        if self.unit != other.unit:
            return False
        if self.unit == "day" and abs(self.value - other.value) <= _NEAR * min(
            self.value, other.value
        ):
            return False
        return self._ends == other._ends or self.high < other.low or other.high < self.low

    @property
    def _ends(self) -> tuple[bool, bool]:
        """Whether it is bounded below and above."""
        return self.low == self.value, self.high == self.value


def other_number(ours: Statement, theirs: Statement) -> str | None:
    """Why two statements that measure the same thing cannot both hold, in words for people."""
    only_ours, only_theirs = ours.numbers - theirs.numbers, theirs.numbers - ours.numbers
    if len(only_ours) != 1 or len(only_theirs) != 1 or ours.negations or theirs.negations:
        return None
    (mine,), (yours,) = only_ours, only_theirs
    if ours.gates - _THEN != theirs.gates - _THEN or _is_condition(ours) or _is_condition(theirs):
        return None
    my_age, your_age = _age(mine, ours), _age(yours, theirs)
    if my_age and your_age:
        same = ours.meanings - OF_AGE == theirs.meanings - OF_AGE
        amounts = _Amount.of(my_age, ours), _Amount.of(your_age, theirs)
    else:
        same = acts_alike(ours, theirs) and _same_thing(ours, theirs)
        same = same and _countable(mine, ours) and _countable(yours, theirs)
        amounts = _Amount.of(mine, ours), _Amount.of(yours, theirs)
    if same and amounts[0].excludes(amounts[1]):
        return f'one says "{mine}", the other "{yours}"'
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
    """Whether the same side acts, and both must or neither; where only one names "you", both may or
    neither, unlike "you can delete it" and "it is deleted"."""
    if ours.has(REWORDED_DUTY) != theirs.has(REWORDED_DUTY):
        return False
    permitted = ours.has(REWORDED_PERMISSION), theirs.has(REWORDED_PERMISSION)
    if "you" in ours.actors ^ theirs.actors and permitted[0] != permitted[1]:
        return False
    return not (ours.actors and theirs.actors and ours.actors.isdisjoint(theirs.actors))


def _same_thing(ours: Statement, theirs: Statement) -> bool:
    """Whether they speak of the same; to be deleted after a period is to be kept for it."""
    mine, yours = (
        {"keep" if meaning == "delete" else meaning for meaning in statement.meanings}
        for statement in (ours, theirs)
    )
    known = mine & yours | ({"delete"} if "keep" in mine & yours else set())
    return bool(known) and not ours.unmatched(known) and not theirs.unmatched(known)


def _countable(number: str, statement: Statement) -> bool:
    """Whether it measures, or counts what follows ("five devices"); "plan 5" does neither."""
    if " " in number or number in _PERIODS:
        return True
    for index, token in enumerate(statement.tokens):
        labelled = statement.words.get(index - 1, "gather") not in COUNTED
        if labelled or "." in token or numbers_in(f"{token} pieces") != [number]:
            continue
        thing = index
        while thing + 1 in statement.words:
            thing += 1
        return thing > index and statement.tokens[thing].endswith("s")
    return False
