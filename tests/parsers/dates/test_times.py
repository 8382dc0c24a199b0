"""Times that phrases state: forms of formats.md and the contract's rules."""

from __future__ import annotations

import pytest

from parsers.dates.times import find_times


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Hộ nghèo đầu năm 2018", [(2018, "start", None)]),
        ("Hộ nghèo đầu 2021", [(2021, "start", None)]),
        ("HỘ NGHÈO CUỐI NĂM 2021", [(2021, "end", None)]),
        ("Tỷ lệ hộ nghèo năm 2020", [(2020, None, None)]),
        ("Đến hết năm 2025", [(2025, "end", None)]),
        ("đến 31/12/2019", [(2019, "end", None)]),
        ("tại thời điểm ngày 01/01/2021", [(2021, "start", None)]),
        ("rà soát tháng 10 năm 2022", [(2022, "end", None)]),
        ("6 tháng đầu năm 2020", [(2020, "during", None)]),
        ("giai đoạn 2016-2020", [(2016, None, 2020)]),
        ("giai đoạn 2022 – 2025", [(2022, None, 2025)]),
        ("từ năm 2011 đến năm 2020", [(2011, None, 2020)]),
        ("2021-2015", [(2015, None, 2021)]),
        ("Hộ nghèo cuối năm", [(None, "end", None)]),
        ("trong năm", [(None, "during", None)]),
        ("cuối năm 2020 và đầu năm 2021", [(2020, "end", None), (2021, "start", None)]),
        # not a time of the figures
        ("theo chuẩn nghèo giai đoạn 2016-2020", []),
        ("theo chuẩn tiếp cận đa chiều giai đoạn 2016 - 2020", []),
        ("giảm so với năm 2022", []),
        ("giảm 5,5% so với đầu năm", []),
        ("theo Quyết định số 07/2021/NĐ-CP ngày 27/01/2021", []),
        ("Chương trình giảm nghèo bền vững giai đoạn 2021-2025", []),
        ("(Kèm theo Kế hoạch số: 12/KH-UBND ngày 10/5/2021)", []),
        (
            "cuối năm 2020 theo chuẩn nghèo áp dụng cho giai đoạn 2016 -2020",
            [(2020, "end", None)],
        ),
        ("", []),
        ("21.340,5", []),
    ],
)
def test_find_times(text, times, vocabulary):
    found = find_times(text, vocabulary)

    got = [(m.year, m.as_of.value if m.as_of else None, m.year_to) for m in found]
    assert got == times


def test_long_texts_take_no_time(vocabulary):
    text = "năm 2018 - 2020 chương trình 1/2/2020 đến " * 250

    find_times(text, vocabulary)
