"""Papers taken back, people in papers, and the role that reads neither."""

from __future__ import annotations

import psycopg
import pytest
from builders import load, make_verdict, make_version, snapshot, view_rows
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url

from extractors.errors import UsageError
from warehouse.database import open_warehouse, reading, writing
from warehouse.export import exportable
from warehouse.grants import grant_readonly
from warehouse.load import Outcome
from warehouse.query import run_query
from warehouse.upgrade import refresh_views
from warehouse.views import VIEW_COLUMNS
from warehouse.withdraw import purge_people, undo_withdrawal, withdraw_paper

NAME = "Nguyễn Văn An"
WHO = {"done_by": "Lan", "why": "sent by the wrong office"}
ASKS = "SELECT p.text FROM person_cell p"


def rows_of(
    engine: Engine, sql: str, *, people: bool = False
) -> list[tuple[object, ...]]:
    return list(run_query(engine, sql, people=people).rows)


def test_a_withdrawn_paper_is_in_no_view(engine: Engine) -> None:
    before = {name for name in VIEW_COLUMNS if view_rows(engine, name)}
    load(engine, make_verdict())
    shown = {name for name in VIEW_COLUMNS if view_rows(engine, name)}
    assert shown == set(VIEW_COLUMNS) - {"v_submission_gap"}
    withdraw_paper(engine, "bim-son.pdf", **WHO)
    assert {name for name in VIEW_COLUMNS if view_rows(engine, name)} == before
    (trace,) = view_rows(engine, "withdrawal")
    assert (trace["action"], trace["done_by"], trace["why"]) == (
        "withdraw",
        *WHO.values(),
    )
    with pytest.raises(UsageError, match="withdrawn already"):
        withdraw_paper(engine, "bim-son.pdf", **WHO)


def test_a_withdrawal_can_be_taken_back(engine: Engine) -> None:
    load(engine, make_verdict())
    before = {name: view_rows(engine, name) for name in VIEW_COLUMNS}
    withdraw_paper(engine, "bim-son.pdf", **WHO)
    undo_withdrawal(engine, "bim-son.pdf", done_by="Mai", why="it was right")
    assert {name: view_rows(engine, name) for name in VIEW_COLUMNS} == before
    assert [row["action"] for row in view_rows(engine, "withdrawal")] != ["withdraw"]
    with pytest.raises(UsageError, match="not withdrawn"):
        undo_withdrawal(engine, "bim-son.pdf", **WHO)


def test_it_stays_withdrawn_when_it_is_sent_again(engine: Engine) -> None:
    load(engine, make_verdict())
    withdraw_paper(engine, "bim-son.pdf", **WHO)
    assert load(engine, make_verdict()).outcome is Outcome.UNCHANGED
    load(engine, make_verdict(issues=()), reader="another reader")
    assert view_rows(engine, "v_document") == []


def test_the_version_before_is_current_again(engine: Engine) -> None:
    load(engine, make_version("first.pdf"))
    load(engine, make_version("second.pdf"), received_at=None)
    withdraw_paper(engine, "second.pdf", **WHO)
    (row,) = view_rows(engine, "v_document")
    assert (row["file_name"], row["is_current"]) == ("first.pdf", 1)


@pytest.mark.parametrize("said", ["none.pdf", "", "' OR 1=1 --"])
def test_a_paper_that_is_not_there_is_told(engine: Engine, said: str) -> None:
    with pytest.raises(UsageError, match="no paper"):
        withdraw_paper(engine, said, **WHO)


def test_of_several_papers_of_a_name_none_is_taken(engine: Engine) -> None:
    load(engine, make_version("a.pdf"))
    load(engine, make_version("b.pdf"))
    with writing(engine) as connection:
        connection.execute(text("UPDATE paper SET file_name = 'a.pdf'"))
    with pytest.raises(UsageError, match="2 papers"):
        withdraw_paper(engine, "a.pdf", **WHO)


