"""Many rows into one table at once, by each database's fastest way."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from operator import itemgetter
from typing import Any, cast

import psycopg
from sqlalchemy import Connection, Float, Numeric, Table, Text, insert

from extractors.errors import WarehouseError
from warehouse.models import metadata
from warehouse.rows import Row


def insert_rows(connection: Connection, table: str, rows: Sequence[Row]) -> None:
    """Insert rows, all with the same columns, in the connection's transaction.

    Raises:
        WarehouseError: A row has something that the table has no column for, or that
            is of another type than the column (SQLite would take it silently).
    """
    target = metadata.tables[table]
    for row in rows:
        _check_row(target, row)
    if connection.dialect.name == "postgresql":
        _copy(connection, target, rows)
    else:
        _execute_many(connection, target, rows)


def _check_row(table: Table, row: Row) -> None:
    allowed = _allowed_types(table)
    for name, value in row.items():
        if type(value) not in allowed.get(name, ()):
            raise WarehouseError(
                f"table {table.name} has no place for {name} = {value!r}",
                todo="Please report this: the warehouse must drop nothing",
            )


@cache
def _allowed_types(table: Table) -> dict[str, frozenset[type]]:
    return {
        column.name: frozenset({type(None), *_types_of(column.type)})
        for column in table.columns
    }


def _types_of(kind: object) -> tuple[type, ...]:
    if isinstance(kind, Text):
        return (str,)
    if isinstance(kind, Numeric):
        return (Decimal,)
    return (float, int) if isinstance(kind, Float) else (int,)


def _copy(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    columns = ", ".join(rows[0])
    driver = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(tuple(row.values()))


def _execute_many(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    statement = insert(table).compile(
        dialect=connection.dialect, column_keys=list(rows[0])
    )
    pick = itemgetter(*(statement.positiontup or ()))
    # The exact digits of a decimal stand in the column beside; see warehouse.models.
    values = [
        tuple([float(v) if type(v) is Decimal else v for v in pick(row)])
        for row in rows
    ]
    connection.exec_driver_sql(str(statement), values)
