"""Trees of HTML and XML elements. The only file that imports lxml."""

from __future__ import annotations

from typing import Literal, TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element
"""An element of a web page or a Word document. Identity decides equality and hash."""

Walk: TypeAlias = "etree.iterwalk[tuple[Literal['start', 'end', 'comment', 'pi'], Element]]"
ParseError = etree.XMLSyntaxError


def parse_html(markup: str) -> tuple[Element | None, bool]:
    """The root element, without comments and processing instructions, and whether it is complete.

    The root is None for a page without a single element. The tree is incomplete where elements
    nest deeper than libxml2 reads. Nothing is fetched. Raises ParseError.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    root: Element | None = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    return root, all(entry.type_name != "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def walk(root: Element, *tags: str) -> Walk:
    """The start and the end of `root` and of everything below it, or of elements with those tags.

    The events are "start" and "end". The end also comes of an element that is skipped.
    """
    return etree.iterwalk(root, events=("start", "end"), tag=tags or None)


def first_entity(root: Element) -> str | None:
    """The first entity reference below `root` that the parser left as it is, such as "&logo;"."""
    entity = next(root.iter(etree.Entity), None)
    return None if entity is None else entity.text
