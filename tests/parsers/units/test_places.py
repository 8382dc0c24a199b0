"""Places named in tasks."""

from __future__ import annotations

import pytest

from parsers.units.places import find_places
from parsers.vocabulary import Vocabulary

CASES = [
    (
        "cho 04 hộ nghèo tại 04 phường: Bắc Sơn, Lam Sơn, Đông Sơn, Phú Sơn.",
        ["phường Bắc Sơn", "phường Lam Sơn", "phường Đông Sơn", "phường Phú Sơn"],
    ),
    ("ở 02 xã Quang Trung và Hà Lan.", ["xã Quang Trung", "xã Hà Lan"]),
    (
        "tại 6 xã, phường Bắc Sơn, Lam Sơn, Hà Lan. Mức hỗ trợ 30.000.000đ/hộ.",
        ["Bắc Sơn", "Lam Sơn", "Hà Lan"],
    ),
    ("hỗ trợ xã Quang Trung thực hiện công tác giảm nghèo", ["xã Quang Trung"]),
    ("tại các xã: Trà Bui, Trà Giác", ["xã Trà Bui", "xã Trà Giác"]),
    ("tại xã Đắk R'Măng và thị trấn Giắt", ["xã Đắk R'Măng", "thị trấn Giắt"]),
    ("tại thôn 3, thôn Vân Thọ", ["thôn 3", "thôn Vân Thọ"]),
    ("ở khu phố 5.", ["khu phố 5"]),
    ("tại các huyện Mường Lát, Quan Sơn", ["huyện Mường Lát", "huyện Quan Sơn"]),
    # none of these names a place of the task
    ("trên địa bàn huyện Triệu Sơn", []),
    ("các xã nghèo, xã đặc biệt khó khăn", []),
    ("Hợp tác xã Hưng Thành", []),
    ("chính sách an sinh xã hội", []),
    ("các xã: Tổ chức họp dân", []),
]


@pytest.mark.parametrize(("text", "places"), CASES)
def test_finds_the_places_of_a_task(
    text: str, places: list[str], vocabulary: Vocabulary
) -> None:
    assert list(find_places(text, vocabulary)) == places


def test_passes_over_what_names_a_body(vocabulary: Vocabulary) -> None:
    text = "UBND xã Cam Tuyền hỗ trợ xã Cam Chính"
    assert find_places(text, vocabulary, [(0, 17)]) == ("xã Cam Chính",)
