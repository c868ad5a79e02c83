from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from assistant import ModelError
from assistant.support.entailment import ENTAILMENT, EntailmentModel, shipped
from index.models.weights_file import TrainedWeights

QUOTE = "We do not share your email address with advertisers."


def test_the_weights_are_those_shipped() -> None:
    assert hashlib.sha256(ENTAILMENT.file.read_bytes()).hexdigest() == ENTAILMENT.sha256
    assert ENTAILMENT.file.stat().st_size <= 15_000_000
    assert EntailmentModel().identity == f"entailment@{ENTAILMENT.sha256[:12]}"


def test_what_is_carried_scores_higher() -> None:
    carried = shipped().score("They do not share your email address with advertisers.", [QUOTE])
    other = shipped().score("They do not share your phone number with advertisers.", [QUOTE])
    beside = shipped().score("Parcels are sent by courier every day.", [QUOTE])
    assert carried.whole > 0.9
    assert carried.weakest > 0.9
    assert other.whole < carried.whole
    assert other.word in {"phone", "number"}
    assert beside.whole < 0.1


def test_the_same_again() -> None:
    first = shipped().score("Logs are kept.", ["We keep logs.", QUOTE])
    assert shipped().score("Logs are kept.", ["We keep logs.", QUOTE]) == first


@pytest.mark.parametrize("sentence", ["", "…", "\x00", "a" * 5000, "word " * 2000])
def test_odd_sentences_have_a_score(sentence: str) -> None:
    scored = shipped().score(sentence, [QUOTE, "b " * 3000])
    assert 0 <= scored.whole <= 1
    assert 0 <= scored.weakest <= 1


def test_weights_of_something_else(tmp_path: Path) -> None:
    import torch
    from safetensors.torch import save_file

    file = tmp_path / "other.safetensors"
    save_file({"last.weight": torch.ones(3, 3)}, file)
    with pytest.raises(ModelError, match="does not fit the embedding model"):
        EntailmentModel(TrainedWeights.of(file)).load()
    file.write_bytes(b"not weights")
    with pytest.raises(ModelError, match="cannot read"):
        EntailmentModel(TrainedWeights.of(file)).load()
