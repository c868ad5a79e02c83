"""How a password may be written in a PDF: not always as it is typed."""

from __future__ import annotations

import unicodedata

# What PDFDocEncoding (ISO 32000-2, annex D.2) has at other places than ISO 8859-1.
_PDF_DOC = str.maketrans(
    "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž€",
    "".join(map(chr, (*range(0x80, 0x9F), 0xA0))),
)
_COUNTING = 127  # bytes of UTF-8; in older files 32, which PDFium minds


def spellings(password: str) -> list[str]:
    """What to try with PDFium for a password, the likeliest first, each once; ASCII is one.

    Files of revision 6 have it in UTF-8, prepared by SASLprep (in what matters here, NFKC), older
    ones in PDFDocEncoding (ISO 32000-2, 7.6.4); some programs take it as it is typed. PDFium is
    given UTF-8, and for older files tries the same characters in ISO 8859-1 by itself.
    """
    composed = unicodedata.normalize("NFC", password)
    prepared = unicodedata.normalize("NFKC", password)
    forms = (password, composed, prepared, composed.translate(_PDF_DOC))
    return list(dict.fromkeys(map(_counting, forms)))


def _counting(text: str) -> str:
    return text.encode("utf-8", "replace")[:_COUNTING].decode("utf-8", "ignore")


def refusal(name: str, given: int) -> str:
    """Why an encrypted file was not read, where so many passwords were given, and what to do."""
    if not given:
        return (
            f"{name!r} is encrypted and needs a password: save it without one first, or give it "
            "with 'policy-assistant add --pdf-passwords FILE'"
        )
    none = "the password" if given == 1 else f"none of the {given} passwords"
    opens = "does not open" if given == 1 else "opens"
    return (
        f"{name!r} is encrypted, and {none} given {opens} it (or how it is encrypted is damaged): "
        "check what was given, or save it without a password first"
    )
