"""The levels of a head over each column, from the top down."""

from __future__ import annotations

import re

from parsers.tables.grid import Layout
from parsers.text import squeeze

_BROKEN_DATE = re.compile(r"(?<!\d)(\d{1,2}[/.]\d{1,2}[/.])(\d{1,3})\s(\d{1,3})(?!\d)")


def head_paths(layout: Layout) -> list[tuple[str, ...]]:
    """Return the head's levels over each column, from the top."""
    return [_path(layout, col) for col in range(layout.n_cols)]


def _path(layout: Layout, col: int) -> tuple[str, ...]:
    """Return the head's levels over a column, each spanning cell once."""
    levels: list[str] = []
    seen: set[tuple[int, int]] = set()
    for n, row in enumerate(layout.head):
        cell = layout.grid.get((row, col))
        if cell is not None and (cell.row, cell.col) not in seen:
            seen.add((cell.row, cell.col))
            text = _whole_dates(squeeze(cell.text))
            text = text or _unspanned_text(layout, n, col)
            if text:
                levels.append(text)
    return tuple(levels)


def _whole_dates(text: str) -> str:
    """Join a year that a narrow head broke: '31/12/201 9'."""
    return _BROKEN_DATE.sub(lambda m: _joined_year(*m.groups()), text)


def _joined_year(before: str, first: str, last: str) -> str:
    year = first + last
    is_year = len(year) == 4 and year.startswith(("19", "20"))
    return f"{before}{year}" if is_year else f"{before}{first} {last}"


def _unspanned_text(layout: Layout, head_row: int, col: int) -> str:
    """Return the heading at the left that an empty head cell belongs under.

    Some extractions give a spanning heading to its first column alone. An empty cell
    over a filled one belongs to the nearest heading at its left that also stands over
    filled ones.
    """
    row = layout.head[head_row]
    below = layout.head[head_row + 1 :]
    if not any(layout.text(r, col) for r in below):
        return ""
    for left in range(col - 1, -1, -1):
        text = layout.text(row, left)
        if text:
            return text if any(layout.text(r, left) for r in below) else ""
        if not any(layout.text(r, left) for r in below):
            return ""
    return ""
