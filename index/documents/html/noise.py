"""Which elements of a web page are no part of its document: what nobody sees, menus, banners."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.documents.element_tree import Element

NEVER_SHOWN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "del",  # struck out: it says what holds no more
        "s",
        "strike",
        "head",
        "title",
        "meta",
        "link",
        "base",
        "svg",
        "math",
        "canvas",
        "iframe",
        "frame",
        "frameset",
        "noframes",
        "object",
        "embed",
        "applet",
        "audio",
        "video",
        "map",
        "img",
        "picture",
        "input",
        "select",
        "option",
        "optgroup",
        "datalist",
        "textarea",
        "progress",
        "meter",
    ]
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CHROME_TAGS = frozenset(("nav", "header", "footer", "aside", "form", "dialog", "menu"))
_CHROME_ROLES = frozenset(
    [
        "navigation",
        "banner",
        "contentinfo",
        "search",
        "complementary",
        "dialog",
        "alertdialog",
        "menu",
        "menubar",
    ]
)
_SCREEN_READER_ONLY = frozenset(
    [
        "sr-only",
        "visually-hidden",
        "visuallyhidden",
        "screen-reader-text",
        "screen-reader-only",
        "skip-link",
    ]
)
_POPUP_TOKEN = re.compile(r"(?:.*[-_])?(?:modal|popup|lightbox)(?:[-_].*)?", re.IGNORECASE)
_CHROME_TOKEN = re.compile(
    r"(?:(?:site|main|page|global|mobile|top|primary|secondary|mega|sub|side|foot)[-_]?)*"
    r"(?:nav|navbar|navigation|menu|header|footer|sidebar|breadcrumbs?|pagination|newsletter)"
    r"(?:[-_]?(?:container|wrapper|wrap|inner|area|bar|list|links|menu))?",
    re.IGNORECASE,
)
_SHARING_TOKEN = re.compile(r"(?:social|share)(?:[-_]?(?:share|links|icons|media|buttons|bar))?")
_CONSENT = re.compile(
    r"(?:cookie|consent|gdpr|ccpa)[-_]?(?:law|eu)?[-_]?(?:banner|bar|consent|notice|notification|"
    r"popup|pop|modal|message|alert|dialog|overlay|wall|info|container|sdk)"
    r"|onetrust-(?:banner|consent|pc)|ot-sdk-(?:container|row)|cybotcookiebot|hs-eu-cookie|osano-cm"
    r"|cky-|cmplz-|cli-modal|iubenda-cs|truste[-_](?:banner|consent|overlay)|tealiumgdpr"
    r"|usercentrics",
    re.IGNORECASE,
)
_ACCEPT = re.compile(
    r"\s*(?:(?:i )?(?:accept|agree|allow|reject|decline|deny)\b.*|ok(?:ay)?|got it|close|dismiss|×"
    r"|(?:cookie|privacy) settings|manage.*)\W*",
    re.IGNORECASE | re.DOTALL,
)
_COLLAPSIBLE = re.compile(
    r"accord|collaps|tab-?(?:pane|panel|content)|panel|toggle|expand|faq|read-?more|drawer-content",
    re.IGNORECASE,
)
_INVISIBLE_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_PROSE_LENGTH = 60  # characters: a text node as long as this, outside links, is a sentence
_TOO_MUCH_TO_LOSE = 0.25  # of the page's prose, for an element that is chrome by its tag
_TOO_MUCH_FOR_A_NAME = 0.1  # the same, for one that only sounds like it
_BANNER_LENGTH = 3000  # characters


@dataclass(slots=True)
class _Content:
    """What an element holds, itself and everything below it."""

    text: int = 0
    prose: int = 0
    titles: int = 0
    headings: int = 0
    links: int = 0
    accepts: int = 0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an element stands: inside a heading (or summary), inside the page's main part."""

    in_heading: bool = False
    in_main: bool = False


