"""Loads the words and the units that the parsers know from their CSV files."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from parsers.units.gazetteer import Gazetteer
from parsers.vocabulary import Row, Vocabulary

VOCABULARY_DIR = Path(__file__).resolve().parent.parent / "parsers" / "vocabulary"
_UNITS = "units"
_SUCCESSORS = "unit_successors"


def _read_rows(path: Path) -> tuple[Row, ...]:
    """Return the rows of one CSV file by the names in its first line.

    Raises:
        ValueError: A row has more or fewer fields than the first line has names.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = tuple(csv.DictReader(file, strict=True))
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise ValueError(f"{path}: row {number} does not fit the first line")
    return rows


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """Return all vocabulary files but those of the units, read once a process."""
    paths = sorted(VOCABULARY_DIR.glob("*.csv"))
    words = (path for path in paths if path.stem not in (_UNITS, _SUCCESSORS))
    return Vocabulary({path.stem: _read_rows(path) for path in words})


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """Return the administrative units, read once a process."""
    return Gazetteer(_read_rows(VOCABULARY_DIR / f"{_UNITS}.csv"))
