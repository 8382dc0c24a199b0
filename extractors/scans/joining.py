"""Which places of a grid belong to one cell: how much of the lines between is drawn."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LEFT_OVER = 0.4
"""The part of a ruling that a copy must have left in bits; specks make up less."""

LEAST_OWN, LEAST_FREE = 0.06, 0.2
"""A ruling has this much ink of its own where no print is beside it, on this part of
its length at least: strokes of digits, one under the other, have none in between."""

Mask = NDArray[np.uint8]


def measure_edges(
    mask: Mask, ink: Mask, lines: list[float], cuts: list[float], x_height: float
) -> NDArray[np.float64]:
    """Return how much of each piece of each line is drawn, 0 to 1.

    A copy may leave of a ruling only bits too short to be seen as one. Where the line
    should be, they count too, beside white: a letter there has others beside it.

    Returns:
        Shape (lines, pieces): line k between cut j and cut j + 1.
    """
    reach = max(1, round(0.3 * x_height))
    near = max(1, round(0.12 * x_height))
    shares = np.zeros((len(lines), len(cuts) - 1))
    for k, place in enumerate(map(round, lines)):
        drawn = find_any(mask[max(0, place - reach) : place + reach + 1])
        bits = find_any(ink[max(0, place - near) : place + near + 1])
        alone = ~find_print_beside(ink, place, x_height)
        for j in range(len(cuts) - 1):
            piece = slice(round(cuts[j]) + reach, round(cuts[j + 1]) - reach)
            if piece.stop <= piece.start:
                shares[k, j] = 1.0
                continue
            free = bits[piece][alone[piece]]
            if len(free) < LEAST_FREE * len(bits[piece]) or free.mean() >= LEAST_OWN:
                shares[k, j] = drawn[piece].mean()
            left = measure_left_over(bits[piece], alone[piece])
            shares[k, j] = max(shares[k, j], left if left >= LEFT_OVER else 0.0)
    return shares


def find_any(rows: Mask) -> NDArray[np.bool_]:
    """Return in which columns of these rows there is anything."""
    return np.asarray(rows.any(axis=0), bool)


def measure_left_over(bits: NDArray[np.bool_], alone: NDArray[np.bool_]) -> float:
    """Return how much of a piece of a ruling a copy has left, away from print.

    A ruling leaves bits all along, a letter's mark at one end only: the emptier half
    counts.
    """
    half = len(bits) // 2
    shares = []
    for part in (slice(None, half), slice(half, None)):
        free = bits[part][alone[part]]
        if len(free) < 0.2 * half + 1:
            return 0.0
        shares.append(float(free.mean()))
    return min(shares)


def find_print_beside(ink: Mask, place: int, x_height: float) -> NDArray[np.bool_]:
    """Return where along the line at ``place`` there is ink on either side of it."""
    near, far = max(1, round(0.25 * x_height)), round(1.5 * x_height)
    before = ink[max(0, place - far) : max(0, place - near)]
    after = ink[place + near + 1 : place + far]
    return np.asarray(before.any(axis=0) | after.any(axis=0), bool)


def join_places(
    across: NDArray[np.float64], along: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return which cell each place of the grid belongs to.

    Args:
        across: Level lines drawn, shape (rows + 1, columns).
        along: Upright lines drawn, shape (rows, columns + 1).
    """
    n_rows, n_cols = along.shape[0], across.shape[1]
    drawn_across = decide_drawn(across)
    drawn_along = decide_drawn(along.T).T
    owner = np.arange(n_rows * n_cols).reshape(n_rows, n_cols)
    for r in range(n_rows):
        for c in range(n_cols):
            if r + 1 < n_rows and not drawn_across[r + 1, c]:
                owner[owner == owner[r + 1, c]] = owner[r, c]
            if c + 1 < n_cols and not drawn_along[r, c + 1]:
                owner[owner == owner[r, c + 1]] = owner[r, c]
    return square_up(owner)


def decide_drawn(shares: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which pieces count as drawn.

    A piece of a line that is mostly drawn elsewhere needs little ink of its own
    (copying broke it); one of a line hardly drawn elsewhere needs nearly all (it may
    be an underlined word).
    """
    usual = shares.mean(axis=1, keepdims=True)
    need = np.where(usual >= 0.5, 0.22, np.where(usual >= 0.2, 0.5, 0.75))
    return np.asarray(shares >= need, bool)


def square_up(owner: NDArray[np.int64]) -> NDArray[np.int64]:
    """Join cells until each is a rectangle."""
    changed = True
    while changed:
        changed = False
        for label in np.unique(owner):
            r, c = np.nonzero(owner == label)
            block = owner[r.min() : r.max() + 1, c.min() : c.max() + 1]
            if (block != label).any():
                for other in np.unique(block):
                    owner[owner == other] = label
                changed = True
                break
    return owner