@pytest.mark.parametrize("wrong", [{"done_by": " "}, {"why": ""}])
def test_nothing_is_done_without_a_name_and_a_reason(
    engine: Engine, wrong: dict[str, str]
) -> None:
    load(engine, make_verdict())
    with pytest.raises(UsageError, match="is empty"):
        withdraw_paper(engine, "bim-son.pdf", **WHO | wrong)
    assert view_rows(engine, "withdrawal") == []


# --- people ---------------------------------------------------------------


def test_people_stand_in_a_table_of_their_own_alone(engine: Engine) -> None:
    load(engine, make_verdict())
    held = snapshot(engine)
    having = {
        name for name, rows in held.items() if any(NAME in r for r in map(str, rows))
    }
    assert having == {"person_cell"}
    assert len(held["table_cell"]) == 5, "the cell's place is still there"
    assert rows_of(engine, ASKS, people=True) == [(NAME,)]


@pytest.mark.parametrize(
    "sql",
    [
        ASKS,
        "SELECT count(*) FROM person_cell",
        'SELECT * FROM "person_cell"',
        "WITH p AS (SELECT * FROM person_cell) SELECT cell_no FROM p",
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM person_cell WHERE text LIKE 'N%')",
        "SELECT table_no FROM printed_table t JOIN person_cell p "
        "USING (table_id) WHERE p.text > ''",
    ],
)
def test_no_query_meets_people_unasked(engine: Engine, sql: str) -> None:
    load(engine, make_verdict())
    with pytest.raises(UsageError, match="persons"):
        run_query(engine, sql)


def test_exports_leave_people_out() -> None:
    assert "person_cell" not in exportable()
    assert "person_cell" in exportable(people=True)


def test_purged_people_do_not_come_back(engine: Engine) -> None:
    load(engine, make_verdict())
    before = snapshot(engine)
    assert purge_people(engine, "bim-son.pdf", **WHO).cells == 1
    assert rows_of(engine, ASKS, people=True) == []
    (trace,) = view_rows(engine, "people_purge")
    assert (trace["cells"], trace["done_by"], trace["why"]) == (1, *WHO.values())
    load(engine, make_verdict(), reader="another reader")
    load(engine, make_verdict())
    after = snapshot(engine)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"person_cell", "people_purge"}
    assert purge_people(engine, "bim-son.pdf", **WHO).cells == 0


# --- the role that reads --------------------------------------------------


@pytest.fixture
def role(postgres_server: str):
    name = "sohoa-reader"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f'CREATE ROLE "{name}" LOGIN')
        yield name
        connection.execute(f'DROP ROLE "{name}"')


def test_a_reading_role_reads_all_but_people(postgres_url: str, role: str) -> None:
    engine = open_warehouse(postgres_url)
    load(engine, make_verdict())
    with writing(engine) as connection:
        grant_readonly(connection, role)
    with writing(engine) as connection:
        refresh_views(connection)  # as after an upgrade
    url = make_url(postgres_url).set(username=role).render_as_string()
    with psycopg.connect(url, autocommit=True) as connection:
        for name in exportable():
            connection.execute(f"SELECT * FROM {name}")
        for refused in (
            "SELECT * FROM person_cell",
            "DELETE FROM figure",
            "CREATE TABLE t ()",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(refused)
    with writing(engine) as connection:
        connection.execute(text(f'DROP OWNED BY "{role}"'))
    engine.dispose()


def test_a_role_with_more_rights_is_refused(postgres_engine: Engine) -> None:
    with (
        pytest.raises(UsageError, match="more rights"),
        writing(postgres_engine) as connection,
    ):
        grant_readonly(connection, str(postgres_engine.url.username))
    with reading(postgres_engine) as connection:
        noted = "SELECT count(*) FROM warehouse_info WHERE name = 'readonly_roles'"
        assert connection.execute(text(noted)).scalar() == 0


def test_there_must_be_such_a_role(engine: Engine) -> None:
    with (
        pytest.raises(UsageError, match=r"no roles?\b"),
        writing(engine) as connection,
    ):
        grant_readonly(connection, "nobody here")
