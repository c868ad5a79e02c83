"""Models are read as safetensors or GGUF: what unpickles a file runs what code the file likes."""

from __future__ import annotations

from pathlib import Path

from index.errors import ModelError


def refuse_pickles(folder: Path, name: str) -> None:
    """Raises ModelError where a part of the model in this folder has its weights as a pickle alone.

    A folder that is not there (the model is one of a hub) has none.
    """
    for pickle in sorted(folder.rglob("pytorch_model*.bin")):
        if not any(pickle.parent.glob("*.safetensors")):
            raise ModelError(
                f"the model {name!r} is a pickle ({pickle.name}), which could run code when it is "
                "read: name one that is saved as safetensors or GGUF"
            )
