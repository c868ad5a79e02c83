"""Many questions at once: no error, and no answer is another question's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from assistant import Answer, Assistant
from tests.assistant.samples import corpus_folder

AT_ONCE = 64
POLICIES = ("cpw", "imgwg", "intraworks", "introplex", "ixanet")
QUESTIONS = (
    "Is my personal information sold?",
    "How is my credit card kept?",
    "What are cookies used for?",
    "Who can see my address?",
)


def test_threads_that_ask_at_once() -> None:
    assistant = Assistant.load(corpus_folder())
    asked = [(QUESTIONS[at % 4], POLICIES[at % 5], at % 16 == 0) for at in range(AT_ONCE)]

    def ask(question: str, policy: str, generate: bool) -> Answer:
        return assistant.ask(question, policies=[policy], generate=generate)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda each: ask(*each), asked))
    alone = {each: ask(*each) for each in dict.fromkeys(asked)}
    for each, answer in zip(asked, answers, strict=True):
        assert answer.question == each[0]
        assert list(answer.receipt.policies) == [each[1]]
        assert {quote.policy_id for quote in answer.quotes} <= {each[1]}
        assert answer.quotes == alone[each].quotes
        assert answer.text == alone[each].text
    assert sum(bool(answer.sentences) for answer in answers) > 0
