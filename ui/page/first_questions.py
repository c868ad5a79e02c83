"""What to ask first: questions that the headings of the policies at hand suggest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant import PolicyEntry

_QUESTIONS = (  # words of a heading, and a question that such a section answers
    (("collect", "registration"), "What personal information does {name} collect?"),
    (("third part", "shar", "disclos"), "Does {name} share personal information with others?"),
    (("cookie",), "How does {name} use cookies?"),
    (("secur", "safeguard"), "How does {name} protect personal information?"),
    (("delet", "retention", "retain", "destr"), "How long does {name} keep personal information?"),
    (("access", "correct", "updat"), "How can I see or correct what {name} holds about me?"),
    (("child", "minor"), "What does {name} say about children?"),
    (("leave", "holiday", "vacation"), "How much leave does {name} grant?"),
    (("password", "device", "acceptable use"), "What does {name} say about passwords and devices?"),
    (("terminat", "cancel", "refund"), "What happens when I cancel with {name}?"),
)


def first_questions(
    entries: Sequence[PolicyEntry], headings: Mapping[str, Iterable[str]], limit: int = 4
) -> list[str]:
    """Up to `limit` questions that sections of these policies deal with, by their headings.

    `headings` maps policy ids to the headings of their clauses. Policies take turns, and no kind
    of question comes twice.
    """
    texts = {entry.id: " ".join(headings[entry.id]).lower() for entry in entries}
    questions: list[str] = []
    left = list(_QUESTIONS)
    while left and len(questions) < limit:
        count = len(questions)
        for entry in entries:
            fitting = (kind for kind in left if any(word in texts[entry.id] for word in kind[0]))
            if len(questions) < limit and (kind := next(fitting, None)):
                questions.append(kind[1].format(name=entry.provider or entry.title))
                left.remove(kind)
        if len(questions) == count:
            break
    return questions
