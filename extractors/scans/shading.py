"""Light: a page made of dark ink on white paper, whatever scanned it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.scans import steps
from extractors.scans.colour import lift_colours
from extractors.scans.ink import (
    DARK,
    Gray,
    Pixels,
    drop_large_ink,
    find_ink,
    label_rows,
    make_gray,
    measure_x_height,
    shrink,
)
from extractors.scans.steps import Step

WHITE = 255
DRAWING_SIZE, DRAWING_FILL = 5.0, 0.3
"""Ink is a drawing if larger (in x-heights, both ways) and less full than this."""

SURROUND = 0.6
"""What is darker than this part of the paper, up to the edge, may be no paper."""

DEEPEST = 36
"""Grey; where paper is darker, its print is lost in the noise."""

FALL = 0.7
"""How much darker than at its outermost print paper in a shadow may be beyond it."""

ROW_GAP = 12.0
"""In x-heights; cells of one row of a table stand less far apart."""

ROUGH_SIDE = 1400
"""Long side in pixels of the copy in which print in shadows is looked for."""


@dataclass(frozen=True, slots=True)
class CleanPage:
    """A page of even grey.

    ``seen`` is small: 1 where there is paper, None where it was not looked for.
    """

    gray: Gray
    seen: Gray | None = None


def clean_page(pixels: Pixels, skip: steps.Steps = steps.NONE) -> CleanPage:
    """Return the page as even grey: coloured seals lifted, light even, surround white.

    Args:
        pixels: Grey or RGB.
        skip: Steps to leave out.
    """
    gray = make_gray(pixels) if Step.COLOUR in skip else lift_colours(pixels)
    if Step.LIGHT in skip:
        return CleanPage(gray)
    paper = find_paper(gray)
    return CleanPage(flatten_light(gray, paper), (paper > 0).astype(np.uint8))


def find_paper(gray: Gray) -> Gray:
    """Return how bright the bare paper is everywhere, small, 0 where there is no paper.

    Ink is closed over by the brightest of its neighbourhood; what stays dark and
    touches the edge of the scan is the table it lay on, or the scanner's lid.
    """
    small, _ = shrink(gray, 320)
    reach = round(max(small.shape) / 40) | 1
    kernel = np.ones((reach, reach), np.uint8)
    framed = cv2.copyMakeBorder(
        small, reach, reach, reach, reach, cv2.BORDER_CONSTANT, value=0
    )  # a thin dark strip along the edge is not to be closed over
    closed = cv2.erode(cv2.dilate(framed, kernel), kernel)
    light = np.asarray(closed[reach:-reach, reach:-reach], np.uint8).copy()
    level = float(np.percentile(light, 75))
    dark = (light < SURROUND * level).astype(np.uint8)
    outside = _touching_edge(dark)
    if outside.any():
        outside &= ~find_shaded_paper(gray, light, outside)
    light[outside] = 0
    inside = cv2.medianBlur(light, reach) if reach <= 31 else light
    inside[outside] = 0
    return cast(Gray, inside)


def find_shaded_paper(
    gray: Gray, light: Gray, outside: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return where what looks like the surround is paper in a shadow: it holds print.

    Args:
        gray: The page.
        light: How bright it is, ink closed over, small.
        outside: Where it is dark up to the edge, as small.
    """
    rough, _ = shrink(gray, ROUGH_SIDE)
    size = (rough.shape[1], rough.shape[0])
    local = cv2.resize(light, size, interpolation=cv2.INTER_LINEAR)
    ink = np.asarray(rough < DARK * local.astype(np.float32), np.uint8)
    x_height = measure_x_height(drop_large_ink(ink), 0)
    dark = cv2.resize(outside.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)
    ink[local < DEEPEST] = 0
    print_there = find_lines(ink, x_height) | find_lines(ink.T, x_height).T
    print_there &= dark > 0
    if not print_there.any():
        return np.zeros_like(outside)
    least = FALL * float(np.percentile(local[print_there], 1))
    bright = outside & (light >= max(least, DEEPEST))
    shrunk = cv2.resize(
        print_there.astype(np.float32), light.shape[::-1], interpolation=cv2.INTER_AREA
    )
    _, parts = cv2.connectedComponents(bright.astype(np.uint8), connectivity=8)
    holding = np.unique(parts[(shrunk > 0) & bright])
    return np.asarray(bright & np.isin(parts, holding), bool)


