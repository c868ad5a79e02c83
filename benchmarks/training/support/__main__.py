"""Trains the entailment score of the support check.

    python -m benchmarks.training.support WORK --fold 0   # the weights that are shipped
    python -m benchmarks.training.support WORK            # on all answers

Learns from the answers of questions_train and from small edits of them, and from nothing else. What
is shipped has not seen the services of fold 0, so that it can be measured on them.
Writes WORK/entailment.safetensors (WORK/entailment-N.safetensors).
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path
from typing import Any

from safetensors.torch import save_file

from assistant.support.entailment_network import FROZEN, EntailmentNetwork
from benchmarks.data import TRAIN_ARCHIVE, TRAIN_QUESTIONS
from benchmarks.training.documents import read_archive
from benchmarks.training.questions import read_questions
from benchmarks.training.support.network import train
from benchmarks.training.support.pairs import Pair, Source, epoch
from benchmarks.training.support.sources import sources, write_sources
from index.models.minilm import FROZEN as RERANKER_FROZEN
from index.models.sentence_transformer import load_packaged
from index.models.weights_file import RERANKER

_PAIRS = 5000  # of about 12,000 per epoch, drawn again in each


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("work", type=Path, metavar="WORK")
    parser.add_argument("--fold", type=int, help="leave out this fifth of the services")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()

    def report(text: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {text}", flush=True)

    learnt = [each for each in _sources(options.work) if each.fold != options.fold]
    network, tokenizer = initial()

    def pairs(draw: random.Random) -> list[Pair]:
        made = list(epoch(learnt, draw))
        return draw.sample(made, min(_PAIRS, len(made)))

    train(network, tokenizer, pairs, report)
    name = "entailment" if options.fold is None else f"entailment-{options.fold}"
    tensors = {each: weight.half().contiguous() for each, weight in network.trained().items()}
    save_file(tensors, options.work / f"{name}.safetensors")


def initial() -> tuple[EntailmentNetwork, Any]:
    """The untrained network, which starts from the upper layers of the reranker; the tokenizer."""
    model: Any = load_packaged()
    bert = model[0].auto_model
    bert.set_attn_implementation("eager")  # on short texts faster than fused kernels
    network = EntailmentNetwork(bert)
    weights = RERANKER.read()
    for number, layer in enumerate(network.layers):
        prefix = f"layers.{number + FROZEN - RERANKER_FROZEN}."
        own = {
            name.removeprefix(prefix): weight.float()
            for name, weight in weights.items()
            if name.startswith(prefix)
        }
        if own:
            layer.load_state_dict(own)
    return network.float(), model.tokenizer


def _sources(work: Path) -> list[Source]:
    file = work / "sources.jsonl"
    if not file.exists():
        documents = read_archive(TRAIN_ARCHIVE)
        questions = read_questions(TRAIN_QUESTIONS, documents)
        write_sources(sources(TRAIN_QUESTIONS, questions, documents), file)
    lines = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return [
        Source(**{**each, "evidence": tuple(each["evidence"]), "others": tuple(each["others"])})
        for each in lines
    ]


if __name__ == "__main__":
    main()