def noise(root: Element) -> set[Element]:
    """The elements under `root` (an lxml tree) that are no part of the document.

    What holds much of the page's prose is never among them, whatever it calls itself, so that an
    odd container does not lose the document.
    """
    contents = _measure(root)
    everything = contents[root]
    body = root.find("body")
    dropped: set[Element] = set()
    stack = [(root if body is None else body, _Place())]
    while stack:
        element, place = stack.pop()
        if element is not body and _is_noise(element, place, contents, everything):
            dropped.add(element)
            continue
        if len(element):
            within = _Place(
                place.in_heading or element.tag in _HEADINGS or element.tag == "summary",
                place.in_main or element.tag in ("main", "article"),
            )
            stack.extend((child, within) for child in element)
    return dropped


def _measure(root: Element) -> dict[Element, _Content]:
    contents: dict[Element, _Content] = {}
    in_order = list(root.iter())
    for element in reversed(in_order):  # children before their parents
        content = contents.setdefault(element, _Content())
        if element.tag in NEVER_SHOWN:
            contents[element] = content = _Content()
        else:
            _count(content, element.text, element.tag != "a")
            content.titles += element.tag == "h1"
            content.headings += element.tag in _HEADINGS
            content.links += element.tag == "a"
            content.accepts += (
                element.tag in ("a", "button") and _ACCEPT.fullmatch(element.text or "") is not None
            )
        parent = element.getparent()
        if parent is not None:
            above = contents.setdefault(parent, _Content())
            _count(above, element.tail, parent.tag != "a")
            above.text += content.text
            above.prose += content.prose
            above.titles += content.titles
            above.headings += content.headings
            above.links += content.links
            above.accepts += content.accepts
    return contents


def _count(content: _Content, text: str | None, may_be_prose: bool) -> None:
    length = len(" ".join(text.split())) if text else 0
    content.text += length
    if may_be_prose and length >= _PROSE_LENGTH:
        content.prose += length


def _is_noise(
    element: Element, place: _Place, contents: dict[Element, _Content], everything: _Content
) -> bool:
    if element.tag in NEVER_SHOWN:
        return True
    if element.tag == "button":
        return not (place.in_heading or _opens_content(element))
    content = contents[element]
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if _holds(content, everything, _TOO_MUCH_TO_LOSE):
        return False
    if _is_hidden(element, names) or not _SCREEN_READER_ONLY.isdisjoint(names.split()):
        return True
    if content.text <= _BANNER_LENGTH and _CONSENT.search(names):
        return bool(content.accepts or not content.prose)
    if content.titles and element.tag != "nav":
        return False
    if _is_chrome_by_tag(element, place, content):
        return True
    return not _holds(content, everything, _TOO_MUCH_FOR_A_NAME) and _is_chrome_by_name(
        element, names.split(), content
    )


def _holds(content: _Content, everything: _Content, share: float) -> bool:
    """Whether the element holds more than that share of the page's sentences."""
    if everything.prose:
        return content.prose >= share * everything.prose
    return content.text > everything.text / 2


def _is_hidden(element: Element, names: str) -> bool:
    hidden = (
        (element.get("hidden") is not None and element.get("hidden") != "until-found")
        or element.get("aria-hidden") == "true"
        or _INVISIBLE_STYLE.search(element.get("style") or "") is not None
    )
    # a collapsed section of the document is one click away from its reader
    return hidden and element.get("role") != "tabpanel" and not _COLLAPSIBLE.search(names)


def _is_chrome_by_tag(element: Element, place: _Place, content: _Content) -> bool:
    if element.tag in ("header", "footer"):
        if place.in_main:
            return False
        return not content.headings or content.links > 2
    if element.tag == "aside":  # else a remark of the document's own
        return content.links > 1 or not content.prose
    return element.tag in _CHROME_TAGS or element.get("role") in _CHROME_ROLES


def _is_chrome_by_name(element: Element, names: list[str], content: _Content) -> bool:
    if element.tag in ("a", "main", "article", "body") or element.tag in _HEADINGS:
        return False  # a link may open a popup, but it is none
    return any(
        _POPUP_TOKEN.fullmatch(name)
        or (content.links > 1 and _CHROME_TOKEN.fullmatch(name))
        or (not content.prose and content.links > 1 and _SHARING_TOKEN.fullmatch(name))
        for name in names
    )


def _opens_content(button: Element) -> bool:
    if any(button.get(name) for name in ("aria-controls", "data-toggle", "data-bs-toggle")):
        return True
    return _COLLAPSIBLE.search(button.get("class") or "") is not None
