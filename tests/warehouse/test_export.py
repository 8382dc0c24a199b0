"""Files out of the warehouse: whole, typed, and no formula for a spreadsheet to run."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from builders import load, make_verdict, view_rows
from openpyxl import load_workbook
from sqlalchemy import Engine

from extractors.errors import UsageError
from warehouse.export import FileFormat, export_query, export_relation, exportable

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1")


@pytest.fixture
def loaded(engine: Engine) -> Engine:
    load(engine, make_verdict())
    return engine


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def as_sql(text: str) -> str:
    return f"SELECT '{text}' AS said"


@pytest.mark.parametrize("form", FileFormat)
def test_every_view_and_table_leaves(
    loaded: Engine, out: Path, form: FileFormat
) -> None:
    for name in exportable(people=True):
        target = out / f"{name}.{form}"
        rows = export_relation(loaded, name, target, form, people=True)
        assert rows == len(view_rows_of(loaded, name))
        assert target.stat().st_size
    assert len(list(out.iterdir())) == len(exportable(people=True))


def view_rows_of(engine: Engine, name: str) -> list[dict[str, object]]:
    if name == "person_cell":
        return [{}]
    return view_rows(engine, name)


def test_parquet_keeps_decimals_and_codes(loaded: Engine, out: Path) -> None:
    target = out / "v_observation.parquet"
    export_relation(loaded, "v_observation", target, FileFormat.PARQUET)
    table = pq.read_table(target)
    by_value = dict(
        zip(table["value"].to_pylist(), table["unit_code"].to_pylist(), strict=True)
    )
    assert by_value == {
        Decimal("1647"): "14809",
        Decimal("0.85"): "14809",
        None: "14809",
    }
    kinds = {name: str(table.schema.field(name).type) for name in table.column_names}
    assert kinds["year"] == "int64"
    assert kinds["x0"] == "double"
    assert kinds["value"].startswith("decimal")


def test_files_of_a_view_fit_together_also_when_empty(
    engine: Engine, out: Path
) -> None:
    export_relation(engine, "v_target", out / "a.parquet", FileFormat.PARQUET)
    load(engine, make_verdict())
    export_relation(engine, "v_target", out / "b.parquet", FileFormat.PARQUET)
    schemas = {str(pq.read_schema(path)) for path in out.glob("*.parquet")}
    assert len(schemas) == 1


def test_duckdb_asks_the_files(loaded: Engine, out: Path) -> None:
    target = out / "v_observation.parquet"
    export_relation(loaded, "v_observation", target, FileFormat.PARQUET)
    query = f"SELECT unit_name, sum(value) FROM '{target}' GROUP BY unit_name"
    assert duckdb.sql(query).fetchall() == [("Phường Bắc Sơn", Decimal("1647.85"))]


def test_a_query_of_mixed_numbers_is_a_decimal(loaded: Engine, out: Path) -> None:
    target = out / "q.parquet"
    query = "SELECT 1 AS one, 2.5 AS half UNION ALL SELECT 3, 4 ORDER BY 1"
    assert export_query(loaded, query, target, FileFormat.PARQUET) == 2
    table = pq.read_table(target)
    assert table["one"].to_pylist() == [1, 3]
    assert table["half"].to_pylist() == [Decimal("2.5"), Decimal(4)]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_like_a_formula_is_text_in_csv(
    loaded: Engine, out: Path, text: str
) -> None:
    target = out / "q.csv"
    export_query(loaded, as_sql(text), target, FileFormat.CSV)
    with target.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["said"], [f"'{text}"]]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_like_a_formula_is_text_in_excel(
    loaded: Engine, out: Path, text: str
) -> None:
    target = out / "q.xlsx"
    export_query(loaded, as_sql(text), target, FileFormat.XLSX)
    cell = load_workbook(target).worksheets[0]["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_numbers_stay_numbers(loaded: Engine, out: Path) -> None:
    query = "SELECT -5 AS debt, '007' AS code, NULL AS blank"
    export_query(loaded, query, out / "q.csv", FileFormat.CSV)
    assert (out / "q.csv").read_text(encoding="utf-8-sig").splitlines() == [
        *("debt,code,blank", "-5,007,"),
    ]
    export_query(loaded, query, out / "q.xlsx", FileFormat.XLSX)
    row = load_workbook(out / "q.xlsx").worksheets[0][2]
    assert [cell.value for cell in row] == [-5, "007", None]


@pytest.mark.parametrize("name", ["person_cell", "nothing", "paper; DROP TABLE paper"])
def test_what_may_not_leave_does_not(loaded: Engine, out: Path, name: str) -> None:
    with pytest.raises(UsageError, match="can be exported"):
        export_relation(loaded, name, out / "x.csv", FileFormat.CSV)
    with pytest.raises(UsageError):
        query = "SELECT * FROM person_cell"
        export_query(loaded, query, out / "x.csv", FileFormat.CSV)
    assert not list(out.glob("*"))
