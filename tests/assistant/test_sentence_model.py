from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from assistant import ModelError
from assistant.sentence_model import ADAPTER, AdaptedModel
from assistant.writing import prompt_of
from index.trained import TrainedWeights

SELL = "We do not sell your email address to advertisers."
LOGS = "Server logs are deleted after thirty days."


OPENINGS = ["They do not", "Server logs are"]


def never() -> bool:
    return False


@pytest.fixture(scope="module")
def model() -> AdaptedModel:
    return AdaptedModel()


def test_the_adapter_is_the_one_shipped() -> None:
    assert hashlib.sha256(ADAPTER.file.read_bytes()).hexdigest() == ADAPTER.sha256
    assert ADAPTER.file.stat().st_size <= 12_000_000


def test_it_writes_a_sentence_from_each_quote(model: AdaptedModel) -> None:
    prompts = [
        prompt_of("do you sell my email", "Acme", SELL),
        prompt_of("how long are logs kept", "Acme", LOGS),
    ]
    written = sorted(model.candidates(prompts, OPENINGS, lambda _: False, never))
    assert [at for at, _ in written] == [0, 1]
    assert "not sell your email address" in written[0][1]
    assert "thirty days" in written[1][1]
    assert sorted(model.candidates(prompts, OPENINGS, lambda _: False, never)) == written


def test_others_only_for_those_that_are_wanted(model: AdaptedModel) -> None:
    prompts = [prompt_of("how long are logs kept", "Acme", each) for each in (LOGS, SELL)]
    numbers = [at for at, _ in model.candidates(prompts, OPENINGS, lambda at: at == 0, never)]
    assert numbers.count(1) <= 1
    assert 1 < numbers.count(0) <= 5


def test_the_first_other_begins_as_told(model: AdaptedModel) -> None:
    prompt = prompt_of("how long are logs kept", "Acme", LOGS)
    written = [
        text for _, text in model.candidates([prompt], ["After thirty"], lambda _: True, never)
    ]
    assert any(text.startswith("After thirty") for text in written[1:])


def test_nothing_is_written_once_stopped(model: AdaptedModel) -> None:
    prompt = prompt_of("do you sell my email", "Acme", SELL)
    assert list(model.candidates([prompt], OPENINGS, lambda _: True, lambda: True)) == []
    assert list(model.candidates([], [], lambda _: True, never)) == []


def test_an_adapter_of_another_model(tmp_path: Path) -> None:
    import torch
    from safetensors.torch import save_file

    file = tmp_path / "other.safetensors"
    layer = "model.layers.0.self_attn.q_proj"
    save_file({f"{layer}.down": torch.ones(1, 5), f"{layer}.up": torch.ones(5, 1)}, file)
    with pytest.raises(ModelError, match="does not fit the language model"):
        AdaptedModel(TrainedWeights.of(file)).load()


def test_who_reads_slowly_keeps_nobody_waiting(model: AdaptedModel) -> None:
    prompts = [prompt_of("how long are logs kept", "Acme", each) for each in (LOGS, LOGS)]
    slow = model.candidates(prompts, OPENINGS, lambda _: True, never)
    next(slow)  # and reads no further for now
    other = [prompt_of("do you sell my email", "Acme", SELL)]
    assert list(model.candidates(other, OPENINGS, lambda _: False, never))
    assert list(slow)
