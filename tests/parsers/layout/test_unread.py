"""Pages of which nothing, or hardly anything, was read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.model import BBox, Evidence, Line, Method, Page, Word
from parsers.layout.unread import doubt_pages
from parsers.records import Quality, Severity
from tests.expectations.paper_makers import make_document, records_of
from tests.parsers.table_makers import make_table

BOX = BBox(0, 0, 40, 12)


def evidence_of(*pages, method=Method.OCR, tables=()):
    """Return pages of words, each given as text and confidence."""
    every = tuple(
        Page(n, 595, 842, method, (Line(tuple(Word(t, BOX, c) for t, c in words)),))
        if words
        else Page(n, 595, 842, method, ())
        for n, words in enumerate(pages, 1)
    )
    return Evidence(1, "paper.pdf", "0" * 64, every, tables, "")


SURE = [("Kế", 0.96), ("hoạch", 0.95), ("giảm", 0.9), ("nghèo", 0.93), ("-", 0.4)]
NOISE = [("ti", 0.31), (".", 0.9), ("l", 0.95), ("ầs", 0.2), ("Tổ", 0.8)]


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ([SURE], []),
        ([SURE, []], [(2, Severity.INFO)]),
        ([NOISE], [(1, Severity.WARNING)]),
        ([NOISE, SURE, []], [(1, Severity.WARNING), (3, Severity.INFO)]),
    ],
)
def test_pages(pages, expected):
    _, told = doubt_pages(evidence_of(*pages), (make_document(),), ())

    assert [(i.page_no, i.severity) for i in told] == expected
    assert {i.check_code for i in told} <= {"page_unread"}
    assert all(i.message and i.message_vi for i in told)


def test_a_page_whose_print_is_cut_off_is_told_however_well_the_rest_was_read():
    whole = evidence_of(SURE, SURE)
    cut = replace(whole.pages[1], is_cut=True)
    evidence = replace(whole, pages=(whole.pages[0], cut))

    _, told = doubt_pages(evidence, (make_document(),), ())

    assert [(i.page_no, i.severity) for i in told] == [(2, Severity.WARNING)]
    assert "edge" in told[0].message


def test_a_text_layer_is_read_by_nobody():
    assert doubt_pages(evidence_of([], method=Method.TEXT_LAYER), (), ()) == ((), ())


def test_a_page_of_nothing_but_a_table_is_read():
    table = make_table("TT | Xã\n1 | 9", method=Method.OCR, confidence=0.9)

    assert doubt_pages(evidence_of([], tables=(table,)), (), ()) == ((), ())


def test_a_notice_belongs_to_the_document_of_its_page():
    first = make_document(last_page=1)
    attached = replace(first, ordinal=1, parent=0, first_page=2, last_page=3)

    _, told = doubt_pages(evidence_of(SURE, SURE, []), (first, attached), ())

    assert [i.document for i in told] == [1]


def test_no_figure_of_a_page_hardly_read_is_believed(vocabulary):
    (figure,) = records_of(vocabulary, "TT | Xã | Số hộ\n1 | An Bình | 949").figures
    after = replace(figure, source=replace(figure.source, page_no=2))

    figures, (doubt,) = doubt_pages(evidence_of(NOISE, SURE), (), (figure, after))

    assert [f.quality for f in figures] == [Quality.SUSPECT, Quality.OK]
    assert doubt.suspects == (0,)
