"""Papers beside each other: who disagrees, what jumps, and what is no news."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest

from expectations.across import Plausible, check_across
from parsers.known import KnownFigure
from parsers.records import AsOf, Severity

START, END = AsOf.START, AsOf.END


def figure(paper, year, as_of, value, indicator="poor_households", **changes):
    made = {
        "figure_id": f"{paper}-{year}-{as_of}-{indicator}-{value}",
        "paper_id": paper,
        "paper_no": f"{paper}/KH-UBND",
        "order": (f"20{paper[1:]}", paper),
        "unit_key": "14809",
        "unit_name": "Phường Bắc Sơn",
        "indicator": indicator,
        "year": year,
        "as_of": as_of,
        "value": Decimal(value),
    }
    return KnownFigure(**{**made, **changes})


def codes(*figures, **limits):
    doubts = check_across(figures, Plausible(**limits))
    return [(d.check_code, d.figure.paper_id, d.other.paper_id) for d in doubts]


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        # the start of a year is the end of the year before
        ([("p18", 2017, END, 100), ("p19", 2018, START, 100)], []),
        (
            [("p18", 2017, END, 100), ("p19", 2018, START, 90)],
            [("start_end_mismatch", "p19", "p18")],
        ),
        # a district and its commune on the same moment
        ([("p18", 2018, START, 40), ("p19", 2018, START, 40)], []),
        (
            [("p18", 2018, START, 40), ("p19", 2018, START, 41)],
            [("papers_disagree", "p19", "p18")],
        ),
        # one paper alone is judged by its own checks
        ([("p18", 2018, START, 40), ("p18", 2018, START, 41)], []),
        # a paper with two numbers agrees with the one that it gives
        (
            [
                ("p18", 2018, START, 40),
                ("p18", 2018, START, 41),
                ("p19", 2018, START, 41),
            ],
            [],
        ),
        # from one year's paper to the next
        ([("p18", 2018, END, 200), ("p19", 2019, END, 100)], []),
        (
            [("p18", 2018, END, 200), ("p19", 2019, END, 20)],
            [("implausible_jump", "p19", "p18")],
        ),
        ([("p18", 2018, END, 30), ("p19", 2019, END, 2)], []),
        # a new poverty standard counts anew
        ([("p18", 2021, END, 200), ("p19", 2022, START, 500)], []),
        ([("p18", 2020, END, 200), ("p19", 2021, END, 900)], []),
    ],
)  # fmt: skip
def test_two_papers(figures, expected):
    made = [figure(*each) for each in figures]
    for order in permutations(made):
        assert codes(*order) == expected


def test_other_units_and_indicators_are_no_comparison():
    figures = [
        figure("p18", 2018, START, 40),
        figure("p19", 2018, START, 90, unit_key="14812"),
        figure("p19", 2018, START, 70, "near_poor_households"),
    ]
    assert codes(*figures) == []


def test_the_limits_are_settings():
    figures = [
        figure("p18", 2018, END, 1000, "households"),
        figure("p19", 2019, END, 1150, "households"),
    ]
    assert codes(*figures) == []
    assert codes(*figures, households_percent=10) == [
        ("implausible_jump", "p19", "p18")
    ]


def test_a_doubt_says_what_both_papers_say_in_both_languages():
    doubt = next(
        check_across(
            [figure("p18", 2017, END, 100), figure("p19", 2018, START, 90)], Plausible()
        )
    )
    assert doubt.severity is Severity.WARNING
    for said in (doubt.message, doubt.message_vi):
        assert "Phường Bắc Sơn" in said
        assert "90" in said
        assert "100" in said
        assert "p18/KH-UBND" in said
    assert "đầu năm 2018" in doubt.message_vi
