"""Adapts the packaged language model to writing one sentence from one quote.

    python -m benchmarks.training.writer prepare WORK    # what is learnt from, as JSON lines
    python -m benchmarks.training.writer train WORK      # the adapter that is shipped
    python -m benchmarks.training.writer train WORK --folds
                             # five times on four fifths of the services, and what each
                             # writes for the questions of the others
    python -m benchmarks.training.writer measure WORK [--fold N]
                             # how much of that passes the support check, which has not seen
                             # the services of fold 0; beside it the model as it comes

`train` needs WORK, torch, transformers and safetensors alone (and gguf for the packaged model's
file): it can run on another machine, with a GPU, where it takes minutes rather than hours.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

FOLDS = 5
_SAMPLED = 3  # other replies than the greedy one
_COMPARED = 300  # quotes that the model as it comes writes from, too
_QUOTED = "quoted.jsonl"
_EXAMPLES = "examples.jsonl"
_PROMPTS = "prompts.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("step", choices=("prepare", "train", "measure"))
    parser.add_argument("work", type=Path, metavar="WORK")
    parser.add_argument("--folds", action="store_true", help="train for cross-validation, too")
    parser.add_argument("--model", type=Path, help="folder of the model (default: the packaged)")
    parser.add_argument("--fold", type=int, default=0, help="whose replies (default: 0)")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    if options.step == "prepare":
        _prepare(options.work)
    elif options.step == "measure":
        _measure(options.work, options.fold)
    else:
        _train(options.work, options.model, options.folds)


def _report(text: str) -> None:
    print(f"{time.monotonic() - _STARTED:6.0f} s  {text}", flush=True)


_STARTED = time.monotonic()


def _prepare(work: Path) -> None:
    from assistant.writing import prompt_of
    from benchmarks.data import TRAIN_ARCHIVE, TRAIN_QUESTIONS
    from benchmarks.training.documents import read_archive
    from benchmarks.training.questions import read_questions
    from benchmarks.training.writer.examples import examples, write_examples
    from benchmarks.training.writer.quoted import read_quoted, write_quoted

    if not (work / _QUOTED).exists():
        write_quoted(work, work / _QUOTED, _report)
    quoted = read_quoted(work / _QUOTED)
    questions = read_questions(TRAIN_QUESTIONS, read_archive(TRAIN_ARCHIVE))
    folds = {each.id: each.fold for each in questions}
    quoted = [each for each in quoted if each.id in folds]
    write_examples(examples(quoted, folds), work / _EXAMPLES)
    with (work / _PROMPTS).open("w", encoding="utf-8") as out:
        for each in quoted:
            prompts = [prompt_of(each.question, each.provider, quote) for quote in each.quotes]
            line = {"id": each.id, "fold": folds[each.id], "prompts": prompts}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


def _train(work: Path, model_folder: Path | None, folds: bool) -> None:
    from benchmarks.training.writer import adapting

    if model_folder is None:
        from assistant.generator import packaged_file

        model_folder = packaged_file().parent
    model, tokenizer = adapting.load(model_folder)
    _report(f"loaded on {model.device}")
    examples = _lines(work / _EXAMPLES)
    asked = _lines(work / _PROMPTS)
    plan = adapting.Plan()
    if folds:
        with (work / "replies.jsonl").open("w", encoding="utf-8") as out:
            bare = [prompt for each in asked for prompt in each["prompts"][:1]][:_COMPARED]
            for prompt, texts in zip(
                bare, adapting.replies(model, tokenizer, bare, 0), strict=True
            ):
                out.write(json.dumps({"fold": None, "prompt": prompt, "texts": texts}) + "\n")
            for fold in range(FOLDS):
                _report(f"fold {fold}")
                pairs, held_out = (
                    [(e["prompt"], e["target"]) for e in examples if (e["fold"] == fold) is other]
                    for other in (False, True)
                )
                adapting.train(model, tokenizer, pairs, held_out, plan, _report)
                prompts = [p for each in asked if each["fold"] == fold for p in each["prompts"]]
                made = adapting.replies(model, tokenizer, prompts, _SAMPLED)
                for prompt, texts in zip(prompts, made, strict=True):
                    out.write(json.dumps({"fold": fold, "prompt": prompt, "texts": texts}) + "\n")
    _report("on all")
    pairs = [(each["prompt"], each["target"]) for each in examples]
    adapting.train(model, tokenizer, pairs, [], plan, _report)
    adapting.save(model, work / "sentence-writer.safetensors")
    _report("saved")


def _measure(work: Path, fold: int) -> None:
    from benchmarks.training.writer import measuring
    from benchmarks.training.writer.quoted import read_quoted

    quoted = read_quoted(work / _QUOTED)
    for name, of in (("as it comes", None), ("adapted", fold)):
        passing = measuring.measure(quoted, measuring.replies_of(work / "replies.jsonl", of))
        measuring.report(name, passing)
    measuring.show(passing)


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
