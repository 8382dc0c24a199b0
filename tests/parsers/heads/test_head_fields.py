"""Numbers, dates and periods of heads; and no pattern that runs away."""

from __future__ import annotations

import pytest

from parsers.heads.fields import (
    find_cited_numbers,
    find_date,
    find_own_number,
    find_period,
    place_before,
)

NUMBERS = [
    ("Số: 639/KH-UBND", "639/KH-UBND", "KH-UBND"),
    ("Số:      /KH-UBND", None, "KH-UBND"),
    ("Số: ……/KH-UBND", None, "KH-UBND"),
    ("Số: -/KH-UBND", None, "KH-UBND"),
    ("Số: 432 /QĐ-UBND", "432/QĐ-UBND", "QĐ-UBND"),
    ("Số 59-KH/TU", "59-KH/TU", "KH/TU"),
    ("Số 320-CV/ĐU", "320-CV/ĐU", "CV/ĐU"),
    ("Số: 16-NQ/HU", "16-NQ/HU", "NQ/HU"),
    ("Số: 47/2011/QĐ-UBND", "47/2011/QĐ-UBND", "QĐ-UBND"),
    ("Số: 07/2021/NĐ-CP", "07/2021/NĐ-CP", "NĐ-CP"),
    ("Số: 4330/BNN-KTHT", "4330/BNN-KTHT", "BNN-KTHT"),
    ("Số:     /TTr-LĐTBXH", None, "TTr-LĐTBXH"),
    ("Số: 12/KH - UBND", "12/KH-UBND", "KH-UBND"),
    ("Sô: 44/KH-UBNĐ", "44/KH-UBND", "KH-UBND"),  # strokes moved by a scan
    ("Số: 1205 /QĐÐ-UBND", "1205/QĐ-UBND", "QĐ-UBND"),  # one letter read twice
    ("Số: 982/TTIr-LĐTBXH", "982/TTr-LĐTBXH", "TTr-LĐTBXH"),
    ("HUYỆN CAM LỘ Số: 44/KH-UBND Cam Lộ, ngày 18", "44/KH-UBND", "KH-UBND"),
]

DATES = [
    # A line of both columns; then a mark that a scan reads as a capital.
    ("PHƯỚC Bình Phước, ngày 8 tháng 8 năm 2011", "2011-08-08", "Bình Phước"),
    ("DỊ Sử, ngày 22 tháng 3 năm 2024", "2024-03-22", "DỊ Sử"),
    ("Trường Thi, tháng 5 năm 2024", "2024-05", "Trường Thi"),
    ("Bỉm Sơn, ngày 06 tháng 4 năm 2018", "2018-04-06", "Bỉm Sơn"),
    ("TP. Tuyên Quang, ngày      tháng 3 năm 2020", "2020-03", "TP. Tuyên Quang"),
    ("Cam Lộ, ngày … tháng … năm 2021", "2021", "Cam Lộ"),
    ("Số: 1/KH-UBND Hà Nội, ngày 21.12.2021", "2021-12-21", "Hà Nội"),
    ("Hà Nội, ngày O6 tháng l2 năm 20 21", "2021-12-06", "Hà Nội"),
    ("Dị Sử, ngày /2021", "2021", "Dị Sử"),  # '/  /' in a scan
    ("Hạnh phúc Dị Sử, ngày 31 tháng 13 năm 2024", "2024", "Dị Sử"),
]

PERIODS = [
    ("Thực hiện công tác giảm nghèo năm 2018", (2018, 2018)),
    ("giảm nghèo bền vững giai đoạn 2016-2020", (2016, 2020)),
    ("giai đoạn 2021- 2025", (2021, 2025)),
    ("giai đoạn 2022 – 2025", (2022, 2025)),
    ("giai đoạn 2025-2021", (2021, 2025)),
    ("từ năm 2011 đến năm 2020", (2011, 2020)),
    ("giai đoạn 2021-2025 và định hướng đến năm 2030", (2021, 2025)),
    ("thực hiện Nghị quyết số 12/2021/NQ-HĐND năm 2022", (2022, 2022)),
    ("Hoạt động của Ban Chỉ đạo", None),
]


@pytest.mark.parametrize(("text", "number", "symbol"), NUMBERS)
def test_own_number(text: str, number: str | None, symbol: str) -> None:
    found = find_own_number(text)
    assert found is not None
    assert (found.number, found.symbol) == (number, symbol)


@pytest.mark.parametrize(("text", "iso", "place"), DATES)
def test_date_and_place(text: str, iso: str, place: str) -> None:
    found = find_date(text)
    assert found is not None
    assert (found.iso, place_before(text, found)) == (iso, place)


@pytest.mark.parametrize(("text", "period"), PERIODS)
def test_period(text: str, period: tuple[int, int] | None) -> None:
    assert find_period(text) == period


@pytest.mark.parametrize(
    "piece",
    ["Số: ", "Số: . . ", "12/A-", "1/2021/", "ngày  tháng ", "năm 2", "/ ", "- ", "9"],
)
def test_no_pattern_runs_away(piece: str) -> None:
    text = piece * (10_000 // len(piece))
    find_own_number(text)
    find_cited_numbers(text)
    find_date(text)
    find_period(text)
