"""Loaders killed at any moment, several at once, and readers meanwhile.

The processes are forks: each opens the warehouse for itself, and a kill gives it no
chance to tidy up.
"""

from __future__ import annotations

import os
import random
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from builders import load, make_issue, make_verdict, make_version, snapshot, view_rows
from sqlalchemy import Connection, Engine, event

import warehouse.load as load_module
from warehouse.database import open_warehouse, writing
from warehouse.models import metadata
from warehouse.rows import build_rows

KILLS = 50
NAMES = ("one.pdf", "two.pdf", "three.pdf")


def load_all(url: str) -> None:
    engine = open_warehouse(url)
    for name in NAMES:
        load(engine, make_verdict(name, issues=(make_issue(),)))
    load(engine, make_version("version.pdf"))
    engine.dispose()


def in_a_fork(act: Callable[[], Any]) -> int:
    """Start a process that does something; return its id."""
    child = os.fork()
    if child == 0:
        try:
            act()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return child


def ended(child: int) -> int:
    """Wait for a process; return its exit code, or the signal's, negative."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def dying_at(point: int) -> Callable[[], None]:
    """Return what kills this very process when it is called for the point-th time."""
    seen = 0

    def step(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == point:
            os.kill(os.getpid(), signal.SIGKILL)

    return step


def load_and_die(url: str, point: int) -> None:
    step = dying_at(point)
    insert_rows = load_module.insert_rows

    def counted(connection: Connection, table: str, rows: Any) -> None:
        insert_rows(connection, table, rows)
        step()

    load_module.insert_rows = counted
    event.listen(Engine, "before_cursor_execute", step)
    event.listen(Engine, "commit", step)
    load_all(url)


@pytest.fixture
def whole(url: str, tmp_path: Path) -> dict[str, Any]:
    """What a warehouse holds that nobody disturbed."""
    calm = f"sqlite:///{tmp_path / 'calm.db'}"
    load_all(calm)
    engine = open_warehouse(calm)
    held = snapshot(engine)
    engine.dispose()
    return without_decimals(held)


def without_decimals(held: dict[str, Any]) -> dict[str, Any]:
    """SQLite has doubles where PostgreSQL has decimals; their digits stand beside."""
    return {
        table: sorted(
            repr([float(v) if hasattr(v, "as_tuple") else v for v in row])
            for row in rows
        )
        for table, rows in held.items()
        if table != "warehouse_info"
    }


def test_killed_anywhere_and_repeated_the_rows_are_the_same(
    url: str, whole: dict[str, Any]
) -> None:
    open_warehouse(url).dispose()
    chance = random.Random(7)
    killed = 0
    while killed < KILLS:
        code = ended(in_a_fork(lambda: load_and_die(url, chance.randint(1, 90))))
        assert code in (0, -signal.SIGKILL)
        killed += code != 0
        engine = open_warehouse(url)
        papers = view_rows(engine, "v_document")
        for name in {row["file_name"] for row in papers} & set(NAMES):
            figures = view_rows(engine, "v_observation") + view_rows(engine, "v_target")
            assert sum(row["file_name"] == name for row in figures) == 4
        if killed % 5 == 0:
            clear(engine)  # so that much is left to load, and to be killed at
        engine.dispose()
    load_all(url)
    engine = open_warehouse(url)
    assert without_decimals(snapshot(engine)) == whole
    engine.dispose()


def clear(engine: Engine) -> None:
    """Empty all tables that a paper has rows in."""
    of_papers = build_rows(make_verdict()).keys() | {"paper", "submission"}
    with writing(engine) as connection:
        for table in reversed(metadata.sorted_tables):
            if table.name in of_papers:
                connection.execute(table.delete())


def test_loaders_and_readers_at_once(url: str, whole: dict[str, Any]) -> None:
    engine = open_warehouse(url)
    loaders = [in_a_fork(lambda: load_all(url)) for _ in range(3)]
    troubles: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                rows = view_rows(engine, "v_observation")
                for name in {row["file_name"] for row in rows} & set(NAMES):
                    assert sum(row["file_name"] == name for row in rows) == 3
        except BaseException as trouble:
            troubles.append(trouble)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    codes = [ended(child) for child in loaders]
    done.set()
    for reader in readers:
        reader.join()
    assert codes == [0, 0, 0]
    assert troubles == []
    assert without_decimals(snapshot(engine)) == whole
    engine.dispose()
