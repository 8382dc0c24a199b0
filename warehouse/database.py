"""Opening a warehouse: the file or server, its settings, its tables and views.

SQLite runs in WAL mode, so that readers work while papers are loaded. A transaction
that will write takes the write lock at its start (``writing``): SQLite cannot wait for
it half way, and would say 'database is locked' at once.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from extractors.errors import WarehouseError
from warehouse.faults import mask_secrets, told_plainly
from warehouse.upgrade import bring_up_to_date, is_up_to_date

BUSY_TIMEOUT_S = 60
"""How long SQLite waits for another writer; one paper takes well under a second."""

CONNECT_TIMEOUT_S = 10
"""How long to wait for a PostgreSQL server that does not answer."""

_WRITING = "sohoa_writing"
_CHECK_KEYS = "sohoa_check_keys"


def masked_url(url: str) -> str:
    """Return the URL as it may stand in logs and messages."""
    return mask_secrets(url)


def open_warehouse(url: str) -> Engine:
    """Open a warehouse, making or upgrading its tables and views where needed.

    Safe when several processes do it at once: one upgrades, the others wait.

    Args:
        url: 'sqlite:///w.db' or 'postgresql://user:password@host/database'.

    Raises:
        WarehouseBusyError: The server is out of reach or the file stays locked.
        WarehouseError: The URL is wrong, the database refuses, or it was made by a
            newer version.
    """
    parsed = _parse_url(url)
    with told_plainly(parsed):
        if parsed.get_backend_name() == "sqlite":
            engine = _open_sqlite(parsed)
        else:
            engine = _open_postgres(parsed)
        with engine.connect() as connection:
            ready = is_up_to_date(connection)
        if not ready:
            with writing(engine, check_keys=False) as connection:
                bring_up_to_date(connection)
    return engine


@contextmanager
def writing(engine: Engine, *, check_keys: bool = True) -> Iterator[Connection]:
    """Give a connection in one transaction that writes: all of it or nothing.

    Args:
        engine: The warehouse.
        check_keys: False while migrations rebuild tables, which on SQLite means to
            drop tables that others refer to.
    """
    options = {_WRITING: True, _CHECK_KEYS: check_keys}
    with (
        told_plainly(engine.url),
        engine.connect().execution_options(**options) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose reads all see the same moment."""
    with told_plainly(engine.url), engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


def _parse_url(url: str) -> URL:
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise _bad_url(url, "is no database URL") from error
    if backend == "sqlite":
        if parsed.database in (None, "", ":memory:"):
            raise _bad_url(url, "names no file")
        return parsed.set(drivername="sqlite+pysqlite")
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    raise _bad_url(url, "is neither SQLite nor PostgreSQL")


def _bad_url(url: str, what: str) -> WarehouseError:
    return WarehouseError(
        f"warehouse {mask_secrets(url)} {what}",
        todo="Write sqlite:///FILE.db or postgresql://USER:PASSWORD@HOST/DATABASE",
    )


def _open_sqlite(url: URL) -> Engine:
    _make_private_file(Path(str(url.database)))
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_S})

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:  # the driver's own object
        # Leaves BEGIN to us: the driver would begin late, and not before DDL.
        connection.isolation_level = None
        _switch_to_wal(connection)
        connection.execute("PRAGMA synchronous = NORMAL")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        check = "ON" if options.get(_CHECK_KEYS, True) else "OFF"
        connection.exec_driver_sql(f"PRAGMA foreign_keys = {check}")
        writes = options.get(_WRITING, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _make_private_file(path: Path) -> None:
    if path.exists():
        return
    try:
        # Only the owner may read it; SQLite gives its -wal and -shm the same rights.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise WarehouseError(
            f"warehouse file {path} cannot be made: {error.strerror}",
            todo="See that the folder exists and may be written",
        ) from error


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    # SQLite does not wait for other processes here, whatever its busy timeout.
    deadline = time.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
            if mode != "wal":
                connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _open_postgres(url: URL) -> Engine:
    arguments = {}
    if "connect_timeout" not in url.query:
        arguments["connect_timeout"] = CONNECT_TIMEOUT_S
    engine = create_engine(url, pool_pre_ping=True, connect_args=arguments)
    try:
        engine.connect().close()
    except DBAPIError as error:
        engine.dispose()
        # An unreachable server at the start is most often a wrong address.
        raise WarehouseError(
            f"warehouse {mask_secrets(str(url))} cannot be reached: "
            + mask_secrets(str(error.orig).strip().partition("\n")[0]).rstrip("."),
            todo="See that the server runs and that host, user, password and "
            "database are right",
        ) from error
    return engine
