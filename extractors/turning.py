"""Quarter turns: between the page as shown and the page as it is read."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.model import BBox, Word


@dataclass(frozen=True, slots=True)
class TurnedWord:
    """A word and the way it runs.

    ``direction`` is in degrees against the clock: 0 runs left to right, 90 upwards,
    180 right to left (on its head), 270 downwards.
    """

    word: Word
    direction: int = 0


def turn_point(
    x: float, y: float, width: float, height: float, quarters: int
) -> tuple[float, float]:
    """Return where a point comes to lie when the page is turned clockwise.

    Args:
        x: Points from the left edge.
        y: Points from the top edge.
        width: Width of the page before the turn.
        height: Height of the page before the turn.
        quarters: How many times 90 degrees.
    """
    match quarters % 4:
        case 1:
            return height - y, x
        case 2:
            return width - x, height - y
        case 3:
            return y, width - x
    return x, y


def turn_box(box: BBox, width: float, height: float, quarters: int) -> BBox:
    """Return the box on the page turned clockwise; see :func:`turn_point`."""
    xa, ya = turn_point(box.x0, box.y0, width, height, quarters)
    xb, yb = turn_point(box.x1, box.y1, width, height, quarters)
    return BBox(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))


def turn_size(width: float, height: float, quarters: int) -> tuple[float, float]:
    """Return width and height of the page after the turn."""
    return (height, width) if quarters % 2 else (width, height)
