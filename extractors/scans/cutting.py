"""The cells of a scanned table cut out: without rulings, specks and stubs."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.scans.grid import Area, GridCell, ScannedTable
from extractors.scans.ink import find_ink

Gray = NDArray[np.uint8]

WIDEST = 20_000
"""Columns; Tesseract refuses pictures that are much wider."""

DARK = 160
"""Below this grey a pixel of an even page is ink."""


@dataclass(frozen=True, slots=True)
class CutCell:
    """A cell's own ink: its crop, and the box (x0, y0, x1, y1) of the ink in it."""

    crop: Gray
    ink_box: tuple[int, int, int, int]
    x_height: float

    @property
    def is_one_line(self) -> bool:
        """Whether the ink is no taller than a line with marks above and below."""
        return self.ink_box[3] - self.ink_box[1] <= 2.7 * self.x_height

    @property
    def may_be_upright_text(self) -> bool:
        """Whether the text may run upwards, as heads of narrow columns do."""
        x0, y0, x1, y1 = self.ink_box
        return y1 - y0 > 3.5 * self.x_height and x1 - x0 < 2.8 * self.x_height


def cut_cells(table: ScannedTable) -> list[CutCell | None]:
    """Return each cell's ink without rulings, None where there is none."""
    clean = remove_rulings(table)
    ink = find_ink(clean)
    return [cut_cell(clean, ink, cell, table) for cell in table.cells]


def remove_rulings(table: ScannedTable) -> Gray:
    """Return the table's picture with its rulings painted over.

    Only close to a cell's edge: a 1 or a dash elsewhere looks like a ruling too.
    """
    x_height = table.x_height
    reach = max(2, round(0.3 * x_height))
    edges = np.zeros_like(table.gray)
    for cell in table.cells:
        x0, y0, x1, y1 = cell.box
        cv2.rectangle(edges, (x0, y0), (x1, y1), 1, 2 * reach + 1)
    rulings = widen_rulings(table.rulings, x_height)
    clean = table.gray.copy()
    clean[(rulings > 0) & (edges > 0)] = 255
    return clean


def widen_rulings(rulings: Gray, x_height: float) -> Gray:
    """Return the rulings with their soft edges."""
    grow = 2 * max(1, round(0.07 * x_height)) + 1
    return np.asarray(cv2.dilate(rulings, np.ones((grow, grow), np.uint8)), np.uint8)


def cut_cell(
    clean: Gray, ink: Gray, cell: GridCell, table: ScannedTable
) -> CutCell | None:
    """Return the cell's ink, None if there is none but specks and stubs."""
    x0, y0 = max(0, cell.box[0] - table.spill), max(0, cell.box[1] - table.spill)
    x1, y1 = cell.box[2] + table.spill, cell.box[3] + table.spill
    crop = clean[y0:y1, x0:x1].copy()
    if crop.size == 0:
        return None
    _, labels, stats, middles = cv2.connectedComponentsWithStats(ink[y0:y1, x0:x1])
    printed = find_print(np.asarray(stats, np.int32), crop.shape[:2], table.x_height)
    kept = printed & are_inside(np.add(middles, (x0, y0)), cell.box)
    if stats[kept, cv2.CC_STAT_AREA].sum() < 0.03 * table.x_height**2:
        return None
    drop_others(crop, np.asarray(labels, np.int32), kept)
    left, top = stats[kept, cv2.CC_STAT_LEFT], stats[kept, cv2.CC_STAT_TOP]
    right = (left + stats[kept, cv2.CC_STAT_WIDTH]).max()
    bottom = (top + stats[kept, cv2.CC_STAT_HEIGHT]).max()
    box = (int(left.min()), int(top.min()), int(right), int(bottom))
    return CutCell(crop, box, table.x_height)


def are_inside(points: NDArray[np.float64], box: Area) -> NDArray[np.bool_]:
    """Return which of the points (n, 2) lie in a box."""
    start, stop = np.array(box[:2]), np.array(box[2:])
    return np.asarray(((points >= start) & (points <= stop)).all(axis=1), bool)


def find_print(
    stats: NDArray[np.int32], shape: tuple[int, ...], x_height: float
) -> NDArray[np.bool_]:
    """Return which pieces of ink are print: no paper, no specks, no stubs."""
    kept = [is_print(stat, shape, x_height) for stat in stats]
    return np.array([False, *kept[1:]])


def drop_others(crop: Gray, labels: NDArray[np.int32], kept: NDArray[np.bool_]) -> None:
    """Paint over the pieces of ink that are not kept, their soft edges too."""
    others = (~kept)[labels] & (labels > 0)
    if others.any():
        fringe = cv2.dilate(others.astype(np.uint8), np.ones((3, 3), np.uint8))
        crop[(fringe > 0) & ~kept[labels]] = 255


