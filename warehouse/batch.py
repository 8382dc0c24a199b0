"""Many rows of one table, held by column: what is done to all is done fast.

A paper has some thousand values, most of them of the same few types. Looked at column
by column they go to the database in a third of the time.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import NoneType
from typing import Any, TypeAlias

from extractors.errors import WarehouseError
from warehouse.values import Plain, keep_texts, plain, way_of

Row: TypeAlias = dict[str, Plain]
Columns: TypeAlias = dict[str, Sequence[object]]

_AS_THEY_ARE = frozenset({NoneType, int})


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one table, all with the same columns."""

    columns: Mapping[str, Sequence[Plain]]

    @classmethod
    def of(cls, columns: Columns) -> Batch:
        """Make one of columns, every value plain.

        Raises:
            WarehouseError: The columns are not of one length, or a value is nothing
                that a database can hold.
        """
        if len(set(map(len, columns.values()))) != 1:
            raise _unlike(columns)
        return cls({name: _plain_column(values) for name, values in columns.items()})

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


def by_column(rows: Sequence[Mapping[str, object]]) -> Columns:
    """Return the columns of rows; none of no rows.

    Raises:
        WarehouseError: The rows have not the same columns.
    """
    names = tuple(rows[0]) if rows else ()
    if any(tuple(row) != names for row in rows):
        raise _unlike(names)
    columns = zip(*(row.values() for row in rows), strict=True)
    return dict(zip(names, columns, strict=True))


def attributes(things: Sequence[object], **names: str) -> Columns:
    """Return columns of the things' attributes; None of what is None itself.

    Args:
        things: What has the attributes.
        names: The attribute of each column.
    """
    return {
        column: [None if thing is None else getattr(thing, name) for thing in things]
        for column, name in names.items()
    }


def _unlike(names: Iterable[str]) -> WarehouseError:
    return WarehouseError(
        f"rows with {next(iter(names), 'no column')} have not the same columns",
        todo="Please report this: the warehouse must drop nothing",
    )


def _plain_column(values: Sequence[Any]) -> Sequence[Plain]:
    kinds = set(map(type, values))
    if kinds <= _AS_THEY_ARE or (kinds == {float} and all(map(math.isfinite, values))):
        return values
    if kinds == {str}:
        return keep_texts(values)
    if len(kinds - {NoneType}) > 1:
        return list(map(plain, values))
    way = way_of((kinds - {NoneType}).pop())
    if NoneType in kinds:
        return [None if value is None else way(value) for value in values]
    return list(map(way, values))
