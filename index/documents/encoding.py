"""Bytes to text: the encoding is detected, not assumed."""

from __future__ import annotations

import codecs
import re

from index.errors import LoadError

# UTF-32 before UTF-16: its little-endian mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_WINDOWS_ONLY = re.compile(rb"[\x80-\x9f]")
# Its letters "€", "Š", "Œ", "œ", "š" and "ž" where Windows-1252 makes no sense: "¤", "½uvre" ...
_LATIN_9 = re.compile(rb"\xa4|[\xa6\xbc\xbd](?=[a-z])|(?<=[a-z])[\xa8\xb8](?=[a-z])")
_SAMPLE = 200_000
_ABOUT_EQUAL = 0.05  # of charset-normalizer's "chaos", a share in [0, 1]


def decode(data: bytes, name: str) -> str:
    """The text of a file of unknown encoding, without its byte order mark and control characters.

    In order: a byte order mark; UTF-16 without one; UTF-8; then charset-normalizer, with
    Windows-1252 preferred wherever it explains the bytes as well as the best guess does.
    Raises LoadError, which names the file, where the bytes are no text in any of them.
    """
    text = _by_mark(data, name)
    if text is None:
        text = _by_content(data, name)
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > len(sample) // 100:
        raise LoadError(f"{name!r} is not text (it holds control bytes): convert it to text first")
    return _CONTROL.sub("", text)


def _by_mark(data: bytes, name: str) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise LoadError(
                    f"{name!r} says that it is {encoding} but byte {error.start} is not: "
                    "save it again as UTF-8"
                ) from error
    return None


def _by_content(data: bytes, name: str) -> str:
    sixteen = _unmarked_utf16(data)
    if sixteen:
        try:
            return data.decode(sixteen)
        except UnicodeDecodeError:
            pass  # the zero bytes had another reason; the other encodings follow
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > 0 and error.reason == "unexpected end of data":
            raise LoadError(
                f"{name!r} is cut off in the middle of a character: copy the file again"
            ) from error
    return _guess(data, name)


def _unmarked_utf16(data: bytes) -> str | None:
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _western(data: bytes) -> str:
    """Windows-1252, or ISO-8859-15, which differs from it in eight letters and writes no others."""
    is_latin9 = _LATIN_9.search(data) and not _WINDOWS_ONLY.search(data)
    return "iso8859-15" if is_latin9 else "cp1252"


def _guess(data: bytes, name: str) -> str:
    # A stray quote or accent in ASCII text is too little to guess from: take what Windows writes.
    if sum(byte > 127 for byte in data[:_SAMPLE]) < min(len(data), _SAMPLE) * 0.03:
        try:
            return data.decode(_western(data))
        except UnicodeDecodeError:
            pass  # five byte values have no meaning there; the detector decides
    # Imported here: it costs 50 ms, and nearly every file is UTF-8.
    from charset_normalizer import from_bytes

    matches = from_bytes(data[:_SAMPLE])
    best = matches.best()
    if best is None:
        raise LoadError(f"cannot tell the encoding of {name!r}: save it as UTF-8")
    encoding = best.encoding
    # Single-byte code pages explain one another's bytes; on about equal terms the commonest wins.
    peers = {best.encoding, *best.could_be_from_charset}
    western = next((match for match in matches if match.encoding == "cp1252"), None)
    if "cp1252" in peers or (western is not None and western.chaos <= best.chaos + _ABOUT_EQUAL):
        encoding = _western(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise LoadError(
            f"{name!r} looks like {encoding} but byte {error.start} is not: save it as UTF-8"
        ) from error
