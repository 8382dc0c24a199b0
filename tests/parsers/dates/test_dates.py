"""Dates, periods and years in every form that papers print.

Sources: F = formats seen on real plans; the corpus' five papers by name; D = made up in
the manner of other papers.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.dates.dates import find_date_doubts, find_dates, find_periods, find_years

FORMS = [
    ("Bỉm Sơn, ngày 06 tháng 4 năm 2018", ["2018-04-06"], "Bỉm Sơn"),
    ("Bim Son, ngay 06 thang 4 nãm 2018", ["2018-04-06"], "D: a scan's marks"),
    ("BỈM SƠN, NGÀY 06 THÁNG 4 NĂM 2018", ["2018-04-06"], "F: upper case"),
    ("TP. Tuyên Quang, ngày      tháng 3 năm 2020", ["2020-03"], "Tuyên Quang"),
    ("TP. Tuyên Quang, ngày tháng 3 năm 2020", ["2020-03"], "Tuyên Quang"),
    ("Hà Nội, ngày tháng năm 2026", ["2026"], "D"),
    ("ngày ….. tháng ….. năm 2020", ["2020"], "D"),
    ("ngày 5 tháng   năm 2020", ["2020"], "D"),
    ("ngày   /  /2021", ["2021"], "F, Dị Sử"),
    ("ngày / /2021 của UBND phường", ["2021"], "Dị Sử"),
    ("ngày …/…/2024", ["2024"], "D"),
    ("ngày   /3/2021", ["2021-03"], "D"),
    ("21.12.2021", ["2021-12-21"], "F"),
    ("16/7/20 21", ["2021-07-16"], "F"),
    ("31/12/2017", ["2017-12-31"], "F"),
    ("31-12-2017", ["2017-12-31"], "D"),
    ("3/9/91", ["1991-09-03"], "D"),
    ("tháng 4, 5/2010", ["2010-04", "2010-05"], "F"),
    ("tháng 10, 11 và 12 năm 2021", ["2021-10", "2021-11", "2021-12"], "D"),
    ("từ tháng 4 đến tháng 6 năm 2021", ["2021-04", "2021-06"], "D"),
    ("từ 01/2021 đến 12/2025", ["2021-01", "2025-12"], "D"),
    ("quý IV/2021", ["2021-Q4"], "F, Cam Lộ"),
    ("trong quý I năm 2023", ["2023-Q1"], "F"),
    ("Quý II, III/2023", ["2023-Q2", "2023-Q3"], "D"),
    ("ngày 8 tháng 02 năm 2017.", ["2017-02-08"], "Triệu Sơn"),
    ("trước ngày 25 tháng 10", ["10-25"], "Triệu Sơn"),
    ("xong trước 30 tháng 10", ["10-30"], "Triệu Sơn"),
    ("trước ngày 25/6", ["06-25"], "Tuyên Quang"),
    ("đến 31/12 phải xong", ["12-31"], "D"),
    ("ngày 20/11 của năm 2021", ["2021-11-20"], "D"),
    ("ngày 29/2", ["02-29"], "D: some year has it"),
    ("từ ngày 01/9 đến ngày 14/12/2021", ["2021-09-01", "2021-12-14"], "F"),
    ("từ ngày 15/12 đến ngày 15/01/2022", ["2021-12-15", "2022-01-15"], "D"),
    ("trước ngày 25/6 và 25/11 năm 2021", ["2021-06-25", "2021-11-25"], "D"),
    ("ngày 7 tháng ba; tháng mười năm 2017", ["03-07", "2017-10"], "D"),
    ("ngày 5 tháng năm năm 2017", ["2017-05-05"], "D: May"),
    ("số 07/2021/NĐ-CP ngày 27/01/2021", ["2021-01-27"], "Cam Lộ"),
]


@pytest.mark.parametrize(("text", "iso", "source"), FORMS)
def test_date_is_read_to_its_printed_precision(
    text: str, iso: list[str], source: str
) -> None:
    assert [d.iso for d in find_dates(text)] == iso, source


@pytest.mark.parametrize(
    "text",
    [
        "dưới 03 tháng",  # F: a duration
        "định kỳ 6 tháng, 12 tháng",
        "trong 6 tháng 10 triệu đồng",
        "07/2021/NĐ-CP",
        "Luật số 64/2025/QH15",
        "2.3.10. Phòng giao dịch",
        "đến 2/3 hộ nghèo",
        "405/2010 hộ",
        "giai đoạn 2016-2020",
        "năm 2018",
        "mỗi tháng một lần",
        "405/14.932 hộ",
        "",
    ],
)
def test_this_is_no_date(text: str) -> None:
    assert find_dates(text) == ()
    assert find_date_doubts(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "ngày 31/02/2020",
        "ngày 31 tháng 02 năm 2020",
        "ngày 29/02/2021",
        "ngày 5 tháng 13 năm 2020",
        "32/12/2020",
        "tháng 13/2020",
        "ngày    tháng    năm",
    ],
)
def test_impossible_or_empty_date_is_none_and_said_so(text: str) -> None:
    assert find_dates(text) == ()
    (doubt,) = find_date_doubts(text)
    assert doubt.text in doubt.why


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("giai đoạn 2016-2020", (2016, 2020)),  # F
        ("GIAI ĐOẠN 2016 -2020", (2016, 2020)),  # Cam Lộ
        ("2021- 2025", (2021, 2025)),  # F
        ("2022 – 2025", (2022, 2025)),  # F
        ("từ năm 2011 đến năm 2020", (2011, 2020)),  # F
        ("thời kỳ từ năm 2015 đến năm 2020", (2015, 2020)),  # Triệu Sơn
        ("từ 2011 đến 2020", (2011, 2020)),
        ("từ năm 2021 đến hết năm 2025", (2021, 2025)),
        ("giai đoạn 2021-25", (2021, 2025)),
        ("năm học 2020 - 2021", (2020, 2021)),
    ],
)
def test_period_is_found(text: str, years: tuple[int, int]) -> None:
    (period,) = find_periods(text)
    assert (period.first, period.last, period.doubt) == (*years, None)
    assert find_years(text) == ()


def test_backward_period_is_turned_and_doubted() -> None:
    (period,) = find_periods("giai đoạn 2021-2015")  # F
    assert (period.first, period.last) == (2015, 2021)
    assert period.doubt is not None
    assert "2021-2015" in period.doubt


@pytest.mark.parametrize(
    "text",
    [
        "đến năm 2020, định hướng đến năm 2030",
        "2000-2050 hộ",
        "từ 48,14% năm 2015 xuống dưới 33% năm 2020",
        "2016",
        "0905.2016-2020",
    ],
)
def test_this_is_no_period(text: str) -> None:
    assert find_periods(text) == ()


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("NĂM 2024", [2024]),
        ("đầu 2021", [2021]),
        ("Chỉ tiêu GN 2021", [2021]),
        ("các năm 2016, 2017 và 2018", [2016, 2017, 2018]),
        ("đến năm 2020, định hướng đến năm 2030", [2020, 2030]),
        ("năm 2020 hộ nghèo còn 5%", [2020]),
        ("từ 48,14% năm 2015 xuống dưới 33% năm 2020", [2015, 2020]),
        ("2023 hộ nghèo; 1945 người", []),
        ("ngày 31/12/2017", []),
        ("47/2011/QĐ-UBND", []),
        ("2.016 và 20161", []),
    ],
)
def test_years_that_stand_alone(text: str, years: list[int]) -> None:
    assert [y.year for y in find_years(text)] == years


DAYS = st.dates(date(1950, 1, 1), date(2049, 12, 31))


@given(
    DAYS,
    st.sampled_from(
        [
            "ngày {d} tháng {m} năm {y}",
            "ngày {d:02} tháng {m:02} năm {y}",
            "NGÀY {d} THÁNG {m} NĂM {y}",
            "{d}/{m}/{y}",
            "{d:02}/{m:02}/{y}",
            "{d}.{m}.{y}",
            "{d}-{m}-{y}",
            "{d} tháng {m} năm {y}",
            "ngày {d}/{m} năm {y}",
        ]
    ),
)
def test_any_date_printed_reads_back(day: date, form: str) -> None:
    text = form.format(d=day.day, m=day.month, y=day.year)
    (found,) = find_dates(f"Hà Nội, {text}, của UBND")
    assert found.iso == day.isoformat()
    assert found.text == text


@given(DAYS, st.integers(1, 400))
def test_a_shared_year_never_turns_time_round(day: date, days: int) -> None:
    end = day + timedelta(days=min(days, 364))
    text = f"từ ngày {day.day}/{day.month} đến ngày {end.day}/{end.month}/{end.year}"
    found = find_dates(text)
    assert found[-1].iso == end.isoformat()
    assert len(found[0].iso) == 5 or found[0].iso <= found[-1].iso


@given(st.integers(1950, 2090), st.integers(0, 9), st.sampled_from("-–"))
def test_any_period_printed_reads_back(first: int, length: int, dash: str) -> None:
    (period,) = find_periods(f"giai đoạn {first} {dash} {first + length}")
    assert (period.first, period.last) == (first, first + length)


PIECES = st.sampled_from(
    [
        *("ngày ", "tháng ", "năm ", "quý ", "IV", "1", "12", "31", "2020", "20 21"),
        *("/", "-", ".", ",", " ", "…", "và ", "đến ", "từ ", "trước ", "hai", "hộ"),
    ]
)


@given(st.lists(PIECES, max_size=25))
def test_every_date_exists_and_stands_where_it_says(pieces: list[str]) -> None:
    text = "".join(pieces)
    end = 0
    for found in find_dates(text):
        assert text[found.start : found.end] == found.text
        assert found.start >= end
        end = found.end
        if len(found.iso) == 10:
            date.fromisoformat(found.iso)


def test_letters_that_only_look_alike_are_survived() -> None:
    assert [d.iso for d in find_dates("quý \u0131/2021")] == ["2021-Q1"]
    assert [d.iso for d in find_dates("ngày 5 tháng \u017fáu năm 2021")] == [
        "2021-06-05"
    ]


@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    for finder in (find_dates, find_date_doubts, find_periods, find_years):
        for mention in finder(text):
            assert 0 <= mention.start < mention.end <= len(text)


@pytest.mark.parametrize(
    "piece", ["ngày ", "ngày 1/", "tháng 1, ", "1/", "2020-", " ", "…", "quý I, ", "1"]
)
def test_long_texts_are_read_in_linear_time(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    for finder in (find_dates, find_date_doubts, find_periods, find_years):
        finder(text)
