"""Trains the encoder and the reranker that index/weights holds.

    python -m benchmarks.training WORK            # on all questions: the weights that are shipped
    python -m benchmarks.training WORK --folds    # five times on four fifths of the services

Weights are written to WORK, those that are there already are not made again. The last step needs
about 10 GB of memory.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from benchmarks.training.questions import FOLDS
from benchmarks.training.trainer import Trainer


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("work", type=Path, metavar="WORK")
    parser.add_argument("--folds", action="store_true", help="train for cross-validation")
    options = parser.parse_args()
    started = time.monotonic()
    trainer = Trainer(
        options.work, lambda text: print(f"{time.monotonic() - started:6.0f} s  {text}", flush=True)
    )
    trainer.pretrain()
    for fold in range(FOLDS) if options.folds else (None,):
        trainer.train(fold)


if __name__ == "__main__":
    main()
