"""Is everything in order, the models and what the index folder holds?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.models import packaged_model
from assistant.models.adapted_model import ADAPTER
from assistant.models.model_cache import ModelCache
from assistant.support.entailment import ENTAILMENT
from index.errors import PolicyAssistantError
from index.file_sha256 import sha256_of
from index.models import sentence_transformer
from index.models.embedder import SentenceTransformerEmbedder
from index.models.weights_file import ENCODER, RERANKER
from index.paths import at_home
from index.repair import repair as repairing
from index.repair.examine import database_faults, policy_faults, search_faults, word_faults
from index.repair.mend import Repaired
from index.store.database import REPAIR, Store
from index.store.faiss_cache import load_vectors
from index.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Check:
    """The result of one check; `detail` says what was found, or what to do."""

    name: str
    ok: bool
    detail: str


def examine(folder: Path) -> list[Check]:
    """Checks the models and, if there is one, the index.

    Changes nothing except the FAISS cache, which is rebuilt where it is missing or damaged.
    """
    return [
        _model("embedding model", _embedding_file, sentence_transformer.PACKAGED_SHA256),
        _model("trained encoder", lambda: ENCODER.file, ENCODER.sha256),
        _model("trained reranker", lambda: RERANKER.file, RERANKER.sha256),
        _model("language model", packaged_model.packaged_file, packaged_model.PACKAGED_SHA256),
        _model("its adapter", lambda: ADAPTER.file, ADAPTER.sha256),
        _model_cache(packaged_model.packaged_cache()),
        _model("support check", lambda: ENTAILMENT.file, ENTAILMENT.sha256),
        *examine_index(folder),
    ]


def _embedding_file() -> Path:
    return sentence_transformer.packaged_folder() / "model.safetensors"


def _model(name: str, find: Callable[[], Path], expected: str) -> Check:
    try:
        file = find()
        actual = sha256_of(file)
    except (PolicyAssistantError, OSError) as error:
        return Check(name, False, str(error))
    if actual != expected:
        return Check(name, False, f"{file.name} is not the file that was shipped: reinstall it")
    return Check(name, True, f"{file.name}, sha256 {actual[:12]}…")


def _model_cache(cache: ModelCache) -> Check:
    name = "model cache"
    if not cache.complete():
        where = str(cache.folder.parent)
        return Check(name, True, f"none yet in {where!r}: the next written answer creates it")
    damage = cache.damage()
    if damage:
        where = str(cache.folder)
        return Check(name, False, f"damaged: {damage} in {where!r}; the next answer rebuilds it")
    return Check(name, True, f"{cache.folder.name}, every file as it was written")


def repair_models() -> Repaired:
    """Deletes the language model's cache if it is damaged: it is rebuilt when it is needed."""
    cache = packaged_model.packaged_cache()
    repaired = Repaired()
    try:
        if cache.discard_damaged():
            repaired.done.append(f"deleted the damaged model cache {str(cache.folder)!r}")
    except OSError as error:
        repaired.done.append(f"could not delete the damaged model cache: {error}")
    return repaired


def examine_index(folder: Path) -> Iterator[Check]:
    """As `examine`, for the index alone."""
    folder = at_home(folder)
    try:
        if not Store.exists(folder):
            detail = f"none yet in {str(folder)!r}: 'policy-assistant add FILE...'"
            yield Check("index", True, detail)
            return
        store = Store.open(folder)
        with store.reading(checked=False) as connection:
            snapshot = Snapshot(connection, store.model, store.dimension)
            yield _check("database", database_faults(connection), "SQLite finds no damage")
            faults = policy_faults(connection, snapshot)
            entries = snapshot.entries()
            clauses = sum(entry.clauses for entry in entries)
            yield _check("policies", faults, f"{len(entries)} policies, {clauses} clauses")
            if faults:
                return  # the rest is compared with the clauses
            faults = word_faults(connection, snapshot)
            yield _check("full text", faults, "finds what the clauses say")
            vectors = load_vectors(store, snapshot)
            faults = search_faults(snapshot)
            if not faults and vectors.size != clauses:
                faults = [f"{vectors.size} of {clauses} clauses"]
            yield _check("vectors", faults, f"{vectors.size} of {clauses} clauses")
    except PolicyAssistantError as error:
        yield Check("index", False, str(error))


def _check(name: str, faults: list[str], in_order: str) -> Check:
    if not faults:
        return Check(name, True, in_order)
    more = f" and {len(faults) - 1} more" if faults[1:] else ""
    return Check(name, False, f"{faults[0]}{more}: {REPAIR}")


def repair(folder: Path, embedding_model: str = sentence_transformer.PACKAGED_MODEL) -> Repaired:
    """Repairs a damaged index so that it can be used; see `index.repair.repair`. Deletes nothing.

    An index that is in order is left as it is. Raises IndexBusyError, IndexDiskError,
    IndexMismatchError.
    """
    folder = at_home(folder)
    if not folder.is_dir() or all(check.ok for check in examine_index(folder)):
        return Repaired()
    return repairing.repair(folder, lambda: SentenceTransformerEmbedder(embedding_model))
