"""Light and colour: a page made of dark ink on white paper, whatever scanned it."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.scans import steps
from extractors.scans.steps import Step

Gray = NDArray[np.uint8]
Pixels = NDArray[np.uint8]

WHITE = 255
DRAWING_SIZE, DRAWING_FILL = 5.0, 0.3
"""Ink is a drawing if larger (in x-heights, both ways) and less full than this."""

SURROUND = 0.6
"""What is darker than this part of the paper, and touches the edge, is no paper."""


def clean_page(pixels: Pixels, skip: steps.Steps = steps.NONE) -> Gray:
    """Return the page as even grey: red ink lifted, light flattened, surround white.

    Args:
        pixels: Grey or RGB.
        skip: Steps to leave out.
    """
    gray = make_gray(pixels) if Step.COLOUR in skip else lift_red(pixels)
    if Step.LIGHT in skip:
        return gray
    paper = find_paper(gray)
    return flatten_light(gray, paper)


def make_gray(pixels: Pixels) -> Gray:
    """Return plain grey."""
    if pixels.ndim == 2:
        return pixels
    return cast(Gray, cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))


def lift_red(pixels: Pixels) -> Gray:
    """Return grey in which red ink (seals, stamps) is as light as the paper.

    The red channel keeps black print over a seal, which plain grey loses.
    """
    if pixels.ndim == 2:
        return pixels
    return cast(Gray, cv2.max(make_gray(pixels), pixels[:, :, 0]))


def shrink(gray: Gray, long_side: int) -> tuple[Gray, float]:
    """Return a smaller copy and the factor from it to the original."""
    factor = max(1.0, max(gray.shape) / long_side)
    size = (round(gray.shape[1] / factor), round(gray.shape[0] / factor))
    return cast(Gray, cv2.resize(gray, size, interpolation=cv2.INTER_AREA)), factor


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
    light = closed[reach:-reach, reach:-reach].copy()
    level = float(np.percentile(light, 75))
    dark = (light < SURROUND * level).astype(np.uint8)
    outside = _touching_edge(dark)
    light[outside] = 0
    inside = cv2.medianBlur(light, reach) if reach <= 31 else light
    inside[outside] = 0
    return cast(Gray, inside)


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


def find_ink(gray: Gray) -> NDArray[np.uint8]:
    """Return 1 where a flattened page holds ink, else 0."""
    level, _ = cv2.threshold(
        gray[::4, ::4].copy(), 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU
    )
    return cast(Gray, (gray < min(max(level, 110.0), 200.0)).astype(np.uint8))


def drop_large_ink(ink: Gray) -> Gray:
    """Return the ink without rulings, seals and pictures: what is no letter."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    tall = stats[:, cv2.CC_STAT_HEIGHT]
    wide = stats[:, cv2.CC_STAT_WIDTH]
    long_side = max(ink.shape)
    keep = (np.maximum(tall, wide) < long_side / 20) & (np.maximum(tall, wide) > 2)
    keep[0] = False
    return cast(Gray, keep[labels].astype(np.uint8))


def drop_drawings(gray: Gray, x_height: float) -> Gray:
    """Return the page without black seals, frames of stamps, and signatures.

    They hang together over several lines and fill little of the room they take; print
    hangs together over a line at most.
    """
    thick = cv2.erode(gray, np.ones((2, 2), np.uint8))
    small = np.ascontiguousarray(thick[::2, ::2], np.uint8)
    if not _find_drawings(small, x_height / 2)[0].any():
        return gray
    drawn, labels = _find_drawings(gray, x_height)
    covered = cv2.dilate(drawn[labels].astype(np.uint8), np.ones((3, 3), np.uint8))
    plain = gray.copy()
    plain[covered > 0] = WHITE
    return plain


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
