"""The warehouse in a browser: Datasette, for this machine alone, without persons."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from datasette import hookimpl
from datasette.app import Datasette
from datasette.plugins import pm

from warehouse.cookbook import recipes
from warehouse.copies import copy_views
from warehouse.query import hide_people

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy import Engine

HOST = "127.0.0.1"
_PLUGIN = "sohoa-without-people"
_SECONDS = 30
_ROWS = 1000


class _WithoutPeople:
    """Keeps every connection of Datasette from what papers say of persons."""

    __name__ = _PLUGIN  # Datasette lists its plugins by it

    @hookimpl  # type: ignore[untyped-decorator]  # Datasette has no types
    def prepare_connection(self, conn: sqlite3.Connection) -> None:
        hide_people(conn)


@contextmanager
def sqlite_file(engine: Engine) -> Iterator[Path]:
    """Give the warehouse's own file, or of PostgreSQL a copy of what the views show."""
    if engine.dialect.name == "sqlite":
        yield Path(str(engine.url.database)).absolute()
        return
    with tempfile.TemporaryDirectory(prefix="sohoa-") as folder:
        copy = Path(folder) / "sohoa.db"
        copy_views(engine, copy)
        yield copy


def make_datasette(file: Path) -> Datasette:
    """Return Datasette over a file, with the queries of the cookbook."""
    if not pm.has_plugin(_PLUGIN):
        pm.register(_WithoutPeople(), name=_PLUGIN)
    queries = {
        recipe.name: {"sql": recipe.sql, "title": recipe.title} for recipe in recipes()
    }
    database = {"queries": queries, "tables": {"person_cell": {"allow": False}}}
    return Datasette(
        [str(file)],
        metadata={"title": "sohoa", "databases": {file.stem: database}},
        settings={
            "allow_download": False,
            "sql_time_limit_ms": _SECONDS * 1000,
            "max_returned_rows": _ROWS,
        },
    )


def serve(file: Path, port: int) -> None:
    """Show a file in the browser until it is stopped by Ctrl-C."""
    uvicorn.run(make_datasette(file).app(), host=HOST, port=port, log_level="warning")
