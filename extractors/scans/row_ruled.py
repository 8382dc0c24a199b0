"""Tables on a scan that rule their rows and no columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2

from extractors.model import Word
from extractors.scans.grid import Area, ScannedTable
from extractors.scans.ink import drop_large_ink, find_ink, shrink
from extractors.scans.joining import Mask
from extractors.scans.levelling import find_line_boxes
from extractors.scans.straighten import StraightPage
from extractors.scans.strokes import Strokes
from extractors.scans.unruled import (
    ABOVE,
    BELOW,
    build_open,
    enlarge_box,
    find_cut,
    is_taken,
    name_words,
    wipe,
)
from extractors.tables.row_ruled import find_row_ruled
from extractors.tables.rulings import Ruling

SPACE = 0.45
"""In x-heights; what parts two words, and two groups of digits."""

LEAST_RULINGS = 4
"""Level rulings; fewer part no rows."""


def find_row_ruled_tables(
    page: StraightPage, strokes: Strokes, taken: Sequence[Area]
) -> list[ScannedTable]:
    """Return the tables of a page whose rulings part the rows alone.

    Args:
        page: The straight page.
        strokes: Rulings on it.
        taken: Areas of the tables already found.
    """
    level = list(find_rulings(strokes.level, taken, level=True))
    if len(level) < LEAST_RULINGS:
        return []
    upright = find_rulings(strokes.upright, taken, level=False)
    page = wipe(page, strokes.level)
    words = find_words(page, level, taken)
    height = (ABOVE + BELOW) * page.x_height
    grids = find_row_ruled([*level, *upright], words, (), height)
    return [
        build_open(page, grid, 1.0, find_cut(grid, words, page.x_height, 1.0))
        for grid in grids
    ]


def find_rulings(mask: Mask, taken: Sequence[Area], *, level: bool) -> Iterator[Ruling]:
    """Yield the rulings of one direction that are in no table yet."""
    _, _, stats, middles = cv2.connectedComponentsWithStats(mask, connectivity=8)
    for (x, y, w, h, _), (across, down) in zip(stats[1:], middles[1:], strict=True):
        if is_taken((x, y, x + w, y + h), taken):
            continue
        if level:
            yield Ruling(True, float(down), float(x), float(x + w))
        else:
            yield Ruling(False, float(across), float(y), float(y + h))


def find_words(
    page: StraightPage, level: Sequence[Ruling], taken: Sequence[Area]
) -> list[Word]:
    """Return the words between the first and the last ruling, as tall as their line.

    What they say is a figure or that they are text.
    """
    rough, factor = shrink(page.gray, round(max(page.gray.shape) * 14 / page.x_height))
    top, low = min(r.at for r in level), max(r.at for r in level)
    found = find_line_boxes(
        drop_large_ink(find_ink(rough)), page.x_height / factor, 0.0, SPACE
    )
    boxes = [enlarge_box(box, factor) for box in found]
    inside = [
        box
        for box in boxes
        if top < (box[1] + box[3]) / 2 < low and not is_taken(box, taken)
    ]
    return name_words(page, inside)
