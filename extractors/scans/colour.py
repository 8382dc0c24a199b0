"""Coloured ink: seals and signatures made as light as the paper, print kept.

What is coloured tells nothing yet: a head may be printed in blue, a total in red. What
is drawn is larger than a line of text both ways: seals, signatures, and what lies
within their reach.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.scans.ink import (
    Gray,
    Pixels,
    drop_large_ink,
    find_dark,
    label_rows,
    make_gray,
    measure_x_height,
    shrink,
)

WHITE = 255
ROUGH_SIDE = 1000
"""Long side in pixels of the copy in which drawings are looked for."""

LEAST_TINT = 0.2
"""How far a colour must stand out of the others, as a part of the brightest."""

LEAST_STEP = 24
"""The same in grey steps: black print has hues of its own from a camera's noise."""

SEAL, SEAL_FILL = 5.0, 0.6
"""Larger both ways (in x-heights) and less full: a seal. Bold words are fuller."""

STROKE, STROKE_FILL = (4.0, 1.2), 0.3
"""Larger one way and the other (in x-heights) and less full: of a signature."""

STAMP, STAMP_SHARE = (0.45, 0.2), 0.6
"""Of the page's width and height, at most, and of the ink in it, at least."""

LEAST_TINTED = 50
"""Pixels of the copy; fewer draw nothing."""


HEALING, SOFT_EDGE = np.ones((3, 3), np.uint8), np.ones((5, 5), np.uint8)
"""Bridges what noise broke; covers the edge of a stroke."""

DARKEST = 60.0
"""Grey; ink darker in its own channel hides what is under it, and stays."""


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour of ink by channels: what it lets through, and what it holds back."""

    through: int
    back: tuple[int, ...]


RED, BLUE = Ink(0, (1, 2)), Ink(2, (0,))


def lift_colours(pixels: Pixels) -> Gray:
    """Return grey in which coloured seals and signatures are as light as the paper.

    Each lets its own colour through: that channel shows the black print under it.

    Args:
        pixels: Grey or RGB.
    """
    gray = make_gray(pixels)
    if pixels.ndim == 2:
        return gray
    small, _ = shrink(pixels, ROUGH_SIDE)
    balanced = balance(small)
    for ink in (RED, BLUE):
        drawn, reach = find_drawn(find_tinted(balanced, ink), small)
        if drawn.any():
            channel = pixels[:, :, ink.through]
            gains = measure_gains(small, ink, drawn, reach)
            gray = lift(gray, channel, gains)
    return gray


def balance(small: Pixels) -> Pixels:
    """Return the picture with its paper without a hue: lamps and old paper have one."""
    paper = np.percentile(small[::4, ::4].reshape(-1, 3), 90, axis=0)
    factors = float(paper.max()) / np.maximum(paper, 1.0)
    table = np.clip(np.arange(256)[:, None] * factors, 0, WHITE).astype(np.uint8)
    return np.asarray(cv2.LUT(small, table[:, None, :]), np.uint8)


def find_tinted(balanced: Pixels, ink: Ink) -> Gray:
    """Return 1 where there is ink of a colour, lighter or darker."""
    through = balanced[:, :, ink.through].astype(np.int16)
    back = balanced[:, :, list(ink.back)].max(axis=2).astype(np.int16)
    step = through - back
    tinted = (step >= LEAST_STEP) & (step >= LEAST_TINT * through)
    return np.asarray(tinted, np.uint8)


def find_drawn(tinted: Gray, small: Pixels) -> tuple[Gray, Gray]:
    """Return 1 where coloured ink is drawn, and 1 as far as drawings reach.

    Drawn are seals, signatures, and what is in them. A seal reaches over all it is
    round of, for its letters may be too faint to show their colour.

    On a page printed in the colour nothing is: what a signature crosses would go too.

    Args:
        tinted: Where the copy has ink of the colour.
        small: The copy.
    """
    none = np.zeros_like(tinted)
    if tinted.sum() < LEAST_TINTED:
        return none, none
    ink = find_dark(make_gray(small))
    x_height = measure_x_height(drop_large_ink(ink), 0)
    healed = cast(Gray, cv2.morphologyEx(tinted, cv2.MORPH_CLOSE, HEALING))
    found = cv2.connectedComponentsWithStats(healed, connectivity=8)
    labels, stats = np.asarray(found[1], np.int32), np.asarray(found[2], np.int32)
    drawn = are_drawn(stats, x_height)
    ruled = are_ruled(healed, labels, len(stats), x_height)
    stamps = are_stamps(stats, ink, tinted, drawn & ruled)
    drawn &= ~ruled | stamps
    if not drawn.any():
        return none, none
    seals = drawn & (np.minimum(stats[:, 2], stats[:, 3]) > SEAL * x_height)
    drawn |= are_within(stats, drawn, label_rows(labels, stats, x_height, drawn))
    lifted = np.asarray(drawn[labels], np.uint8)
    printed, black = ink & tinted & ~lifted, ink & ~tinted
    if printed.sum() > black.sum():
        return none, none
    plain = np.asarray(healed * (1 - lifted), np.uint8)
    kept = cv2.dilate(plain, HEALING)
    around = np.asarray(cv2.dilate(lifted, SOFT_EDGE), np.uint8)
    reach = fill_boxes(stats[seals], around)
    return lifted, np.asarray((reach > 0) & (kept == 0), np.uint8)


def fill_boxes(stats: NDArray[np.int32], blank: Gray) -> Gray:
    """Return a picture with the boxes of some pieces filled with 1."""
    filled = blank.copy()
    for x, y, w, h, _ in stats:
        filled[y : y + h, x : x + w] = 1
    return filled


def are_drawn(stats: NDArray[np.int32], x_height: float) -> NDArray[np.bool_]:
    """Return which pieces of ink are neither letters nor words that hang together."""
    wide, tall = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    most, least = np.maximum(wide, tall) / x_height, np.minimum(wide, tall) / x_height
    fill = stats[:, cv2.CC_STAT_AREA] / (wide * tall)
    drawn = (least > SEAL) & (fill < SEAL_FILL)
    drawn |= (most > STROKE[0]) & (least > STROKE[1]) & (fill < STROKE_FILL)
    drawn[0] = False
    return np.asarray(drawn, bool)


def are_ruled(
    tinted: Gray, labels: NDArray[np.int32], count: int, x_height: float
) -> NDArray[np.bool_]:
    """Return which pieces of ink are made of straight level and upright lines."""
    length = max(3, round(STROKE[0] * x_height))
    straight = np.zeros_like(tinted)
    for size in ((1, length), (length, 1)):
        run = cv2.morphologyEx(tinted, cv2.MORPH_OPEN, np.ones(size, np.uint8))
        straight |= cast(Gray, run)
    ruled = np.bincount(labels.ravel(), straight.ravel(), count)
    return np.asarray(ruled > 0.5 * np.bincount(labels.ravel(), minlength=count), bool)


def are_stamps(
    stats: NDArray[np.int32], ink: Gray, tinted: Gray, ruled: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which ruled pieces frame a stamp ('ĐẾN'): small, all in the colour.

    A table with coloured rulings is larger, or has black print in it.
    """
    small = ruled & (stats[:, cv2.CC_STAT_WIDTH] < STAMP[0] * ink.shape[1])
    small &= stats[:, cv2.CC_STAT_HEIGHT] < STAMP[1] * ink.shape[0]
    for k in np.flatnonzero(small):
        x, y, w, h = stats[k, :4]
        box = (slice(y, y + h), slice(x, x + w))
        inside = ink[box].sum()
        small[k] = (ink[box] & tinted[box]).sum() > STAMP_SHARE * inside
    return np.asarray(small, bool)


