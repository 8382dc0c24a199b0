"""Ruled tables of a straight page: where they are and how their cells lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.model import BBox
from extractors.scans.joining import Mask, join_places, measure_edges
from extractors.scans.levelling import Trace, fit_bend
from extractors.scans.strokes import Strokes, find_strokes, trace_strokes
from extractors.scans.warp import Gray, Warp, chain, place_nodes

LEAST_CELLS = 6
"""Fewer are a stamp or a frame, no table."""

FRAME = (0.5, 30.0)
"""A cell larger than this part of the table, and taller in x-heights, is the page."""

MARGIN = 1.5
"""In x-heights: what is drawn around a table beyond its rulings."""

Area = tuple[int, int, int, int]
"""A box (x0, y0, x1, y1) in pixels."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell by its first place, its spans, and its pixels in the table's picture."""

    row: int
    col: int
    row_span: int
    col_span: int
    box: Area


@dataclass(frozen=True, slots=True)
class ScannedTable:
    """A table drawn straight by its own rulings.

    ``gray`` is its picture, ``warp`` leads from it to the straight page's source,
    ``area`` is its box in pixels of the straight page. ``spill`` is how many pixels
    the print of a cell may reach over the cell's edge, where no ruling stops it, and
    ``cut`` has the cells, by their place, at whose edge print is cut in two.
    """

    gray: Gray
    rulings: Mask
    warp: Warp
    area: Area
    n_rows: int
    n_cols: int
    cells: tuple[GridCell, ...]
    x_height: float
    spill: int = 0
    cut: frozenset[int] = frozenset()


def find_tables(
    flat: Gray, warp: Warp, strokes: Strokes, x_height: float
) -> list[ScannedTable]:
    """Return the ruled tables of a page, top to bottom.

    Args:
        flat: The even scan that ``warp`` leads to.
        warp: From the straight page to the scan.
        strokes: Rulings on the straight page.
        x_height: Of the straight page's text.
    """
    tables = []
    for area, mask in find_areas(strokes, x_height):
        table = draw_table(flat, warp, strokes, area, mask, x_height)
        if table is not None:
            tables.append(table)
    return sorted(tables, key=lambda t: t.area[1])


def find_areas(strokes: Strokes, x_height: float) -> Iterator[tuple[Area, Mask]]:
    """Yield the boxes of rulings that hang together, and which pixels are theirs."""
    if not (strokes.level.any() and strokes.upright.any()):
        return
    reach = max(3, round(0.5 * x_height))
    joined = cv2.dilate(
        strokes.level | strokes.upright, np.ones((reach, reach), np.uint8)
    )
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    for k in range(1, count):
        x, y, w, h = (int(v) for v in stats[k, :4])
        if w < 6 * x_height or h < 3 * x_height:
            continue
        mask = (labels[y : y + h, x : x + w] == k).astype(np.uint8)
        both = (
            int((strokes.level[y : y + h, x : x + w] & mask).any(axis=1).sum()),
            int((strokes.upright[y : y + h, x : x + w] & mask).any(axis=0).sum()),
        )
        if min(both) > 0:
            yield (x, y, x + w, y + h), mask


def draw_table(
    flat: Gray,
    warp: Warp,
    strokes: Strokes,
    area: Area,
    mask: Mask,
    x_height: float,
) -> ScannedTable | None:
    """Return the table of an area, or None if it has too few cells."""
    x0, y0, x1, y1 = area
    level = strokes.level[y0:y1, x0:x1] & mask
    upright = strokes.upright[y0:y1, x0:x1] & mask
    margin = round(MARGIN * x_height)
    own = straighten_area((x1 - x0, y1 - y0), level, upright, x_height, margin)
    placed = Warp(own.size, own.nodes + np.array([x0, y0], float))
    whole = chain(placed, warp)
    gray, seen = look_again(flat, whole, x_height)
    if is_bent(own, margin, x_height):
        # Rulings too slanted to be seen at first show now.
        own = straighten_area(whole.size, seen.level, seen.upright, x_height, 0)
        whole, placed = chain(own, whole), chain(own, placed)
        gray, seen = look_again(flat, whole, x_height)
    grid = find_cells(seen, x_height)
    if grid is None:
        return None
    n_rows, n_cols, cells = grid
    if len(cells) < LEAST_CELLS or n_cols < 2 or n_rows < 2:
        return None
    if is_frame(cells, x_height):
        return None
    rulings = seen.level | seen.upright
    held = find_extent(cells, placed, 0.3 * x_height)
    return ScannedTable(gray, rulings, whole, held, n_rows, n_cols, cells, x_height)


def find_extent(cells: Sequence[GridCell], placed: Warp, slack: float) -> Area:
    """Return the box on the page that the cells take: what is beside them is prose.

    Args:
        cells: Of the table.
        placed: From the table's picture to the page.
        slack: In pixels; the outer rulings' thickness.
    """
    x0, y0, x1, y1 = zip(*(cell.box for cell in cells), strict=True)
    around = BBox(float(min(x0)), float(min(y0)), float(max(x1)), float(max(y1)))
    (box,) = placed.locate_boxes([around])
    left, top = max(round(box.x0 - slack), 0), max(round(box.y0 - slack), 0)
    return left, top, round(box.x1 + slack), round(box.y1 + slack)


