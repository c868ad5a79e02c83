"""Follow-up questions: "and for how long?" becomes a question that can be searched by itself.

There are rules for English and no model; the texts of answers are not read. A question that stands
alone is searched as it is. Others get what they lack from the question before ("For how long do
they keep log files?"); where that cannot be worked out, both questions are searched together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.question.followups.antecedents import resolved
from assistant.question.followups.fragments import (
    closed,
    completed,
    is_clause,
    is_fragment,
    left_open,
    says_little,
)
from assistant.question.followups.openings import Opening
from assistant.question.followups.parsed_question import ParsedQuestion, leads_phrase, sentence
from assistant.question.followups.parsing import parse
from assistant.question.followups.pointers import pointers
from assistant.question.followups.policy_names import Names, named, only_named, renamed
from assistant.question.scope import has_outside_form
from index.text.sentences import sentence_spans

Turn = tuple[str, str]
"""An earlier question and the text of its answer."""

_LONGEST = 300  # characters of the question before that are carried on
_HOLDS = re.compile(
    r"""(?:(?:is|are|would|will)\ (?:it|that|this)(?:\ (?:also|still|be))*
    \ (?:true|so|right|correct|the\ case|the\ same|different|valid)
    | (?:does|do|will)\ (?:it|that|this|the\ same)(?:\ (?:also|still))*\ (?:apply|go|hold|count))
    \ """,
    re.IGNORECASE | re.VERBOSE,
)
_REFUSING = re.compile(
    r"\b(?:refuse|object|decline|disagree|opt out|say no|change my mind|leave|never|not"
    r"|(?:do|wo|ca)n't)(?: want (?:it|that|to))?$",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"(?:after|before|if|once|when|while|as soon as)\b[^,]*, ", re.IGNORECASE)
_MOST_WORDS_ABOUT = 5
_SINGULAR = {"do": "does", "are": "is", "were": "was", "have": "has"}


def searched_text(question: str, history: Sequence[Turn], names: Sequence[str] = ()) -> str:
    """What to search for: the question, made self-contained if it follows up on `history`.

    `names` are the providers, titles and ids of the policies that it may name. A question that
    stands alone is returned as it is, character for character.
    """
    if not history:
        return question
    before, known = "", Names.of(names)
    for earlier, _ in history:
        if not has_outside_form(earlier):  # "thanks!"
            before = _rewritten(earlier, before, known)
    return _rewritten(question, before, known)


def _rewritten(question: str, before: str, names: Names) -> str:
    said = Opening.of(question)
    before = _shortened(before)
    if not before or not (said.body or said.marked):
        return question
    named_now, named_before = names.spans(said.body), names.spans(before)
    if named_now:
        name = named(said.body, named_now)
        of_that_name = renamed(before, named_before, name) if named_before else before
        if only_named(said.body, named_now):
            return of_that_name if named_before else _asked_of(before, name)
        before = of_that_name
    if said.adds_nothing:
        return before
    whole = _self_contained(said, before, names)
    if whole is None and said.marked and named_before and not named_now:
        whole = sentence(said.body)
    if whole is None:
        return question
    if not named_before or names.spans(whole):
        return whole
    return _asked_of(whole, named(before, named_before), parse(_last_clause(before)[1]))


def _self_contained(said: Opening, before: str, names: Names) -> str | None:
    """The question completed by the one before; None if it lacks nothing."""
    lead, last = _last_clause(before)
    parts = parse(last)
    both = f"{before if before[-1] in '.!?' else before + '?'} {sentence(said.text)}"
    body = said.body
    holds = _HOLDS.match(body)
    if holds and leads_phrase(body[holds.end() :]):
        body = re.sub(r"^to\b", "for", body[holds.end() :])
    if left_open(body):
        asked = f"what happens {body}" if said.supposing else body
        return (closed(asked, parts) if parts else None) or both
    if _is_fragment(said, body):
        whole = completed(body, parts, said.marked) if parts else None
        return _led(lead, whole) if whole else both
    words = body.split()
    pointing = pointers(words, before)
    if pointing:
        nouns = [noun for noun in parts.nouns if not names.spans(noun)] if parts else []
        meant = resolved(words, pointing, parts, next(iter(nouns), "")) if parts else ""
        return sentence(meant) if meant else both
    return both if says_little(body) else None


def _is_fragment(said: Opening, body: str) -> bool:
    if is_clause(body):
        return False
    if said.supposing and not said.marked:
        return _REFUSING.search(body) is not None
    if said.about and not is_fragment(body):
        return len(body.split()) <= _MOST_WORDS_ABOUT
    return said.marked or is_fragment(body)


def _asked_of(text: str, name: str, before: ParsedQuestion | None = None) -> str:
    """The question, asked of the company of that name: "Does Acme ...?", "... at Acme?".

    After "Which third parties see it?", "they" are not the company.
    """
    parts = parse(text)
    they_are_others = before is not None and before.asked_noun and not before.subject
    if parts is None or they_are_others or parts.subject.lower() not in {"they", "you", "it"}:
        return sentence(f"{text.rstrip('?!. ')} at {name}")
    auxiliary = parts.auxiliary if " and " in name else _singular(parts.auxiliary)
    return replace(parts, auxiliary=auxiliary, subject=name).text()


def _singular(auxiliary: str) -> str:
    plain = auxiliary.removesuffix("n't")
    return _SINGULAR.get(plain, plain) + auxiliary[len(plain) :]


def _last_clause(text: str) -> tuple[str, str]:
    """What leads to the question ("If I leave, ", "I am a client. "), and the question."""
    start = sentence_spans(text)[-1][0]
    condition = _CONDITION.match(text, start)
    start = condition.end() if condition else start
    return text[:start], text[start:]


def _led(lead: str, text: str) -> str:
    return lead + (text[:1].lower() + text[1:] if lead.endswith(", ") else text)


def _shortened(text: str) -> str:
    """The last words of a long text, since the question stands at the end."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[-_LONGEST:].split(" ", 1)[-1]
