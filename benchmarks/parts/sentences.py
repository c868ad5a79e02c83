"""How many answers have a sentence of the language model, on policies that nothing was trained on.

    python -m benchmarks.parts.sentences [--save FILE.jsonl]

First users' questions, asked of the sample corpus, and some of PolicyQA dev, policy given. Prints
some answers, drawn with a fixed seed; `--save` writes all of them.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from assistant import Answer, Assistant
from benchmarks.data import CORPUS, LABELLED, first_user_questions

_QUESTIONS = 100  # of PolicyQA
_SHOWN = 20
_SEED = 20


def main(save: Path | None = None) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        users = list(_of_users(Path(scratch) / "users"))
        labelled = list(_of_labelled(Path(scratch) / "labelled"))
    for name, answers in (("first users", users), ("PolicyQA", labelled)):
        quoted = [answer for answer in answers if answer.quotes]
        written = sum(bool(answer.sentences) for answer in quoted)
        print(f"{name}: {written} of {len(quoted)} answers with quotes have a sentence")
    for answer in random.Random(_SEED).sample(users + labelled, _SHOWN):
        print(f"- {answer.question} [{answer.verdict}]\n  {answer.text}")
    if save:
        lines = [json.dumps(each.to_dict(), ensure_ascii=False) for each in users + labelled]
        save.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _of_users(index: Path) -> Iterator[Answer]:
    assistant = Assistant.load(index)
    assistant.add(CORPUS)
    for question in first_user_questions():
        yield assistant.ask(question)


def _of_labelled(index: Path) -> Iterator[Answer]:
    for folder in LABELLED:
        if not folder.is_dir():
            print(f"left out: there is no {folder}")
            continue
        lines = (folder / "questions.jsonl").read_text("utf-8").splitlines()
        assistant = Assistant.load(index)
        results = assistant.add([folder / "policies"])
        ids = {Path(each.path).stem: each.policy_id for each in results}
        for line in random.Random(_SEED).sample(lines, _QUESTIONS):
            asked = json.loads(line)
            policies = [policy for each in asked["policies"] if (policy := ids.get(each))]
            yield assistant.ask(asked["question"], policies=policies)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--save", type=Path, metavar="FILE.jsonl")
    main(parser.parse_args().save)
