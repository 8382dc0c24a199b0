"""Questions in SQL: read only by the database's own doing, answers alike on both.

Not a check of the text: SQLite opens the file read-only and its authorizer refuses all
but reading; PostgreSQL takes the text as the query of a cursor in a read-only
transaction, which can be nothing but one SELECT. What papers say of persons is not
answered unless asked for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from decimal import Context, Decimal
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias, cast
from urllib.parse import quote

import psycopg
from sqlalchemy import Engine

from extractors.errors import SohoaError, UsageError
from warehouse.database import BUSY_TIMEOUT_S
from warehouse.faults import explain

Answer: TypeAlias = str | int | Decimal | None

_PEOPLE = "person_cell"
_BATCH = 10_000

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


@dataclass(frozen=True, slots=True)
class Stream:
    """The column names of an answer, and its rows in batches, to be taken once."""

    columns: tuple[str, ...]
    batches: Iterator[list[tuple[Answer, ...]]]


def run_query(engine: Engine, sql: str, *, people: bool = False) -> QueryResult:
    """Run one SELECT and return all of its answer.

    Fractions are rounded to 15 digits, so that 0.1 + 0.2 is 0.3 on SQLite too; the
    digits as read stand in the columns that end in ``_exact``.

    Args:
        engine: The warehouse.
        sql: The SELECT.
        people: Whether it may ask for what papers say of persons (``person_cell``).

    Raises:
        UsageError: The text is no SELECT that this warehouse understands, or it asks
            for persons unbidden.
        WarehouseBusyError: A lock or a lost connection.
        WarehouseError: The database refuses for another reason.
    """
    with stream_query(engine, sql, people=people) as stream:
        rows = tuple(row for batch in stream.batches for row in batch)
        return QueryResult(stream.columns, rows)


@contextmanager
def stream_query(engine: Engine, sql: str, *, people: bool = False) -> Iterator[Stream]:
    """Give the answer to one SELECT in batches, for answers of any length.

    Raises:
        UsageError, WarehouseBusyError, WarehouseError: As ``run_query``, also while
            the batches are taken.
    """
    statement = sql.strip().rstrip(";")
    ask = _ask_sqlite if engine.dialect.name == "sqlite" else _ask_postgres
    try:
        with ask(engine, statement, people) as (columns, batches):
            yield Stream(columns, (_answers(batch) for batch in batches))
    except (sqlite3.Error, psycopg.Error, sqlite3.Warning) as error:
        raise _told(error, engine) from error


_Rows: TypeAlias = list[tuple[object, ...]]
_Asked: TypeAlias = tuple[tuple[str, ...], Iterator[_Rows]]


def _answers(rows: _Rows) -> list[tuple[Answer, ...]]:
    return [tuple(_answer(value) for value in row) for row in rows]


@contextmanager
def _ask_sqlite(engine: Engine, sql: str, people: bool) -> Iterator[_Asked]:
    path = Path(str(engine.url.database)).absolute()
    uri = f"file:{quote(str(path))}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_S)
    with closing(connection):
        asked = False

        def allow(action: int, table: str | None, *_: object) -> int:
            nonlocal asked
            if not people and _reads_people(action, table):
                asked = True
                return sqlite3.SQLITE_DENY
            return sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY

        connection.set_authorizer(allow)
        try:
            cursor = connection.execute(sql)
        except sqlite3.DatabaseError as error:
            raise _refuse_people() if asked else error from None
        if cursor.description is None:
            raise sqlite3.ProgrammingError("that is no SELECT")
        columns = tuple(column[0] for column in cursor.description)
        yield columns, iter(lambda: cursor.fetchmany(_BATCH), [])


def hide_people(connection: sqlite3.Connection) -> None:
    """Let a connection of another program read nothing of persons."""
    connection.set_authorizer(
        lambda action, table, *_: (
            sqlite3.SQLITE_DENY if _reads_people(action, table) else sqlite3.SQLITE_OK
        )
    )


def _reads_people(action: int, table: str | None) -> bool:
    return action == sqlite3.SQLITE_READ and table == _PEOPLE


@contextmanager
def _ask_postgres(engine: Engine, sql: str, people: bool) -> Iterator[_Asked]:
    with closing(engine.raw_connection()) as pooled:
        connection = cast("psycopg.Connection[Any]", pooled.driver_connection)
        pooled.detach()  # closed for good: no setting of this reader stays in the pool
        connection.read_only = True
        cursor = connection.cursor()
        # Prepared, because only then the server refuses a second statement.
        cursor.execute(
            f"DECLARE answer NO SCROLL CURSOR FOR {sql}".encode(), prepare=True
        )
        if not people and _plans_to_read_people(cursor, sql):
            raise _refuse_people()
        fetch = f"FETCH {_BATCH} FROM answer"
        first = cursor.execute(fetch).fetchall()
        columns = tuple(column.name for column in cursor.description or ())
        rest = iter(lambda: cursor.execute(fetch).fetchall(), [])
        yield columns, chain([first], rest)


def _plans_to_read_people(cursor: psycopg.Cursor[Any], sql: str) -> bool:
    """Whether the server's plan for the query has the table of persons in it."""
    cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}".encode(), prepare=True)
    (plan,) = cursor.fetchone() or ([],)
    return _PEOPLE in _relations(plan)


def _relations(plan: object) -> Iterator[str]:
    if isinstance(plan, list):
        yield from (name for part in plan for name in _relations(part))
    elif isinstance(plan, dict):
        if "Relation Name" in plan:
            yield plan["Relation Name"]
        yield from _relations(list(plan.values()))


def _refuse_people() -> UsageError:
    return UsageError(
        "the query asks for what papers say of persons",
        todo="Say --people if you mean to and may",
    )


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
