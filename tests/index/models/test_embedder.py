"""The packaged model itself: it is on the machine."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from index.models.embedder import ClauseVectors, SentenceTransformerEmbedder
from index.models.sentence_transformer import packaged_folder
from index.models.weights_file import ENCODER
from index.types import EmbeddingText

SHORT = EmbeddingText("Acme > Data", ("We keep your name.", "We sell no data.", "Ask us."))
BARE = EmbeddingText("", ("Cookies count visits.",))
WORDS = [f"w{number % 10} data" for number in range(300)]
LONG = EmbeddingText("Acme", (" ".join(WORDS),))


@pytest.fixture(scope="module")
def model() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder()


@pytest.fixture(scope="module")
def reference() -> SentenceTransformer:
    """What sentence-transformers itself makes of the packaged model with the trained layers."""
    model = SentenceTransformer(str(packaged_folder()), device="cpu")
    network: Any = model[0]
    layers = network.auto_model.encoder.layer
    for name, tensor in ENCODER.read().items():
        layers.get_parameter(name).data.copy_(tensor)
    return model


def _vectors(
    model: SentenceTransformerEmbedder, texts: Sequence[EmbeddingText]
) -> list[ClauseVectors]:
    by_index = dict(pair for batch in model.encode_clauses(texts) for pair in batch)
    assert sorted(by_index) == list(range(len(texts)))
    return [by_index[index] for index in range(len(texts))]


def test_a_clause_has_the_vector_of_its_text(
    model: SentenceTransformerEmbedder, reference: SentenceTransformer
) -> None:
    texts = ["Acme > Data\nWe keep your name. We sell no data. Ask us.", "Cookies count visits."]
    expected = reference.encode(texts, normalize_embeddings=True)
    for vectors, wanted in zip(_vectors(model, [SHORT, BARE]), expected, strict=True):
        assert vectors.clause.dtype == np.float32
        assert float(vectors.clause @ wanted) > 0.9999


def test_a_question_has_the_vector_of_its_text(
    model: SentenceTransformerEmbedder, reference: SentenceTransformer
) -> None:
    question = "Do you sell my data?"
    expected = reference.encode(question, normalize_embeddings=True)
    assert float(model.encode_query(question) @ expected) > 0.9999


def test_all_vectors_have_length_one(model: SentenceTransformerEmbedder) -> None:
    for text, vectors in zip(
        [SHORT, BARE, LONG], _vectors(model, [SHORT, BARE, LONG]), strict=True
    ):
        assert vectors.clause.shape == (384,)
        assert vectors.units.shape == (len(text.units), 384)
        lengths = np.linalg.norm([vectors.clause, *vectors.units], axis=1)
        np.testing.assert_allclose(lengths, 1, atol=1e-5)


def test_a_unit_has_the_mean_of_its_own_tokens(
    model: SentenceTransformerEmbedder, reference: SentenceTransformer
) -> None:
    text = "Acme > Data\nWe keep your name. We sell no data. Ask us."
    tokens = reference.encode(text, output_value="token_embeddings").numpy()
    offsets = reference.tokenizer(text, return_offsets_mapping=True)["offset_mapping"]
    (vectors,) = _vectors(model, [SHORT])
    for unit, vector in zip(SHORT.units, vectors.units, strict=True):
        start = text.index(unit)
        own = [start <= left < right <= start + len(unit) for left, right in offsets]
        mean = tokens[own].mean(axis=0)
        assert float(vector @ mean / np.linalg.norm(mean)) > 0.9999


@pytest.mark.slow
def test_a_text_over_the_budget_is_read_to_its_end(model: SentenceTransformerEmbedder) -> None:
    assert model.count_tokens(LONG.units)[0] > 2 * model.budget
    other = EmbeddingText("Acme", (" ".join([*WORDS[:-50], *["bananas"] * 50]),))
    long, changed = _vectors(model, [LONG, other])
    assert float(long.clause @ changed.clause) < 0.999
    assert float(long.units[0] @ changed.units[0]) < 0.999


@pytest.mark.slow
def test_batches_do_not_change_a_vector(model: SentenceTransformerEmbedder) -> None:
    texts = [EmbeddingText("", (f"Text {number}. " * (number % 3 + 1),)) for number in range(40)]
    alone = _vectors(model, [texts[13]])[0].clause
    together = _vectors(model, [SHORT, *texts, LONG])[14].clause
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_no_texts(model: SentenceTransformerEmbedder) -> None:
    assert list(model.encode_clauses([])) == []


def test_tokens(model: SentenceTransformerEmbedder, reference: SentenceTransformer) -> None:
    texts = ["", "We sell data.", "naïve 個人情報 🙂", "word " * 700]
    expected = [len(reference.tokenizer.tokenize(text)) for text in texts]
    assert model.count_tokens(texts) == expected
    assert expected[:2] == [0, 4]


def test_counting_and_naming_need_no_torch() -> None:
    code = (
        "import sys\n"
        "from index.models.embedder import SentenceTransformerEmbedder\n"
        "model = SentenceTransformerEmbedder()\n"
        "assert model.count_tokens(['We sell data.']) == [4]\n"
        "assert (model.dimension, model.budget, model.loaded) == (384, 254, False)\n"
        "print(model.identity, {'torch', 'transformers'} & set(sys.modules))\n"
    )
    root = Path(__file__).parents[3]
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root
    )
    assert said.stdout == f"all-MiniLM-L6-v2@53aa51172d14+{ENCODER.identity}+late1 set()\n"


def test_the_packaged_model_says_what_it_is(
    model: SentenceTransformerEmbedder, reference: SentenceTransformer
) -> None:
    assert model.dimension == reference.get_embedding_dimension()
    assert reference.max_seq_length == model.budget + 2


def test_a_folder_has_the_identity_of_its_weights() -> None:
    folder = str(packaged_folder())
    identity = SentenceTransformerEmbedder(folder).identity
    assert identity == SentenceTransformerEmbedder(folder).identity
    name, rest = identity.split("@")
    assert (name, rest[12:]) == ("model", "+late1")
    assert SentenceTransformerEmbedder("some/name").identity == "some/name+late1"