def is_print(stat: NDArray[np.int32], shape: tuple[int, ...], x_height: float) -> bool:
    """Whether a piece of ink is print: no speck, no stub of a ruling at the edge."""
    x, y, w, h, area = (int(v) for v in stat)
    if area < 0.012 * x_height**2:
        return False
    band = 0.3 * x_height
    flat = h <= 0.3 * x_height and (y + h <= band or y >= shape[0] - band)
    thin = w <= 0.3 * x_height and (x + w <= band or x >= shape[1] - band)
    return not (flat and w > 0.2 * x_height) and not (thin and h > 0.2 * x_height)


def frame_ink(cut: CutCell, around: float) -> Gray:
    """Return the ink with white around, in x-heights."""
    x0, y0, x1, y1 = cut.ink_box
    return add_frame(cut.crop[y0:y1, x0:x1], around * cut.x_height)


def join_lines(cut: CutCell) -> Gray:
    """Return the cell's printed lines side by side as one line, framed in white.

    One word alone in its line ('Tỷ' over 'lệ') is easily misread; beside the others
    it is not.
    """
    x0, y0, x1, y1 = cut.ink_box
    body = cut.crop[y0:y1, x0:x1]
    lines = [body[top:bottom] for top, bottom in find_line_rows(cut)]
    bases = [find_baseline(line) for line in lines]
    above = max(bases, default=0)
    lows = [len(line) - base for line, base in zip(lines, bases, strict=True)]
    below = max(lows, default=0)
    pieces: list[Gray] = []
    for line, base in zip(lines, bases, strict=True):
        inked = np.flatnonzero((line < DARK).any(axis=0))
        if not inked.size:
            continue
        own = line[:, inked[0] : inked[-1] + 1]
        gap = round(0.6 * cut.x_height) if pieces else 0
        pad = ((above - base, below - len(line) + base), (gap, 0))
        pieces.append(np.pad(own, pad, constant_values=255))
    whole = np.hstack(pieces) if pieces else body
    if whole.shape[1] > WIDEST:
        whole = body
    return add_frame(np.asarray(whole, np.uint8), 0.8 * cut.x_height)


def find_baseline(line: Gray) -> int:
    """Return the row that letters stand on: where the ink falls off most."""
    profile = (line < DARK).sum(axis=1).astype(float)
    soft = np.convolve(profile, [0.25, 0.5, 0.25], mode="same")
    half = len(soft) // 2
    fall = soft[half:] - np.append(soft[half + 1 :], 0.0)
    return half + int(fall.argmax()) + 1 if fall.size else len(line)


def find_line_rows(cut: CutCell) -> list[tuple[int, int]]:
    """Return the rows of each printed line in the ink box, ends excluded.

    Marks above and dots below a line, parted from it by white, stay with the nearest
    line; lines that touch are parted where they hold the least ink.
    """
    x0, y0, x1, y1 = cut.ink_box
    profile = (cut.crop[y0:y1, x0:x1] < DARK).sum(axis=1)
    runs = merge_thin_runs(find_runs(profile > 0), cut.x_height)
    return [
        part
        for start, stop in runs
        for part in part_run(profile, start, stop, cut.x_height)
    ]


def find_runs(inked: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the stretches of rows with ink, ends excluded."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inked.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def merge_thin_runs(
    runs: list[tuple[int, int]], x_height: float
) -> list[tuple[int, int]]:
    """Return the runs with marks and dots joined to the nearest line."""
    while len(runs) > 1:
        thin = [k for k, (a, b) in enumerate(runs) if b - a < 0.75 * x_height]
        if not thin:
            break
        k = min(thin, key=lambda k: runs[k][1] - runs[k][0])
        above = runs[k][0] - runs[k - 1][1] if k else np.inf
        below = runs[k + 1][0] - runs[k][1] if k + 1 < len(runs) else np.inf
        first = k - 1 if above < below else k
        runs = [*runs[:first], (runs[first][0], runs[first + 1][1]), *runs[first + 2 :]]
    return runs


def part_run(
    profile: NDArray[np.int64], start: int, stop: int, x_height: float
) -> list[tuple[int, int]]:
    """Return a run of rows parted into lines of a usual height."""
    count = max(1, round((stop - start) / (2.7 * x_height)))
    if stop - start <= 3.2 * x_height or count == 1:
        return [(start, stop)]
    pitch = (stop - start) / count
    reach = round(0.5 * x_height)
    cuts = [start]
    for k in range(1, count):
        middle = round(start + k * pitch)
        near = profile[middle - reach : middle + reach + 1]
        cuts.append(middle - reach + int(near.argmin()))
    return list(zip(cuts, [*cuts[1:], stop], strict=True))


def add_frame(gray: Gray, pad: float) -> Gray:
    """Return the crop with white around."""
    p = round(pad)
    framed = cv2.copyMakeBorder(gray, p, p, p, p, cv2.BORDER_CONSTANT, value=255)
    return np.asarray(framed, np.uint8)
