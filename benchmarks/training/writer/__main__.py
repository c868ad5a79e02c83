"""Adapts the packaged language model to writing one sentence from one quote.

    python -m benchmarks.training.writer prepare WORK    # what is learnt from, as JSON lines
    python -m benchmarks.training.writer train WORK      # the adapter that is shipped
    python -m benchmarks.training.writer measure WORK [--save FILE.jsonl]
                             # how many questions it writes a sentence for that passes the
                             # support check; neither of them has seen the services of fold 0,
                             # whose questions these are

`train` needs WORK, torch, transformers and safetensors alone (and gguf for the packaged model's
file): it can run on another machine, with a GPU, where it takes a minute rather than an hour.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmarks.training.writer.quoted import Quoted

_FOLD = 0  # of services that are never trained on, here and for the entailment score
_QUOTED = "quoted.jsonl"
_EXAMPLES = "examples.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("step", choices=("prepare", "train", "measure"))
    parser.add_argument("work", type=Path, metavar="WORK")
    parser.add_argument("--save", type=Path, metavar="FILE.jsonl", help="all that was written")
    parser.add_argument("--model", type=Path, help="folder of the model (default: the packaged)")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    if options.step == "prepare":
        _prepare(options.work)
    elif options.step == "measure":
        _measure(options.work, options.save)
    else:
        _train(options.work, options.model)


def _report(text: str) -> None:
    print(f"{time.monotonic() - _STARTED:6.0f} s  {text}", flush=True)


_STARTED = time.monotonic()


def _prepare(work: Path) -> None:
    from benchmarks.training.writer.examples import answers_that_pass, examples, write_examples
    from benchmarks.training.writer.quoted import write_quoted

    if not (work / _QUOTED).exists():
        write_quoted(work, work / _QUOTED, _report)
    quoted, folds = _quoted(work)
    passed, of = answers_that_pass(quoted)
    _report(f"{passed} of {of} labelled answers keep close enough to their evidence to be shown")
    write_examples(examples(quoted, folds), work / _EXAMPLES)


def _measure(work: Path, save: Path | None) -> None:
    from benchmarks.training.writer.measuring import measure, report_declining

    quoted, folds = _quoted(work)
    asked = [each for each in quoted if folds[each.id] == _FOLD and each.quotes]
    _report(f"{len(asked)} questions with quotes on services that were not trained on")
    report_declining(asked, _report)
    lines = [
        json.dumps(line, ensure_ascii=False) for line in measure(asked, work / "index", _report)
    ]
    if save:
        save.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _quoted(work: Path) -> tuple[list[Quoted], dict[str, int]]:
    """What was quoted for each question, and the folds by the questions' ids."""
    from benchmarks.data import TRAIN_ARCHIVE, TRAIN_QUESTIONS
    from benchmarks.training.documents import read_archive
    from benchmarks.training.questions import read_questions
    from benchmarks.training.writer.quoted import read_quoted

    questions = read_questions(TRAIN_QUESTIONS, read_archive(TRAIN_ARCHIVE))
    folds = {each.id: each.fold for each in questions}
    return [each for each in read_quoted(work / _QUOTED) if each.id in folds], folds


def _train(work: Path, model_folder: Path | None) -> None:
    from benchmarks.training.writer import adapting

    if model_folder is None:
        from assistant.models.packaged_model import packaged_file

        model_folder = packaged_file().parent
    model, tokenizer = adapting.load(model_folder)
    _report(f"loaded on {model.device}")
    examples = _lines(work / _EXAMPLES)
    seen, held_out = (
        [(each["prompt"], each["target"]) for each in examples if (each["fold"] == _FOLD) is other]
        for other in (False, True)
    )
    adapting.train(model, tokenizer, seen, held_out, adapting.Plan(), _report)
    adapting.save(model, work / "sentence-writer.safetensors")
    _report("saved")


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
