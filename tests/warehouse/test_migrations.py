"""The migrations lead from nothing to the models, and back, on both databases."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from builders import load, make_verdict, snapshot, view_rows
from sqlalchemy import Engine, inspect, text

from warehouse.database import open_warehouse, writing
from warehouse.load import Outcome
from warehouse.models import metadata
from warehouse.upgrade import VERSION_TABLE, downgrade
from warehouse.views import VIEW_COLUMNS


def test_migrations_make_what_the_models_say(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True}
        )
        assert compare_metadata(context, metadata) == []


def test_constraints_are_those_of_the_models(engine: Engine) -> None:
    found = inspect(engine)
    for table in metadata.sorted_tables:
        checks = {check["name"] for check in found.get_check_constraints(table.name)}
        keys = {key["name"] for key in found.get_foreign_keys(table.name)}
        named = {str(constraint.name) for constraint in table.constraints}
        assert checks | keys == {n for n in named if n.startswith(("ck_", "fk_"))}


# What a revision before them has no place for; loading the paper anew brings it.
LATER = "assignment_place"
LATER_COLUMNS = {"places", "unit_codes"}


def told(engine: Engine, view: str) -> list[dict[str, object]]:
    rows = view_rows(engine, view)
    return [{k: v for k, v in row.items() if k not in LATER_COLUMNS} for row in rows]


@pytest.mark.parametrize("revision", ["0001", "0002", "0003", "0004", "0005"])
def test_from_every_revision_with_data_and_back(engine: Engine, revision: str) -> None:
    load(engine, make_verdict())
    before = {name: told(engine, name) for name in VIEW_COLUMNS}
    held = snapshot(engine)
    with writing(engine, check_keys=False) as connection:
        downgrade(connection, revision)
        figures = connection.execute(text("SELECT count(*) FROM figure")).scalar()
        cells = connection.execute(text("SELECT text FROM table_cell")).scalars().all()
    assert figures == len(held["figure"])
    assert ("Nguyễn Văn An" in cells) == (revision < "0004"), "nothing is lost"
    again = open_warehouse(engine.url.render_as_string(hide_password=False))
    assert {name: told(again, name) for name in VIEW_COLUMNS} == before
    assert {n: len(rows) for n, rows in snapshot(again).items() if n != LATER} == {
        n: len(rows) for n, rows in held.items() if n != LATER
    }
    assert load(again, make_verdict()).outcome is Outcome.UNCHANGED
    again.dispose()


def test_down_to_nothing_and_up_again_with_data(url: str) -> None:
    engine = open_warehouse(url)
    load(engine, make_verdict())
    before = view_rows(engine, "v_observation")
    with writing(engine) as connection:
        downgrade(connection, "base")
    assert inspect(engine).get_table_names() == [VERSION_TABLE]
    assert inspect(engine).get_view_names() == []
    engine.dispose()
    again = open_warehouse(url)
    assert set(inspect(again).get_view_names()) == set(VIEW_COLUMNS)
    assert view_rows(again, "v_observation") == []
    load(again, make_verdict())
    assert view_rows(again, "v_observation") == before
    again.dispose()
