"""The words that the parsers know: rows of CSV files, loaded at the edge.

The files lie in ``parsers/vocabulary/``; the first line of each names its columns and
``docs/vocabulary.md`` says what they mean. A new word is a new row, never new code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Row = Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All vocabulary files by name, without '.csv'.

    Compared and hashed by identity, so that what is compiled from it can be cached.
    """

    tables: Mapping[str, tuple[Row, ...]]

    def rows(self, name: str) -> tuple[Row, ...]:
        """Return the rows of one file, in its order.

        Raises:
            KeyError: There is no such file.
        """
        return self.tables[name]
