"""The one box-and-scale step, the same in training and in use."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]

HEIGHT = 32
"""Rows of the network's input."""

INK_ROWS = 26
"""Rows that the ink of a line takes of them."""

MIN_CONTRAST = 48.0
"""Grey steps between paper and ink below which ink is not stretched further."""


def stretch_ink(gray: Gray) -> NDArray[np.float32]:
    """Return how much ink each pixel holds: 0 paper, 1 the darkest ink of the crop."""
    paper = float(np.percentile(gray, 75))
    soft = cv2.blur(gray, (3, 3)) if min(gray.shape) >= 3 else gray
    dark = min(float(soft.min()), float(np.percentile(gray, 1)))
    contrast = max(paper - dark, MIN_CONTRAST)
    ink = (paper - gray.astype(np.float32)) / contrast
    return np.asarray(np.clip(ink, 0.0, 1.0), np.float32)


def find_ink_box(
    ink: NDArray[np.float32], text_height: float
) -> tuple[int, int, int, int] | None:
    """Return the box ``(x0, y0, x1, y1)`` around the ink, ends excluded.

    Broken strokes are joined before specks are dropped, else a fax loses its last
    digits.

    Args:
        ink: As :func:`stretch_ink` gives it.
        text_height: Height of a digit in pixels, roughly.
    """
    mask = (ink > 0.4).astype(np.uint8)
    gap = max(1, round(0.15 * text_height))
    joined = cv2.dilate(mask, np.ones((gap, gap), np.uint8))
    count, labels = cv2.connectedComponents(joined, connectivity=8)
    if count <= 1:
        return None
    inked = np.bincount(labels.ravel(), weights=mask.ravel(), minlength=count)
    keep = [k for k in range(1, count) if inked[k] >= 0.006 * text_height**2]
    if not keep:
        return None
    kept = mask * np.isin(labels, keep)
    columns, rows = np.flatnonzero(kept.any(axis=0)), np.flatnonzero(kept.any(axis=1))
    if not columns.size:
        return None
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def fit_figure(gray: Gray, text_height: float) -> Gray | None:
    """Return the crop of one line as the network wants it, or None without ink.

    Args:
        gray: Crop, dark ink on light paper.
        text_height: Height of a digit in pixels, roughly; it keeps a lone dash from
            being blown up.

    Returns:
        ``HEIGHT`` rows of ink (0 paper, 255 ink), as wide as the line needs.
    """
    ink = stretch_ink(gray)
    box = find_ink_box(ink, text_height)
    if box is None:
        return None
    x0, y0, x1, y1 = box
    tall = min(max(y1 - y0, 0.8 * text_height), 2.0 * text_height)
    scale = INK_ROWS / tall
    margin = 4 / scale
    middle = (y0 + y1) / 2
    half = HEIGHT / scale / 2
    width = max(16, round((x1 - x0 + 2 * margin) * scale))
    matrix = np.array(
        [[scale, 0, -(x0 - margin) * scale], [0, scale, -(middle - half) * scale]],
        np.float32,
    )
    if scale < 0.7:
        sigma = 0.4 / scale
        ink = np.asarray(cv2.GaussianBlur(ink, (0, 0), sigma), np.float32)
    fitted = cv2.warpAffine(ink, matrix, (width, HEIGHT), flags=cv2.INTER_LINEAR)
    return np.asarray(np.round(fitted * 255), np.uint8)
