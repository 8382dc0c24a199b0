"""The gazetteer in the warehouse: units, what became of them, and what papers name."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from builders import load, make_figure, make_verdict
from sqlalchemy import Engine, text

from parsers.records import Unit
from warehouse.database import open_warehouse, reading, writing
from warehouse.units_data import are_units_current, refresh_units


def ask(engine: Engine, query: str, **values: Any) -> list[tuple[Any, ...]]:
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(text(query), values)]


def test_every_state_of_both_systems_is_there(engine: Engine) -> None:
    counts = ask(
        engine,
        "SELECT system, level, COUNT(*) FROM unit WHERE valid_from = '2019-09-11' "
        "OR system = '2-level' GROUP BY system, level ORDER BY system, level",
    )
    assert counts == [
        ("2-level", "commune", 3321),
        ("2-level", "province", 34),
        ("3-level", "commune", 11161),
        ("3-level", "district", 713),
        ("3-level", "province", 63),
    ]


def test_a_state_has_its_days_its_parent_and_its_province(engine: Engine) -> None:
    rows = ask(
        engine,
        "SELECT unit_id, name, parent_id, province_code, current_province_code, "
        "valid_from, valid_to FROM unit WHERE code = '19597' ORDER BY valid_from",
    )
    assert rows == [
        (
            *("19597@2019-09-11", "Thị trấn Cam Lộ", "468@2019-09-11", "45", "44"),
            *("2019-09-11", "2025-06-30"),
        ),
        (
            *("19597@2025-07-01", "Xã Cam Lộ", "44@2025-07-01", "44", "44"),
            *("2025-07-01", None),
        ),
    ]


def test_no_two_states_of_a_code_hold_on_one_day(engine: Engine) -> None:
    assert not ask(
        engine,
        "SELECT a.unit_id FROM unit a JOIN unit b ON a.code = b.code "
        "AND a.unit_id <> b.unit_id AND a.system = b.system "
        "AND a.valid_from BETWEEN b.valid_from AND b.valid_to",
    )


def test_opening_again_changes_nothing_and_old_data_are_replaced(
    engine: Engine,
) -> None:
    url = engine.url.render_as_string(hide_password=False)
    with writing(engine) as connection:
        assert are_units_current(connection)
        connection.execute(
            text("UPDATE warehouse_info SET value = '' WHERE name='units'")
        )
        connection.execute(text("UPDATE unit SET name = 'Sai' WHERE code = '19597'"))
    open_warehouse(url).dispose()
    assert ask(engine, "SELECT COUNT(*) FROM unit WHERE name = 'Sai'") == [(0,)]


def test_villages_stay_when_units_are_replaced(engine: Engine) -> None:
    load(engine, _with_village("TDP TRAI"))
    with writing(engine) as connection:
        refresh_units(connection)
    assert _villages(engine) == [
        ("12121@2019-09-11/tổ dân phố trai", "Tổ dân phố Trai", "12121@2019-09-11"),
    ]


def _with_village(label: str, name: str = "a.pdf") -> Any:
    unit_id = "12121@2019-09-11/tổ dân phố trai"
    village = Unit(label, "Tổ dân phố", None, unit_id, "village", 1.0)
    verdict = make_verdict(name)
    records = verdict.records
    figures = (replace(records.figures[0], unit=village), *records.figures[1:])
    return replace(verdict, records=replace(records, figures=figures))


def _villages(engine: Engine) -> list[tuple[Any, ...]]:
    return ask(
        engine, "SELECT unit_id, name, parent_id FROM unit WHERE level = 'village'"
    )


def test_a_village_is_one_unit_in_all_papers(engine: Engine) -> None:
    for number, label in enumerate(("TDP TRAI", "Trai", "Tổ dân phố Trai")):
        load(engine, _with_village(label, f"{number}.pdf"))
    assert len(_villages(engine)) == 1
    current = ask(
        engine,
        "SELECT c.current_name, COUNT(*) FROM v_observation o "
        "JOIN v_unit_current c USING (unit_id) WHERE c.level = 'village' "
        "GROUP BY c.current_name",
    )
    assert current == [("Phường Đường Hào", 3)]


def test_figures_heads_and_places_lead_to_units(engine: Engine) -> None:
    unit = Unit("Xã Hà Lan", "Xã", "14827", "14827@2019-09-11", "abbreviation", 0.98)
    verdict = make_verdict()
    records = verdict.records
    figures = (replace(records.figures[0], unit=unit), *records.figures[1:])
    load(engine, replace(verdict, records=replace(records, figures=figures)))
    assert ask(
        engine,
        "SELECT u.name, o.unit_system, o.unit_way, o.unit_confidence "
        "FROM v_observation o JOIN unit u USING (unit_id)",
    ) == [("Xã Hà Lan", "3-level", "abbreviation", 0.98)]
    assert ask(engine, "SELECT unit_codes FROM v_assignment") == [('["14827"]',)]
    assert ask(
        engine, "SELECT printed, unit_name, unit_id, unit_way FROM assignment_place"
    ) == [("Xã Hà Lan", "Xã Hà Lan", "14827@2019-09-11", "exact")]


def current(engine: Engine, unit_id: str) -> list[tuple[Any, ...]]:
    return ask(
        engine,
        "SELECT current_name, successors, ordinal, adds_up, certainty, "
        "current_province FROM v_unit_current WHERE unit_id = :unit_id "
        "ORDER BY ordinal",
        unit_id=unit_id,
    )


def test_what_became_of_units(engine: Engine) -> None:
    quang_tri, hanoi = "Tỉnh Quảng Trị", "Thành phố Hà Nội"
    assert current(engine, "19597@2019-09-11") == [
        ("Xã Cam Lộ", 1, 1, 1, "sure", quang_tri)
    ]
    # One source alone says that it was merged in 2019, before it went on as a whole.
    assert current(engine, "14827@2019-09-11") == [
        ("Phường Bỉm Sơn", 1, 1, 1, "reported", "Tỉnh Thanh Hóa")
    ]
    # A twin: the package cannot tell it from xã Cam Thành.
    assert current(engine, "19609@2019-09-11") == [
        (None, 0, 1, 0, "unknown", quang_tri)
    ]
    # The code went on, but the sources name two heirs.
    assert [row[0:5] for row in current(engine, "00226@2019-09-11")] == [
        ("Phường Văn Miếu - Quốc Tử Giám", 2, 1, 0, "divided"),
        ("Phường Kim Liên", 2, 2, 0, "divided"),
    ]
    assert current(engine, "01@2019-09-11") == [(hanoi, 1, 1, 1, "sure", hanoi)]
    # A district became no unit, but its communes did.
    assert [row[0:5] for row in current(engine, "468@2019-09-11")] == [
        ("Xã Cam Lộ", 2, 1, 0, "divided"),
        ("Xã Hiếu Giang", 2, 2, 0, "divided"),
    ]


def test_every_unit_leads_to_a_province_of_today(engine: Engine) -> None:
    assert not ask(
        engine,
        "SELECT unit_id FROM v_unit_current WHERE current_province IS NULL",
    )
    # And to no unit of another one.
    assert not ask(
        engine,
        "SELECT v.unit_id FROM v_unit_current v JOIN unit c "
        "ON c.unit_id = v.current_id "
        "WHERE c.province_code <> v.current_province_code",
    )


def test_by_province_a_divided_unit_counts_once(engine: Engine) -> None:
    whole = Unit("Thị trấn Cam Lộ", "Thị trấn", "19597", "19597@2019-09-11")
    divided = Unit("Phường Trung Tự", "Phường", "00226", "00226@2019-09-11")
    figures = tuple(
        make_figure(unit=unit, value=Decimal(value))
        for unit, value in ((whole, 3), (divided, 5))
    )
    verdict = make_verdict()
    records = replace(verdict.records, figures=figures)
    load(engine, replace(verdict, records=records, issues=()))
    by_province = ask(
        engine,
        "SELECT c.current_province, SUM(o.value) FROM v_observation o "
        "JOIN v_unit_current c USING (unit_id) WHERE c.ordinal = 1 "
        "GROUP BY c.current_province ORDER BY 2",
    )
    assert by_province == [("Tỉnh Quảng Trị", 3), ("Thành phố Hà Nội", 5)]
    by_unit = ask(
        engine,
        "SELECT c.current_name, SUM(o.value) FROM v_observation o "
        "JOIN v_unit_current c USING (unit_id) WHERE c.adds_up = 1 "
        "GROUP BY c.current_name",
    )
    assert by_unit == [("Xã Cam Lộ", 3)]
