from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import torch

from index.errors import ModelError
from index.models.weights_file import ENCODER, FOLDER, RERANKER, TrainedWeights

_MEGABYTE = 1_000_000


@pytest.mark.parametrize("weights", [ENCODER, RERANKER], ids=lambda weights: weights.name)
def test_the_weights_are_those_that_were_shipped(weights: TrainedWeights) -> None:
    assert hashlib.sha256(weights.file.read_bytes()).hexdigest() == weights.sha256
    assert weights.identity == f"{weights.name}@{weights.sha256[:12]}"
    assert {tensor.dtype for tensor in weights.read().values()} == {torch.float16}


def test_all_trained_weights_stay_small() -> None:
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) <= 30 * _MEGABYTE


def test_the_encoder_holds_the_upper_half_of_the_model() -> None:
    assert {name.partition(".")[0] for name in ENCODER.read()} == {"3", "4", "5"}


def test_weights_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "mine.safetensors"
    file.write_bytes(b"no tensors")
    weights = TrainedWeights.of(file)
    assert weights.file == file
    assert weights.sha256 == hashlib.sha256(b"no tensors").hexdigest()
    with pytest.raises(ModelError, match=r"mine\.safetensors.*install policy-assistant again"):
        weights.read()
    with pytest.raises(ModelError, match=r"gone\.safetensors"):
        TrainedWeights("gone", "", tmp_path).read()
