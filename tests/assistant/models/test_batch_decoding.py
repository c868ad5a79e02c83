from __future__ import annotations

import pytest
import torch

from assistant.models import batch_decoding
from assistant.models.batch_decoding import Start
from assistant.models.loaded_model import LoadedModel
from assistant.models.packaged_model import load_packaged

pytestmark = pytest.mark.slow

TOKENS = 8
TEXTS = ("The capital of France is", "Cookies are small text files that", "One, two, three,")


@pytest.fixture(scope="module")
def model() -> LoadedModel:
    return load_packaged()


def continued(
    model: LoadedModel, starts: list[Start] | None = None, steps: int = 10**6
) -> list[tuple[int, list[int]]]:
    """The three texts continued at once, for at most `steps` tokens each."""
    left = iter(range(steps))

    def stopped() -> bool:
        return next(left, None) is None

    with torch.inference_mode():
        read = batch_decoding.read(model, [model.tokenizer(text)["input_ids"] for text in TEXTS])
        likeliest = [Start(row, (int(token),)) for row, token in enumerate(read.logits.argmax(-1))]
        return list(batch_decoding.replies(model, read, starts or likeliest, TOKENS, stopped))


def test_it_writes_what_generate_writes_for_each_alone(model: LoadedModel) -> None:
    tokenizer = model.tokenizer
    expected = []
    for text in TEXTS:
        encoded = tokenizer(text, return_tensors="pt")
        whole = model.model.generate(**encoded, max_new_tokens=TOKENS, do_sample=False)
        new = whole[0, encoded["input_ids"].shape[1] :].tolist()
        expected.append([token for token in new if token not in tokenizer.all_special_ids])
    assert sorted(continued(model)) == list(enumerate(expected))


def test_several_replies_from_one_prompt(model: LoadedModel) -> None:
    words = [model.plain_tokens(word)[0] for word in (" Paris", " a")]
    starts = [Start(0, (words[0],)), Start(0, (words[1],)), Start(1, (words[1],))]
    together = dict(continued(model, starts))
    for number, start in enumerate(starts):
        assert continued(model, [start]) == [(0, together[number])]
    assert [tokens[0] for _, tokens in sorted(together.items())] == [words[0], words[1], words[1]]


def test_it_stops_within_a_token(model: LoadedModel) -> None:
    assert continued(model, steps=TOKENS - 2) == []


def test_a_reply_that_begins_with_given_tokens(model: LoadedModel) -> None:
    given = tuple(model.plain_tokens(" Lyon, the city of"))
    ((_, tokens),) = continued(model, [Start(0, given)])
    assert tuple(tokens[: len(given)]) == given
    assert len(tokens) > len(given)


def test_the_likelihood_of_whole_replies(model: LoadedModel) -> None:
    """Beside one reading of each prompt with its reply, without any cache."""
    replies = [(0, " Paris."), (0, " Lyon, the city of silk."), (1, " are stored.")]
    with torch.inference_mode():
        prompts = [model.tokenizer(text)["input_ids"] for text in TEXTS]
        encoded = [model.plain_tokens(text) for _, text in replies]
        read = batch_decoding.read(model, prompts)
        scores = batch_decoding.likelihoods(
            model,
            read,
            [Start(row, tuple(ids)) for (row, _), ids in zip(replies, encoded, strict=True)],
        )
        for (row, _), ids, likelihood in zip(replies, encoded, scores, strict=True):
            whole = torch.tensor([[*prompts[row], *ids, model.tokenizer.eos_token_id]])
            shares = model.model(whole).logits.float().log_softmax(-1)[0, :-1]
            tokens = shares.gather(1, whole[0, 1:, None]).squeeze(1)
            expected = tokens[len(prompts[row]) - 1 :].sum().item()
            assert likelihood == pytest.approx(expected, abs=0.02)
    assert scores[0] > scores[1]
