"""Two quotes of one policy: do they contradict each other on what was asked?

The rules are deterministic, without a model. Policies are full of pairs that only seem to
contradict each other: a rule and its exception, two kinds of data, two groups of people. So two
statements are compared only where they speak of the same thing under the same conditions; in doubt
they agree.
"""

from __future__ import annotations

import re
from itertools import product

from assistant.english.lexicon.auxiliaries import BEFORE_VERB
from assistant.english.lexicon.extent import (
    ALL,
    ANCHORS,
    LOWER_BOUNDS,
    MEASURING,
    STRONG,
    UPPER_BOUNDS,
)
from assistant.english.lexicon.joints import PURPOSES
from assistant.english.lexicon.meanings import (
    GIVEN,
    OPPOSITE_MEANINGS,
    SAYING_IT_IS_GIVEN,
    WIDER_KINDS,
)
from assistant.english.lexicon.modality import REWORDED_DUTY, REWORDED_PERMISSION
from assistant.english.lexicon.negation import CLEAR_DENIALS, PARTIAL_IF_DENIED, UNCLEAR_IF_DENIED
from assistant.english.lexicon.people import OUTSIDE
from assistant.english.lexicon.verbs import PREDICATES
from assistant.evidence.conflicts.numbers import acts_alike, in_money, other_number
from assistant.evidence.conflicts.statements import Statement, is_number, meanings, statements

_BOUNDING = MEASURING | LOWER_BOUNDS | UPPER_BOUNDS
_COMPANY = frozenset(("company", "passive"))  # what is done to "your data" the company does
_LONGEST = 2000  # characters of a quote that is compared


def conflict(one: str, other: str, question: str) -> str | None:
    """Why two quotes of one policy, as plain text, contradict each other on what was asked.

    The reason is in words for people, what `one` says first: 'one says "30 day", the other "90
    day"'. None where they agree or in doubt. Whether there is a reason does not depend on the order
    of the quotes. Quotes of more than 2,000 characters are not compared.
    """
    if max(len(one), len(other)) > _LONGEST:
        return None
    if _flat(one) in _flat(other) or _flat(other) in _flat(one):
        return None
    asked = meanings(question) & (meanings(one) | meanings(other))
    for ours, theirs in product(statements(one), statements(other)):
        reason = contradiction(ours, theirs)
        if reason and (not asked or asked & (ours.meanings | theirs.meanings)):
            return reason
    return None


def contradiction(ours: Statement, theirs: Statement) -> str | None:
    """Why two statements of one policy cannot both hold, in words for people, or None."""
    if not OUTSIDE.isdisjoint(ours.gates | theirs.gates):
        return None
    return _denial(ours, theirs) or other_number(ours, theirs) or _opposites(ours, theirs)


def _flat(text: str) -> str:
    return " ".join(text.lower().split()).rstrip(".")


def _denial(ours: Statement, theirs: Statement) -> str | None:
    """The same thing said and denied. Giving a refund counts as the refund itself."""
    if not (ours.meanings & theirs.meanings).isdisjoint(GIVEN):
        ours, theirs = ours.without(SAYING_IT_IS_GIVEN), theirs.without(SAYING_IT_IS_GIVEN)
    for no, yes in ((ours, theirs), (theirs, ours)):
        if len(no.negations) == 1 and not yes.negations and _denies(no, yes):
            return "one denies what the other says"
    return None


def _denies(no: Statement, yes: Statement) -> bool:
    denied = _denied(no)
    if not denied or no.gates != yes.gates or not _same_limits(no, yes):
        return False
    kinds = WIDER_KINDS if no.has(STRONG) else {}
    matched = frozenset(
        index
        for index, meaning in yes.words.items()
        if meaning in no.meanings or kinds.get(meaning) in no.meanings
    )
    said = {yes.words[index] for index in matched}
    if no.unmatched(said | {kinds.get(meaning, meaning) for meaning in said}):
        return False
    heads = {no.words[index] for index in denied}
    acts = [index for index in matched if yes.words[index] in heads]
    return any(_same_act(no, min(denied), yes, act) for act in acts) and _adds_nothing(
        yes, matched, anything=no.has(STRONG)
    )


def _same_limits(no: Statement, yes: Statement) -> bool:
    """Whether the denial has no numbers of its own, nor other bounds: "not after 14 days" denies
    nothing of "within 14 days"."""
    bounds, other_bounds = (_BOUNDING.intersection(side.tokens) for side in (no, yes))
    return not no.numbers or (no.numbers <= yes.numbers and bounds == other_bounds)


