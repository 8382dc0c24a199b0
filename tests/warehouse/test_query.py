from __future__ import annotations

from decimal import Decimal

import pytest
from builders import load, make_figure, make_verdict, snapshot
from sqlalchemy import Engine

from extractors.errors import UsageError
from warehouse.query import run_query


def test_answers_have_names_and_rows(engine: Engine) -> None:
    load(engine, make_verdict())
    result = run_query(
        engine,
        "SELECT unit_raw, value AS v FROM v_observation WHERE unit_raw LIKE '%Bắc%' "
        "ORDER BY col_no; ",
    )
    assert result.columns == ("unit_raw", "v")
    assert result.rows[:2] == (("P. Bắc Sơn", 1647), ("P. Bắc Sơn", Decimal("0.85")))


def test_fractions_add_up_as_on_paper(engine: Engine) -> None:
    values = [Decimal(v) for v in ("0.1", "0.2", "1.10", "2.20")]
    figures = tuple(make_figure(v, indicator="x") for v in values)
    load(engine, make_verdict(figures=figures, issues=()))
    query = "SELECT sum(value), avg(value), count(*) FROM v_observation"
    assert run_query(engine, query).rows == ((Decimal("3.6"), Decimal("0.9"), 4),)


WRITING = (
    "DELETE FROM figure",
    "DROP TABLE figure",
    "CREATE TABLE mine (x INTEGER)",
    "UPDATE paper SET file_name = 'x'",
    "SELECT 1; DELETE FROM figure",
    "SELECT 1; COMMIT; DELETE FROM figure",
    "COMMIT",
    "PRAGMA query_only = OFF",
    "ATTACH DATABASE '/tmp/x.db' AS x",
    "COPY figure TO '/tmp/x.csv'",
    "WITH gone AS (DELETE FROM figure RETURNING 1) SELECT * FROM gone",
    "SET TRANSACTION READ WRITE",
)
NONSENSE = ("SELECT nonsense", "SELECT 1 / 'a' FROM nowhere", "", ";")


def test_anything_but_reading_is_refused(engine: Engine) -> None:
    load(engine, make_verdict())
    held = snapshot(engine)
    for sql in (*WRITING, *NONSENSE):
        with pytest.raises(UsageError) as caught:
            run_query(engine, sql)
        assert "\n" not in str(caught.value)
    assert snapshot(engine) == held


def test_the_connection_after_a_query_may_write_again(engine: Engine) -> None:
    run_query(engine, "SELECT 1")
    load(engine, make_verdict())
    assert run_query(engine, "SELECT count(*) FROM figure").rows == ((4,),)


def test_a_comment_at_the_end_is_no_trouble(engine: Engine) -> None:
    assert run_query(engine, "SELECT 7 -- seven").rows == ((7,),)
