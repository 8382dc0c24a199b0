"""Figures as papers before gave them, and doubts between two papers.

The warehouse holds them and the checks judge them; here is what they hand each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from parsers.records import AsOf, Severity


@dataclass(frozen=True, slots=True)
class KnownFigure:
    """A stock of one administrative unit at one moment, as a loaded paper gives it.

    ``paper_no`` names the paper for people. ``order`` sorts papers: the later issued
    comes after, of undated ones the later received. ``unit_key`` tells units apart,
    those too that share a code.
    """

    figure_id: str
    paper_id: str
    paper_no: str
    order: tuple[str, ...]
    unit_key: str
    unit_name: str
    indicator: str
    year: int
    as_of: AsOf
    value: Decimal


@dataclass(frozen=True, slots=True)
class PaperDoubt:
    """Two papers that do not fit each other; filed on the later one's figure."""

    figure: KnownFigure
    other: KnownFigure
    check_code: str
    severity: Severity
    message: str
    message_vi: str
