"""The migrations lead from nothing to the models, and back, on both databases."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from builders import load, make_verdict, view_rows
from sqlalchemy import Engine, inspect

from warehouse.database import open_warehouse, writing
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
