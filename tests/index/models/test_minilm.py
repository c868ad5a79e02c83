"""The two halves of MiniLM against the whole, and the reranker's network by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch

from index.models.minilm import (
    LONGEST,
    JointScorer,
    LowerLayers,
    States,
    means_of_units,
    padded,
    through,
)
from index.models.sentence_transformer import load_packaged
from index.types import EmbeddingText

TEXTS = [
    EmbeddingText("Acme > Logs", ("We keep logs for 30 days.", "Then they go.")),
    EmbeddingText("", ("Short.",)),
]


@pytest.fixture(scope="module")
def lower() -> LowerLayers:
    return LowerLayers(torch.float32)


@pytest.fixture(autouse=True)
def _inference() -> Iterator[None]:
    with torch.inference_mode():
        yield


def test_both_halves_make_the_whole(lower: LowerLayers) -> None:
    hidden, mask, _ = padded(lower.read(TEXTS))
    whole = load_packaged().encode(
        ["Acme > Logs\nWe keep logs for 30 days. Then they go.", "Short."],
        output_value="token_embeddings",
    )
    ours = through(lower.upper, hidden, mask)
    for row, expected in enumerate(whole):
        torch.testing.assert_close(ours[row, : len(expected)], expected, atol=1e-4, rtol=1e-4)


def test_each_token_knows_its_unit(lower: LowerLayers) -> None:
    long, short = lower.read(TEXTS)
    # [CLS] ac ##me > logs | we keep logs for 30 days . | then they go . | [SEP]
    assert long.units.tolist() == [-1] * 5 + [0] * 7 + [1] * 4 + [-1]
    assert short.units.tolist() == [-1, 0, 0, -1]
    assert long.hidden.shape == (17, 384)


def test_long_texts_are_cut(lower: LowerLayers) -> None:
    text = EmbeddingText("", ("word " * 300, "unread"))
    (whole,), (cut,) = lower.read([text]), lower.read([text], 9)
    assert len(whole.units) == LONGEST
    assert cut.units.tolist() == [-1, *[0] * 7, -1]


def test_padding_is_masked_and_belongs_to_no_unit() -> None:
    one = States(torch.ones(1, 2), torch.tensor([0]))
    three = States(torch.full((3, 2), 3.0), torch.tensor([-1, 0, 1]))
    hidden, mask, units = padded([one, three])
    assert hidden.tolist() == [[[1, 1], [0, 0], [0, 0]], [[3, 3], [3, 3], [3, 3]]]
    assert mask.tolist() == [[1, 0, 0], [1, 1, 1]]
    assert units.tolist() == [[0, -1, -1], [-1, 0, 1]]


def test_means_of_units() -> None:
    tokens = torch.tensor([[[1.0], [3.0], [9.0], [5.0]], [[2.0], [0.0], [0.0], [0.0]]])
    units = torch.tensor([[0, 0, -1, 2], [1, -1, -1, -1]])
    means, text, unit = means_of_units(tokens, units)
    assert means.tolist() == [[2.0], [5.0], [2.0]]
    assert text.tolist() == [0, 0, 1]
    assert unit.tolist() == [0, 2, 1]


def test_the_scorer_reads_question_and_clause_together(lower: LowerLayers) -> None:
    torch.manual_seed(7)
    scorer = JointScorer(lower.upper).eval()
    question, other = lower.read(
        [EmbeddingText("", ("How long?",)), EmbeddingText("", ("Who are you, then?",))]
    )
    long, short = lower.read(TEXTS)
    logits, rows, units = scorer([question, other, question], [long, long, short])
    assert list(zip(rows.tolist(), units.tolist(), strict=True)) == [
        (0, 0), (0, 1), (1, 0), (1, 1), (2, 0),
    ]  # fmt: skip
    assert logits[0] != logits[2]  # another question, another score
    alone, _, _ = scorer([question], [short])
    torch.testing.assert_close(alone, logits[4:], atol=1e-5, rtol=1e-4)  # padding adds nothing
