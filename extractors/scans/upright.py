"""Which end of a page is up: a few lines read both ways."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.scans.cutting import add_frame
from extractors.scans.ink import drop_large_ink, find_ink
from extractors.scans.levelling import find_line_boxes
from extractors.scans.ocr import OcrJob, OcrWord, read_crops
from extractors.scans.warp import Gray

SAMPLE = 8
"""Lines that are read to decide."""

LEAST_LETTERS = 12
"""Fewer decide nothing."""


def is_upside_down(gray: Gray, x_height: float, timeout: float) -> bool:
    """Whether the straight page reads better after a half turn.

    Args:
        gray: The page, its lines level.
        x_height: Of its text, in pixels.
        timeout: Seconds for the reading.
    """
    sample = sample_lines(gray, x_height)
    if sample is None:
        return False
    turned = np.asarray(cv2.rotate(sample, cv2.ROTATE_180), np.uint8)
    job = OcrJob("vie", 6, dpi=round(12 * x_height), timeout=timeout)
    as_is, other = (weigh_words(words) for words in read_crops([sample, turned], job))
    return other > max(as_is, LEAST_LETTERS * 0.6)


def sample_lines(gray: Gray, x_height: float) -> Gray | None:
    """Return some of the page's longest lines one under the other, None if bare."""
    boxes = find_line_boxes(drop_large_ink(find_ink(gray)), x_height, margin=0.7)
    chosen = sorted(boxes, key=lambda box: box[0] - box[2])[:SAMPLE]
    if not chosen:
        return None
    most = round(30 * x_height)
    crops = [gray[y0:y1, x0 : min(x1, x0 + most)] for x0, y0, x1, y1 in chosen]
    framed = [add_frame(crop, 0.7 * x_height) for crop in crops]
    widest = max(crop.shape[1] for crop in framed)
    rows = [
        cv2.copyMakeBorder(
            crop, 0, 0, 0, widest - crop.shape[1], cv2.BORDER_CONSTANT, value=255
        )
        for crop in framed
    ]
    return np.asarray(np.vstack(rows), np.uint8)


def weigh_words(words: list[OcrWord]) -> float:
    """Return how many letters were read, each as much as it is sure."""
    return sum(
        w.confidence * sum(c.isalnum() for c in w.text)
        for w in words
        if w.confidence > 0.5
    )
