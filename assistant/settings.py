"""What can be set, in one place."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from index.documents.limits import DEFAULT_LIMITS, Limits
from index.models.sentence_transformer import PACKAGED_MODEL
from index.paths import at_home

PACKAGED_GENERATOR = "SmolLM2-135M-Instruct"
SUPPORT_THRESHOLD = 0.83  # fitted by benchmarks/fitting/support.py
INDEX_VARIABLE = "POLICY_ASSISTANT_INDEX"
KEY_VARIABLE = "POLICY_ASSISTANT_API_KEY"  # of a language model server


@dataclass(frozen=True, slots=True)
class Settings:
    """How questions are answered.

    `embedding_model` and `generator_model` name the packaged models, a folder, or a hub name;
    `generator_model` also a GGUF file. With `generator_url`, the base URL of an OpenAI-compatible
    server, `generator_model` names a model of that server; its key, if it needs one, is read from
    the environment variable POLICY_ASSISTANT_API_KEY.

    `max_quotes` is how many quotes an answer shows at most, or one of each policy that states it if
    these are more; `hits` is how many clauses it lists.

    `answer_threshold` is the least confidence, in [0, 1], at which quotes are shown as an answer:
    the lowest at which at most 1 in 4 answers lacks support among its quotes, measured on questions
    a quarter of which are near misses that the policy does not answer
    (benchmarks/fitting/confidence.py, questions_train out of fold). `support_threshold` is the
    least score, in [0, 1], at which a sentence passes the support check. `limits` are those of a
    file that is added: its size, and what reading it may take.

    Raises ValueError for a value outside its range.
    """

    embedding_model: str = PACKAGED_MODEL
    generator_model: str = PACKAGED_GENERATOR
    generator_url: str | None = None
    max_quotes: int = 4
    hits: int = 8
    answer_threshold: float = 0.42
    support_threshold: float = SUPPORT_THRESHOLD
    limits: Limits = DEFAULT_LIMITS

    def __post_init__(self) -> None:
        for name in ("answer_threshold", "support_threshold"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} is {getattr(self, name)}: give a number from 0 to 1")
        if self.max_quotes < 1 or self.hits < 1:
            raise ValueError("max_quotes and hits are at least 1")


def default_index_path() -> Path:
    """`POLICY_ASSISTANT_INDEX`, else a folder in the user's data folder."""
    named = os.environ.get(INDEX_VARIABLE)
    return at_home(Path(named)) if named else user_data_path("policy-assistant") / "index"
