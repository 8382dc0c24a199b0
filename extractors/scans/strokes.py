"""Rulings in a picture: long straight runs of ink, with breaks bridged."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.scans.ink import find_ink
from extractors.scans.levelling import Trace

Gray = NDArray[np.uint8]


BREAK = 0.15
"""In x-heights; a break in a ruling that is no space between letters."""

THIN, DOTS_APART, BESIDE = 0.3, 0.7, 0.8
"""In x-heights: how thick bits of a ruling are, how far apart they are left, and how
near to a letter's stroke ink is a part of the letter."""


@dataclass(frozen=True, slots=True)
class Strokes:
    """Where rulings are: 1 in ``level`` for level ones, in ``upright`` for others."""

    ink: Gray
    level: Gray
    upright: Gray


def find_strokes(gray: Gray, x_height: float) -> Strokes:
    """Return the rulings of an even, straight picture.

    Args:
        gray: The picture.
        x_height: Of its text, in pixels; all lengths are relative to it.
    """
    ink = find_ink(gray)
    level = keep_runs(ink, x_height, level=True)
    upright = keep_runs(ink, x_height, level=False)
    return Strokes(ink, level, upright)


def keep_runs(ink: Gray, x_height: float, *, level: bool) -> Gray:
    """Return what lies on long runs of ink in one direction.

    Runs longer than any letter's stroke are kept, breaks between them are bridged, and
    what is still short is dropped. A run may climb by the little that skew leaves.
    """
    slack = max(3, round(0.12 * x_height) | 1)
    bits = keep_bits(ink, x_height, level=level)
    healed = _bridge(ink, BREAK * x_height, level=level)
    healed |= _bridge(bits, DOTS_APART * x_height, level=level)
    thick = cv2.dilate(healed, _bar(slack, 1, level=not level))
    seed, gap, whole = 2.6 * x_height, 2.0 * x_height, 4.5 * x_height
    if not level:
        whole = 3.0 * x_height
    runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, _bar(seed, 1, level=level))
    bridged = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, _bar(gap, 1, level=level))
    return np.asarray(
        cv2.morphologyEx(bridged, cv2.MORPH_OPEN, _bar(whole, 1, level=level)), np.uint8
    )


def keep_bits(ink: Gray, x_height: float, *, level: bool) -> Gray:
    """Return ink too thin for letters and away from them: what is left of rulings."""
    tall = cv2.erode(ink, _bar(THIN * x_height, 1, level=not level))
    side = 2 * max(1, round(0.5 * BESIDE * x_height)) + 1
    letters = cv2.dilate(tall, np.ones((side, side), np.uint8))
    return np.asarray(ink * (letters == 0), np.uint8)


def _bridge(ink: Gray, gap: float, *, level: bool) -> Gray:
    bridged = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, _bar(gap, 1, level=level))
    return np.asarray(bridged, np.uint8)


def _bar(length: float, thickness: int, *, level: bool) -> Gray:
    size = (thickness, max(1, round(length)))
    return np.ones(size if level else size[::-1], np.uint8)


def trace_strokes(mask: Gray, x_height: float, *, level: bool) -> list[Trace]:
    """Return each ruling's places along and across it, in steps of two letters."""
    view = mask if level else mask.T
    count, labels, stats, _ = cv2.connectedComponentsWithStats(
        np.ascontiguousarray(view), connectivity=8
    )
    traces = []
    step = max(1, round(2 * x_height))
    for k in range(1, count):
        x, y, w, h = stats[k, :4]
        if h > 3 * x_height:
            continue
        body = labels[y : y + h, x : x + w] == k
        columns = np.arange(step // 2, w, step) if w > step else np.array([w // 2])
        rows = np.arange(h)[:, None]
        weight = body[:, columns]
        sums = weight.sum(axis=0)
        seen = sums > 0
        across = (rows * weight).sum(axis=0)[seen] / sums[seen]
        traces.append(Trace(x + columns[seen].astype(float), y + across))
    return traces