def find_lines(ink: Gray, x_height: float) -> NDArray[np.bool_]:
    """Return which ink is of letters in lines, cells of one row of a table too."""
    found = cv2.connectedComponentsWithStats(np.ascontiguousarray(ink), connectivity=8)
    labels, stats = np.asarray(found[1], np.int32), np.asarray(found[2], np.int32)
    return np.asarray((label_rows(labels, stats, x_height, gap=ROW_GAP) > 0)[labels])


def _touching_edge(mask: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return the parts of a mask that touch the border, grown a little."""
    framed = cv2.copyMakeBorder(mask, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=1)
    cv2.floodFill(framed, None, (0, 0), 2)
    outside = (framed[1:-1, 1:-1] == 2).astype(np.uint8)
    return cv2.dilate(outside, np.ones((3, 3), np.uint8)) > 0


def flatten_light(gray: Gray, paper: Gray) -> Gray:
    """Return the page with its paper at white, and white where there is no paper.

    Args:
        gray: The page.
        paper: As :func:`find_paper` gives it.
    """
    outside = paper == 0
    size = (gray.shape[1], gray.shape[0])
    if outside.any():
        usual = float(np.median(paper[~outside])) if not outside.all() else WHITE
        filled = np.where(outside, np.uint8(usual), paper)
    else:
        filled = paper
    if filled.min() >= WHITE - 2 and not outside.any():
        return gray
    light = cv2.resize(cv2.blur(filled, (5, 5)), size, interpolation=cv2.INTER_LINEAR)
    flat = cv2.divide(gray, light, scale=WHITE)
    if outside.any():
        beyond = cv2.resize(
            outside.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST
        )
        flat[beyond > 0] = WHITE
    return cast(Gray, flat)


def drop_drawings(gray: Gray, x_height: float) -> Gray:
    """Return the page without black seals, frames of stamps, and signatures."""
    covered = find_drawings(gray, x_height)
    plain = gray.copy()
    plain[covered > 0] = WHITE
    return plain


def find_drawings(gray: Gray, x_height: float) -> Gray:
    """Return 1 where there are black seals, signatures, and letters that they touch.

    They hang together over several lines and fill little of the room they take; print
    hangs together over a line at most.
    """
    thick = cv2.erode(gray, np.ones((2, 2), np.uint8))
    small = np.ascontiguousarray(thick[::2, ::2], np.uint8)
    if not _find_drawings(small, x_height / 2)[0].any():
        return np.zeros_like(gray)
    drawn, labels = _find_drawings(gray, x_height)
    covered = cv2.dilate(drawn[labels].astype(np.uint8), np.ones((3, 3), np.uint8))
    return cast(Gray, covered)


def _find_drawings(
    gray: Gray, x_height: float
) -> tuple[NDArray[np.bool_], NDArray[np.int32]]:
    """Return which pieces of ink are drawings, and the piece of each pixel."""
    ink = find_ink(gray)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    wide = stats[:, cv2.CC_STAT_WIDTH].astype(float)
    tall = stats[:, cv2.CC_STAT_HEIGHT].astype(float)
    drawn = np.minimum(wide, tall) > DRAWING_SIZE * x_height
    drawn &= stats[:, cv2.CC_STAT_AREA] < DRAWING_FILL * wide * tall
    drawn[0] = False
    return np.asarray(drawn, bool), np.asarray(labels, np.int32)
