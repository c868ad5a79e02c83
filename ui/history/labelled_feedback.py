"""Feedback on answers -> a labelled set for `eval`.

A right answer becomes a question with its quotes as evidence, or with none where nothing was found.
An incomplete or wrong one becomes a question if its note says what the evidence is: in quotation
marks, or as the whole note, in the words of a policy that was searched. The rest is left to be
labelled by hand, in a file beside the questions.
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
from ui.history.kept import Judgement, KeptQuestion

QUESTIONS, UNLABELLED = "questions.jsonl", "to_label.jsonl"
_QUOTED = re.compile('["“„«]([^"“”„«»]+)["”“»]')
_FEWEST_WORDS = 3  # fewer stand in almost any policy
_MARKDOWN = "text/markdown"


@dataclass(frozen=True, slots=True)
class Exported:
    """How many questions went into the set, and how many are left to label by hand."""

    questions: int
    unlabelled: int


@dataclass(frozen=True, slots=True)
class _Evidence:
    policy: Policy
    start: int
    end: int


def as_dict(kept: KeptQuestion) -> dict[str, Any]:
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


def export(judged: Sequence[KeptQuestion], assistant: Assistant, folder: Path) -> Exported:
    """Writes a labelled set, as `eval` reads it, into a new or empty folder.

    Raises PolicyAssistantError if the folder is not empty, or there is no feedback.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PolicyAssistantError(f"{str(folder)!r} is not empty: name a new folder")
    policies = _Policies(assistant)
    lines, left = [], []
    for kept in judged:
        evidence = policies.evidence(kept)
        if evidence is None:
            left.append(as_dict(kept))
        else:
            lines.append(_line(kept, evidence, policies))
    if not lines and not left:
        raise PolicyAssistantError(
            "there is no feedback yet: readers give it below answers, in 'chat'"
        )
    (folder / "policies").mkdir(parents=True, exist_ok=True)
    for policy in policies.used:
        text = policy.text.encode("utf-8")
        (folder / "policies" / f"{_file_stem(policy)}{_suffix(policy)}").write_bytes(text)
    _write(folder / QUESTIONS, lines)
    if left:
        _write(folder / UNLABELLED, left)
    return Exported(len(lines), len(left))


class _Policies:
    """The versions that the answers were searched in."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._held: dict[tuple[str, str], Policy | None] = {}

    @property
    def used(self) -> list[Policy]:
        return [policy for policy in self._held.values() if policy is not None]

    def searched(self, answer: Answer) -> list[Policy]:
        """The versions that an answer was searched in, as far as the index still holds them."""
        held = (self._policy(id_, version) for id_, version in answer.receipt.policies.items())
        return [policy for policy in held if policy is not None]

    def evidence(self, kept: KeptQuestion) -> list[_Evidence] | None:
        """Where the answer stands: an empty list for nowhere, None if the feedback does not say."""
        answer, feedback = kept.answer, kept.feedback
        assert answer is not None
        assert feedback is not None
        searched = {policy.id: policy for policy in self.searched(answer)}
        if not searched or any(quote.policy_id not in searched for quote in answer.quotes):
            return None
        quoted = [
            _Evidence(searched[quote.policy_id], quote.start, quote.end) for quote in answer.quotes
        ]
        if feedback.judgement is Judgement.RIGHT:
            return quoted
        noted = list(_passages(feedback.note, searched.values()))
        if not noted:
            return None
        return [*quoted, *noted] if feedback.judgement is Judgement.INCOMPLETE else noted

    def _policy(self, policy_id: str, version: str) -> Policy | None:
        key = (policy_id, version)
        if key not in self._held:
            try:
                self._held[key] = self._assistant.policy(policy_id, version)
            except UnknownPolicyError:
                self._held[key] = None  # removed since, with its text
        return self._held[key]


def _passages(note: str, policies: Iterable[Policy]) -> Iterator[_Evidence]:
    """What a note quotes, at its first place in one of the policies; white space may differ."""
    policies = list(policies)
    for passage in [*_QUOTED.findall(note), note]:
        words = passage.split()
        if len(words) < _FEWEST_WORDS:
            continue
        pattern = re.compile(r"\s+".join(map(re.escape, words)))
        for policy in policies:
            if match := pattern.search(policy.text):
                yield _Evidence(policy, match.start(), match.end())
                break


def _line(
    kept: KeptQuestion, evidence: Sequence[_Evidence], policies: _Policies
) -> Mapping[str, Any]:
    assert kept.answer is not None
    return {
        "id": kept.id,
        "question": kept.answer.receipt.query or kept.question,
        "asked": kept.question,
        "policies": [_file_stem(policy) for policy in policies.searched(kept.answer)],
        "answerable": bool(evidence),
        "evidence": [
            {
                "policy": _file_stem(place.policy),
                "start": place.start,
                "end": place.end,
                "quote": place.policy.text[place.start : place.end],
            }
            for place in evidence
        ],
    }


def _file_stem(policy: Policy) -> str:
    return f"{policy.id}-{policy.version}"


def _suffix(policy: Policy) -> str:
    return ".md" if policy.media_type == _MARKDOWN else ".txt"


def _write(file: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    file.write_bytes(text.encode("utf-8"))
