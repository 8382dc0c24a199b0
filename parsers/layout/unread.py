"""Pages of which nothing, or hardly anything, could be read.

A page without a word may be the blank back of a sheet: that is told, and no doubt. A
page most of whose words were read unsurely is one, and no figure on it is believed,
whatever it seems to say. A page whose print runs into what the scan does not show is
a doubt, too; what it does show is as good as any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.model import Evidence, Method, Page
from parsers.records import Document, Figure, Issue, Quality, Severity

PAGE_UNREAD = "page_unread"
_SURE = 0.7
"""Confidence from which on Tesseract's words are mostly right."""
_LEAST_LETTERS = 2
"""Specks are read as single letters."""


def doubt_pages(
    evidence: Evidence, documents: Sequence[Document], figures: Sequence[Figure]
) -> tuple[tuple[Figure, ...], tuple[Issue, ...]]:
    """Mark the figures of pages that are hardly readable, and tell of such pages.

    Returns:
        The figures, and an issue of each page without words or hardly readable.
    """
    marked = list(figures)
    issues: list[Issue] = []
    for page in evidence.pages:
        if page.method is not Method.OCR:
            continue
        sure = [*_sure_words(page), *_sure_cells(page, evidence)]
        if not sure:
            issues.append(_blank(page.page_no, documents))
        elif sum(sure) * 2 < len(sure):
            on_page = [
                n for n, f in enumerate(figures) if f.source.page_no == page.page_no
            ]
            for n in on_page:
                marked[n] = replace(marked[n], quality=Quality.SUSPECT)
            issues.append(_unreadable(page.page_no, documents, tuple(on_page)))
        elif page.is_cut:
            issues.append(_cut(page.page_no, documents))
    return tuple(marked), tuple(issues)


def _sure_words(page: Page) -> Iterator[bool]:
    for line in page.lines:
        for word in line.words:
            letters = sum(map(str.isalnum, word.text))
            yield word.confidence >= _SURE and letters >= _LEAST_LETTERS


def _sure_cells(page: Page, evidence: Evidence) -> Iterator[bool]:
    for table in evidence.tables:
        for cell in table.cells:
            if cell.page_no == page.page_no and cell.text:
                yield cell.confidence >= _SURE


def _blank(page_no: int, documents: Sequence[Document]) -> Issue:
    return Issue(
        document=_document_of(page_no, documents),
        check_code=PAGE_UNREAD,
        severity=Severity.INFO,
        message=f"No word could be read on page {page_no}: it is blank, or a picture.",
        message_vi=(
            f"Không đọc được chữ nào trên trang {page_no}: trang trắng hoặc là hình."
        ),
        page_no=page_no,
    )


def _unreadable(
    page_no: int, documents: Sequence[Document], figures: tuple[int, ...]
) -> Issue:
    return Issue(
        document=_document_of(page_no, documents),
        check_code=PAGE_UNREAD,
        severity=Severity.WARNING,
        message=f"Most of page {page_no} could not be read; look at the page.",
        message_vi=f"Phần lớn trang {page_no} không đọc được; hãy xem lại trang giấy.",
        page_no=page_no,
        suspects=figures,
    )


def _cut(page_no: int, documents: Sequence[Document]) -> Issue:
    return Issue(
        document=_document_of(page_no, documents),
        check_code=PAGE_UNREAD,
        severity=Severity.WARNING,
        message=f"A part of page {page_no} could not be read: its print runs past the "
        "edge of the scan, or into the dark.",
        message_vi=f"Một phần trang {page_no} không đọc được: chữ bị cắt ở mép bản "
        "quét, hoặc chìm trong vùng tối.",
        page_no=page_no,
    )


def _document_of(page_no: int, documents: Sequence[Document]) -> int:
    begun = [d.ordinal for d in documents if d.first_page <= page_no]
    return max(begun, default=0)
