"""What of the replies for services that a writer had not seen passes the support check."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.sentence_model import DECLINED
from assistant.settings import Settings
from assistant.types import Sentence
from assistant.writing import Source, checked, close_to_its_quote, first_sentence, prompt_of
from benchmarks.training.writer.quoted import Quoted

# The replies are without special tokens, at which writing ends; these words of the template follow.
_AFTER_THE_END = re.compile(r"(?<=[.!?])(?:user|assistant|system|ner|icon|n)\b.*", re.DOTALL)
_SHOWN = 20
_SEED = 12


@dataclass(frozen=True, slots=True)
class Passing:
    """Of questions with quotes: `written` for some quote, `passed` the check for some quote."""

    questions: int
    written: int
    passed: int
    sentences: tuple[tuple[str, str, str], ...]  # question, quote, sentence


def replies_of(file: Path, fold: int | None) -> dict[str, list[str]]:
    """Replies by prompt: of the writer of `fold`; of the model as it comes for None."""
    lines = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return {each["prompt"]: each["texts"] for each in lines if each["fold"] == fold}


def measure(quoted: Iterable[Quoted], replies: Mapping[str, list[str]]) -> Passing:
    """Each quote's replies in turn until one passes; declines count, unlike in `QuoteWriter`."""
    questions = written = passed = 0
    sentences = []
    for each in quoted:
        prompts = [prompt_of(each.question, each.provider, quote) for quote in each.quotes]
        known = [at for at, prompt in enumerate(prompts) if prompt in replies]
        if not known:
            continue
        questions += 1
        candidates = {
            at: [
                text
                for text in dict.fromkeys(
                    first_sentence(_AFTER_THE_END.sub("", reply)) for reply in replies[prompts[at]]
                )
                if text and not text.startswith(DECLINED.rstrip("."))
            ]
            for at in known
        }
        written += any(candidates.values())
        found = [
            (each.question, each.quotes[at], sentence)
            for at, texts in candidates.items()
            if (sentence := _first_passing(each, each.quotes[at], texts))
        ]
        passed += bool(found)
        sentences += found
    return Passing(questions, written, passed, tuple(sentences))


def _first_passing(quoted: Quoted, quote: str, texts: Iterable[str]) -> str:
    source = Source(quote, quoted.provider, "quote")
    for text in texts:
        written = checked(quoted.question, text, [source], Settings().support_threshold)
        if isinstance(written, Sentence):
            written = close_to_its_quote(written, source)
        if isinstance(written, Sentence):
            return written.text
    return ""


def report(name: str, passing: Passing) -> None:
    share = passing.passed / max(passing.questions, 1)
    of_written = passing.passed / max(passing.written, 1)
    print(
        f"{name}: {passing.passed} of {passing.questions} questions with a sentence that passed "
        f"({share:.2f}; {of_written:.2f} of the {passing.written} that anything was written for)"
    )


def show(passing: Passing) -> None:
    """Some of the sentences that passed, drawn with a fixed seed."""
    drawn = random.Random(_SEED).sample(passing.sentences, min(_SHOWN, len(passing.sentences)))
    for question, quote, sentence in drawn:
        print(f"- {question}\n  quote: {quote}\n  sentence: {sentence}")
