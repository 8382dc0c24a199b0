"""Maps from a straightened picture back to the pixels it was made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.model import BBox

Gray = NDArray[np.uint8]
Points = NDArray[np.float64]

STEP = 32
"""Pixels between the nodes of a map; between them it is linear."""


@dataclass(frozen=True, slots=True)
class Warp:
    """Where each pixel of a picture of ``size`` (width, height) comes from.

    ``nodes`` has shape (rows, columns, 2): source x and y at every ``STEP`` pixels.
    """

    size: tuple[int, int]
    nodes: NDArray[np.float64]

    def locate(self, points: Points) -> Points:
        """Return source points of points (n, 2) of the picture."""
        rows, cols = self.nodes.shape[:2]
        place = np.clip(points / STEP, 0, [cols - 1.001, rows - 1.001])
        whole = place.astype(int)
        part = points / STEP - whole
        x, y = whole[:, 0], whole[:, 1]
        across, down = part[:, :1], part[:, 1:]
        top = self.nodes[y, x] * (1 - across) + self.nodes[y, x + 1] * across
        low = self.nodes[y + 1, x] * (1 - across) + self.nodes[y + 1, x + 1] * across
        return cast(Points, top * (1 - down) + low * down)

    def locate_boxes(self, boxes: Sequence[BBox]) -> list[BBox]:
        """Return the boxes in source pixels around boxes of the picture."""
        if not boxes:
            return []
        edges = np.array([[b.x0, b.y0, b.x1, b.y1] for b in boxes])
        x0, y0, x1, y1 = edges.T
        xm, ym = (x0 + x1) / 2, (y0 + y1) / 2
        x = np.stack([x0, x1, x0, x1, xm, xm, x0, x1], axis=1)
        y = np.stack([y0, y0, y1, y1, y0, y1, ym, ym], axis=1)
        around = np.stack([x, y], axis=2).reshape(-1, 2)
        found = self.locate(around).reshape(len(boxes), -1, 2)
        ends = np.hstack([found.min(axis=1), found.max(axis=1)])
        return [BBox(*end) for end in ends.tolist()]

    def apply(self, source: Gray, paper: int = 255) -> Gray:
        """Return the picture, drawn from its source."""
        grid_x, grid_y = self._full_maps()
        drawn = cv2.remap(source, grid_x, grid_y, cv2.INTER_LINEAR, borderValue=paper)
        return cast(Gray, drawn)

    def _full_maps(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return source x and y of every pixel."""
        width, height = self.size
        # A map of its own: cv2.resize would put the nodes at pixel middles.
        scale = np.array([[1 / STEP, 0, 0], [0, 1 / STEP, 0]], np.float64)
        nodes = self.nodes.astype(np.float32)
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        maps = [
            cv2.warpAffine(
                np.ascontiguousarray(nodes[:, :, k]), scale, (width, height),
                flags=flags, borderMode=cv2.BORDER_REPLICATE,
            )
            for k in (0, 1)
        ]  # fmt: skip
        return np.asarray(maps[0], np.float32), np.asarray(maps[1], np.float32)


def place_nodes(size: tuple[int, int]) -> Points:
    """Return the picture's own points at its nodes, shape (rows, columns, 2)."""
    width, height = size
    x = np.arange(0, width + 2 * STEP, STEP, dtype=float)
    y = np.arange(0, height + 2 * STEP, STEP, dtype=float)
    across, down = np.meshgrid(x, y)
    return np.stack([across, down], axis=2)


def build_linear(size: tuple[int, int], matrix: NDArray[np.float64]) -> Warp:
    """Return the map given by a 2×3 matrix from the picture to its source."""
    nodes = place_nodes(size)
    found = nodes @ matrix[:, :2].T + matrix[:, 2]
    return Warp(size, found)


def chain(outer: Warp, inner: Warp) -> Warp:
    """Return the map straight to the source of ``outer``'s own source ``inner``."""
    flat = outer.nodes.reshape(-1, 2)
    return Warp(outer.size, inner.locate(flat).reshape(outer.nodes.shape))
