"""What columns are made of, for every module of tables.

The tables of all of them share one ``metadata``; ``warehouse.models`` brings them
together and tells how decimals, times and lists are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Integer,
    MetaData,
    Numeric,
    Text,
)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMING)

EXACT = Numeric().with_variant(Double(), "sqlite")


def text(name: str, *, null: bool = True) -> Column[str]:
    """A column of text."""
    return Column(name, Text, nullable=null)


def texts(*names: str, null: bool = True) -> Iterator[Column[str]]:
    """Columns of text."""
    return (text(name, null=null) for name in names)


def whole(name: str, *, null: bool = True) -> Column[int]:
    """A column of whole numbers."""
    return Column(name, Integer, nullable=null)


def wholes(*names: str, null: bool = True) -> Iterator[Column[int]]:
    """Columns of whole numbers."""
    return (whole(name, null=null) for name in names)


def key(name: str) -> Column[str]:
    """A key, or part of one, of text."""
    return Column(name, Text, primary_key=True)


def ref(
    name: str, target: str, *, null: bool = False, key: bool = False
) -> Column[str]:
    """A reference to another table's key."""
    # Checked at commit, so that the rows of a paper may come in any order.
    refers = ForeignKey(target, deferrable=True, initially="DEFERRED")
    return Column(name, Text, refers, nullable=null, primary_key=key)


def number_key(name: str) -> Column[int]:
    """A part of a key that is a number."""
    return Column(name, Integer, primary_key=True, autoincrement=False)


def code(column: str, codes: type[StrEnum]) -> CheckConstraint:
    """A check that only known codes stand in a column."""
    known = ", ".join(f"'{code.value}'" for code in codes)
    return CheckConstraint(f"{column} IN ({known})", name=column)


def box() -> Iterator[Column[object]]:
    """Where it is printed."""
    yield Column("page", Integer)
    yield from (Column(edge, Double) for edge in ("x0", "y0", "x1", "y1"))


def place() -> Iterator[Column[object]]:
    """Where it is printed and how it was read."""
    yield from box()
    yield Column("raw_text", Text)
    yield Column("method", Text, nullable=False)
    yield Column("confidence", Double, nullable=False)
    yield Column("rule", Text, nullable=False)
