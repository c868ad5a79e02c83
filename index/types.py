"""The values that cross modules on the way from a file to a ranked passage."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from enum import Enum
from itertools import groupby

# Long runs of characters from the blocks that hold all combining characters.
_MAY_COMBINE = re.compile(
    "[\u0300-\u109f\u135d-\u135f\u1714-\u1dff\u20d0-\u20f0\u2cef-\u2dff\u302a-\u309a\ua66f-\uabed"
    "\ufb1e\ufe20-\ufe2f\U000101fd-\U0001e94a]{64,}"
)


def canonical(text: str) -> str:
    """Unicode NFC with LF newlines: the form in which every offset is counted."""
    return nfc(text.replace("\r\n", "\n").replace("\r", "\n"))


def nfc(text: str) -> str:
    """Unicode NFC, in time proportional to the length of the text.

    `unicodedata` alone takes quadratic time for a run of unordered combining characters.
    """
    return unicodedata.normalize("NFC", _MAY_COMBINE.sub(_in_canonical_order, text))


def _in_canonical_order(run: re.Match[str]) -> str:
    letters = "".join(unicodedata.normalize("NFD", letter) for letter in run.group())
    groups = groupby(letters, lambda letter: unicodedata.combining(letter) > 0)
    return "".join(
        "".join(sorted(group, key=unicodedata.combining) if combines else group)
        for combines, group in groups
    )


def version_of(text: str) -> str:
    """The first 12 hex digits of sha256 of the UTF-8 canonical text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]


class BlockKind(Enum):
    """What a reader sees in a block of a document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or table row of a document's canonical text.

    `start` and `end` count code points of the text, end exclusive; there is no blank at either
    end. `level` counts from 1 for headings (1 = outermost) and list items (1 = not nested), and is
    0 for others. `page` counts from 1, where the document has pages. For a heading, `title` is its
    text without the marks around it (hashes, asterisks, underlines), number included.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    page: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What a loader reads from a file: canonical text, blocks in order, and metadata.

    `effective_date` is the ISO date (YYYY-MM-DD) in its front matter, `stated_date` the one that
    its text states; empty strings stand for what the file does not say. Blocks do not overlap and
    cover every non-blank character of `text`.
    """

    text: str
    blocks: tuple[Block, ...]
    media_type: str
    title: str = ""
    provider: str = ""
    source: str = ""
    effective_date: str = ""
    stated_date: str | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of one policy.

    `text` is the canonical text (NFC, LF), `version` the first 12 hex digits of sha256 of its
    UTF-8 form, `effective_date` an ISO date or None, `source` the file or address it came from.
    """

    id: str
    title: str
    source: str
    media_type: str
    text: str = field(repr=False)
    version: str
    effective_date: str | None = None

    def __post_init__(self) -> None:
        if self.version != version_of(self.text):
            raise ValueError(f"version {self.version!r} is not that of the text of {self.id!r}")


@dataclass(frozen=True, slots=True)
class Clause:
    """The unit that is retrieved: `policy.text[start:end]`, whole sentences of one section.

    `number` is the section's own number without a closing dot ("1.2"), or None;
    `heading_path` holds the headings above the clause, outermost first, without their numbers
    and without the policy's title; `page` counts from 1, or is None.
    """

    id: str
    policy_id: str
    version: str
    number: str | None
    heading_path: tuple[str, ...]
    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class EmbeddingText:
    """What is embedded of a clause: its context line, then its units (see index.clauses.split)."""

    context: str
    units: tuple[str, ...]

    @property
    def sha256(self) -> str:
        """The key of the stored vectors. It depends on where units end, as each has a vector."""
        whole = "\x1e".join((self.context, *self.units))
        return hashlib.sha256(whole.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause that a search found.

    `score` in [0, 1] is the probability that the best sentence of the clause answers, where the
    reranker has read it. Clauses further down were not read: theirs only ranks them.
    `rank` counts from 1.
    """

    clause: Clause
    score: float
    rank: int
