"""Web pages: from the bytes of an HTML file to the document that a person sees in it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Set

from index.documents.document_builder import DocumentBuilder, clean, one_line
from index.documents.element_tree import Element, ParseError, parse_html, walk
from index.documents.html.blocks import HtmlBlocks
from index.documents.html.elements import data_tables
from index.documents.html.noise import noise
from index.errors import LoadError
from index.types import Document

_MEDIA_TYPE = "text/html"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META_CHARSET = re.compile(rb"<meta[^<>]*?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META_WINDOW = 4096  # bytes; browsers look at 1024
_BROWSER_ENCODINGS = {  # what browsers read instead (WHATWG Encoding Standard)
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
_NO_PAGES = frozenset(  # Python's own, of host names and literals, and one that browsers left
    [
        "idna",
        "mbcs",
        "oem",
        "punycode",
        "raw-unicode-escape",
        "undefined",
        "unicode-escape",
        "utf-7",
    ]
)
_FEW_BAD_BYTES = 0.001  # of the characters: a browser shows such a page, with replacement marks
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*+)[^<>]*+>")
_CLOSED_BY_THE_NEXT = frozenset(
    [
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
        "option",
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
_LONG_TAG = re.compile(
    # Comments and scripts are read over: what looks like a tag there is none.
    r"<!--.*?(?:-->|\Z)|<(?P<raw>script|style)\b.*?(?:</(?P=raw)|\Z)"
    r"|(?P<name><[a-z][^\s/>]*+)(?:[^=>]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])))*+",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_TAG = 20_000  # characters
_MOST_WORDS_IN_TAG = 1_000  # libxml2 compares each attribute with all before it
_DEEPEST = 400  # open elements that a next one does not close; libxml2 gives up at 2048 of all
_TITLE_SEPARATOR = re.compile(r"\s+(?:[|–—·•»:-]|::)\s+|\s*[|»]\s*|:\s+")
_POLICY_WORD = re.compile(
    r"polic(?:y|ies)|privacy|terms|notice|agreement|conditions|guidelines?|handbook|statement",
    re.IGNORECASE,
)


def read_html(data: bytes, name: str) -> Document:
    """The text that a person sees of a web page, without menus, banners, headers and footers.

    `name` is the file's name, for errors. The source is the page's canonical address, where it
    names one. Raises LoadError when the bytes are no text, or the page shows none.
    """
    markup = _decoded(data, name).replace("\0", "")
    root = _parsed(markup, name)
    if root is None:
        return DocumentBuilder().build(name, _MEDIA_TYPE)
    blocks = _rendered(root, noise(root))
    title = blocks.title or _page_title(root)
    return blocks.builder.build(name, _MEDIA_TYPE, title=title, source=_source(root))


def _decoded(data: bytes, name: str) -> str:
    for mark, marked in _BOMS:
        if data.startswith(mark):
            return data.decode(marked, "replace")
    declared = _declared_encoding(data)
    if declared == "cp1252" and _is_utf8(data):
        declared = "utf-8"  # as the server said, whatever the page says
    for encoding in (declared, "utf-8"):
        text = data.decode(encoding, "replace") if encoding else "\ufffd"
        if text.count("\ufffd") <= _FEW_BAD_BYTES * len(text):
            return text
    from index.documents.encoding import decode

    return decode(data, name)


def _is_utf8(data: bytes) -> bool:
    """Whether it is; bytes of a code page that happen to be, too, are hardly ever met."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _declared_encoding(data: bytes) -> str | None:
    declared = _META_CHARSET.search(data[:_META_WINDOW])
    if not declared:
        return None
    try:
        encoding = codecs.lookup(declared.group(1).decode("ascii")).name
        "".encode(encoding)  # some codecs of Python's are no encodings of text
    except (LookupError, UnicodeError):
        return None
    return None if encoding in _NO_PAGES else _BROWSER_ENCODINGS.get(encoding, encoding)


def _parsed(markup: str, name: str) -> Element | None:
    """The tree of the page, or None for a page without any element."""
    markup = _LONG_TAG.sub(_bare_if_too_long, markup)
    for too_deep in (False, True):
        try:
            root, is_complete = parse_html(_flattened(markup) if too_deep else markup)
        except ParseError as error:
            raise LoadError(f"cannot read {name!r} as HTML ({error}): save it again") from error
        if is_complete:
            return root
    raise LoadError(f"elements in {name!r} are nested too deeply: save it as plain text")


def _bare_if_too_long(tag: re.Match[str]) -> str:
    text = tag.group()
    if tag["name"] is None or len(text) <= _LONGEST_TAG:
        return text
    return text if len(text.split()) <= _MOST_WORDS_IN_TAG else tag["name"]


def _flattened(markup: str) -> str:
    """The page without the tags that open too deep inside others; their text stays."""
    depth = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag.group(2).lower() in _CLOSED_BY_THE_NEXT:
            return tag.group()
        if tag.group(1):
            depth = max(0, depth - 1)
            return tag.group() if depth < _DEEPEST else "\n"
        depth += 1
        return tag.group() if depth <= _DEEPEST else "\n"

    return _TAG.sub(kept, markup)


def _rendered(root: Element, dropped: Set[Element]) -> HtmlBlocks:
    blocks = HtmlBlocks(DocumentBuilder(), data_tables(root, dropped))
    steps = walk(root)
    for event, element in steps:
        is_dropped = element in dropped or element.tag == "head"
        if event == "start":
            if is_dropped:
                steps.skip_subtree()
            else:
                blocks.start(element)
        else:
            if not is_dropped:
                blocks.end(element)
            blocks.text(element.tail)
    return blocks


def _page_title(root: Element) -> str:
    """The page's <title> without the site's name."""
    title = one_line(clean(root.findtext(".//title") or ""))
    parts = [part for part in _TITLE_SEPARATOR.split(title) if part]
    return next((part for part in parts if _POLICY_WORD.search(part)), parts[0] if parts else "")


def _source(root: Element) -> str:
    for path, attribute in (
        (".//link[@rel='canonical']", "href"),
        (".//meta[@property='og:url']", "content"),
    ):
        for element in root.iterfind(path):
            if address := one_line(element.get(attribute) or ""):
                return address
    return ""
