"""Encrypted PDFs, made with pypdf."""

from __future__ import annotations

import io

from pypdf import PdfReader, PdfWriter

from tests.index.documents.samples import column, pdf

ALGORITHMS = ("RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256")
SAID = "Acme keeps the logs of its site for thirty days."
READER, OWNER = "open sesame 7421", "master of keys 9053"


def encrypted(
    user: str = READER, owner: str = OWNER, algorithm: str = "AES-256", text: str = SAID
) -> bytes:
    """A PDF of one page that says `text`, for whoever has one of the passwords."""
    plain = pdf([column([text])], title="Logs")
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(plain)))
    writer.encrypt(user, owner, algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
