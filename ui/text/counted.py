"""A number with what it counts, as English writes it."""

from __future__ import annotations


def counted(number: int, singular: str, plural: str = "") -> str:
    """`1 clause`, `3 clauses`; an irregular plural is given: `counted(2, "policy", "policies")`."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"
