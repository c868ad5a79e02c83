"""Follow-up questions: "and for how long?" is made a question that can be searched by itself.

Rules for English, no model; the texts of answers are not read. A question that stands alone is
searched as it is. Of the others, those that come apart get what they lack in its place ("For how
long do they keep log files?"); the rest are searched behind the question before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.question.followups.antecedents import pointed_out
from assistant.question.followups.fragments import (
    closed,
    completed,
    is_clause,
    is_fragment,
    left_open,
    says_little,
)
from assistant.question.followups.names import Names, named, only_named, renamed
from assistant.question.followups.openings import Said
from assistant.question.followups.parsing import parse
from assistant.question.followups.parts import Parts, leads_phrase, sentence
from assistant.question.followups.pointing import pointers
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
    stands alone comes back as it is, byte for byte.
    """
    if not history:
        return question
    before, known = "", Names.of(names)
    for earlier, _ in history:
        if not has_outside_form(earlier):  # "thanks!"
            before = _rewritten(earlier, before, known)
    return _rewritten(question, before, known)


def _rewritten(question: str, before: str, names: Names) -> str:
    said = Said.of(question)
    before = _shortened(before)
    if not before or not (said.body or said.marked):
        return question
    own, theirs = names.spans(said.body), names.spans(before)
    if own:
        name = named(said.body, own)
        other = renamed(before, theirs, name) if theirs else before
        if only_named(said.body, own):
            return other if theirs else _at(before, name)
        before = other
    if said.adds_nothing:
        return before
    found = _self_contained(said, before, names)
    if found is None and said.marked and theirs and not own:
        found = sentence(said.body)
    if found is None:
        return question
    if not theirs or names.spans(found):
        return found
    return _at(found, named(before, theirs), parse(_last_clause(before)[1]))


def _self_contained(said: Said, before: str, names: Names) -> str | None:
    """The question with what it lacks; None if it lacks nothing."""
    lead, last = _last_clause(before)
    parts = parse(last)
    behind = f"{before if before[-1] in '.!?' else before + '?'} {sentence(said.text)}"
    body = said.body
    holds = _HOLDS.match(body)
    if holds and leads_phrase(body[holds.end() :]):
        body = re.sub(r"^to\b", "for", body[holds.end() :])
    if left_open(body):
        asked = f"what happens {body}" if said.supposing else body
        return (closed(asked, parts) if parts else None) or behind
    if _is_fragment(said, body):
        whole = completed(body, parts, said.marked) if parts else None
        return _led(lead, whole) if whole else behind
    words = body.split()
    pointing = pointers(words, before)
    if pointing:
        noun = next((each for each in parts.nouns if not names.spans(each)), "") if parts else ""
        found = pointed_out(words, pointing, parts, noun) if parts else ""
        return sentence(found) if found else behind
    return behind if says_little(body) else None


def _is_fragment(said: Said, body: str) -> bool:
    if is_clause(body):
        return False
    if said.supposing and not said.marked:
        return _REFUSING.search(body) is not None
    if said.about and not is_fragment(body):
        return len(body.split()) <= _MOST_WORDS_ABOUT
    return said.marked or is_fragment(body)


def _at(text: str, name: str, before: Parts | None = None) -> str:
    """The question asked of the company of that name: "Does Acme ...?", "... at Acme?".

    After "Which third parties see it?", "they" are not the company.
    """
    parts = parse(text)
    others = before is not None and before.asked_noun and not before.subject
    if parts is None or others or parts.subject.lower() not in {"they", "you", "it"}:
        return sentence(f"{text.rstrip('?!. ')} at {name}")
    auxiliary = parts.auxiliary if " and " in name else _singular(parts.auxiliary)
    return replace(parts, auxiliary=auxiliary, subject=name).text()


def _singular(auxiliary: str) -> str:
    plain = auxiliary.removesuffix("n't")
    return _SINGULAR.get(plain, plain) + auxiliary[len(plain) :]


def _last_clause(text: str) -> tuple[str, str]:
    """What is asked, and before it what leads to it: "If I leave, ", "I am a client. "."""
    start = sentence_spans(text)[-1][0]
    condition = _CONDITION.match(text, start)
    start = condition.end() if condition else start
    return text[:start], text[start:]


def _led(lead: str, text: str) -> str:
    return lead + (text[:1].lower() + text[1:] if lead.endswith(", ") else text)


def _shortened(text: str) -> str:
    """Its last words, where it is long: what is asked stands at the end."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[-_LONGEST:].split(" ", 1)[-1]
