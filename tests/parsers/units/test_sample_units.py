"""Every unit of the sample papers' tables, text layer and scan, with its code."""

from __future__ import annotations

import pytest

from flows.parse import parse_evidence
from tests.golden.rendering import NAMES, load_evidence

BIM_SON = {
    **{"X. Hà Lan": "14827", "X. Quang Trung": "14824", "P. Bắc Sơn": "14809"},
    **{"P. Lam Sơn": "14815", "P. Ba Đình": "14812", "P. Ngọc Trạo": "14818"},
    **{"P. Đông Sơn": "14821", "P. Phú Sơn": "14823", "Xã Hà Lan": "14827"},
    **{"Xã Quang Trung": "14824", "Phường Bắc Sơn": "14809"},
    **{"Phường Lam Sơn": "14815", "Phường Ba Đình": "14812"},
    **{"Phường Ngọc Trạo": "14818", "Phường Đông Sơn": "14821"},
    **{"Phường Phú Sơn": "14823", "Cộng": "381", "Toàn Thị xã": "381"},
}
CODES = {
    "bim-son-2018": BIM_SON,
    "bim-son-2018.clean300": BIM_SON,
    "cam-lo-2021": {
        **{"Xã Cam Tuyền": "19600", "Xã Thanh An": "19603", "Xã Cam Thủy": "19606"},
        **{"Xã Cam Hiếu": "19615", "Xã Cam Thành": "19612", "TT Cam Lộ": "19597"},
        **{"Xã Cam Nghĩa": "19621", "Xã Cam Chính": "19618", "Tổng cộng": "468"},
    },
    "di-su-2024": {
        **{"Phường Bạch Sam": "12124", "Phường Dị Sử": "12121"},
        **{"Phường Minh Đức": "12127", "Phường Nhân Hòa": "12118"},
        **{"Phường Phan Đình Phùng": "12106", "Phường Phùng Chí Kiên": "12130"},
        **{"Phường Bần Yên Nhân": "12103", "Xã Cẩm Xá": "12109"},
        **{"Xã Dương Quang": "12112", "Xã Hòa Phong": "12115"},
        **{"Xã Hưng Long": "12139", "Xã Ngọc Lâm": "12136", "Xã Xuân Dục": "12133"},
        **{"Tổng cộng: I+II": "328", "Tổng cộng:": "12121"},
    },
    "trieu-son-2016-2020": {},
    "tuyen-quang-2020": {},
}
VILLAGES = {
    "di-su-2024": {
        *("Phan Bôi", "Nhân Vinh", "Trai", "Trên", "Thợ", "Rừng", "Sài", "Bưởi"),
        "Tháp",
    }
}
ISSUERS = {
    **dict.fromkeys(("bim-son-2018", "bim-son-2018.clean300"), ("381", "38")),
    "cam-lo-2021": ("468", "45"),
    "di-su-2024": ("12121", "33"),
    "trieu-son-2016-2020": ("397", "38"),
    "tuyen-quang-2020": ("070", "08"),
}


@pytest.mark.parametrize("name", NAMES)
def test_every_unit_has_its_own_code(name: str) -> None:
    records = parse_evidence(load_evidence(name))
    in_tables = [f for f in records.figures if f.table_no is not None]
    codes = {(f.unit_raw, f.unit.code) for f in in_tables if f.unit and f.unit.code}
    assert codes == set(CODES[name].items())
    villages = {f.unit_raw: f.unit for f in in_tables if f.unit and not f.unit.code}
    assert set(villages) == VILLAGES.get(name, set())
    assert all((unit.unit_id or "").startswith("12121@") for unit in villages.values())
    heads = {(d.issuing_unit, d.province) for d in records.documents}
    assert {(u and u.code, p and p.code) for u, p in heads} == {ISSUERS[name]}
