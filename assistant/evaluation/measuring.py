"""A folder -> its report."""

from __future__ import annotations

import tempfile
from pathlib import Path

from assistant.assistant import Assistant
from assistant.evaluation.asking import ask_all
from assistant.evaluation.estimates import Bootstrap
from assistant.evaluation.labelled import LabelledSet
from assistant.evaluation.report import Report
from assistant.settings import Settings
from index.progress import Progress


def evaluate(
    folder: Path, settings: Settings, progress: Progress, bootstrap: Bootstrap | None = None
) -> Report:
    """Adds a labelled set to a throw-away index and asks its questions, for quotes only.

    The intervals come from 1,000 resamples unless `bootstrap` says otherwise. Raises LoadError
    where the folder does not hold a labelled set, or one of its documents cannot be read.
    """
    labelled = LabelledSet.load(folder)
    with tempfile.TemporaryDirectory() as scratch:
        assistant = Assistant.load(Path(scratch) / "index", settings)
        outcomes = ask_all(labelled, assistant, progress)
    return Report.of(labelled.name, outcomes, settings.max_quotes, bootstrap or Bootstrap())
