"""Curved and tapering pages: lines of text made level by what bends them."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.scans.warp import Gray, Warp, place_nodes

POWERS = ((1, 0), (2, 0), (3, 0), (1, 1), (2, 1), (3, 1), (1, 2), (2, 2))
"""Powers of (along, across) in the bend; along only would move lines as a whole."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Places along one printed line or ruling: ``along`` it and ``across`` it."""

    along: NDArray[np.float64]
    across: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bend:
    """How far lines stray from straight, as a polynomial of the place."""

    weights: NDArray[np.float64]
    middle: tuple[float, float]
    reach: float

    def measure(
        self, along: NDArray[np.float64], across: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return how far the line that should be at ``across`` strays there."""
        terms = _terms(along, across, self.middle, self.reach)
        return np.asarray(terms @ self.weights)


def _terms(
    along: NDArray[np.float64],
    across: NDArray[np.float64],
    middle: tuple[float, float],
    reach: float,
) -> NDArray[np.float64]:
    a, b = (along - middle[0]) / reach, (across - middle[1]) / reach
    return np.stack([a**p * b**q for p, q in POWERS], axis=-1)


def fit_bend(traces: list[Trace], usual: float) -> Bend | None:
    """Return the bend that makes all traces straight, or None if they say too little.

    A least-squares fit of one level for each trace and one polynomial for all,
    repeated without what does not follow it.

    Args:
        traces: Lines that are straight on paper.
        usual: A distance in the same unit beyond which a place counts as a stray.
    """
    traces = [t for t in traces if len(t.along) >= 3]
    if len(traces) < 2:
        return None
    along = np.concatenate([t.along for t in traces])
    across = np.concatenate([t.across for t in traces])
    owner = np.concatenate([np.full(len(t.along), k) for k, t in enumerate(traces)])
    middle = (float(along.mean()), float(across.mean()))
    reach = max(float(np.ptp(along)), float(np.ptp(across)), 1.0) / 2
    terms = _terms(along, across, middle, reach)
    kept = np.ones(len(along), bool)
    weights = np.zeros(terms.shape[1])
    for _ in range(4):
        weights, levels = _solve(terms[kept], across[kept], owner[kept], len(traces))
        stray = np.abs(across - levels[owner] - terms @ weights)
        limit = max(2.5 * float(np.median(stray[kept])), 0.15 * usual)
        kept = stray <= limit
        if kept.sum() < terms.shape[1] * 3:
            return None
    return Bend(weights, middle, reach)


def _solve(
    terms: NDArray[np.float64],
    across: NDArray[np.float64],
    owner: NDArray[np.int64],
    count: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the polynomial and each trace's level (traces' means taken out)."""
    sizes = np.maximum(np.bincount(owner, minlength=count), 1)
    mean_y = np.bincount(owner, across, count) / sizes
    mean_t = np.stack(
        [np.bincount(owner, column, count) / sizes for column in terms.T], axis=1
    )
    centred, left = terms - mean_t[owner], across - mean_y[owner]
    ridge = 1e-4 * len(across) * np.eye(terms.shape[1])
    solved = np.linalg.solve(centred.T @ centred + ridge, centred.T @ left)
    weights = np.asarray(solved, np.float64)
    return weights, mean_y - mean_t @ weights


def find_bend(warp: Warp, ink: Gray, factor: float, x_height: float) -> Warp:
    """Return the map with the page's lines made level, or the same if they are.

    Args:
        warp: From the turned page to the scan.
        ink: Ink of the letters on a rough copy of the scan.
        factor: Pixels of the scan for one of the rough copy.
        x_height: Of the text in the turned page.
    """
    coarse = max(1.0, x_height / 7.0)
    size = (round(warp.size[0] / coarse), round(warp.size[1] / coarse))
    turned = _draw_small(warp, ink, factor, coarse, size)
    bend = fit_bend(trace_lines(turned, x_height / coarse), x_height / coarse)
    if bend is None:
        return warp
    nodes = place_nodes(warp.size)
    flat = nodes.reshape(-1, 2)
    inside = np.clip(flat, 0, warp.size) / coarse
    stray = bend.measure(inside[:, 0], inside[:, 1]) * coarse
    if np.ptp(stray) < 0.15 * x_height or np.abs(stray).max() > 8 * x_height:
        return warp
    moved = flat + np.stack([np.zeros_like(stray), stray], axis=1)
    return Warp(warp.size, warp.locate(moved).reshape(nodes.shape))


def _draw_small(
    warp: Warp, ink: Gray, factor: float, coarse: float, size: tuple[int, int]
) -> Gray:
    """Return the rough copy's ink turned, one pixel for ``coarse`` of the page."""
    origin = np.array([[0.0, 0.0], [100.0 * coarse, 0.0], [0.0, 100.0 * coarse]])
    source = (warp.locate(origin) / factor).astype(np.float32)
    target = (origin / coarse).astype(np.float32)
    matrix = cv2.getAffineTransform(target, source)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    shown = cv2.warpAffine(ink * np.uint8(255), matrix, size, flags=flags)
    return np.asarray(shown > 100, np.uint8)


def trace_lines(ink: Gray, x_height: float) -> list[Trace]:
    """Return the middles of the printed lines of text, word after word."""
    labels, boxes = _label_lines(ink, x_height, gap=1.6, least=0.4)
    traces = []
    for label, (x0, y0, x1, y1) in boxes:
        if x1 - x0 < 8 * x_height:
            continue
        body = (labels[y0:y1, x0:x1] == label) & (ink[y0:y1, x0:x1] > 0)
        traces.append(_trace_one(body, x0, y0, x_height))
    return traces


def find_line_boxes(
    ink: Gray, x_height: float, margin: float, gap: float = 1.6
) -> list[tuple[int, int, int, int]]:
    """Return the boxes (x0, y0, x1, y1) of stretches of text in one line.

    Args:
        ink: 1 where there is ink.
        x_height: Of the text, in pixels.
        margin: What to add above and below, in x-heights.
        gap: What parts two stretches side by side, in x-heights.
    """
    extra = round(margin * x_height)
    return [
        (x0, max(0, y0 - extra), x1, y1 + extra)
        for _, (x0, y0, x1, y1) in _label_lines(ink, x_height, gap, least=0.0)[1]
    ]


def _label_lines(
    ink: Gray, x_height: float, gap: float, least: float
) -> tuple[NDArray[np.int32], list[tuple[int, tuple[int, int, int, int]]]]:
    """Return words joined along lines: a label for each pixel, and their boxes.

    Gaps up to ``gap`` x-heights are bridged. What is then less tall than ``least``
    x-heights is dropped: marks that would tie two lines together.
    """
    wide = max(3, round(gap * x_height))
    thin = max(1, round(least * x_height))
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, wide), np.uint8))
    joined = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((thin, 1), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    boxes = []
    for label in range(1, count):
        x, y, w, h = (int(v) for v in stats[label, :4])
        if w >= 0.25 * x_height and 0.5 * x_height <= h <= 4 * x_height:
            boxes.append((label, (x, y, x + w, y + h)))
    return np.asarray(labels, np.int32), boxes


def _trace_one(body: NDArray[np.bool_], x: int, y: int, x_height: float) -> Trace:
    """Return the weighted middles of slices about two letters wide."""
    slice_width = max(2, round(3 * x_height))
    rows = np.arange(body.shape[0])
    along, across = [], []
    for start in range(0, body.shape[1] - slice_width // 2, slice_width):
        part = body[:, start : start + slice_width]
        weight = part.sum(axis=1)
        if weight.sum() < x_height:
            continue
        along.append(x + start + part.shape[1] / 2)
        across.append(y + float((rows * weight).sum() / weight.sum()))
    return Trace(np.array(along), np.array(across))
