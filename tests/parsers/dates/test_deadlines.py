"""Deadlines and recurrences of tasks.

Sources: F = formats seen on real plans; the corpus' five papers by name; D = made up in
the manner of other papers.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.dates.deadlines import find_deadlines, find_recurrence
from parsers.vocabulary import Vocabulary

FORMS = [
    ("báo cáo UBND huyện trước ngày 25 tháng 10.", ["10-25"], "trước ngày 25 tháng 10"),
    (  # Triệu Sơn
        "kế hoạch của xã xong trước ngày 10 tháng 11 hàng năm.",
        ["11-10"],
        "xong trước ngày 10 tháng 11 hàng năm",
    ),
    (  # Triệu Sơn, F: the year only where it is printed
        "thời gian hoàn thành trước ngày 30/11/2016",
        ["2016-11-30"],
        "thời gian hoàn thành trước ngày 30/11/2016",
    ),
    (  # Tuyên Quang
        "Định kỳ 6 tháng (trước ngày 25/6), năm (trước ngày 25/11) báo cáo",
        ["06-25", "11-25"],
        "trước ngày 25/6; trước ngày 25/11",
    ),
    ("xong trước 30/3/2019", ["2019-03-30"], "xong trước 30/3/2019"),  # F
    ("chậm nhất ngày 28/02/2023", ["2023-02-28"], "chậm nhất ngày 28/02/2023"),  # F
    ("(trước ngày. 20/12) báo cáo", ["12-20"], "trước ngày. 20/12"),  # a speck
    ("chậm nhất là ngày 28/02", ["02-28"], "chậm nhất là ngày 28/02"),  # D
    ("trong quý I năm 2023", [], "trong quý I năm 2023"),  # F: text only
    ("vào quý IV/2021 để nhập", [], "vào quý IV/2021"),  # Cam Lộ
    ("vào ngày 25 hằng tháng", [], "vào ngày 25 hằng tháng"),  # F
    ("trước ngày 25 tháng cuối quý", [], "trước ngày 25 tháng cuối quý"),  # F
    ("Hoàn thành trong tháng 9", [], "Hoàn thành trong tháng 9"),  # D
    ("hoàn thành trong tháng 9/2021", [], "hoàn thành trong tháng 9/2021"),  # D
    (  # D
        "trước ngày 15/6 và ngày 15/12 hằng năm",
        ["06-15", "12-15"],
        "trước ngày 15/6; ngày 15/12 hằng năm",
    ),
    ("trước ngày 05 tháng sau", [], "trước ngày 05 tháng sau"),  # D
    (  # D
        "Thời gian thực hiện: Quý II/2021",
        [],
        "Thời gian thực hiện: Quý II/2021",
    ),
    ("gửi trước ngày 10 tháng 5 năm 2026", ["2026-05-10"], None),  # D
    ("đến hết ngày 31/12/2020", ["2020-12-31"], "đến hết ngày 31/12/2020"),  # D
]


@pytest.mark.parametrize(("text", "dates", "said"), FORMS)
def test_deadline_is_read(
    text: str, dates: list[str], said: str | None, vocabulary: Vocabulary
) -> None:
    found = find_deadlines(text, vocabulary)
    assert list(found.dates) == dates
    assert found.text is not None
    if said is not None:
        assert found.text == said
    assert "; ".join(text[a:b] for a, b in found.spans) == found.text


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch số 66/KH-UBND ngày 29/7/2016 của UBND tỉnh",
        "trong thời gian 6 tháng",
        "định kỳ 6 tháng, hằng năm",
        "giảm nghèo giai đoạn 2016-2020",
        "trước ngày 31/02/2020",
        "",
    ],
)
def test_this_is_no_deadline(text: str, vocabulary: Vocabulary) -> None:
    found = find_deadlines(text, vocabulary)
    assert (found.dates, found.text) == ((), None)


@pytest.mark.parametrize(
    ("text", "recurrence"),
    [
        ("báo cáo vào ngày 25 hằng tháng", "monthly"),  # F
        ("trước ngày 20 hàng tháng", "monthly"),
        ("báo cáo tháng, quý, năm", "monthly"),
        ("hằng quý", "quarterly"),  # F
        ("Hàng quý, 6 tháng, năm", "quarterly"),
        ("trước ngày 25 tháng cuối quý", "quarterly"),  # F
        ("định kỳ 6 tháng, hằng năm", "semiannual"),  # F
        ("Định kỳ 6 tháng và hàng năm, báo cáo", "semiannual"),  # Triệu Sơn
        (
            "Định kỳ 6 tháng (trước ngày 25/6), năm (trước ngày 25/11)",
            "semiannual",
        ),  # Tuyên Quang
        ("chế độ báo cáo định kỳ 06 tháng, một năm", "semiannual"),  # Tuyên Quang
        ("trước ngày 10 tháng 11 hàng năm", "annual"),  # Triệu Sơn
        ("HẰNG NĂM tổng kết", "annual"),
        ("mỗi năm một lần", "annual"),
        ("dưới 03 tháng", None),  # F: a duration
        ("trong thời gian 6 tháng", None),
        ("6 tháng đầu năm 2020 đã giảm", None),
        ("định kỳ báo cáo", None),  # Bỉm Sơn
        ("năm 2020", None),
        ("", None),
    ],
)
def test_recurrence_is_the_shortest_said(
    text: str, recurrence: str | None, vocabulary: Vocabulary
) -> None:
    assert find_recurrence(text, vocabulary) == recurrence


PIECES = st.sampled_from(
    [
        *("trước ", "xong ", "ngày ", "25", "/", "6", " tháng ", "năm ", "quý ", "I "),
        *("hằng ", "cuối ", "và ", ", ", "2020 ", "(", "định kỳ ", "của "),
    ]
)


@given(st.lists(PIECES, max_size=25))
def test_deadlines_stand_where_they_say(
    vocabulary: Vocabulary, pieces: list[str]
) -> None:
    text = "".join(pieces)
    found = find_deadlines(text, vocabulary)
    assert "; ".join(text[a:b] for a, b in found.spans) == (found.text or "")
    assert bool(found.spans) or not found.dates
    find_recurrence(text, vocabulary)


@given(st.text(max_size=200))
def test_any_text_is_survived(vocabulary: Vocabulary, text: str) -> None:
    find_deadlines(text, vocabulary)
    assert find_recurrence(text, vocabulary) in {
        *(None, "monthly", "quarterly", "semiannual", "annual")
    }


@pytest.mark.parametrize("piece", ["trước ", "ngày 1/1, ", "tháng 1 ", "định kỳ ", " "])
def test_long_texts_are_read_in_linear_time(piece: str, vocabulary: Vocabulary) -> None:
    text = (piece * 10_000)[:10_000]
    find_deadlines(text, vocabulary)
    find_recurrence(text, vocabulary)
