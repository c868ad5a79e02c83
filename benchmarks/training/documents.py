"""The documents of the training archive, split into clauses by the same code as `add`."""

from __future__ import annotations

import tarfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from index.clauses.split import split
from index.documents.loader import make_policy, read_document
from index.errors import LoadError
from index.models.embedder import SentenceTransformerEmbedder
from index.text.sentences import Span
from index.types import EmbeddingText

_WORKERS = 2


@dataclass(frozen=True, slots=True)
class TrainingClause:
    """A clause: `text` as the models read it, `units` as spans of the policy's text.

    `heading` is the innermost heading, "" where there is none.
    """

    text: EmbeddingText
    heading: str
    units: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class TrainingDocument:
    """One document: `name` is its path in the archive, `service` the folder that it lies in."""

    name: str
    service: str
    text: str
    clauses: tuple[TrainingClause, ...]


def read_archive(archive: Path) -> dict[str, TrainingDocument]:
    """Every readable Markdown document of the archive, by its path below the first folder."""
    with tarfile.open(archive) as opened:
        files = {
            member.name.partition("/")[2]: _content(opened, member)
            for member in opened.getmembers()
            if member.isfile() and member.name.endswith(".md")
        }
    with ProcessPoolExecutor(_WORKERS) as pool:
        made = pool.map(_document, files, files.values(), chunksize=8)
        return {document.name: document for document in made if document is not None}


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(member)
    assert file is not None
    return file.read()


def _document(name: str, data: bytes) -> TrainingDocument | None:
    path = Path(name)
    try:
        document = read_document(path, data)
    except LoadError:
        return None
    embedder = SentenceTransformerEmbedder()
    policy = make_policy(document, "policy", path)
    return TrainingDocument(
        name,
        path.parent.name,
        policy.text,
        tuple(
            TrainingClause(
                EmbeddingText(each.context, each.unit_texts),
                each.clause.heading_path[-1] if each.clause.heading_path else "",
                each.units,
            )
            for each in split(policy, document, embedder.count_tokens, embedder.budget)
        ),
    )
