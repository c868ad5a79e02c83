from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from assistant import Answer, Assistant, Settings
from index.models.embedder import Embedder
from tests.assistant.conftest import NO_MODEL, AddText
from tests.assistant.injected import ANSWERED, plain_folder
from tests.assistant.samples import assistant_on
from tests.conftest import FakeReranker

IDS = list(ANSWERED)


def test_what_another_assistant_changed_is_seen(
    small: Assistant, embedder: Embedder, add_acme: AddText
) -> None:
    reader = Assistant(
        small.folder, Settings(answer_threshold=0), embedder, NO_MODEL, FakeReranker()
    )
    add_acme("Acme Privacy Policy\n\nWe keep logs for 30 days.\n")
    before = reader.ask("How long are logs kept?", generate=False)
    assert [quote.exact for quote in before.quotes] == ["We keep logs for 30 days."]
    add_acme("Acme Privacy Policy\n\nWe keep logs for 90 days.\n")
    after = reader.ask("How long are logs kept?", generate=False)
    assert [quote.exact for quote in after.quotes] == ["We keep logs for 90 days."]
    assert after.receipt.generation == before.receipt.generation + 1
    small.remove("acme")
    assert reader.ask("How long are logs kept?", generate=False).quotes == ()


def test_threads_get_their_own_policys_quotes() -> None:
    assistant = assistant_on(plain_folder(), settings=Settings(answer_threshold=0))
    expected = {
        policy_id: assistant_on(plain_folder(), settings=Settings(answer_threshold=0))
        .ask("Who can see my personal information?", policies=[policy_id], generate=False)
        .quotes
        for policy_id in IDS
    }
    together = threading.Barrier(len(IDS))

    def ask(policy_id: str) -> list[Answer]:
        together.wait()
        question = "Who can see my personal information?"
        return [assistant.ask(question, policies=[policy_id], generate=False) for _ in range(3)]

    with ThreadPoolExecutor(len(IDS)) as pool:
        answers = dict(zip(IDS, pool.map(ask, IDS), strict=True))
    for policy_id in IDS:
        assert {quote.policy_id for quote in expected[policy_id]} == {policy_id}
        assert [answer.quotes for answer in answers[policy_id]] == [expected[policy_id]] * 3
