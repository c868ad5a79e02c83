from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import ModelError
from index.models.no_pickles import refuse_pickles


def test_weights_that_are_a_pickle_only_are_refused(tmp_path: Path) -> None:
    refuse_pickles(tmp_path / "not there", "hub/name")
    part = tmp_path / "0_Transformer"
    part.mkdir()
    (part / "pytorch_model.bin").touch()
    with pytest.raises(ModelError, match=r"'mine' is a pickle \(pytorch_model\.bin\)"):
        refuse_pickles(tmp_path, "mine")
    (part / "model.safetensors").touch()
    refuse_pickles(tmp_path, "mine")
