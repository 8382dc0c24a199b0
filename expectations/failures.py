"""What the suites found: expectations that rows do not meet, and where these stand."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.model import BBox
from parsers.records import Severity


@dataclass(frozen=True, slots=True)
class Where:
    """Where a checked row stands in the paper, and its index if it is a figure."""

    document: int = 0
    page_no: int | None = None
    box: BBox | None = None
    printed: str | None = None
    figure: int | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """An expectation that some rows, or the frame as a whole, do not meet."""

    suite: str
    code: str
    severity: Severity
    message: str
    places: tuple[Where, ...]
    """One a row; none where no row is to blame."""
