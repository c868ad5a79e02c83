"""Reading the weights that were trained for this project (index/weights)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ModelError
from index.file_sha256 import sha256_of

if TYPE_CHECKING:
    from torch import Tensor

FOLDER = Path(__file__).parents[1] / "weights"


@dataclass(frozen=True, slots=True)
class TrainedWeights:
    """A safetensors file and the sha256 that it has as shipped."""

    name: str
    sha256: str
    folder: Path = FOLDER

    @classmethod
    def of(cls, file: Path) -> TrainedWeights:
        """Weights that are not shipped, such as those of a fold. Raises OSError."""
        return cls(file.stem, sha256_of(file), file.parent)

    @property
    def file(self) -> Path:
        return self.folder / f"{self.name}.safetensors"

    @property
    def identity(self) -> str:
        return f"{self.name}@{self.sha256[:12]}"

    def read(self) -> dict[str, Tensor]:
        """The tensors by name, in half precision, as they are stored. Raises ModelError."""
        from safetensors import SafetensorError
        from safetensors.torch import load_file  # imports torch

        try:
            return load_file(self.file)
        except (OSError, SafetensorError) as error:
            raise ModelError(
                f"cannot read {str(self.file)!r} ({error}): install policy-assistant again"
            ) from error


ENCODER = TrainedWeights(
    "evidence-encoder", "1518fc7b3117a7732784bf4d810c57c6e68e4ed0377ed4792894f158d043bde7"
)
RERANKER = TrainedWeights(
    "evidence-reranker", "fa2446faf4c20204463b5ea3abaf36eed14b92e502487801c5d67a1515f36e94"
)
