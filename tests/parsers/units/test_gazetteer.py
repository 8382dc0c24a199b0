"""The gazetteer: names, kinds, parents, dates, slips and twins."""

from __future__ import annotations

import csv

import pytest

from flows.vocabulary import VOCABULARY_DIR
from parsers.records import Unit
from parsers.units.gazetteer import Gazetteer
from parsers.units.names import PrintedName, name_key, split_name

BIM_SON = Unit("Thị xã Bỉm Sơn", "Thị xã", "381")
CAM_LO = Unit("Huyện Cam Lộ", "Huyện", "468")
MY_HAO = Unit("Thị xã Mỹ Hào", "Thị xã", "328")
DI_SU = Unit("Phường Dị Sử", "Phường", "12121")
THANH_HOA = Unit("Tỉnh Thanh Hóa", "Tỉnh", "38")


def unit_rows() -> list[dict[str, str]]:
    with (VOCABULARY_DIR / "units.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FOUND = [
    # name, kind, within, on, code, way; the labels are those of real plans' tables
    ("X. Hà Lan", None, BIM_SON, "2018-04-06", "14827", "abbreviation, earliest known"),
    (
        "X. Quang Trung",
        None,
        BIM_SON,
        "2018-04-06",
        "14824",
        "abbreviation, earliest known",
    ),
    (
        "P. Bắc Sơn",
        None,
        BIM_SON,
        "2018-04-06",
        "14809",
        "abbreviation, earliest known",
    ),
    ("Bắc Sơn", "Xã, phường", BIM_SON, "2018-04-06", "14809", "exact, earliest known"),
    ("Phường Ngọc Trạo", None, BIM_SON, "2018-04-06", "14818", "exact, earliest known"),
    ("TT Cam Lộ", None, CAM_LO, "2020-03-18", "19597", "abbreviation"),
    ("Xã Cam Thành", None, CAM_LO, "2020-03-18", "19612", "exact"),
    ("Xã Cam Thuỷ", None, CAM_LO, "2020-03-18", "19606", "tone placement"),
    ("XÃ THANH AN", None, CAM_LO, "2020-03-18", "19603", "exact"),
    ("1. Xã Cam Tuyền", None, CAM_LO, "2020-03-18", "19600", "exact"),
    ("Phường Bàn Yên Nhân", None, MY_HAO, "2024-03-22", "12103", "OCR repair"),
    ("Xã Cảm Xá", None, MY_HAO, "2024-03-22", "12109", "OCR repair"),
    ("Phường Nhân Hòa", "Xã, phường", DI_SU, "2024-03-22", "12118", "exact"),
    ("Bạch Sam", "Xã, phường", DI_SU, "2024-03-22", "12124", "exact"),
    ("Thị xã Bỉm Sơn", None, THANH_HOA, "2018", "381", "exact, earliest known"),
    ("TX. Bỉm Sơn", None, None, "2018-04", "381", "abbreviation, earliest known"),
    ("TP. Tuyên Quang", None, None, "2020-03", "070", "abbreviation"),
    ("Huyện Triệu Sơn", None, None, "2017-02-08", "397", "exact, earliest known"),
    ("Tỉnh Quảng Trị", None, None, None, "45", "exact"),
    ("Thành phố Hà Nội", None, None, "2022-01-21", "01", "exact"),
    ("Xã Hà Lan", None, BIM_SON, "2023-01-01", "14827", "former unit"),
    (
        "Phường Quang Trung",
        None,
        BIM_SON,
        "2018-04-06",
        "14824",
        "other kind, earliest known",
    ),
]

LEFT_OPEN = [
    # A twin a mark apart, both of one district at that date.
    ("Xã Cam Thánh", None, CAM_LO, "2019-10-01", "ambiguous"),
    ("Xa Cam Thanh", None, CAM_LO, "2019-10-01", "ambiguous"),
    ("Xã Tân Lập", None, None, "2020-01-01", "ambiguous"),
    ("Toàn Thị xã", None, BIM_SON, "2018-04-06", "unknown"),
    ("Cộng", None, BIM_SON, "2018-04-06", "unknown"),
    ("Khu vực Nông thôn", None, BIM_SON, "2018-04-06", "unknown"),
    ("Trai", "Tổ dân phố", DI_SU, "2024-03-22", "village"),
    ("Tổ dân phố 3", None, DI_SU, "2024-03-22", "village"),
    ("Thôn Cam Lộ", None, CAM_LO, "2020-03-18", "village"),
    ("Xã Cam Tuyền", None, CAM_LO, "2025-07-01", "unknown"),
    ("…", None, CAM_LO, "2020-03-18", "empty"),
]


