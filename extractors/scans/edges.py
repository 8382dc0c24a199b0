"""Print that runs into what a scan does not show: cut off, or lost in the dark."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.model import BBox
from extractors.scans.ink import drop_large_ink, find_ink, label_rows, shrink
from extractors.scans.straighten import StraightPage

COARSE = 7.0
"""The x-height in pixels of the copy in which lines are followed."""

NEAR = 1.5
"""In x-heights; print ends this far from the end of the paper only if it was cut."""

LEAST_CUT = 3
"""Fewer lines end there by chance: a page number, a stamp."""

ALONG = 5
"""As many letters of one line at the edge: the line is cut along its length."""

LETTERS = (0.4, 2.0)
"""In x-heights; half of the letters of a line of print are within."""


def runs_off(page: StraightPage) -> bool:
    """Whether lines of print run into the end of what can be seen."""
    cut = 0
    for pieces in find_rows(page):
        at_edge = [is_at_edge(page, piece) for piece in pieces]
        if sum(at_edge) >= ALONG:
            return True
        cut += at_edge[0] or at_edge[-1]
    return cut >= LEAST_CUT


def find_rows(page: StraightPage) -> Iterator[list[BBox]]:
    """Yield the boxes of each line's pieces on the scan, from left to right."""
    rough, factor = shrink(
        page.gray, round(max(page.gray.shape) * COARSE / page.x_height)
    )
    ink = drop_large_ink(find_ink(rough))
    found = cv2.connectedComponentsWithStats(ink, connectivity=8)
    labels, stats = np.asarray(found[1], np.int32), np.asarray(found[2], np.int32)
    x_height = page.x_height / factor
    rows = label_rows(labels, stats, x_height)
    for row in np.unique(rows[rows > 0]):
        own = stats[rows == row]
        usual = float(np.median(own[:, cv2.CC_STAT_HEIGHT])) / x_height
        if LETTERS[0] <= usual <= LETTERS[1]:
            ordered = own[np.argsort(own[:, cv2.CC_STAT_LEFT])]
            yield page.warp.locate_boxes([_box(stat, factor) for stat in ordered])


def _box(stat: NDArray[np.int32], factor: float) -> BBox:
    x, y, w, h = (float(v) * factor for v in stat[:4])
    return BBox(x, y, x + w, y + h)


def is_at_edge(page: StraightPage, box: BBox, near: float = NEAR) -> bool:
    """Whether a box on the scan reaches to where no paper is seen.

    Args:
        page: The page, which knows where there is paper.
        box: In pixels of the even scan, as it lay.
        near: In x-heights.
    """
    height, width = page.flat.shape
    zoom = max(page.gray.shape) / max(height, width)
    reach = near * page.x_height / zoom
    x0, y0, x1, y1 = box.x0 - reach, box.y0 - reach, box.x1 + reach, box.y1 + reach
    if x0 < 0 or y0 < 0 or x1 > width or y1 > height:
        return True
    if page.seen is None:
        return False
    down, across = page.seen.shape[0] / height, page.seen.shape[1] / width
    part = page.seen[int(y0 * down) : int(y1 * down) + 1, int(x0 * across) :]
    return not part[:, : int((x1 - x0) * across) + 1].all()
