"""The data dictionary: what each table, view and column of the warehouse holds.

One place, ``dictionary.csv``, feeds the column comments of the database, the page
``docs/dictionary.md`` and the tests. Its relation ``*`` tells what a column means
wherever no line of its own says otherwise; a line without a column tells what the
table or view is.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

ANYWHERE = "*"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one relation or one of its columns holds.

    ``column`` is empty for the relation itself. ``type`` and ``unit`` are words for
    people ('whole number', 'points').
    """

    relation: str
    column: str
    type: str
    unit: str
    description: str

    @property
    def comment(self) -> str:
        """The description with the unit of measure after it."""
        return f"{self.description} [{self.unit}]" if self.unit else self.description


@lru_cache(maxsize=1)
def entries() -> dict[tuple[str, str], Entry]:
    """Return all entries by relation and column, in the file's order."""
    text = files("warehouse").joinpath("dictionary.csv").read_text(encoding="utf-8")
    rows = [Entry(**row) for row in csv.DictReader(text.splitlines())]
    return {(row.relation, row.column): row for row in rows}


def describe(relation: str, column: str = "") -> Entry:
    """Return what a relation, or one of its columns, holds.

    Raises:
        KeyError: The dictionary has no word on it.
    """
    known = entries()
    own = known.get((relation, column))
    return own if own is not None else known[ANYWHERE, column]


def render_dictionary() -> str:
    """Return the page ``docs/dictionary.md``."""
    # Imported late: models take their comments from this module.
    from warehouse.models import metadata
    from warehouse.views import VIEW_COLUMNS

    tables = {t.name: [c.name for c in t.columns] for t in metadata.sorted_tables}
    lines = [
        "# Data dictionary",
        "",
        "Made from `warehouse/dictionary.csv` by `python -m warehouse.dictionary`. "
        "Analysts' SQL relies on the views; the tables beneath them may change.",
        "",
        "Times are ISO text in UTC, lists are JSON text, 'decimal' is NUMERIC on "
        "PostgreSQL and a double on SQLite, which is why each has its exact digits "
        "beside it.",
    ]
    for heading, relations in (("Views", VIEW_COLUMNS), ("Tables", tables)):
        lines += ["", f"## {heading}"]
        for name, columns in relations.items():
            lines += _render_relation(name, columns)
    return "\n".join(lines) + "\n"


def _render_relation(name: str, columns: Sequence[str]) -> Iterator[str]:
    yield from ("", f"### {name}", "", f"{describe(name).description}.", "")
    yield from ("| column | type | unit | meaning |", "|---|---|---|---|")
    for column in columns:
        entry = describe(name, column)
        meaning = entry.description.replace("|", "\\|")
        yield f"| {column} | {entry.type} | {entry.unit} | {meaning} |"


if __name__ == "__main__":
    sys.stdout.write(render_dictionary())
