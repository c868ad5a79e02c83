from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from assistant import ModelError
from assistant.models.adapted_model import ADAPTER, AdaptedModel
from assistant.writing.quote_writer import prompt_of
from index.models.weights_file import TrainedWeights
from tests.assistant.samples import real_model

pytestmark = pytest.mark.slow

SELL = "We do not sell your email address to advertisers."
LOGS = "Server logs are deleted after thirty days."


CHOICES = [["They do not sell your email address to advertisers."], [LOGS]]


def never() -> bool:
    return False


@pytest.fixture(scope="module")
def model() -> AdaptedModel:
    return real_model()


def test_the_adapter_is_the_one_shipped() -> None:
    assert hashlib.sha256(ADAPTER.file.read_bytes()).hexdigest() == ADAPTER.sha256
    assert ADAPTER.file.stat().st_size <= 12_000_000


def test_it_writes_a_sentence_from_each_quote(model: AdaptedModel) -> None:
    prompts = [
        prompt_of("do you sell my email", "Acme", SELL),
        prompt_of("how long are logs kept", "Acme", LOGS),
    ]
    written = sorted(model.candidates(prompts, CHOICES, lambda _: False, never))
    assert [number for number, _ in written] == [0, 1]
    assert "not sell your email address" in written[0][1]
    assert "thirty days" in written[1][1]
    assert sorted(model.candidates(prompts, CHOICES, lambda _: False, never)) == written


def test_choices_only_for_those_that_are_wanted(model: AdaptedModel) -> None:
    prompts = [prompt_of("how long are logs kept", "Acme", quote) for quote in (LOGS, LOGS)]
    given = [[LOGS, "It is so."], [LOGS]]
    written = list(model.candidates(prompts, given, lambda number: number == 0, never))
    assert sorted(number for number, _ in written) == [0, 0, 0, 1]


def test_the_likeliest_choice_comes_first(model: AdaptedModel) -> None:
    prompt = prompt_of("how long are logs kept", "Acme", LOGS)
    choices = ["Server logs are blue.", LOGS, "Bread is baked after thirty days."]
    written = [text for _, text in model.candidates([prompt], [choices], lambda _: True, never)]
    assert written[1] == LOGS
    assert sorted(written[1:]) == sorted(choices)


def test_no_more_choices_than_are_wanted(model: AdaptedModel) -> None:
    prompt = prompt_of("how long are logs kept", "Acme", LOGS)
    left = iter((True, True, False))
    written = list(model.candidates([prompt], [[LOGS, "So."]], lambda _: next(left), never))
    assert len(written) == 2


def test_nothing_is_written_once_stopped(model: AdaptedModel) -> None:
    prompt = prompt_of("do you sell my email", "Acme", SELL)
    assert list(model.candidates([prompt], CHOICES, lambda _: True, lambda: True)) == []
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
    prompts = [prompt_of("how long are logs kept", "Acme", quote) for quote in (LOGS, LOGS)]
    slow = model.candidates(prompts, CHOICES, lambda _: True, never)
    next(slow)  # and reads no further for now
    other = [prompt_of("do you sell my email", "Acme", SELL)]
    assert list(model.candidates(other, CHOICES, lambda _: False, never))
    assert list(slow)
