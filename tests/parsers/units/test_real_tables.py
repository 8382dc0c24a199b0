"""Every row with a code of three real plans' tables, and what OCR made of some."""

from __future__ import annotations

import pytest

from parsers.records import Unit
from parsers.units.gazetteer import Gazetteer

TABLES = {
    "a town's plan of 2018, kinds abbreviated": (
        (Unit("Thị xã Bỉm Sơn", "Thị xã", "381"), "2018-04-06"),
        {
            **{"X. Hà Lan": "14827", "X. Quang Trung": "14824", "P. Bắc Sơn": "14809"},
            **{"P. Lam Sơn": "14815", "P. Ba Đình": "14812", "P. Ngọc Trạo": "14818"},
            **{"P. Đông Sơn": "14821", "P. Phú Sơn": "14823"},
        },
    ),
    "a district's plan of 2020": (
        (Unit("Huyện Cam Lộ", "Huyện", "468"), "2020-03-18"),
        {
            **{"Xã Cam Tuyền": "19600", "Xã Thanh An": "19603", "TT Cam Lộ": "19597"},
            **{"Xã Cam Thủy": "19606", "Xã Cam Hiếu": "19615", "Xã Cam Chinh": "19618"},
            **{"Xã Cam Thành": "19612", "Xã Cam Nghĩa": "19621"},
        },
    ),
    "a ward's plan of 2024, with its neighbours": (
        (Unit("Phường Dị Sử", "Phường", "12121"), "2024-03-22"),
        {
            **{"Phường Bạch Sam": "12124", "Phường Dị Sứ": "12121"},
            **{"Phường Minh Đức": "12127", "Phường Nhân Hòa": "12118"},
            **{"Phường Phan Đình Phùng": "12106", "Phường Phùng Chí Kiên": "12130"},
            **{"Phường Bàn Yên Nhân": "12103", "Xã Cảm Xá": "12109"},
            **{"Xã Dương Quang": "12112", "Xã Hòa Phong": "12115"},
            **{"Xã Hưng Long": "12139", "Xã Ngọc Lâm": "12136", "Xã Xuân Dục": "12133"},
        },
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_its_own_code(gazetteer: Gazetteer, name: str) -> None:
    (within, on), rows = TABLES[name]
    found = gazetteer.match_rows(list(rows), within=within, on=on)
    codes = [match.unit.code if match.unit else None for match in found]
    assert dict(zip(rows, codes, strict=True)) == rows
    assert all(m.unit and m.unit.way == m.way and m.unit.unit_id for m in found)
