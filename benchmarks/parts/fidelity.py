"""Real documents compared with what a person sees of them: which words are lost?

Web pages are compared with Chromium's text of them, PDFs with that of poppler's pdftotext. The
first share is that of all words, the last one leaves out navigation and consent banners.

python -m benchmarks.parts.fidelity [NAME...]
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from benchmarks.data import PAGES, PDFS
from index.documents.document_builder import clean
from index.documents.loader import read_document
from index.types import BlockKind

_CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
_PDFTOTEXT = shutil.which("pdftotext")
# The text that the browser renders, and the same without what its markup says is navigation: the
# landmarks of HTML and ARIA, controls, lists of links, and small boxes about cookies. Long texts
# that open on a click are opened first.
_SEEN_TEXTS = """
() => {
  const seen = document.body.innerText;
  for (const element of document.body.querySelectorAll("div, section, article, li, dd, p"))
    if (element.textContent.length > 2000 && getComputedStyle(element).display === "none")
      element.style.setProperty("display", "block", "important");
  const whole = document.body.innerText;
  const landmarks = `nav, dialog, form, [role=navigation], [role=banner],
    [role=contentinfo], [role=search], [role=dialog], [role=alertdialog], [role=complementary],
    [aria-modal=true], header, footer`;
  const boxes = `[id*=cookie i], [class*=cookie i], [id*=consent i], [class*=consent i],
    [id*=onetrust i], [class*=onetrust i]`;
  const small = element => element.innerText.length < whole.length / 4;
  for (const element of document.querySelectorAll(landmarks))
    if (small(element) && !element.closest("main, article")) element.remove();
  for (const element of document.querySelectorAll("button, select")) element.remove();
  for (const element of document.querySelectorAll(boxes))
    if (small(element) && !element.querySelector("h1")) element.remove();
  for (const list of document.querySelectorAll("ul, ol")) {
    const linked = [...list.querySelectorAll("a")].map(link => link.innerText.length);
    const total = linked.reduce((sum, length) => sum + length, 0);
    if (linked.length > 2 && total > 0.8 * list.innerText.length) list.remove();
  }
  return [seen, document.body.innerText];
}
"""
_ENOUGH = 0.98
_SHOWN = 12  # words of each passage that is missing
_MOST_SHOWN = 6  # passages


def main() -> None:
    wanted = sys.argv[1:] if __name__ == "__main__" else []
    for kind, paths, seen in (("pages", PAGES, _pages_seen), ("PDFs", PDFS, _pdfs_seen)):
        paths = tuple(path for path in paths if not wanted or path.stem in wanted)
        shares = [
            _report(path, texts, in_full=bool(wanted))
            for path, texts in (seen(paths) if paths else ())
        ]
        if not shares:
            print(f"{kind}: left out, no such documents on this machine, or nothing to read them")
            continue
        enough = sum(share >= _ENOUGH for share in shares)
        print(
            f"{kind}: {enough} of {len(shares)} with at least {_ENOUGH:.0%} of the seen words in "
            f"order, lowest {min(shares):.2%}, mean {sum(shares) / len(shares):.2%}"
        )


def _report(path: Path, texts: Sequence[str], *, in_full: bool) -> float:
    """Prints and returns the share of the words of the last text, the one without noise."""
    document = read_document(path, path.read_bytes())
    got = _words(document.text)
    joined = f" {' '.join(got)} "
    headings = sum(block.kind is BlockKind.HEADING for block in document.blocks)
    shares = []
    for text in texts:
        wanted = _words(text)
        matcher = SequenceMatcher(None, wanted, got, autojunk=False)
        missing = [
            wanted[start:end] for tag, start, end, _, _ in matcher.get_opcodes() if tag[0] in "dr"
        ]
        shares.append(1 - sum(map(len, missing)) / len(wanted))
    print(
        f"{path.name[:30]:30} {' '.join(f'{share:8.2%}' for share in shares)} of {len(wanted)} "
        f"words ({len(got)} ours), {headings} headings"
    )
    if not in_full:
        missing = sorted(missing, key=len, reverse=True)[:_MOST_SHOWN]
    for words in missing:
        place = "elsewhere" if f" {' '.join(words)} " in joined else "missing"
        shown = words if in_full else words[:_SHOWN]
        more = f" ... ({len(words)} words)" if len(words) > len(shown) else ""
        print(f"    {place}: {' '.join(shown)}{more}")
    return shares[-1]


def _words(text: str) -> list[str]:
    """Words without punctuation, case and ligatures, as a reader takes them."""
    text = unicodedata.normalize("NFKC", clean(text)).lower()
    return re.findall(r"[^\W_]+", re.sub(r"(?<=\w)[-\u2010\u2011]\n\s*(?=\w)", "", text))


def _pages_seen(paths: Sequence[Path]) -> Iterator[tuple[Path, Sequence[str]]]:
    if _CHROMIUM is None:
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(offline=True).new_page()
        page.route("**/*", _only_the_page)
        for path in paths:
            page.goto(path.absolute().as_uri(), wait_until="domcontentloaded")
            yield path, page.evaluate(_SEEN_TEXTS)
        browser.close()


def _only_the_page(route: Any) -> None:
    if route.request.resource_type == "document":
        route.continue_()
    else:
        route.abort()


def _pdfs_seen(paths: Sequence[Path]) -> Iterator[tuple[Path, Sequence[str]]]:
    if _PDFTOTEXT is None:
        return
    for path in paths:
        command = [_PDFTOTEXT, "-enc", "UTF-8", str(path), "-"]
        text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        if text.count("\3") > text.count(" "):  # numbers of glyphs, which it takes for letters
            text = "\n".join(map(_line_of_glyphs, text.split("\n")))
        yield path, (text,)


def _line_of_glyphs(line: str) -> str:
    """A line whose letters are numbers of glyphs in the order of Apple's fonts (Mac OS Roman)."""
    if "\3" not in line and any(map(str.islower, line)):
        return line  # in a font that says what its letters are
    codes = (ord(glyph) for glyph in line if 3 <= ord(glyph) <= 222)
    shifted = (code + (29 if code <= 97 else 30 if code <= 171 else 31) for code in codes)
    return bytes(shifted).decode("mac_roman")


if __name__ == "__main__":
    main()
