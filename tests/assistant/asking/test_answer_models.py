from __future__ import annotations

import pytest

from assistant import Settings
from assistant.asking.answer_models import AnswerModels
from tests.assistant.conftest import NO_MODEL
from tests.conftest import FakeEmbedder, FakeReranker


def test_what_a_receipt_says_of_them() -> None:
    settings = Settings(answer_threshold=0.5, support_threshold=0.75)
    receipt = AnswerModels(FakeEmbedder(), FakeReranker(), NO_MODEL).receipt(settings)
    assert (receipt.embedding, receipt.reranker) == ("fake@1", "fake-reranker@1")
    assert (receipt.generator, receipt.prompt) == ("unwilling@1", NO_MODEL.prompt)
    assert receipt.support is not None
    assert receipt.thresholds == {"answer": 0.5, "support": 0.75}


def test_without_a_writer() -> None:
    models = AnswerModels(FakeEmbedder(), FakeReranker(), None)
    receipt = models.receipt(Settings())
    assert (receipt.generator, receipt.prompt, receipt.support) == (None, None, None)
    models.load()


def test_loading_loads_the_writer() -> None:
    with pytest.raises(AssertionError, match="the language model was used"):
        AnswerModels(FakeEmbedder(), FakeReranker(), NO_MODEL).load()
