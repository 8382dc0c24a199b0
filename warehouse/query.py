"""Questions in SQL: read only by the database's own doing, answers alike on both.

Not a check of the text: SQLite opens the file read-only and its authorizer refuses all
but reading; PostgreSQL takes the text as the query of a cursor in a read-only
transaction, which can be nothing but one SELECT.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from decimal import Context, Decimal
from pathlib import Path
from typing import Any, TypeAlias, cast
from urllib.parse import quote

import psycopg
from sqlalchemy import Engine

from extractors.errors import SohoaError, UsageError
from warehouse.database import BUSY_TIMEOUT_S
from warehouse.faults import explain

Answer: TypeAlias = str | int | Decimal | None

# A double holds 15 digits for sure; beyond them the two databases need not agree.
_FIFTEEN_DIGITS = Context(prec=15)
_READING = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}
# SCHEMA too: that is what a wrong name gives while the schema is not yet read.
_ASKED_WRONG = {
    sqlite3.SQLITE_ERROR,
    sqlite3.SQLITE_AUTH,
    sqlite3.SQLITE_SCHEMA,
    sqlite3.SQLITE_TOOBIG,
}


@dataclass(frozen=True, slots=True)
class QueryResult:
    """Column names, and the rows. Numbers are whole or Decimals, never floats."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Answer, ...], ...]


def run_query(engine: Engine, sql: str) -> QueryResult:
    """Run one SELECT and return all of its answer.

    Fractions are rounded to 15 digits, so that 0.1 + 0.2 is 0.3 on SQLite too; the
    digits as read stand in the columns that end in ``_exact``.

    Raises:
        UsageError: The text is no SELECT that this warehouse understands.
        WarehouseBusyError: A lock or a lost connection.
        WarehouseError: The database refuses for another reason.
    """
    statement = sql.strip().rstrip(";")
    ask = _ask_sqlite if engine.dialect.name == "sqlite" else _ask_postgres
    try:
        columns, rows = ask(engine, statement)
    except (sqlite3.Error, psycopg.Error, sqlite3.Warning) as error:
        raise _told(error, engine) from error
    answers = tuple(tuple(_answer(value) for value in row) for row in rows)
    return QueryResult(columns, answers)


_Asked: TypeAlias = tuple[tuple[str, ...], list[tuple[object, ...]]]


def _ask_sqlite(engine: Engine, sql: str) -> _Asked:
    path = Path(str(engine.url.database)).absolute()
    uri = f"file:{quote(str(path))}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_S)
    with closing(connection):
        connection.set_authorizer(_allow_reading)
        cursor = connection.execute(sql)
        if cursor.description is None:
            raise sqlite3.ProgrammingError("that is no SELECT")
        return tuple(column[0] for column in cursor.description), cursor.fetchall()


def _allow_reading(action: int, *_: object) -> int:
    return sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY


def _ask_postgres(engine: Engine, sql: str) -> _Asked:
    with closing(engine.raw_connection()) as pooled:
        connection = cast("psycopg.Connection[Any]", pooled.driver_connection)
        pooled.detach()  # closed for good: no setting of this reader stays in the pool
        connection.read_only = True
        cursor = connection.cursor()
        # Prepared, because only then the server refuses a second statement.
        cursor.execute(
            f"DECLARE answer NO SCROLL CURSOR FOR {sql}".encode(), prepare=True
        )
        cursor.execute("FETCH ALL FROM answer")
        columns = tuple(column.name for column in cursor.description or ())
        return columns, cursor.fetchall()


def _answer(value: object) -> Answer:
    if isinstance(value, bool):
        return int(value)  # SQLite has no truth values but 0 and 1
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, float | Decimal):
        return _number(value)
    return str(value)


def _number(value: float | Decimal) -> int | Decimal:
    exact = Decimal(repr(value)) if isinstance(value, float) else value
    if not exact.is_finite():
        return exact
    if exact == exact.to_integral_value():
        return int(exact)
    rounded = _FIFTEEN_DIGITS.plus(exact)
    if rounded == rounded.to_integral_value():
        return int(rounded)
    return Decimal(format(rounded.normalize(), "f"))


def _told(error: BaseException, engine: Engine) -> SohoaError:
    """Say whether the question was wrong or the warehouse is in trouble."""
    if isinstance(error, psycopg.Error):
        # Classes of PostgreSQL's manual, appendix A: syntax and names, data, read-only.
        asked_wrong = (error.sqlstate or "")[:2] in {"42", "22", "25", "0A", "21"}
    else:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        asked_wrong = code in _ASKED_WRONG
    if not asked_wrong:
        return explain(error, engine.url)
    said = str(error).strip().partition("\n")[0].rstrip(".")
    return UsageError(
        f"the query cannot be answered: {said}",
        todo="Write one SELECT; docs/dictionary.md lists the views and their columns",
    )