def _denied(no: Statement) -> frozenset[int]:
    """Positions of what is denied and of its alternatives; empty where that is unclear."""
    negation = no.negations[0]
    before = negation - 1
    while before >= 0 and no.tokens[before] in BEFORE_VERB:
        before -= 1
    relative = before >= 0 and no.tokens[before] in {"that", "which", "who"}
    partial = not PARTIAL_IF_DENIED.isdisjoint(no.tokens[negation:])
    if relative or partial or no.tokens[negation] not in CLEAR_DENIALS:
        return frozenset()
    head = negation + 1
    while (
        head < len(no.tokens) and head not in no.words and no.tokens[head] not in UNCLEAR_IF_DENIED
    ):
        head += 1
    if head == len(no.tokens) or no.tokens[head] in UNCLEAR_IF_DENIED:
        return frozenset()
    given = frozenset(index for index, meaning in no.words.items() if meaning in GIVEN)
    if given:
        return given
    if no.tokens[negation] == "no":  # "no data is shared" denies the sharing
        while head + 1 in no.words:
            head += 1
        verb = head + 1
        while verb < len(no.tokens) and no.tokens[verb] in BEFORE_VERB:
            verb += 1
        head = verb if verb > head + 1 and verb in no.words else head
    twice = list(no.words.values()).count(no.words[head]) > 1  # it may say once what it denies once
    return frozenset() if twice else no.alternatives(head)


def _same_act(no: Statement, denied: int, yes: Statement, said: int) -> bool:
    """Whether the same side does what is denied and what is said, with the same kind of verb."""
    negation = no.negations[0]
    word = no.tokens[negation]
    denier, sayer = no.actor(denied), yes.actor(said)
    if word == "neednot":
        return yes.has(REWORDED_DUTY) and denier == sayer
    if yes.words[said] in GIVEN or (word == "no" and denier != "passive"):
        return yes.has(PREDICATES)
    if no.tokens[max(negation - 1, 0)] in {"may", "might"} and denier != "you":
        return False  # "we may not share" leaves it open
    if {denier, sayer} == {"passive", "you"}:
        return no.has(REWORDED_PERMISSION) and yes.has(REWORDED_PERMISSION)
    return "" not in {denier, sayer} and (denier == sayer or {denier, sayer} == _COMPANY)


def _adds_nothing(yes: Statement, matched: frozenset[int], anything: bool) -> bool:
    """Whether whatever else the affirming statement says leaves the contradiction as it is: a
    purpose or a period behind it, or anything behind what is denied of `anything`."""
    last = max(
        min(index for index in matched if yes.words[index] == meaning)
        for meaning in {yes.words[index] for index in matched}
    )
    for index in yes.words.keys() - yes.covered(matched):
        between = set(yes.tokens[last + 1 : index])
        timed = not ANCHORS.isdisjoint(between) and any(map(is_number, between))
        behind = anything or timed or not (PURPOSES | ALL).isdisjoint(between)
        if index < last or not behind or yes.gates or index in yes.names:
            return False
    return True


def _opposites(ours: Statement, theirs: Statement) -> str | None:
    """The same thing said with a word and with its opposite."""
    only_ours, only_theirs = ours.meanings - theirs.meanings, theirs.meanings - ours.meanings
    opposite = only_ours | only_theirs in OPPOSITE_MEANINGS
    if len(only_ours) != 1 or len(only_theirs) != 1 or not opposite:
        return None
    if ours.negations or theirs.negations or ours.gates != theirs.gates:
        return None
    if not (ours.has(PREDICATES) and theirs.has(PREDICATES)):
        return None
    permitted = ours.has(REWORDED_PERMISSION), theirs.has(REWORDED_PERMISSION)
    if not acts_alike(ours, theirs) or permitted[0] != permitted[1]:
        return None
    if not all(in_money(number) for number in ours.numbers | theirs.numbers):
        return None  # kept for 30 days, then deleted
    our_word, their_word = ours.word_for(*only_ours), theirs.word_for(*only_theirs)
    return f'one says "{our_word}", the other "{their_word}"'


def spoken_of(quote: str, provider: str) -> str:
    """The quote with "We" for the provider's name: some sentences name it, others say "we"."""
    if not provider:
        return quote
    return re.sub(rf"(?<!\w){re.escape(provider)}(?!\w)", "We", quote)
