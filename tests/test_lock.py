"""requirements.lock: every dependency in one exact version, within what pyproject.toml asks for."""

from __future__ import annotations

import re
import tomllib

from tests.assistant.samples import ROOT


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    asked = [*project["dependencies"], *(each for extra in extras for each in extra)]
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[\w.-]+==\d[\w.]*", line) for line in locked)
    names = [re.sub(r"[._]", "-", line.partition("==")[0].lower()) for line in locked]
    assert len(set(names)) == len(names)
    assert {re.split(r"[\[<>=]", each)[0].lower() for each in asked} <= set(names)