def is_frame(cells: Sequence[GridCell], x_height: float) -> bool:
    """Whether most of it is one tall cell: a border of the page, the paper's edge."""
    boxes = [cell.box for cell in cells]
    sizes = [(x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in boxes]
    _, top, _, low = boxes[int(np.argmax(sizes))]
    return max(sizes) > FRAME[0] * sum(sizes) and low - top > FRAME[1] * x_height


def look_again(flat: Gray, whole: Warp, x_height: float) -> tuple[Gray, Strokes]:
    """Return the table's picture and its own rulings, without those of neighbours."""
    gray = whole.apply(flat)
    seen = find_strokes(gray, x_height)
    masks = [(area, mask) for area, mask in find_areas(seen, x_height)]
    if not masks:
        return gray, seen
    (x0, y0, x1, y1), mask = max(masks, key=lambda m: m[1].size)
    own = np.zeros_like(seen.level)
    own[y0:y1, x0:x1] = mask
    return gray, Strokes(seen.ink, seen.level & own, seen.upright & own)


def is_bent(own: Warp, margin: int, x_height: float) -> bool:
    """Whether the table had to be bent by more than a part of a letter."""
    moved = own.nodes - (place_nodes(own.size) - margin)
    return bool(np.abs(moved).max() > 0.5 * x_height)


def straighten_area(
    size: tuple[int, int], level: Mask, upright: Mask, x_height: float, pad: int
) -> Warp:
    """Return the map from the table made straight to its area of the page.

    Level rulings become level and upright ones upright, by one smooth bend each way:
    that undoes perspective and curvature alike, with any of the rulings broken.
    """
    drawn = (size[0] + 2 * pad, size[1] + 2 * pad)
    nodes = place_nodes(drawn)
    target = nodes.reshape(-1, 2) - pad
    down = fit_bend(_long(trace_strokes(level, x_height, level=True)), x_height)
    over = fit_bend(_long(trace_strokes(upright, x_height, level=False)), x_height)
    found = target.copy()
    limit = 6 * x_height
    for _ in range(3):
        inside = np.clip(found, 0, size)
        dx = over.measure(inside[:, 1], inside[:, 0]) if over else np.zeros(len(target))
        dy = down.measure(inside[:, 0], inside[:, 1]) if down else np.zeros(len(target))
        shift = np.clip(np.stack([dx, dy], axis=1), -limit, limit)
        found = target + shift
    return Warp(drawn, found.reshape(nodes.shape))


def _long(traces: list[Trace]) -> list[Trace]:
    """Return the rulings that are seen at three places at least."""
    return [t for t in traces if len(t.along) >= 3]


def find_lines(mask: Mask, x_height: float, *, level: bool) -> list[float]:
    """Return the places of rulings across, each ruling of the grid once."""
    view = mask if level else mask.T
    profile = view.sum(axis=1).astype(float)
    least = 2.5 * x_height
    reach = max(1, round(0.35 * x_height))
    smooth = np.convolve(profile, np.ones(3), mode="same")
    lines: list[float] = []
    for place in np.argsort(-smooth):
        if profile[place] < least:
            if smooth[place] < least:
                break
            continue
        if all(abs(place - other) > 2 * reach for other in lines):
            start, stop = max(0, place - reach), place + reach + 1
            weight = profile[start:stop]
            lines.append(
                float(
                    (np.arange(start, start + len(weight)) * weight).sum()
                    / weight.sum()
                )
            )
    return sorted(lines)


def find_cells(
    seen: Strokes, x_height: float
) -> tuple[int, int, tuple[GridCell, ...]] | None:
    """Return rows, columns and cells of a table's straight picture.

    Args:
        seen: Its ink and rulings.
        x_height: Of its text, in pixels.
    """
    level, upright, ink = seen.level, seen.upright, seen.ink
    rows = find_lines(level, x_height, level=True)
    cols = find_lines(upright, x_height, level=False)
    rows = close_ends(rows, upright, x_height, level=True)
    cols = close_ends(cols, level, x_height, level=False)
    if len(rows) < 3 or len(cols) < 3:
        return None
    across = measure_edges(level, ink, rows, cols, x_height)
    along = measure_edges(upright.T, ink.T, cols, rows, x_height).T
    owner = join_places(across, along)
    tops, lefts = find_starts(owner), find_starts(owner.T)
    owner = owner[np.ix_(tops, lefts)]
    rows, cols = (
        [rows[k] for k in tops] + rows[-1:],
        [cols[k] for k in lefts] + cols[-1:],
    )
    cells = []
    for label in np.unique(owner):
        r, c = np.nonzero(owner == label)
        top, left, bottom, right = map(int, (r[0], c.min(), r[-1] + 1, c.max() + 1))
        box = (
            round(cols[left]),
            round(rows[top]),
            round(cols[right]),
            round(rows[bottom]),
        )
        cells.append(GridCell(top, left, bottom - top, right - left, box))
    cells.sort(key=lambda cell: (cell.row, cell.col))
    return len(rows) - 1, len(cols) - 1, tuple(cells)


def find_starts(owner: NDArray[np.int64]) -> list[int]:
    """Return the rows of the grid at whose upper line some cell begins."""
    begun = (owner[1:] != owner[:-1]).any(axis=1)
    return [0, *(int(k) + 1 for k in np.flatnonzero(begun))]


def close_ends(
    lines: list[float], other: Mask, x_height: float, *, level: bool
) -> list[float]:
    """Add the outer lines of a table that has none: open sides, page breaks.

    They are put where the rulings of the other direction end: two at least, for a lone
    one is a stroke of a letter that touches the table.
    """
    view = other if level else other.T
    begun = np.diff(view.astype(np.int8), axis=1, prepend=0) == 1
    seen = np.flatnonzero(begun.sum(axis=1) > 1)
    if not len(lines) or not seen.size:
        return lines
    first, last = float(seen[0]), float(seen[-1])
    least = 1.5 * x_height
    before = [first] if lines[0] - first > least else []
    after = [last] if last - lines[-1] > least else []
    return before + lines + after
