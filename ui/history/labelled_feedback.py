"""Feedback on answers -> a labelled set for `eval`.

What is right becomes a question with its quotes for evidence, or without any where nothing was
found. What is incomplete or wrong becomes one where the note says what the evidence is: in
quotation marks, or as the whole note, in words that stand in a policy that was searched. The rest
is left to be labelled by hand, in a file beside the questions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import (
    Answer,
    Assistant,
    Policy,
    PolicyAssistantError,
    UnknownPolicyError,
)
from ui.history.conversations import Judgement, Kept

QUESTIONS, UNLABELLED = "questions.jsonl", "to_label.jsonl"
_QUOTED = re.compile('["“„«]([^"“”„«»]+)["”“»]')
_FEWEST_WORDS = 3  # fewer stand in any policy
_MARKDOWN = "text/markdown"


@dataclass(frozen=True, slots=True)
class Exported:
    """How many questions went into the set, and how many are left to be labelled by hand."""

    questions: int
    unlabelled: int


@dataclass(frozen=True, slots=True)
class _Span:
    policy: Policy
    start: int
    end: int


def as_dict(kept: Kept) -> dict[str, Any]:
    """Feedback on one answer, JSON-ready, with the answer itself."""
    assert kept.feedback is not None
    assert kept.answer is not None
    return {
        "id": kept.id,
        "question": kept.question,
        "asked_at": kept.asked_at.isoformat(),
        "judgement": str(kept.feedback.judgement),
        "note": kept.feedback.note,
        "answer": kept.answer.to_dict(),
    }


def export(judged: Sequence[Kept], assistant: Assistant, folder: Path) -> Exported:
    """Writes a labelled set, as `eval` reads it, into a new or empty folder.

    Raises PolicyAssistantError where the folder holds something, or nothing could be exported.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PolicyAssistantError(f"{str(folder)!r} is not empty: name a new folder")
    policies = _Policies(assistant)
    lines, left = [], []
    for kept in judged:
        spans = policies.evidence(kept)
        if spans is None:
            left.append(as_dict(kept))
        else:
            lines.append(_line(kept, spans, policies))
    if not lines and not left:
        raise PolicyAssistantError("there is no feedback yet: it is given below answers, in 'chat'")
    (folder / "policies").mkdir(parents=True, exist_ok=True)
    for policy in policies.used:
        text = policy.text.encode("utf-8")
        (folder / "policies" / f"{_stem(policy)}{_suffix(policy)}").write_bytes(text)
    _write(folder / QUESTIONS, lines)
    if left:
        _write(folder / UNLABELLED, left)
    return Exported(len(lines), len(left))


class _Policies:
    """The versions that answers were given from; `used` are those that were searched."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._held: dict[tuple[str, str], Policy | None] = {}

    @property
    def used(self) -> list[Policy]:
        return [policy for policy in self._held.values() if policy is not None]

    def searched(self, answer: Answer) -> list[Policy]:
        """Those of them that the index still holds."""
        held = (self._policy(*each) for each in answer.receipt.policies.items())
        return [policy for policy in held if policy is not None]

    def evidence(self, kept: Kept) -> list[_Span] | None:
        """Where the answer stands; empty: nowhere; None: the feedback does not say."""
        answer, feedback = kept.answer, kept.feedback
        assert answer is not None
        assert feedback is not None
        searched = {policy.id: policy for policy in self.searched(answer)}
        if not searched or any(quote.policy_id not in searched for quote in answer.quotes):
            return None
        shown = [_Span(searched[each.policy_id], each.start, each.end) for each in answer.quotes]
        if feedback.judgement is Judgement.RIGHT:
            return shown
        told = list(_passages(feedback.note, searched.values()))
        if not told:
            return None
        return [*shown, *told] if feedback.judgement is Judgement.INCOMPLETE else told

    def _policy(self, policy_id: str, version: str) -> Policy | None:
        key = (policy_id, version)
        if key not in self._held:
            try:
                self._held[key] = self._assistant.policy(policy_id, version)
            except UnknownPolicyError:
                self._held[key] = None  # removed since, with its text
        return self._held[key]


def _passages(note: str, policies: Iterable[Policy]) -> Iterator[_Span]:
    """What a note quotes, where it first stands in one of the policies; blanks may differ."""
    policies = list(policies)
    for told in [*_QUOTED.findall(note), note]:
        words = told.split()
        if len(words) < _FEWEST_WORDS:
            continue
        pattern = re.compile(r"\s+".join(map(re.escape, words)))
        found = ((policy, pattern.search(policy.text)) for policy in policies)
        place = next(((policy, match) for policy, match in found if match), None)
        if place:
            yield _Span(place[0], place[1].start(), place[1].end())


def _line(kept: Kept, spans: Sequence[_Span], policies: _Policies) -> Mapping[str, Any]:
    assert kept.answer is not None
    return {
        "id": kept.id,
        "question": kept.answer.receipt.query or kept.question,
        "asked": kept.question,
        "policies": [_stem(policy) for policy in policies.searched(kept.answer)],
        "answerable": bool(spans),
        "evidence": [
            {
                "policy": _stem(span.policy),
                "start": span.start,
                "end": span.end,
                "quote": span.policy.text[span.start : span.end],
            }
            for span in spans
        ],
    }


def _stem(policy: Policy) -> str:
    return f"{policy.id}-{policy.version}"


def _suffix(policy: Policy) -> str:
    return ".md" if policy.media_type == _MARKDOWN else ".txt"


def _write(file: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    file.write_bytes(text.encode("utf-8"))
