"""The text inside a Word document's elements, as if all tracked changes were accepted."""

from __future__ import annotations

from collections.abc import Iterator

from index.documents.element_tree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_WRAPPERS = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_DROPPED = frozenset(
    (
        *(
            f"{_W}{name}"
            for name in ("del", "moveFrom", "pPr", "sdtPr", "sdtEndPr", "rt", "object")
        ),
        f"{_MC}Fallback",
    )
)
_AS_TEXT = {
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
}


def unwrapped(container: Element, names: tuple[str, ...]) -> Iterator[Element]:
    """The children of those names in order, also from content controls and tracked changes."""
    wanted = {f"{_W}{name}" for name in names}
    stack = [container.iterchildren()]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag in wanted:
            yield child
        elif child.tag in _WRAPPERS:
            stack.append(child.iterchildren())


def paragraphs_of(cell: Element) -> Iterator[Element]:
    """All paragraphs of a table's cell, also those of tables within it."""
    for paragraph in cell.iter(f"{_W}p"):
        if next(paragraph.iterancestors(f"{_MC}Fallback"), None) is None:
            yield paragraph


def runs_on(paragraph: Element) -> bool:
    """Whether the paragraph's end is deleted, so that it runs on into the next."""
    mark = paragraph.find(f"{_W}pPr/{_W}rPr")
    return mark is not None and any(
        mark.find(f"{_W}{name}") is not None for name in ("del", "moveFrom")
    )


def content(paragraph: Element) -> tuple[str, list[Element]]:
    """The paragraph's text, and the text boxes that hang on it."""
    pieces: list[str] = []
    boxes: list[Element] = []
    stack = [paragraph.iterchildren()]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag in (f"{_W}t", _MATH_TEXT):
            # Comments and processing instructions stand between pieces of its text.
            pieces += [child.text or "", *(each.tail or "" for each in child)]
        elif child.tag in _AS_TEXT:
            pieces.append(_AS_TEXT[child.tag])
        elif child.tag == f"{_W}txbxContent":
            boxes.append(child)
        elif not (child.tag in _DROPPED or (child.tag == f"{_W}r" and _is_hidden(child))):
            stack.append(child.iterchildren())
    return "".join(pieces), boxes


def _is_hidden(run: Element) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val") not in ("0", "false", "off")