def are_within(
    stats: NDArray[np.int32], drawn: NDArray[np.bool_], rows: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Return which pieces lie within drawings, but for lines that only reach in."""
    x, y, w, h = (stats[:, k].astype(float) for k in range(4))
    across, down = x + w / 2, y + h / 2
    within = np.zeros(len(stats), bool)
    for k in np.flatnonzero(drawn):
        within |= (np.abs(across - across[k]) <= w[k] / 2) & (
            np.abs(down - down[k]) <= h[k] / 2
        )
    for row in np.unique(rows[rows > 0]):
        own = rows == row
        if within[own].mean() < 0.5:
            within[own] = False
    within[0] = False
    return within


def measure_gains(
    small: Pixels, ink: Ink, drawn: Gray, reach: Gray
) -> NDArray[np.float32]:
    """Return how much darker than the paper each drawing is, and the paper's grey.

    Shape (rows, columns, 2), 0 where no drawing reaches.
    """
    channel, gray = small[:, :, ink.through], make_gray(small)
    near = cv2.dilate(drawn, SOFT_EDGE) > 0
    _, labels, stats, _ = cv2.connectedComponentsWithStats(reach, connectivity=8)
    gains = np.zeros((*labels.shape, 2), np.float32)
    for k, (x, y, w, h, _) in enumerate(stats[1:], 1):
        box = (slice(y, y + h), slice(x, x + w))
        own = (labels[box] == k) & (drawn[box] > 0)
        beside = drawn[box] == 0
        if not own.any() or not beside.any():
            continue
        dark = max(float(np.percentile(channel[box][own], 40)), DARKEST)
        paper = float(np.percentile(channel[box][beside], 75))
        level = float(np.percentile(gray[box][beside], 75))
        gains[box][labels[box] == k] = 1.0, level
        gains[box][(labels[box] == k) & near[box]] = max(paper / dark, 1.0), level
    return gains


def lift(gray: Gray, channel: Gray, gains: NDArray[np.float32]) -> Gray:
    """Return the grey picture, what is drawn made as light as the paper round it."""
    size = (gray.shape[1], gray.shape[0])
    spread = cv2.resize(gains, size, interpolation=cv2.INTER_NEAREST)
    where = spread[:, :, 0] > 0
    gain, level = spread[where].T
    bright = np.minimum(channel[where] * gain, level)
    lifted = gray.copy()
    lifted[where] = np.maximum(gray[where], bright.astype(np.uint8))
    return lifted
