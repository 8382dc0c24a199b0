"""The straight lines that a PDF page draws, as vectors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Obj = Mapping[str, Any]
Point = tuple[float, float]

# In parts of the page's usual font size.
_THIN = 0.25
_SNAP = 0.2
_DASH_GAP = 0.5
_SLANT = 0.05


@dataclass(frozen=True, slots=True)
class Ruling:
    """A horizontal or vertical line, in points, origin top left.

    ``at`` is its y (horizontal) or x, ``start`` and ``end`` are along it.
    """

    horizontal: bool
    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        """Length in points."""
        return self.end - self.start


def find_rulings(
    page: Any, dx: float, dy: float, font_size: float
) -> tuple[tuple[Ruling, ...], int]:
    """Return the page's rulings and how many other paths it draws.

    Filled areas are no rulings unless they are thin: word processors paint a white
    box behind every paragraph. A line in white is not seen and does not count.

    Args:
        page: A page of pdfplumber.
        dx: What to add to pdfplumber's x to come to the page as shown.
        dy: The same for y.
        font_size: The usual size of letters on the page.
    """
    found: list[Ruling] = []
    other = 0
    for obj in (*page.lines, *page.rects, *page.curves):
        pieces = list(_pieces(obj, _THIN * font_size))
        found.extend(pieces)
        other += not pieces and obj["object_type"] == "curve"
    moved = [
        Ruling(
            r.horizontal,
            r.at + (dy if r.horizontal else dx),
            r.start + (dx if r.horizontal else dy),
            r.end + (dx if r.horizontal else dy),
        )
        for r in found
    ]
    return join_rulings(moved, font_size), other


def join_rulings(rulings: Iterable[Ruling], font_size: float) -> tuple[Ruling, ...]:
    """Return the rulings with pieces of one line (dashes, cell borders) made one."""
    every = list(rulings)
    joined: list[Ruling] = []
    for horizontal in (True, False):
        mine = [r for r in every if r.horizontal == horizontal]
        for group in _snapped(mine, _SNAP * font_size):
            joined.extend(_chained(group, _DASH_GAP * font_size))
    return tuple(joined)


def _pieces(obj: Obj, thin: float) -> Iterator[Ruling]:
    width, height = float(obj["width"]), float(obj["height"])
    stroked = bool(obj.get("stroke")) and not _is_white(obj.get("stroking_color"))
    filled = bool(obj.get("fill")) and not _is_white(obj.get("non_stroking_color"))
    if min(width, height) <= thin and (stroked or filled):
        yield from _bar(obj, width, height)
    elif stroked:
        yield from _edges(_corners(obj), thin)


def _bar(obj: Obj, width: float, height: float) -> Iterator[Ruling]:
    x0, x1, y0, y1 = (float(obj[k]) for k in ("x0", "x1", "top", "bottom"))
    if width > height:
        yield Ruling(True, (y0 + y1) / 2, x0, x1)
    elif height > width:
        yield Ruling(False, (x0 + x1) / 2, y0, y1)


def _corners(obj: Obj) -> Sequence[Point]:
    if obj["object_type"] == "rect":
        x0, x1, y0, y1 = (float(obj[k]) for k in ("x0", "x1", "top", "bottom"))
        return [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]
    return [(float(x), float(y)) for x, y in obj.get("pts", ())]


def _edges(corners: Sequence[Point], thin: float) -> Iterator[Ruling]:
    for (xa, ya), (xb, yb) in pairwise(corners):
        run, rise = abs(xb - xa), abs(yb - ya)
        if run > thin and rise <= max(_SLANT * run, 0.01):
            yield Ruling(True, (ya + yb) / 2, min(xa, xb), max(xa, xb))
        elif rise > thin and run <= max(_SLANT * rise, 0.01):
            yield Ruling(False, (xa + xb) / 2, min(ya, yb), max(ya, yb))


def _is_white(color: Any) -> bool:
    """Whether a colour of pdfplumber's (grey, RGB or CMYK) leaves no ink."""
    if isinstance(color, int | float):
        return color >= 1
    if not isinstance(color, tuple | list) or not all(
        isinstance(v, int | float) for v in color
    ):
        return False
    if len(color) == 4:
        return not any(color)
    return bool(color) and all(v >= 1 for v in color)


def _snapped(rulings: list[Ruling], near: float) -> Iterator[list[Ruling]]:
    group: list[Ruling] = []
    for ruling in sorted(rulings, key=lambda r: r.at):
        if group and ruling.at - group[0].at > near:
            yield group
            group = []
        group.append(ruling)
    if group:
        yield group


def _chained(group: list[Ruling], near: float) -> Iterator[Ruling]:
    total = sum(r.length for r in group) or 1.0
    at = sum(r.at * r.length for r in group) / total
    start, end = None, 0.0
    for ruling in sorted(group, key=lambda r: r.start):
        if start is None:
            start, end = ruling.start, ruling.end
        elif ruling.start <= end + near:
            end = max(end, ruling.end)
        else:
            yield Ruling(ruling.horizontal, at, start, end)
            start, end = ruling.start, ruling.end
    if start is not None:
        yield Ruling(group[0].horizontal, at, start, end)
