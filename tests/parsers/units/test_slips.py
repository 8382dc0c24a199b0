"""Slips: what OCR makes of names, one by one and in tables."""

from __future__ import annotations

import pytest

from parsers.records import Unit
from parsers.units.gazetteer import Gazetteer
from parsers.units.slips import count_slips, is_likely

CAM_LO = Unit("Huyện Cam Lộ", "Huyện", "468")
DAY = "2019-10-01"


@pytest.mark.parametrize(
    ("printed", "name", "likely"),
    [
        ("Bàn Yên Nhân", "Bần Yên Nhân", True),  # other marks
        ("Thạcli", "Thạch", False),  # two letters for one
        ("Phú Mậv", "Phú Mậu", True),  # like shape
        ("Hồng Hi", "Hồng Hải", True),  # a letter lost
        ("Hồng Hi", "Hồng Hà", False),
        ("Cam Thhanh", "Cam Thanh", True),  # printed twice
        ("CamThanh", "Cam Thanh", True),  # a space lost
        ("Cam. Thanh", "Cam Thanh", True),  # a speck
        ("Cam Xhanh", "Cam Thanh", False),  # nothing that OCR does
    ],
)
def test_likely_slips(printed: str, name: str, likely: bool) -> None:
    assert is_likely(printed, name) is likely


def test_slips_are_counted_up_to_three() -> None:
    assert [
        count_slips("Hoà An", other) for other in ("Hòa An", "Hòa Ân", "Ba Tơ")
    ] == [
        *(0, 1, 3),
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Xă Cam Hiếu", "19615"),
        ("XãCam Hiếu", "19615"),
        ("Thị trân Cam Lộ", "19597"),
        ("Xã CamHiếu", "19615"),
        ("Xa Cam Hieu", "19615"),
        ("Xã Cam Ann", "19603"),
        ("Xa Cam Thanh", None),  # twins without their marks
        ("X. Cam Thanh", None),
        ("Xã Cam Thánh", None),
        ("Cam Thanh", None),  # may have lost its marks: there is a Cam Thành
        ("Xã Cam Thanh", "19609"),
    ],
)
def test_one_slip_in_a_name(gazetteer: Gazetteer, name: str, code: str | None) -> None:
    match = gazetteer.match_unit(name, within=CAM_LO, on=DAY)
    assert (match.unit.code if match.unit else None) == code


@pytest.mark.parametrize("name", ["Phường 31", "Phường 114", "Phường 0"])
def test_a_slip_in_a_wards_number_stays_open(gazetteer: Gazetteer, name: str) -> None:
    district = Unit("Quận 10", "Quận", "771")
    match = gazetteer.match_unit(name, within=district, on=DAY)
    assert match.unit is None
    assert match.way == "ambiguous"
    assert len(match.candidates) > 1


@pytest.mark.parametrize(("name", "code"), [("Phường 155", "27163"), ("Phường", None)])
def test_a_number_that_one_ward_alone_may_have(
    gazetteer: Gazetteer, name: str, code: str | None
) -> None:
    district = Unit("Quận 10", "Quận", "771")
    match = gazetteer.match_unit(name, within=district, on=DAY)
    assert (match.unit.code if match.unit else None) == code


def test_a_lost_name_is_not_guessed(gazetteer: Gazetteer) -> None:
    # Of the town's wards 'Phú Đông' is two slips from the word for a ward.
    town = Unit("Thành phố Tuy Hoà", "Thành phố", "555")
    assert gazetteer.match_unit("Phường", within=town, on=DAY).unit is None


def codes(gazetteer: Gazetteer, labels: list[str]) -> list[str | None]:
    found = gazetteer.match_rows(labels, within=CAM_LO, on=DAY)
    return [m.unit.code if m.unit else None for m in found]


def test_a_table_with_marks_has_lost_none(gazetteer: Gazetteer) -> None:
    labels = ["Cam Thanh", "Cam Thành", "Thanh An"]
    assert codes(gazetteer, labels) == ["19609", "19612", "19603"]


def test_a_name_that_stands_twice_may_be_a_missing_twin(gazetteer: Gazetteer) -> None:
    labels = ["Xã Cam Thành", "Xã Thanh An", "Xã Cam Thành", "Xã Cam Tuyền"]
    assert codes(gazetteer, labels) == [None, "19603", None, "19600"]


def test_the_order_of_a_table_settles_twins(gazetteer: Gazetteer) -> None:
    # By code: 19600, 19603, 19606, 19609 (Thanh), 19612 (Thành), 19615, 19618
    labels = [
        *("Xã Cam Tuyền", "Xã Thanh An", "Xã Cam Thủy", "Xã Cam Thành"),
        *("Xã Cam Thành", "Xã Cam Hiếu", "Xã Cam Chính"),
    ]
    assert codes(gazetteer, labels)[3:5] == [None, None]
    labels[3] = "Xã Cam Thánh"
    assert codes(gazetteer, labels)[3:5] == ["19609", "19612"]


def test_a_table_that_lists_its_units_twice(gazetteer: Gazetteer) -> None:
    labels = ["Xã Cam Thành", "Xã Thanh An", "Xã Cam Tuyền"] * 2
    assert codes(gazetteer, labels) == ["19612", "19603", "19600"] * 2
