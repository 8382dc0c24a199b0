"""Many rows of one table, held by column: what is done to all is done fast.

A paper has some thousand values, most of them of the same few types. Looked at column
by column they go to the database in a third of the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import NoneType
from typing import Any, TypeAlias

from extractors.errors import WarehouseError
from warehouse.values import Plain, way_of

Row: TypeAlias = dict[str, Plain]

_AS_THEY_ARE = frozenset({NoneType, int})


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one table, all with the same columns; at least one row."""

    columns: Mapping[str, Sequence[Plain]]

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, object]]) -> Batch:
        """Make one of rows, every value plain.

        Raises:
            WarehouseError: The rows have not the same columns, or a value is nothing
                that a database can hold.
        """
        names = tuple(rows[0])
        if any(tuple(row) != names for row in rows):
            raise WarehouseError(
                f"rows with {names[0]} have not the same columns",
                todo="Please report this: the warehouse must drop nothing",
            )
        columns = zip(*(row.values() for row in rows), strict=True)
        return cls(dict(zip(names, map(_plain_column, columns), strict=True)))

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(next(iter(self.columns.values())))

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows."""
        for values in self.values():
            yield dict(zip(self.columns, values, strict=True))

    def __getitem__(self, index: int) -> Row:
        """Return one row."""
        return {name: column[index] for name, column in self.columns.items()}

    def values(self) -> Iterable[tuple[Plain, ...]]:
        """Return the rows' values in the order of the columns."""
        return zip(*self.columns.values(), strict=True)


def _plain_column(values: Sequence[Any]) -> Sequence[Plain]:
    kinds = set(map(type, values))
    if kinds <= _AS_THEY_ARE:
        return values
    if len(kinds) == 1:
        return list(map(way_of(kinds.pop()), values))
    return [None if v is None else way_of(type(v))(v) for v in values]
