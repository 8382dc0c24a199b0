"""The query cookbook: questions that analysts ask, as files of SQL.

``docs/cookbook.md`` shows each with its answer on the sample papers, 'sohoa explore'
offers them, and the tests run them on both databases.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Recipe:
    """A question, and the SELECT that answers it. ``name`` is short, for addresses."""

    name: str
    title: str
    sql: str


def recipes() -> tuple[Recipe, ...]:
    """Return all recipes in their order."""
    folder = files("warehouse") / "recipes"
    found = sorted(folder.iterdir(), key=lambda file: file.name)
    return tuple(
        _read(file.name, file.read_text(encoding="utf-8"))
        for file in found
        if file.name.endswith(".sql")
    )


def _read(file_name: str, text: str) -> Recipe:
    head, _, sql = text.partition("\n")
    name = file_name.removesuffix(".sql").partition("-")[2]
    return Recipe(name, head.removeprefix("-- ").strip(), sql.strip())
