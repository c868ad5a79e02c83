"""The layout of a PDF's pages: whole lines in reading order, without running lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from index.text.list_marks import PDF_MARK

_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:page )?(?:\d{1,4}|[ivxl]+)(?: (?:of|/) \d{1,4})?[-–—\s]*", re.IGNORECASE
)
_EDGE_LINES = 3  # at the head and at the foot of a page, where running lines stand
_PAGES_OF_RUNNING_LINE = 0.4  # of all pages: left and right pages may have their own
_SAME_BASELINE = 0.5  # of the font size


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, or a piece of one, in points from the page's lower left corner.

    `size` is that of its largest letters, `bold` says that every word is, `page` counts from 1.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    page: int


def without_running_lines(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without the heads, feet and page numbers that come again on many of them."""
    seen: Counter[str] = Counter()
    for lines in pages:
        seen.update({key for line in _edge_lines(lines) for key in _running_keys(line)})
    enough = max(2, _PAGES_OF_RUNNING_LINE * len(pages))
    kept = []
    for lines in pages:
        running = {
            line
            for line in _edge_lines(lines)
            if any(seen[key] >= enough for key in _running_keys(line))
        }
        kept.append([line for line in lines if line not in running])
    return kept if any(kept) else [list(lines) for lines in pages]


def _edge_lines(lines: Sequence[Line]) -> set[Line]:
    baselines = sorted({round(line.baseline) for line in lines})
    edges = {*baselines[:_EDGE_LINES], *baselines[-_EDGE_LINES:]}
    return {line for line in lines if round(line.baseline) in edges}


def _running_keys(line: Line) -> tuple[str, ...]:
    """The line as it stands, with its numbers counted from the page's, and as a page number."""
    counted = re.sub(r"\d{1,4}", lambda digits: f"\0{int(digits.group()) - line.page}", line.text)
    is_number = _PAGE_NUMBER.fullmatch(line.text) is not None
    return (line.text, counted, "\0number") if is_number else (line.text, counted)


def in_reading_order(pieces: Sequence[Line]) -> list[Line]:
    """Whole lines of one page, in the order in which a person reads them.

    That is the order in which the file draws them, unless it jumps about, or draws two columns
    side by side.
    """
    gutter = _gutter(pieces)
    if gutter is not None:
        pieces = _by_column(pieces, gutter)
    else:
        jumps = sum(after.baseline > before.baseline + 2 for before, after in pairwise(pieces))
        if jumps > len(pieces) / 4:
            pieces = sorted(pieces, key=lambda piece: (-round(piece.baseline), piece.left))
    lines: list[Line] = []
    for piece in pieces:
        last = lines[-1] if lines else None
        if (
            last
            and _continues_line(last, piece)
            and not (gutter and last.right <= gutter <= piece.left)
        ):
            lines[-1] = _joined(last, piece)
        else:
            lines.append(piece)
    return lines


def _gutter(pieces: Sequence[Line]) -> float | None:
    """Where two columns of running text part, if they plainly do."""
    if len(pieces) < 12:
        return None
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    for middle in (left + (right - left) * share / 40 for share in range(14, 27)):
        sides = [piece for piece in pieces if piece.right <= middle]
        others = [piece for piece in pieces if piece.left >= middle]
        crossing = len(pieces) - len(sides) - len(others)
        if min(len(sides), len(others)) < 5 or crossing > len(pieces) / 5:
            continue
        widths = (
            median(piece.right - piece.left for piece in sides),
            median(piece.right - piece.left for piece in others),
        )
        if widths[0] > 0.6 * (middle - left) and widths[1] > 0.6 * (right - middle):
            return middle
    return None


def _by_column(pieces: Sequence[Line], gutter: float) -> list[Line]:
    """Left column before right, between any two lines that run across both."""
    bands: list[tuple[list[Line], list[Line], list[Line]]] = [([], [], [])]
    for piece in sorted(pieces, key=lambda piece: (-round(piece.baseline), piece.left)):
        if piece.left < gutter < piece.right:
            if bands[-1][1] or bands[-1][2]:
                bands.append(([], [], []))
            bands[-1][0].append(piece)
        else:
            bands[-1][1 if piece.right <= gutter else 2].append(piece)
    return [piece for band in bands for part in band for piece in part]


def _continues_line(last: Line, piece: Line) -> bool:
    near = abs(last.baseline - piece.baseline) < _SAME_BASELINE * max(last.size, piece.size)
    return near and piece.left > last.right - last.size / 2


def _joined(last: Line, piece: Line) -> Line:
    larger = max(last, piece, key=lambda part: part.size)
    gap = "" if piece.left - last.right < 0.1 * larger.size else " "
    last_is_marker = PDF_MARK.match(f"{last.text} x") is not None
    return replace(
        larger,
        text=last.text + gap + piece.text,
        left=last.left,
        right=piece.right,
        bold=piece.bold and (last.bold or last_is_marker),
    )
