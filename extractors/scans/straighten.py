"""A scan made straight: turned the right way, deskewed, its lines made level."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.scans import steps
from extractors.scans.ink import drop_large_ink, find_ink, measure_x_height, shrink
from extractors.scans.levelling import find_bend
from extractors.scans.shading import clean_page
from extractors.scans.steps import Step
from extractors.scans.warp import Gray, Warp, build_linear

ROUGH_SIDE = 1400
"""Long side in pixels of the copy that angles are measured on."""

LEAST_INK = 50
"""Pixels of the rough copy; with fewer there is nothing to straighten."""

FEW_POINTS = 20_000
"""Of ink; they tell the skew roughly."""

MOST_SKEW = 15.0
"""Degrees; a page on the glass is never turned further by accident."""

SMALL_X_HEIGHT, USUAL_X_HEIGHT, LARGE_X_HEIGHT = 14.0, 18.0, 23.0
"""Pixels; outside of small to large the page is brought to the usual x-height.

Below, Tesseract misses marks; above, it takes longer and reads no better.
"""


@dataclass(frozen=True, slots=True)
class StraightPage:
    """A page ready to be read.

    ``gray`` is straight and even; ``warp`` leads from its pixels to those of ``flat``,
    which is the scan as it lay, even but not straight. ``rotation`` is the clockwise
    turn (0, 90, 180, 270) among it. ``x_height`` is that of the body text in pixels.
    A scan finer than needed is made smaller first: ``shrunk`` of its pixels across
    are one of ``flat``. ``seen`` is a small copy of it: 1 where there is paper.
    """

    gray: Gray
    flat: Gray
    warp: Warp
    rotation: int
    x_height: float
    shrunk: float = 1.0
    seen: Gray | None = None


def straighten(
    pixels: NDArray[np.uint8], skip: steps.Steps = steps.NONE
) -> StraightPage:
    """Return the page straight, its lines level; it may stand on its head.

    Args:
        pixels: Grey or RGB.
        skip: Steps to leave out.
    """
    clean = clean_page(pixels, skip)
    return replace(level_page(clean.gray, skip=skip), seen=clean.seen)


def turn_over(page: StraightPage, skip: steps.Steps = steps.NONE) -> StraightPage:
    """Return the page straight the other way up."""
    rotation = (page.rotation + 180) % 360
    return replace(level_page(page.flat, rotation, page.shrunk, skip), seen=page.seen)


def level_page(
    flat: Gray,
    rotation: int | None = None,
    shrunk: float = 1.0,
    skip: steps.Steps = steps.NONE,
) -> StraightPage:
    """Return the even page straight.

    Args:
        flat: The page, even but as it lay.
        rotation: The clockwise turn that it needs, where that is known.
        shrunk: How many pixels of the scan one of ``flat`` stands for, across.
        skip: Steps to leave out.
    """
    rough, factor = shrink(flat, ROUGH_SIDE)
    ink = drop_large_ink(find_ink(rough))
    found, skew = find_turn(ink, skip)
    rotation = found if rotation is None else rotation
    x_height = measure_x_height(ink, rotation) * factor
    zoom = 1.0 if Step.SIZE in skip else choose_zoom(x_height)
    if zoom < 1.0:
        flat, less = shrink(flat, round(max(flat.shape) * zoom))
        shrunk, factor = shrunk * less, factor / less
        x_height, zoom = x_height / less, 1.0
    size, matrix = plan_turn(flat.shape[:2], rotation, skew, zoom)
    warp = build_linear(size, matrix)
    if Step.BEND not in skip:
        warp = find_bend(warp, ink, factor, x_height * zoom)
    gray = warp.apply(flat)
    return StraightPage(gray, flat, warp, rotation, x_height * zoom, shrunk)


def find_turn(ink: Gray, skip: steps.Steps = steps.NONE) -> tuple[int, float]:
    """Return the quarter turn (0 or 90) and the skew in degrees.

    Which end is up is found by reading.
    """
    y, x = np.nonzero(ink)
    if len(y) < LEAST_INK:
        return 0, 0.0
    if len(y) > 60_000:
        chosen = np.random.default_rng(0).choice(len(y), 60_000, replace=False)
        y, x = y[chosen], x[chosen]
    rotation = 90 if Step.SIDE not in skip and runs_upwards(ink) else 0
    if Step.SKEW in skip:
        return rotation, 0.0
    return rotation, find_skew(y, -x) if rotation else find_skew(x, y)


def runs_upwards(ink: Gray) -> bool:
    """Whether the lines of text run up or down the picture.

    Letters stand closer in a line than lines under one another: bridging small gaps
    along the lines joins many letters, across them few.
    """
    gap = max(2, round(0.6 * measure_x_height(ink, 0)))
    counts = []
    for size in ((1, gap + 1), (gap + 1, 1)):
        joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(size, np.uint8))
        counts.append(cv2.connectedComponents(joined)[0])
    return counts[1] < 0.85 * counts[0]


def find_skew(x: NDArray[np.int64], y: NDArray[np.int64]) -> float:
    """Return the angle in degrees at which the lines are sharpest."""
    best, score = 0.0, -1.0
    every, step = (x, y), 0.5
    few = max(1, len(x) // FEW_POINTS)
    x, y = x[::few], y[::few]
    angles = np.arange(-MOST_SKEW, MOST_SKEW + step, step)
    while step > 0.02:
        for angle in angles:
            found = measure_sharpness(x, y, float(angle))
            if found > score:
                best, score = float(angle), found
        (x, y), score = every, -1.0
        step /= 5
        angles = best + np.arange(-5, 6) * step
    return best


def measure_sharpness(
    x: NDArray[np.int64], y: NDArray[np.int64], angle: float
) -> float:
    """Return how strongly the profile across lines at this angle changes."""
    slope = float(np.tan(np.deg2rad(angle)))
    rows = (y - slope * x).astype(np.int64)
    profile = np.bincount(rows - rows.min()).astype(float)
    return float(np.sum(np.square(np.diff(profile)))) / len(y)


def choose_zoom(x_height: float) -> float:
    """Return the factor that brings the text to where Tesseract reads it best."""
    if SMALL_X_HEIGHT <= x_height <= LARGE_X_HEIGHT:
        return 1.0
    return min(USUAL_X_HEIGHT / max(x_height, 1.0), 4.0)


def plan_turn(
    shape: tuple[int, ...], rotation: int, skew: float, zoom: float
) -> tuple[tuple[int, int], NDArray[np.float64]]:
    """Return the size of the turned picture and its map to the page."""
    height, width = shape[:2]
    angle = np.deg2rad(skew - rotation)
    cos, sin = np.cos(angle), np.sin(angle)
    turn = np.array([[cos, -sin], [sin, cos]]) / zoom
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]], float)
    ends = corners @ np.linalg.inv(turn).T
    start, stop = ends.min(axis=0), ends.max(axis=0)
    size = (int(np.ceil(stop[0] - start[0])), int(np.ceil(stop[1] - start[1])))
    return size, np.hstack([turn, (turn @ start)[:, None]])
