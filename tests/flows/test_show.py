from __future__ import annotations

import json
from decimal import Decimal

import pytest

from flows.show import plain_table, show_result, to_json, write
from warehouse.query import QueryResult

RESULT = QueryResult(
    columns=("name", "value"),
    rows=(("Xã [Cam] Thủy", Decimal("2.92")), ("a, b", None), ("dòng\nhai", 10)),
)


def test_a_pipe_gets_whole_lines_without_colour(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write("[red]x[/] " + "long " * 100)
    (line,) = capsys.readouterr().out.splitlines()
    assert line == "x " + "long " * 99 + "long"


def test_brackets_in_data_are_data(capsys: pytest.CaptureFixture[str]) -> None:
    write(plain_table(RESULT.columns, RESULT.rows[:2]))
    lines = capsys.readouterr().out.splitlines()
    assert lines == ["name           value", "Xã [Cam] Thủy   2.92", "a, b"]


def test_a_figure_stays_exact_in_json() -> None:
    text = to_json(
        [{"value": Decimal("0.10"), "big": Decimal("12345678901234567890.1")}]
    )
    assert '"value": 0.10' in text
    assert "12345678901234567890.1" in text


def test_csv_and_json_hold_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    show_result(RESULT, "csv")  # type: ignore[arg-type]  # the option's text
    assert capsys.readouterr().out == (
        'name,value\nXã [Cam] Thủy,2.92\n"a, b",\n"dòng\nhai",10\n'
    )
    show_result(RESULT, "json")  # type: ignore[arg-type]
    rows = json.loads(capsys.readouterr().out)
    assert [row["value"] for row in rows] == [2.92, None, 10]
    assert rows[0]["name"] == "Xã [Cam] Thủy"
