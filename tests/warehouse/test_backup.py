"""A copy of a warehouse, and the same warehouse made of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from builders import load, make_verdict, snapshot
from conftest import fresh_database
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from extractors.errors import UsageError
from warehouse.backup import dump_warehouse, restore_warehouse
from warehouse.database import open_warehouse, writing
from warehouse.load import Outcome
from warehouse.upgrade import downgrade
from warehouse.withdraw import withdraw_paper


@pytest.fixture
def elsewhere(engine: Engine, tmp_path: Path, postgres_server: str):
    """URL of another, empty place of the same kind."""
    if engine.dialect.name == "sqlite":
        yield f"sqlite:///{tmp_path / 'elsewhere.db'}"
        return
    with fresh_database(postgres_server, "template0") as url:
        yield url


def test_a_restore_holds_what_was_backed_up(
    engine: Engine, elsewhere: str, tmp_path: Path
) -> None:
    load(engine, make_verdict())
    load(engine, make_verdict("another.pdf"))
    withdraw_paper(engine, "another.pdf", done_by="Lan", why="wrong")
    before = snapshot(engine)
    folder = tmp_path / "copy"
    folder.mkdir()
    dump = dump_warehouse(engine, folder)
    load(engine, make_verdict("later.pdf"))
    restored = restore_warehouse(elsewhere, dump, folder)
    assert snapshot(restored) == before
    assert load(restored, make_verdict()).outcome is Outcome.UNCHANGED
    restored.dispose()


def test_a_restore_replaces_nothing(engine: Engine, tmp_path: Path) -> None:
    load(engine, make_verdict())
    dump = dump_warehouse(engine, tmp_path)
    load(engine, make_verdict("later.pdf"))
    before = snapshot(engine)
    url = make_url(str(engine.url)).render_as_string(hide_password=False)
    with pytest.raises(UsageError, match="holds 2 papers"):
        restore_warehouse(url, dump, tmp_path)
    assert snapshot(engine) == before


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(
    engine: Engine, elsewhere: str, tmp_path: Path
) -> None:
    load(engine, make_verdict())
    before = snapshot(engine)
    # What version 0.1 would have written, had it had backups.
    with writing(engine, check_keys=False) as connection:
        downgrade(connection, "0003")
    dump = _dump_as_it_is(engine, tmp_path)
    restored = restore_warehouse(elsewhere, dump, tmp_path)
    assert snapshot(restored) == before
    restored.dispose()


def _dump_as_it_is(engine: Engine, folder: Path):
    """Dump a warehouse of another revision than that of the code."""
    from sqlalchemy import inspect

    from warehouse import backup

    found = inspect(engine)
    tables = [t.name for t in backup.metadata.sorted_tables if found.has_table(t.name)]
    columns = {t: [c["name"] for c in found.get_columns(t)] for t in tables}
    if engine.dialect.name == "sqlite":
        return replace(dump_warehouse(engine, folder), tables=columns)
    with engine.connect() as connection:
        for name in tables:
            target = folder / f"{name}.copy.zst"
            backup._copy_out(connection, name, columns[name], target)
        revision = backup.current_revision(connection)
    return backup.Dump(engine.dialect.name, revision, columns)


def test_a_backup_of_another_kind_or_newer_is_refused(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    folder = tmp_path / "copy"
    folder.mkdir()
    dump = dump_warehouse(sqlite_engine, folder)
    with pytest.raises(UsageError, match="is of sqlite"):
        restore_warehouse("postgresql://u@h/d", dump, folder)
    url = f"sqlite:///{tmp_path / 'new.db'}"
    with pytest.raises(UsageError, match="newer"):
        restore_warehouse(url, replace(dump, revision="9999"), folder)
    open_warehouse(url).dispose()
