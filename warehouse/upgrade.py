"""Bringing a warehouse's tables, views and comments to this version's.

The tables follow the Alembic migrations. Views and comments hold no data: they are
made anew whenever their text differs from what the warehouse was given last.
"""

from __future__ import annotations

import hashlib
import threading
from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, select, text

from extractors.errors import WarehouseError
from warehouse.dictionary import describe
from warehouse.grants import grant_again
from warehouse.models import metadata, warehouse_info
from warehouse.units_data import are_units_current, refresh_units
from warehouse.views import VIEW_COLUMNS, VIEWS, create_views, drop_views

VERSION_TABLE = "sohoa_version"
"""Alembic's table under a name of its own: others may share the database."""

# 'sohoa' in ASCII; any number that no other program of the server takes would do.
_UPGRADE_LOCK = 0x736F686F61
# Alembic keeps the migration that runs in module globals.
_ONE_AT_A_TIME = threading.Lock()


def alembic_config(connection: Connection | None = None) -> Config:
    """Return Alembic's settings, working on the given connection where there is one."""
    config = Config()
    config.set_main_option("script_location", str(files("warehouse") / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def is_up_to_date(connection: Connection) -> bool:
    """Whether tables and views are those of this version.

    Raises:
        WarehouseError: They are of a newer version, or the database is not ours.
    """
    current = _revision(connection)
    if current is None:
        _refuse_foreign(connection)
        return False
    if not is_known(current):
        raise WarehouseError(
            f"the warehouse is of a newer version of sohoa (tables at {current})",
            todo="Install the newest sohoa, or name another warehouse",
        )
    if current != _scripts().get_current_head():
        return False
    if _stored_fingerprint(connection) != _fingerprint():
        return False
    return are_units_current(connection)


def is_known(revision: str) -> bool:
    """Whether tables of a revision can be brought up to date; not if it is newer."""
    return revision in {known.revision for known in _scripts().walk_revisions()}


def current_revision(connection: Connection) -> str:
    """Return the revision of the tables of a warehouse that was opened."""
    revision = _revision(connection)
    if revision is None:
        raise WarehouseError("there is no warehouse", todo="Please report this")
    return revision


def bring_up_to_date(connection: Connection) -> None:
    """Upgrade tables and views inside the connection's transaction.

    Other processes that want the same wait at the lock and then find it done.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_UPGRADE_LOCK})"))
    if is_up_to_date(connection):
        return
    with _ONE_AT_A_TIME:
        command.upgrade(alembic_config(connection), "head")
    if not are_units_current(connection):
        refresh_units(connection)
    _check_keys(connection)
    refresh_views(connection)


def downgrade(connection: Connection, revision: str) -> None:
    """Take the tables back to an earlier revision; the views go.

    The version of sohoa that belongs to that revision makes its own views again.
    """
    with _ONE_AT_A_TIME:
        command.downgrade(alembic_config(connection), revision)


def refresh_views(connection: Connection) -> None:
    """Make the views anew, and the comments on them where there can be any."""
    drop_views(connection)
    create_views(connection)
    if connection.dialect.name == "postgresql":
        for statement in _comments():
            connection.exec_driver_sql(statement)
        grant_again(connection)
    connection.execute(warehouse_info.delete().where(warehouse_info.c.name == "views"))
    connection.execute(
        warehouse_info.insert().values(name="views", value=_fingerprint())
    )


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(alembic_config())


def _check_keys(connection: Connection) -> None:
    """Make sure that migrations, run without SQLite's checks, broke no reference."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise WarehouseError(
            f"after the upgrade table {broken[0]} refers to rows that are not there",
            todo="Nothing was changed; please report this",
        )


def _revision(connection: Connection) -> str | None:
    context = MigrationContext.configure(
        connection, opts={"version_table": VERSION_TABLE}
    )
    return context.get_current_revision()


def _refuse_foreign(connection: Connection) -> None:
    taken = set(inspect(connection).get_table_names())
    ours = {*metadata.tables, *VIEWS}
    if connection.dialect.name == "sqlite":
        clash = taken - {VERSION_TABLE}
    else:
        clash = taken & ours
    if clash:
        raise WarehouseError(
            f"the database holds tables that are not sohoa's ({min(clash)})",
            todo="Name another database or file",
        )


def _stored_fingerprint(connection: Connection) -> str | None:
    query = select(warehouse_info.c.value).where(warehouse_info.c.name == "views")
    return connection.execute(query).scalar()


def _fingerprint() -> str:
    words = "\n".join([*VIEWS.values(), *_comments()])
    return hashlib.sha256(words.encode()).hexdigest()


def _comments() -> list[str]:
    statements = []
    for name, table in metadata.tables.items():
        statements.append(_comment("TABLE", name, describe(name).comment))
        for column in table.columns:
            word = describe(name, column.name).comment
            statements.append(_comment("COLUMN", f"{name}.{column.name}", word))
    for name, columns in VIEW_COLUMNS.items():
        statements.append(_comment("VIEW", name, describe(name).comment))
        for column_name in columns:
            word = describe(name, column_name).comment
            statements.append(_comment("COLUMN", f"{name}.{column_name}", word))
    return statements


def _comment(kind: str, name: str, words: str) -> str:
    quoted = words.replace("'", "''").replace("%", "%%")
    return f"COMMENT ON {kind} {name} IS '{quoted}'"
