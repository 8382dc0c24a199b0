"""A role of PostgreSQL that may read the warehouse, but nothing of persons.

Views are made anew by an upgrade and lose their grants with it: the roles are noted in
the warehouse and are given their rights again.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, insert, select, text, update

from extractors.errors import UsageError
from warehouse.columns import metadata
from warehouse.models import warehouse_info
from warehouse.views import VIEWS
from warehouse.withdrawal_models import person_cell

_NOTED = "readonly_roles"


def grant_readonly(connection: Connection, role: str) -> None:
    """Let a role read every view and table but that of persons, and do no more.

    Args:
        connection: In a transaction, which an error is to end.
        role: A role that the server has.

    Raises:
        UsageError: The warehouse is no PostgreSQL, there is no such role, or it could
            read persons all the same.
        WarehouseError: The server refuses.
    """
    if connection.dialect.name != "postgresql":
        raise UsageError(
            "SQLite knows no roles",
            todo="Give readers an export, or use PostgreSQL",
        )
    _refuse_unfit(connection, role)
    _note(connection, role)
    _grant(connection, role)
    _refuse_writers(connection, role)


def grant_again(connection: Connection) -> None:
    """Give the roles that were let in before their rights on views made anew."""
    for role in _noted(connection):
        if _exists(connection, role):
            _grant(connection, role)


def _grant(connection: Connection, role: str) -> None:
    quote = connection.dialect.identifier_preparer.quote_identifier
    schema = connection.execute(text("SELECT current_schema()")).scalar_one()
    public = sorted({*metadata.tables, *VIEWS} - {person_cell.name})
    for statement in (
        f"GRANT USAGE ON SCHEMA {quote(schema)} TO {quote(role)}",
        f"GRANT SELECT ON {', '.join(public)} TO {quote(role)}",
        f"REVOKE ALL ON {person_cell.name} FROM {quote(role)}",
    ):
        connection.execute(text(statement.replace(":", "\\:")))


def _exists(connection: Connection, role: str) -> bool:
    query = text("SELECT 1 FROM pg_roles WHERE rolname = :role")
    return connection.execute(query, {"role": role}).scalar() is not None


def _refuse_unfit(connection: Connection, role: str) -> None:
    if not _exists(connection, role):
        raise UsageError(
            f"the server has no role {role!r}",
            todo=f'CREATE ROLE "{role}" LOGIN PASSWORD …; then again',
        )


def _refuse_writers(connection: Connection, role: str) -> None:
    """Undo it all where the role could still write, or read persons, by other ways."""
    query = text(
        "SELECT has_table_privilege(:role, 'person_cell', 'SELECT') "
        "OR has_table_privilege(:role, 'figure', 'INSERT, UPDATE, DELETE, TRUNCATE')"
    )
    if connection.execute(query, {"role": role}).scalar():
        raise UsageError(
            f"the role {role!r} has more rights by itself or by a role it is a member "
            "of, or everyone has",
            todo="Name a role that owns nothing and is no superuser, or take the "
            "rights back",
        )


def _noted(connection: Connection) -> list[str]:
    query = select(warehouse_info.c.value).where(warehouse_info.c.name == _NOTED)
    value = connection.execute(query).scalar()
    return [] if value is None else msgspec.json.decode(value, type=list[str])


def _note(connection: Connection, role: str) -> None:
    noted = _noted(connection)
    value = msgspec.json.encode(sorted({*noted, role})).decode()
    if noted:
        named = warehouse_info.c.name == _NOTED
        connection.execute(update(warehouse_info).where(named).values(value=value))
    else:
        row = {"name": _NOTED, "value": value}
        connection.execute(insert(warehouse_info).values(row))
