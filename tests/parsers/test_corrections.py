"""Corrections find their figure by its place on the page, or say that they do not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from extractors.model import BBox
from parsers.corrections import UNPLACED, Correction, correct, find_figure
from parsers.records import Issue, Quality, Severity
from tests.expectations.paper_makers import records_of

TABLE = """TT | Xã | Số hộ | Hộ nghèo
1 | An Bình | 949 | 35
2 | Bình Minh | 1.296 | 30"""


@pytest.fixture
def records(vocabulary):
    made = records_of(vocabulary, TABLE)
    figures = tuple(
        replace(
            figure,
            source=replace(
                figure.source,
                box=BBox(
                    100 * figure.col_no,
                    20 * figure.row_no,
                    100 * figure.col_no + 30,
                    20 * figure.row_no + 10,
                ),
            ),
        )
        for figure in made.figures
    )
    return replace(made, figures=figures)


def correction_of(figure, value="29"):
    return Correction(
        page_no=figure.source.page_no,
        box=figure.source.box,
        raw_text=figure.source.raw_text,
        table_no=figure.table_no,
        row_no=figure.row_no,
        col_no=figure.col_no,
        value=Decimal(value),
        done_by="Lan",
        why="misprint",
    )


def test_a_figure_is_as_a_person_says_and_what_was_printed_is_kept(records):
    done = correct(records, [correction_of(records.figures[1])])
    figure = done.figures[1]
    assert (figure.value, figure.quality) == (Decimal(29), Quality.CORRECTED)
    assert figure.source == records.figures[1].source
    assert figure.first_reading == "35"
    others = [n for n in range(len(records.figures)) if n != 1]
    assert [done.figures[n] for n in others] == [records.figures[n] for n in others]


def test_the_last_correction_of_a_place_stands(records):
    twice = [correction_of(records.figures[1], v) for v in ("29", "28")]
    assert correct(records, twice).figures[1].value == 28


def test_doubts_of_the_reading_go_but_not_those_about_the_row(records):
    def doubt(code):
        return Issue(0, code, Severity.WARNING, "?", figure=1)

    doubted = replace(
        records, issues=(doubt("low_confidence"), doubt("unit_unresolved"))
    )
    left = correct(doubted, [correction_of(records.figures[1])]).issues
    assert [issue.check_code for issue in left] == ["unit_unresolved"]


def test_it_is_found_where_boxes_moved_a_little(records):
    correction = correction_of(records.figures[2])
    box = correction.box
    moved = replace(
        correction, box=BBox(box.x0 + 3, box.y0 - 2, box.x1 + 4, box.y1 - 1)
    )
    assert find_figure(moved, records.figures) == 2


def test_it_is_found_where_tables_are_counted_otherwise(records):
    correction = correction_of(records.figures[2])
    renumbered = [replace(f, table_no=2, row_no=f.row_no + 1) for f in records.figures]
    assert find_figure(correction, renumbered) == 2


def test_it_never_falls_on_another_figure_of_the_same_number(records):
    """Where another table took the number, its cell stands elsewhere on the page."""
    correction = correction_of(records.figures[2])
    elsewhere = [
        replace(f, source=replace(f.source, box=BBox(500, 500, 520, 510)))
        for f in records.figures
    ]
    assert find_figure(correction, elsewhere) is None
    done = correct(replace(records, figures=tuple(elsewhere)), [correction])
    assert [f.value for f in done.figures] == [f.value for f in records.figures]
    assert [issue.check_code for issue in done.issues] == [UNPLACED]
    assert done.issues[0].message_vi


def test_a_figure_of_a_sentence_is_found_by_its_text_and_place(records):
    def prose(x, text):
        figure = records.figures[0]
        box = BBox(x, 100, x + 40, 110)
        return replace(
            figure,
            table_no=None,
            row_no=None,
            col_no=None,
            source=replace(figure.source, box=box, raw_text=text),
        )

    figures = [
        *records.figures,
        prose(10, "35 hộ"),
        prose(30, "35 hộ"),
        prose(10, "4%"),
    ]
    assert find_figure(correction_of(figures[-2]), figures) == len(figures) - 2
    assert find_figure(correction_of(figures[-1]), figures) == len(figures) - 1
    without = [*records.figures, prose(10, "36 hộ")]
    assert find_figure(correction_of(figures[-3]), without) is None
