from __future__ import annotations

from pathlib import Path

import pytest

from assistant import ModelError
from assistant.models.transformers_model import TransformersGenerator

CAPITAL = "Name the capital of France in one short sentence."


def never() -> bool:
    return False


@pytest.fixture(scope="module")
def packaged() -> TransformersGenerator:
    """The packaged model without the adapter."""
    return TransformersGenerator()


@pytest.mark.slow
def test_the_packaged_model_writes_the_same_again(packaged: TransformersGenerator) -> None:
    first = "".join(packaged.stream(CAPITAL, 16, never))
    assert "Paris" in first
    assert "".join(packaged.stream(CAPITAL, 16, never)) == first


def test_it_stops_within_a_token(packaged: TransformersGenerator) -> None:
    asked = []

    def stopped() -> bool:
        asked.append(True)
        return len(asked) > 3

    pieces = list(packaged.stream("Count from 1 to 100.", 400, stopped))
    assert len("".join(pieces).split()) <= 4


def test_a_reader_who_leaves_stops_it(packaged: TransformersGenerator) -> None:
    pieces = packaged.stream("Count from 1 to 100.", 400, never)
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    assert "Paris" in "".join(packaged.stream(CAPITAL, 16, never))  # it is free again


def test_identities_name_the_weights() -> None:
    assert TransformersGenerator().identity == "SmolLM2-135M-Instruct@b179c9523d0e"
    assert TransformersGenerator("/models/other").identity == "/models/other"


CONFIG = (
    '{"model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_size": 4, '
    '"intermediate_size": 4, "num_hidden_layers": 1, "num_attention_heads": 1, "vocab_size": 8}'
)
TOKENIZER = (
    '{"version": "1.0", "added_tokens": [], "model": '
    '{"type": "WordLevel", "vocab": {"a": 0}, "unk_token": "a"}}'
)


@pytest.mark.parametrize(
    ("file", "data"), [("model.safetensors", b"cut"), ("tokenizer.json", b'{"model": 1}')]
)
def test_a_damaged_folder_is_reported_in_a_line(tmp_path: Path, file: str, data: bytes) -> None:
    (tmp_path / "config.json").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "tokenizer.json").write_text(TOKENIZER, encoding="utf-8")
    (tmp_path / "tokenizer_config.json").write_text(
        '{"tokenizer_class": "PreTrainedTokenizerFast"}', encoding="utf-8"
    )
    (tmp_path / "model.safetensors").write_bytes(b"")
    (tmp_path / file).write_bytes(data)
    with pytest.raises(ModelError) as caught:
        TransformersGenerator(str(tmp_path)).load()
    message = str(caught.value)
    assert message.startswith(f"cannot load the language model {str(tmp_path)!r}: ")
    assert "copy or download a damaged one again" in message
    assert "\n" not in message


def test_a_folder_that_holds_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot load the language model") as caught:
        TransformersGenerator(str(tmp_path)).load()
    assert "Name a folder that transformers can load" in str(caught.value)
