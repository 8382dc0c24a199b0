from __future__ import annotations

import multiprocessing
import sqlite3
import stat
from pathlib import Path

import pytest
from builders import load, make_verdict, view_rows
from sqlalchemy import Engine, text

from extractors.errors import WarehouseBusyError, WarehouseError
from warehouse import database
from warehouse.database import masked_url, open_warehouse, reading, writing
from warehouse.upgrade import VERSION_TABLE
from warehouse.views import VIEWS


def test_a_new_file_is_private_and_in_wal_mode(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    engine = open_warehouse(f"sqlite:///{path}")
    with writing(engine) as connection:
        connection.execute(text("DELETE FROM paper"))
        modes = [stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()]
        assert set(modes) == {0o600}
        assert len(modes) == 3  # the file, its -wal and its -shm
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_opening_again_changes_nothing(url: str) -> None:
    first = open_warehouse(url)
    load(first, make_verdict())
    before = view_rows(first, "v_observation")
    second = open_warehouse(url)
    assert view_rows(second, "v_observation") == before
    first.dispose()
    second.dispose()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("w.db", "no database URL"),
        ("", "no database URL"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("mysql://u:geheim@h/d", "neither SQLite nor PostgreSQL"),
        ("postgres://u:geheim@h/d", "neither SQLite nor PostgreSQL"),
        ("postgresql://u:geheim@localhost:port/d", "no database URL"),
        ("sqlite:////no/such/folder/w.db", "cannot be made"),
        ("postgresql://u:geheim@127.0.0.1:1/d", "cannot be reached"),
        ("postgresql://u@127.0.0.1:1/d?password=geheim", "cannot be reached"),
    ],
)
def test_a_wrong_url_is_told_in_one_line_without_password(url: str, said: str) -> None:
    with pytest.raises(WarehouseError, match=said) as caught:
        open_warehouse(url)
    assert "geheim" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.todo


def test_a_missing_database_is_told(postgres_url: str) -> None:
    with pytest.raises(WarehouseError, match="does not exist"):
        open_warehouse(postgres_url.replace("/sohoa_", "/no_"))


def test_masked_urls_keep_what_helps() -> None:
    assert masked_url("postgresql://u:p@h:5432/d") == "postgresql://u:***@h:5432/d"
    assert masked_url("sqlite:///w.db") == "sqlite:///w.db"
    assert masked_url("postgresql://u@h/d") == "postgresql://u@h/d"
    for password in ("p@ss", "p/ss", "p:ss", "p?s#s"):
        assert masked_url(f"postgresql://u:{password}@h/d") == "postgresql://u:***@h/d"


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    path.write_text("Kế hoạch giảm nghèo " * 100, encoding="utf-8")
    with pytest.raises(WarehouseError, match="not a database"):
        open_warehouse(f"sqlite:///{path}")


def test_a_newer_warehouse_is_refused(url: str) -> None:
    engine = open_warehouse(url)
    with writing(engine) as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(WarehouseError, match="newer version"):
        open_warehouse(url)


def test_a_database_of_others_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE invoice (id INTEGER)")
    with pytest.raises(WarehouseError, match=r"not sohoa's \(invoice\)"):
        open_warehouse(f"sqlite:///{path}")


def test_views_that_changed_are_made_anew(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = open_warehouse(url)
    load(first, make_verdict())
    first.dispose()
    monkeypatch.setitem(VIEWS, "v_recipient", f"{VIEWS['v_recipient']} WHERE 1 = 0")
    changed = open_warehouse(url)
    assert view_rows(changed, "v_recipient") == []
    changed.dispose()
    monkeypatch.undo()
    again = open_warehouse(url)
    assert len(view_rows(again, "v_recipient")) == 1
    again.dispose()


def _open(url: str) -> None:
    engine = open_warehouse(url)
    with reading(engine) as connection:
        assert connection.execute(text("SELECT * FROM v_document")).all() == []


def test_processes_may_open_a_new_warehouse_at_once(url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=_open, args=(url,)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0, 0]


def test_a_lock_that_stays_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_S", 0.05)
    path = tmp_path / "w.db"
    engine = open_warehouse(f"sqlite:///{path}")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(WarehouseBusyError, match="locked"):
        load(engine, make_verdict())
    other.execute("ROLLBACK")
    other.close()
    assert load(engine, make_verdict()).figures == 4


def test_a_lost_connection_is_busy_and_loads_nothing(postgres_url: str) -> None:
    engine = open_warehouse(postgres_url)
    end_me = text("SELECT pg_terminate_backend(pg_backend_pid())")
    with pytest.raises(WarehouseBusyError), writing(engine) as connection:
        connection.execute(text("DELETE FROM paper"))
        connection.execute(end_me)
    # And the pool recovers by itself.
    assert load(engine, make_verdict()).figures == 4
    engine.dispose()


def test_readers_go_on_while_a_paper_is_loaded(engine: Engine) -> None:
    load(engine, make_verdict("one.pdf"))
    with writing(engine) as connection:
        connection.execute(text("DELETE FROM legal_basis"))
        assert len(view_rows(engine, "v_legal_basis")) == 1
    assert view_rows(engine, "v_legal_basis") == []
