from __future__ import annotations

import pytest

from assistant import ModelError, Settings
from assistant.writing.joint_writer import JointWriter
from assistant.writing.quote_writer import QuoteWriter
from assistant.writing.writer import writer_of


def test_which_writer() -> None:
    packaged = writer_of(Settings())
    assert isinstance(packaged, QuoteWriter)
    assert packaged.identity.startswith("SmolLM2-135M-Instruct@b179c9523d0e+sentence-writer@")
    other = writer_of(Settings(generator_model="/models/other"))
    assert isinstance(other, JointWriter)
    assert other.identity == "/models/other"
    server = writer_of(Settings(generator_model="m", generator_url="http://localhost:11434/v1"))
    assert isinstance(server, JointWriter)
    assert (server.identity, server.prompt.split("@")[0]) == ("m@localhost:11434", "joint_answer")


def test_one_model_in_a_process() -> None:
    first, second = writer_of(Settings()), writer_of(Settings(support_threshold=0.9))
    assert isinstance(first, QuoteWriter)
    assert isinstance(second, QuoteWriter)
    assert first.model is second.model


def test_an_address_that_cannot_be_used() -> None:
    with pytest.raises(ModelError, match="not the address of a language model server"):
        writer_of(Settings(generator_url="localhost"))
