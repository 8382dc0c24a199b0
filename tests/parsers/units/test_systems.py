"""Both systems: old codes until June 2025, others that look alike from July on."""

from __future__ import annotations

import pytest

from parsers.records import Unit
from parsers.units.gazetteer import Gazetteer, is_later, system_of
from parsers.units.names import Level

QUANG_TRI = Unit("Tỉnh Quảng Trị", "Tỉnh", "44", "44@2025-07-01")
THANH_HOA = Unit("Tỉnh Thanh Hóa", "Tỉnh", "38", "38@2025-07-01")

NEW = [
    # name, kind, within, on, key, way
    ("Xã Cam Lộ", None, QUANG_TRI, "2025-07-01", "19597@2025-07-01", "exact"),
    ("Hiếu Giang", "Xã", QUANG_TRI, "2025-12", "19603@2025-07-01", "exact"),
    ("P. Bỉm Sơn", None, THANH_HOA, "2026", "14812@2025-07-01", "abbreviation"),
    ("Xã Hiếu Gìang", None, QUANG_TRI, "2026", "19603@2025-07-01", "OCR repair"),
    ("Tỉnh Quảng Trị", None, None, "2025-08-15", "44@2025-07-01", "exact"),
    ("Tỉnh Quảng Trị", None, None, "2025-06-15", "45@2019-09-11", "exact"),
    # what is no more keeps the code that it had
    ("Huyện Cam Lộ", None, QUANG_TRI, "2025-09-01", "468@2019-09-11", "former unit"),
    # of 2025 alone only what one system has is sure
    ("Huyện Cam Lộ", None, None, "2025", "468@2019-09-11", "exact"),
    ("Xã Hiếu Giang", None, None, "2025", "19603@2025-07-01", "exact"),
]


@pytest.mark.parametrize(("name", "kind", "within", "on", "unit_id", "way"), NEW)
def test_found_in_the_system_of_the_date(
    gazetteer: Gazetteer,
    name: str,
    kind: str | None,
    within: Unit | None,
    on: str,
    unit_id: str,
    way: str,
) -> None:
    match = gazetteer.match_unit(name, kind=kind, within=within, on=on)
    assert match.unit is not None
    assert (match.unit.unit_id, match.way) == (unit_id, way)
    assert match.unit.code == unit_id.partition("@")[0]


@pytest.mark.parametrize(
    ("name", "within", "on", "way"),
    [
        # Both systems have a province of this name, with another code.
        ("Tỉnh Quảng Trị", None, "2025", "ambiguous"),
        # An old commune's name is no proof: it may be a slip of a new one.
        ("Xã Cam Tuyền", QUANG_TRI, "2025-07-01", "unknown"),
    ],
)
def test_left_open(
    gazetteer: Gazetteer, name: str, within: Unit | None, on: str, way: str
) -> None:
    match = gazetteer.match_unit(name, within=within, on=on)
    assert match.unit is None
    assert match.way == way


def test_one_code_is_two_units(gazetteer: Gazetteer) -> None:
    old = gazetteer.find_unit("Phường Trung Tự", on="2020-01-01")
    new = gazetteer.find_unit("Phường Văn Miếu - Quốc Tử Giám", on="2026-01-01")
    assert old is not None
    assert new is not None
    assert old.code == new.code == "00226"
    assert (system_of(old), system_of(new)) == ("3-level", "2-level")


def test_a_new_commune_lies_in_its_province(gazetteer: Gazetteer) -> None:
    commune = gazetteer.find_unit("Xã Cam Lộ", within=QUANG_TRI, on="2025-08")
    assert gazetteer.parent_of(commune) == QUANG_TRI
    assert gazetteer.province_of(commune) == QUANG_TRI


def test_a_bare_name_in_a_new_communes_table_is_no_commune(
    gazetteer: Gazetteer,
) -> None:
    # Without districts its neighbours would be all communes of the province.
    cam_lo = gazetteer.find_unit("Xã Cam Lộ", within=QUANG_TRI, on="2025-08")
    assert gazetteer.find_unit("Hiếu Giang", within=cam_lo, on="2025-08") is None


def test_how_many_there_are(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.units_at("2025-07-01", Level.PROVINCE)) == 34
    assert len(gazetteer.units_at("2025-07-01", Level.COMMUNE)) == 3321
    assert len(gazetteer.units_at("2025-06-30", Level.PROVINCE)) == 63
    assert len(gazetteer.units_at("2018-01-01", Level.COMMUNE)) == 11161
    assert gazetteer.units_at("2025-07-01", Level.DISTRICT) == ()


@pytest.mark.parametrize(
    ("on", "later"),
    [
        ("2025-06-30", False),
        ("2025-07-01", True),
        ("2025-07", True),
        ("2025", False),
        ("2026", True),
        (None, False),
    ],
)
def test_the_day_of_the_change(on: str | None, later: bool) -> None:
    assert is_later(on) is later
