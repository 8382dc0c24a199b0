from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from warehouse.database import open_warehouse
from warehouse.dictionary import ANYWHERE, describe, entries, render_dictionary
from warehouse.models import metadata
from warehouse.views import VIEW_COLUMNS, VIEWS

ROOT = Path(__file__).resolve().parent.parent.parent
COLUMNS = {
    **{table.name: list(table.columns.keys()) for table in metadata.sorted_tables},
    **VIEW_COLUMNS,
}


@pytest.mark.parametrize("relation", COLUMNS)
def test_every_table_view_and_column_is_described(relation: str) -> None:
    assert describe(relation).type == ("view" if relation in VIEWS else "table")
    for column in COLUMNS[relation]:
        assert describe(relation, column).description
        assert describe(relation, column).type


def test_the_dictionary_speaks_of_nothing_that_is_not_there() -> None:
    columns = {column for names in COLUMNS.values() for column in names}
    for relation, column in entries():
        if relation == ANYWHERE:
            assert column in columns
        else:
            assert not column or column in COLUMNS[relation]


def test_the_page_is_current() -> None:
    page = (ROOT / "docs" / "dictionary.md").read_text(encoding="utf-8")
    assert page == render_dictionary(), (
        "run: .venv/bin/python -m warehouse.dictionary > docs/dictionary.md"
    )


def test_postgres_carries_the_dictionary_as_comments(postgres_url: str) -> None:
    engine = open_warehouse(postgres_url)
    found = inspect(engine)
    for table in metadata.sorted_tables:
        comment = found.get_table_comment(table.name)["text"]
        assert comment == describe(table.name).comment
        for column in found.get_columns(table.name):
            assert column["comment"] == describe(table.name, column["name"]).comment
    query = text("SELECT col_description('v_target'::regclass, 1)")
    with engine.connect() as connection:
        assert connection.execute(query).scalar() == (
            describe("v_target", "document_id").comment
        )
    engine.dispose()


def test_units_of_measure_stand_in_the_comments() -> None:
    assert describe("v_observation", "x0").comment.endswith("[points]")
