"""A file -> a policy: the loader is chosen by what the file is called and what it holds."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from index.documents.docx.document import read_docx
from index.documents.html.page import read_html
from index.documents.markdown import read_markdown
from index.documents.pdf.glyphs import read_pdf
from index.documents.plain_text import read_text
from index.documents.stated_date import stated_date
from index.errors import LoadError
from index.paths import name_of
from index.text.headings import LONGEST_TITLE
from index.text.markup import has_words, plain
from index.types import Document, Policy, version_of

LOADERS: dict[str, Callable[[bytes, str], Document]] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
}
# Words that say what kind of policy it is, not whose.
_KIND = (
    r"(?:the|our|web|website|site|online|mobile|app|general|global|user|customer|employee|staff|"
    r"hr|it|privacy|cookies?|data|protection|information|security|acceptable|terms|conditions|of|"
    r"and|&|use|services?|policy|policies|notice|statement|agreement)"
)
_GENERIC_TITLE = re.compile(rf"{_KIND}(?:\s+{_KIND})*", re.IGNORECASE)
_PROVIDER = re.compile(
    rf"(?P<name>.+?)(?:[’']s)?\s+(?:{_KIND}\s+){{0,3}}?"
    r"(?:privacy|terms|cookie|policy|data protection)\b",
    re.IGNORECASE,
)
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_FALLBACK_SLUG = "policy"
_MAX_SLUG = 80


def loader_of(path: Path) -> Callable[[bytes, str], Document]:
    """What reads files of that name. Raises LoadError where nothing does."""
    loader = LOADERS.get(path.suffix.lower())
    if loader is None:
        known = ", ".join(sorted(LOADERS))
        raise LoadError(f"{path.name!r} is of a type that is not supported: give one of {known}")
    return loader


def read_document(path: Path, data: bytes, passwords: Sequence[str] = ()) -> Document:
    """Reads a file's bytes as what its name says, or as what they plainly are instead.

    An encrypted PDF is tried with each of `passwords`. Raises LoadError for a type that is not
    supported and for whatever the loader refuses.
    """
    loader = loader_of(path)
    if data.startswith(b"%PDF-"):
        loader = read_pdf
    elif data.startswith(b"PK\x03\x04") and loader is not read_docx:
        raise LoadError(f"{path.name!r} is a zip archive, not text: unpack it, or name it .docx")
    elif data.startswith(b"{\\rtf"):
        raise LoadError(f"{path.name!r} is in Rich Text Format: save it as .docx")
    elif loader is read_text and _HTML.match(data):
        loader = read_html
    read = read_pdf(data, path.name, passwords) if loader is read_pdf else loader(data, path.name)
    if not has_words(plain(read.text, read.media_type)):
        raise LoadError(
            f"{path.name!r} holds no words: there is nothing to ask about, leave it out"
        )
    return replace(read, stated_date=stated_date(read.text))


def make_policy(document: Document, policy_id: str, path: Path) -> Policy:
    """The policy that a document is, under the given id."""
    return Policy(
        id=policy_id,
        title=_one_line(document.title) or humanised(path),
        source=_one_line(document.source) or name_of(path),
        media_type=document.media_type,
        text=document.text,
        version=version_of(document.text),
        effective_date=document.effective_date or document.stated_date,
    )


def provider_of(document: Document, path: Path) -> str:
    """Whose policy it is: from the front matter, else the title, else the file name."""
    if provider := _one_line(document.provider):
        return provider
    title = re.split(r"\s[-–—|>»·]\s", document.title[:LONGEST_TITLE])[0]
    match = _PROVIDER.match(title)
    if match and not _GENERIC_TITLE.fullmatch(match["name"]) and len(match["name"]) <= 60:
        return match["name"]
    return humanised(path)


def _one_line(text: str) -> str:
    """A name on one line: what a document says of itself must not look like lines of ours.

    Halves of surrogate pairs, which YAML can write and nothing can store, become question marks.
    """
    text = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join(text.split())[:LONGEST_TITLE].rstrip()


def humanised(path: Path) -> str:
    """A readable name from a file name: "acme_privacy-2024.txt" -> "Acme privacy 2024"."""
    stem = os.fsencode(path.stem).decode("utf-8", "replace")
    words = re.sub(r"[\s_\-]+", " ", unicodedata.normalize("NFC", stem)).strip()
    return words[:1].upper() + words[1:] if words else "Policy"


def slug(path: Path) -> str:
    """A policy id from a file name: lower-case ASCII letters, digits and hyphens."""
    return own_slug(path) or _FALLBACK_SLUG


def own_slug(path: Path) -> str:
    """The same, empty where the name has no letter or digit of ASCII."""
    decomposed = unicodedata.normalize("NFKD", path.stem)
    ascii_only = decomposed.encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only)[:_MAX_SLUG].strip("-")
