"""camelot's reading of ruled tables: a second opinion on every cell."""

from __future__ import annotations

import logging
import warnings
from dataclasses import dataclass
from pathlib import Path

from extractors.model import BBox

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lattice:
    """One table as camelot reads it: its texts by row, and its box (top left)."""

    texts: tuple[tuple[str, ...], ...]
    box: BBox

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns it has."""
        return len(self.texts), len(self.texts[0]) if self.texts else 0


def read_lattices(path: Path, page_no: int, page_height: float) -> tuple[Lattice, ...]:
    """Return camelot's ruled tables of one page, from top to bottom.

    A page that camelot cannot read has no second opinion; that is logged.
    """
    # Half a second to load, and needed on pages with rulings only.
    import cv2
    from camelot.io import read_pdf

    failures = (
        ArithmeticError,
        AttributeError,
        LookupError,
        OSError,
        RuntimeError,
        TypeError,
        ValueError,
        cv2.error,
    )

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tables = read_pdf(
                str(path), pages=str(page_no), flavor="lattice", split_text=True
            )
    except failures as error:
        log.warning("%s page %d: no second opinion, %r", path.name, page_no, error)
        return ()
    found = [_lattice(table, page_height) for table in tables]
    return tuple(sorted(found, key=lambda t: (t.box.y0, t.box.x0)))


def _lattice(table: object, page_height: float) -> Lattice:
    x0, y0, x1, y1 = (float(v) for v in table._bbox)  # type: ignore[attr-defined]  # camelot has no types
    texts = tuple(
        tuple(str(cell.text) for cell in row)
        for row in table.cells  # type: ignore[attr-defined]  # camelot has no types
    )
    return Lattice(texts, BBox(x0, page_height - y1, x1, page_height - y0))
