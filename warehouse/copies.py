"""The views of a warehouse as tables of a SQLite file, for programs that want one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Engine

from warehouse.query import Answer, stream_query
from warehouse.views import VIEW_COLUMNS


def copy_views(engine: Engine, target: Path) -> None:
    """Write what the views show now into a new SQLite file; nothing of persons.

    Raises:
        WarehouseBusyError: A lock or a lost connection.
    """
    with closing(sqlite3.connect(target)) as connection, connection:
        for name, columns in VIEW_COLUMNS.items():
            connection.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
            places = ", ".join("?" * len(columns))
            put = f"INSERT INTO {name} VALUES ({places})"  # noqa: S608  # known names
            query = f"SELECT {', '.join(columns)} FROM {name}"  # noqa: S608
            with stream_query(engine, query) as stream:
                for batch in stream.batches:
                    rows = ([_plain(value) for value in row] for row in batch)
                    connection.executemany(put, rows)


def _plain(value: Answer) -> str | int | float | None:
    return float(value) if isinstance(value, Decimal) else value
