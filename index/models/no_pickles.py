"""Models are read as safetensors or GGUF: unpickling a file runs whatever code it contains."""

from __future__ import annotations

from pathlib import Path

from index.errors import ModelError


def refuse_pickles(folder: Path, name: str) -> None:
    """Raises ModelError where a part of the model in this folder has its weights as a pickle only.

    A folder that does not exist (the model is from a hub) is accepted.
    """
    for pickle in sorted(folder.rglob("pytorch_model*.bin")):
        if not any(pickle.parent.glob("*.safetensors")):
            raise ModelError(
                f"the model {name!r} is a pickle ({pickle.name}), which could run code when it is "
                "loaded: name one that is saved as safetensors or GGUF"
            )
