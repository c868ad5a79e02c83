"""Many questions at once: none fails, and no answer is that of another question."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest

from assistant import Answer
from tests.assistant.injected import ANSWERED, plain_folder
from tests.assistant.samples import assistant_on, real_model

AT_ONCE = 64
GENERATED_EVERY = 16


@pytest.mark.slow
def test_threads_that_ask_at_once() -> None:
    assistant = assistant_on(plain_folder(), real_model())
    policies, questions = list(ANSWERED), list(ANSWERED.values())
    # In 64 turns every question meets every policy: also those that do not answer it.
    asked = [
        (questions[turn % 5], policies[turn // 5 % 5], turn % GENERATED_EVERY == 0)
        for turn in range(AT_ONCE)
    ]

    def ask(question: str, policy: str, generate: bool) -> Answer:
        return assistant.ask(question, policies=[policy], generate=generate)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(ask, *zip(*asked, strict=True)))
    alone = cache(ask)
    for (question, policy, generate), answer in zip(asked, answers, strict=True):
        assert answer.question == question
        assert list(answer.receipt.policies) == [policy]
        assert {quote.policy_id for quote in answer.quotes} <= {policy}
        expected = alone(question, policy, generate)
        assert answer.quotes == expected.quotes
        assert answer.text == expected.text
    assert all(
        answer.quotes
        for (question, policy, _), answer in zip(asked, answers, strict=True)
        if ANSWERED[policy] == question
    )
    assert any(answer.sentences for answer in answers)
