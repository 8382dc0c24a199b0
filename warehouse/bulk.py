"""Many rows into one table at once, by each database's fastest way."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any, cast

import psycopg
from sqlalchemy import Connection, Float, Numeric, Table, Text

from extractors.errors import WarehouseError
from warehouse.batch import Batch
from warehouse.models import metadata


def insert_rows(connection: Connection, table: str, rows: Batch) -> None:
    """Insert rows in the connection's transaction.

    Raises:
        WarehouseError: They have something that the table has no column for, or that
            is of another type than the column (SQLite would take it silently).
    """
    target = metadata.tables[table]
    allowed = _allowed_types(target)
    for name, values in rows.columns.items():
        wrong = set(map(type, values)) - allowed.get(name, frozenset())
        if wrong:
            value = next(value for value in values if type(value) in wrong)
            raise WarehouseError(
                f"table {table} has no place for {name} = {value!r}",
                todo="Please report this: the warehouse must drop nothing",
            )
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    else:
        _execute_many(connection, table, rows)


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


def _copy(connection: Connection, table: str, rows: Batch) -> None:
    driver = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    statement = f"COPY {table} ({', '.join(rows.columns)}) FROM STDIN"
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows.values():
            copy.write_row(row)


def _execute_many(connection: Connection, table: str, rows: Batch) -> None:
    # The exact digits of a decimal stand in the column beside; see warehouse.models.
    as_doubles = Batch(
        {
            name: [float(v) if type(v) is Decimal else v for v in values]
            for name, values in rows.columns.items()
        }
    )
    names, places = ", ".join(rows.columns), ", ".join("?" * len(rows.columns))
    connection.exec_driver_sql(
        f"INSERT INTO {table} ({names}) VALUES ({places})",  # noqa: S608  # our names
        list(as_doubles.values()),
    )
