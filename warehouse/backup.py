"""A copy of the whole warehouse as files, and a warehouse made of such a copy.

SQLite is copied by its own backup interface, PostgreSQL table by table with COPY in
one transaction: both show one moment, while loaders go on. No program of the database
is needed. A backup of an earlier version is brought up to date when it is restored.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import psycopg
import zstandard
from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.engine import make_url

from extractors.errors import UsageError
from warehouse.columns import metadata
from warehouse.database import open_warehouse, reading, writing
from warehouse.faults import told_plainly
from warehouse.models import paper
from warehouse.upgrade import (
    bring_up_to_date,
    current_revision,
    downgrade,
    is_known,
    refresh_views,
)

_FILE = "warehouse.db"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Dump:
    """What a copy holds: of which database, at which revision, the tables' columns."""

    database: str
    revision: str
    tables: dict[str, list[str]]


def dump_warehouse(engine: Engine, folder: Path) -> Dump:
    """Copy the warehouse into an empty folder.

    Raises:
        WarehouseBusyError: A lock or a lost connection.
        WarehouseError: The database refuses.
    """
    with reading(engine) as connection:
        tables = {
            str(table.name): [str(name) for name in table.columns.keys()]  # noqa: SIM118
            for table in metadata.sorted_tables
        }
        dump = Dump(engine.dialect.name, current_revision(connection), tables)
        if engine.dialect.name == "sqlite":
            _copy_sqlite(Path(str(engine.url.database)), folder / _FILE)
        else:
            for name, columns in tables.items():
                _copy_out(connection, name, columns, _copy_file(folder, name))
    return dump


def restore_warehouse(url: str, dump: Dump, folder: Path) -> Engine:
    """Make the warehouse of a copy at a place where there is none, or an empty one.

    Raises:
        UsageError: There are papers at that place, or the copy is of another kind of
            database or of a newer version.
        WarehouseError: The database refuses; nothing was changed.
    """
    kind = make_url(url).get_backend_name()
    if kind != dump.database:
        raise UsageError(
            f"the backup is of {dump.database}, the warehouse named is {kind}",
            todo="Name a warehouse of the same kind with --warehouse",
        )
    if not is_known(dump.revision):
        raise UsageError(
            "the backup is of a newer version of sohoa",
            todo="Install the newest sohoa",
        )
    if kind == "sqlite":
        return _restore_sqlite(url, folder / _FILE)
    return _restore_postgres(url, dump, folder)


# --- SQLite ---------------------------------------------------------------------------


def _copy_sqlite(source: Path, target: Path) -> None:
    target.touch(mode=0o600)
    with (
        closing(sqlite3.connect(source)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it


def _restore_sqlite(url: str, copy: Path) -> Engine:
    engine = open_warehouse(url)
    with told_plainly(url):
        with writing(engine) as connection:
            _refuse_papers(connection)
        target = Path(str(engine.url.database))
        with (
            closing(sqlite3.connect(copy)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            old.backup(new)
    engine.dispose()
    return open_warehouse(url)


# --- PostgreSQL -----------------------------------------------------------------------


def _restore_postgres(url: str, dump: Dump, folder: Path) -> Engine:
    engine = open_warehouse(url)
    with writing(engine) as connection:
        _refuse_papers(connection)
        if dump.revision != current_revision(connection):
            downgrade(connection, dump.revision)
        for name in reversed(dump.tables):
            connection.execute(text(f"DELETE FROM {name}"))  # noqa: S608  # known
        for name, columns in dump.tables.items():
            _copy_in(connection, name, columns, _copy_file(folder, name))
        # PostgreSQL alters no table while references of its rows are yet to be checked.
        connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        bring_up_to_date(connection)
        refresh_views(connection)
    return engine


def _copy_file(folder: Path, table: str) -> Path:
    return folder / f"{table}.copy.zst"


def _copy_out(
    connection: Connection, table: str, columns: list[str], target: Path
) -> None:
    statement = f"COPY {table} ({', '.join(columns)}) TO STDOUT"
    with (
        _cursor(connection) as cursor,
        target.open("wb") as file,
        zstandard.ZstdCompressor().stream_writer(file) as packed,
        cursor.copy(statement) as copy,
    ):
        for part in copy:
            packed.write(bytes(part))


def _copy_in(
    connection: Connection, table: str, columns: list[str], source: Path
) -> None:
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with (
        _cursor(connection) as cursor,
        source.open("rb") as file,
        zstandard.ZstdDecompressor().stream_reader(file) as unpacked,
        cursor.copy(statement) as copy,
    ):
        while part := unpacked.read(_CHUNK):
            copy.write(part)


@contextmanager
def _cursor(connection: Connection) -> Iterator[psycopg.Cursor[Any]]:
    driver = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    with driver.cursor() as cursor:
        yield cursor


def _refuse_papers(connection: Connection) -> None:
    held = connection.execute(select(func.count()).select_from(paper)).scalar()
    if held:
        raise UsageError(
            f"the warehouse holds {held} papers, and a restore replaces all",
            todo="Name an empty one with --warehouse, or set SOHOA_HOME anew",
        )
