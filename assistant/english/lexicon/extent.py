"""How much, how many, how long, how old."""

from __future__ import annotations

ONLY = frozenset("only solely exclusively sole".split())
JUST = frozenset("only just even".split())
"""With these a question asks about a part or a limit, not about the thing."""
LIMITERS = frozenset("some certain most limited knowingly selected".split())
UNIVERSALS = (
    frozenset("all every each any anyone everyone everything anything everybody".split()),
    frozenset("always ever forever permanently constantly".split()),
    frozenset("immediately instantly".split()),
    frozenset("entirely completely full fully total totally".split()),
    frozenset("guarantee guarantees guaranteed".split()),
)
ALL = frozenset("all every each any whatever".split())
STRONG = frozenset("never any anyone anybody anything ever".split())
"""With these a statement holds of every kind of what it names."""
DECISIVE = frozenset(
    "later earlier greater lesser less fewer whichever neither only solely exclusively first last "
    "maximum minimum certain some limited particular specific prior temporarily permanently".split()
)
"""Without them a rule is another one, wherever they stand."""

LOWER_BOUNDS = frozenset("least atleast minimum older over above longer exceed more".split())
UPPER_BOUNDS = frozenset(
    "most atmost maximum up within under below less fewer latest younger".split()
)
MEASURING = frozenset("after before within until upon once from under above".split())
"""Next to a number these measure, and make no condition: "after 30 days"."""
ANCHORS = frozenset("of from after following before".split())  # "14 days from purchase"
AGE = frozenset("age aged older old younger".split())
FOREVER, AT_ONCE = "forever", "immediately"  # periods without a number
