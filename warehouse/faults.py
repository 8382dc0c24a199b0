"""What the databases raise, told as one of ours: passing trouble, or final.

Names and passwords of a connection never reach a message.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from extractors.errors import SohoaError, WarehouseBusyError, WarehouseError

_PASSING_SQLITE = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
# Classes and codes of PostgreSQL's manual, appendix A: connection trouble, rollbacks
# for a conflict, no free connection, no lock, a server going down or coming up.
_PASSING_POSTGRES = re.compile(r"08|40|53300|55P03|57P0|57014")
_SECRET = re.compile(r"(?i)((?:password|pass|pwd)=)[^&\s]*")
_PASSWORD = re.compile(r"://([^:@/\s]*):\S*@")


def mask_secrets(text: str) -> str:
    """Return a URL or a message without any password in it."""
    masked = _PASSWORD.sub(r"://\1:***@", text)
    return _SECRET.sub(r"\1***", masked)


@contextmanager
def told_plainly(url: URL | str) -> Iterator[None]:
    """Turn whatever the database raises inside into an error of sohoa.

    Raises:
        WarehouseBusyError: A lock, a conflict or a lost connection; try again.
        WarehouseError: Anything else.
    """
    try:
        yield
    except SohoaError:
        raise
    except DBAPIError as error:
        raise explain(error.orig, url, lost=error.connection_invalidated) from error
    except (SQLAlchemyError, psycopg.Error, sqlite3.Error, OverflowError) as error:
        raise explain(error, url) from error


def explain(
    error: BaseException | None, url: URL | str, *, lost: bool = False
) -> SohoaError:
    """Return the error of sohoa that tells this one of a database.

    Args:
        error: What the driver or SQLAlchemy raised.
        url: Which warehouse it was.
        lost: Whether the connection is known to be gone.
    """
    where = f"warehouse {mask_secrets(str(url))}"
    said = mask_secrets(str(error).strip().partition("\n")[0]).rstrip(".")
    if lost or _passes(error):
        return WarehouseBusyError(
            f"{where} is busy or out of reach: {said}", todo="Try again in a moment"
        )
    return WarehouseError(f"{where} refuses: {said}", todo=_todo(error))


def _passes(error: BaseException | None) -> bool:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        return code is not None and code & 0xFF in _PASSING_SQLITE
    if isinstance(error, psycopg.Error):
        state = error.sqlstate
        if state is None:
            return isinstance(error, psycopg.OperationalError)
        return _PASSING_POSTGRES.match(state) is not None
    return False


def _todo(error: BaseException | None) -> str:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        known = {
            sqlite3.SQLITE_FULL: "Make room on the disk and run it again",
            sqlite3.SQLITE_NOTADB: "Name another file: this one is no SQLite database",
            sqlite3.SQLITE_CANTOPEN: "See that the folder exists and may be written",
            sqlite3.SQLITE_READONLY: "See that file and folder may be written",
            sqlite3.SQLITE_CORRUPT: "The file is damaged: restore it from a backup",
        }
        return known.get(code, "Please report this with the line above")
    if isinstance(error, psycopg.Error) and (error.sqlstate or "")[:2] in {"28", "3D"}:
        return "See that the user, the password and the database name are right"
    if isinstance(error, psycopg.Error) and (error.sqlstate or "") == "53100":
        return "Make room on the server's disk and run it again"
    return "Please report this with the line above"
