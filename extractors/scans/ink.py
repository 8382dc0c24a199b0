"""Ink on a page: which pixels it covers, and how high its letters are."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]
Pixels = NDArray[np.uint8]

LETTER = (0.4, 2.6)
"""In x-heights; how tall a letter is, with its marks."""

IN_ROW = 5
"""As many letters side by side are a line of print."""

DARK, DARK_REACH = 0.7, 31
"""Ink is darker than this part of the lightest within as many pixels of a copy."""


def make_gray(pixels: Pixels) -> Gray:
    """Return plain grey."""
    if pixels.ndim == 2:
        return pixels
    return cast(Gray, cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))


def shrink(gray: Gray, long_side: int) -> tuple[Gray, float]:
    """Return a smaller copy and the factor from it to the original."""
    factor = max(1.0, max(gray.shape) / long_side)
    size = (round(gray.shape[1] / factor), round(gray.shape[0] / factor))
    return cast(Gray, cv2.resize(gray, size, interpolation=cv2.INTER_AREA)), factor


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


def measure_x_height(ink: Gray, rotation: int) -> float:
    """Return the height of small letters in pixels of the rough copy."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    side = cv2.CC_STAT_HEIGHT if rotation % 180 == 0 else cv2.CC_STAT_WIDTH
    across = cv2.CC_STAT_WIDTH if rotation % 180 == 0 else cv2.CC_STAT_HEIGHT
    tall, wide = stats[1:, side].astype(float), stats[1:, across].astype(float)
    letters = tall[(tall >= 4) & (wide < 3 * tall) & (tall < 4 * wide)]
    if len(letters) < 10:
        return float(max(ink.shape)) / 140
    counts = np.bincount(letters.astype(int)).astype(float)
    smooth = np.convolve(counts, [0.5, 1.0, 0.5], mode="same")
    peak = int(smooth.argmax())
    near = np.arange(max(peak - 1, 0), min(peak + 2, len(counts)))
    return float(np.average(near, weights=counts[near]))


def find_dark(gray: Gray) -> Gray:
    """Return 1 where there is ink of any colour, in shadows too."""
    around = np.ones((DARK_REACH, DARK_REACH), np.uint8)
    light = cv2.morphologyEx(gray, cv2.MORPH_CLOSE, around)
    return np.asarray(gray < DARK * light.astype(np.float32), np.uint8)


def label_rows(
    labels: NDArray[np.int32],
    stats: NDArray[np.int32],
    x_height: float,
    drawn: NDArray[np.bool_] | None = None,
    gap: float = 1.5,
) -> NDArray[np.int32]:
    """Return for each piece of ink the line of print that it is a letter of, else 0.

    Args:
        labels: The piece of each pixel.
        stats: Of the pieces, as OpenCV gives them.
        x_height: Of the text, in pixels.
        drawn: Pieces that are no letters, whatever they look like.
        gap: In x-heights; what parts two lines side by side.
    """
    tall, wide = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]
    letters = (tall > LETTER[0] * x_height) & (tall < LETTER[1] * x_height)
    letters &= wide < 2 * LETTER[1] * x_height
    if drawn is not None:
        letters &= ~drawn
    letters[0] = False
    bridge = np.ones((1, max(2, round(gap * x_height))), np.uint8)
    joined = cv2.morphologyEx(letters[labels].astype(np.uint8), cv2.MORPH_CLOSE, bridge)
    _, lines, sizes, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    rows = np.zeros(len(stats), np.int32)
    inside = letters[labels]
    rows[labels[inside]] = lines[inside]
    counts = np.bincount(rows, minlength=len(sizes))
    level = sizes[:, cv2.CC_STAT_HEIGHT] < 1.5 * LETTER[1] * x_height
    is_line = (counts >= IN_ROW) & level
    is_line[0] = False
    return np.where(is_line[rows], rows, 0).astype(np.int32)