@pytest.mark.parametrize(("name", "kind", "within", "on", "code", "way"), FOUND)
def test_found(
    gazetteer: Gazetteer,
    name: str,
    kind: str,
    within: Unit,
    on: str,
    code: str,
    way: str,
) -> None:
    match = gazetteer.match_unit(name, kind=kind, within=within, on=on)
    assert match.unit is not None
    assert (match.unit.code, match.way) == (code, way)


@pytest.mark.parametrize(("name", "kind", "within", "on", "way"), LEFT_OPEN)
def test_left_open(
    gazetteer: Gazetteer, name: str, kind: str, within: Unit, on: str, way: str
) -> None:
    match = gazetteer.match_unit(name, kind=kind, within=within, on=on)
    assert match.unit is None
    assert match.way == way
    assert gazetteer.find_unit(name, kind=kind, within=within, on=on) is None


def test_an_ambiguous_name_says_what_it_might_mean(gazetteer: Gazetteer) -> None:
    match = gazetteer.match_unit("Xã Cam Thánh", within=CAM_LO, on="2019-10-01")
    assert {u.code for u in match.candidates} == {"19609", "19612"}


def test_a_neighbours_name_is_no_slip(gazetteer: Gazetteer) -> None:
    # Mường La has a Chiềng Ân; Chiềng Ơn is a commune of Quỳnh Nhai beside it.
    muong_la = Unit("Huyện Mường La", "Huyện", "120")
    match = gazetteer.match_unit("Xã Chiềng Ơn", within=muong_la, on="2020-02-05")
    assert match.unit is None
    assert {u.name for u in match.candidates} == {"Xã Chiềng Ơn", "Xã Chiềng Ân"}


def test_the_rows_of_a_table_explain_each_other(gazetteer: Gazetteer) -> None:
    labels = ["Xã Cam Thanh", "Xã Cam Thánh", "TT Cam Lộ"]
    found = gazetteer.match_rows(labels, within=CAM_LO, on="2019-10-01")
    assert [m.unit and m.unit.code for m in found] == ["19609", "19612", "19597"]


def test_every_commune_of_the_first_state_is_found_in_its_district(
    gazetteer: Gazetteer,
) -> None:
    rows = [r for r in unit_rows() if r["first_seen"] == "2019-09-11"]
    districts = {
        r["code"]: Unit(r["name"], r["type"], r["code"])
        for r in rows
        if r["level"] == "district"
    }
    communes = [r for r in rows if r["level"] == "commune"]
    wrong = [
        r["name"]
        for r in communes
        if (
            unit := gazetteer.find_unit(
                r["name"], within=districts[r["parent_code"]], on="2019-09-11"
            )
        )
        is None
        or unit.code != r["code"]
    ]
    assert len(communes) == 11161
    assert wrong == []


@pytest.mark.parametrize(
    ("on", "name"),
    [("2022-02-14", "Tỉnh Thừa Thiên Huế"), ("2025-02-01", "Thành phố Huế")],
)
def test_a_province_is_what_it_was_called_then(gazetteer, on, name) -> None:
    commune = gazetteer.find_unit("Hương Phú", kind="Xã", on=on)

    assert gazetteer.province_of(commune).name == name


def test_province_and_parent(gazetteer: Gazetteer) -> None:
    province = gazetteer.province_of(DI_SU)
    assert province is not None
    assert province.name == "Tỉnh Hưng Yên"
    assert gazetteer.parent_of(DI_SU) == MY_HAO
    assert gazetteer.province_of(None) is None
    assert gazetteer.province_of(Unit("Xã Vô Danh", "Xã", None)) is None


@pytest.mark.parametrize(
    ("printed", "kind", "bare", "short"),
    [
        ("X. Hà Lan", "Xã", "Hà Lan", True),
        ("P.Bắc Sơn", "Phường", "Bắc Sơn", True),
        ("P1", "Phường", "1", True),
        ("TT. Giắt", "Thị trấn", "Giắt", True),
        ("Tp Hồ Chí Minh", "Thành phố", "Hồ Chí Minh", True),
        ("H. Triệu Sơn", "Huyện", "Triệu Sơn", True),
        ("2. Thị trấn Cam Lộ", "Thị trấn", "Cam Lộ", False),
        ("Thọ Sơn", None, "Thọ Sơn", False),
        ("Phường", None, "Phường", False),
    ],
)
def test_kind_and_name(printed: str, kind: str | None, bare: str, short: bool) -> None:
    assert split_name(printed) == PrintedName(kind, bare, short)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Cam Thủy", "Cam Thuỷ", True),
        ("Hoà Bình", "Hòa Bình", True),
        ("Đắk R'Măng", "Đắk R’Măng", True),
        ("Phường 01", "Phường 1", True),
        ("Cam Thanh", "Cam Thành", False),
        ("Ngọk Lây", "Ngọc Lây", False),
    ],
)
def test_spellings_of_one_name(one: str, other: str, same: bool) -> None:
    assert (name_key(one) == name_key(other)) is same
