"""What people say stands at a place of a paper, instead of what was read or printed.

A correction knows its figure by the place on the page. Reading a paper anew may number
tables otherwise and move boxes a little; the correction then still finds its figure, or
says that it does not: it never falls on another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.model import BBox
from parsers.records import Figure, Issue, Quality, Records, Severity

UNPLACED = "correction_unplaced"
_OF_THE_ROW = "unit_unresolved"
"""A doubt about a row's label, which no other figure settles."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure as a person says it is. The table places are None in prose."""

    page_no: int
    box: BBox | None
    raw_text: str
    table_no: int | None
    row_no: int | None
    col_no: int | None
    value: Decimal
    done_by: str
    why: str


def correct(records: Records, corrections: Iterable[Correction]) -> Records:
    """Return the records with figures as people say they are, marked 'corrected'.

    Doubts of the reading about such a figure go; one is added for each correction whose
    place holds no figure any more.
    """
    figures, issues = list(records.figures), list(records.issues)
    for correction in corrections:
        index = find_figure(correction, figures)
        if index is None:
            issues.append(_unplaced(correction, records))
            continue
        figures[index] = _corrected(figures[index], correction)
        issues = [issue for issue in issues if not _is_about(issue, index)]
    return replace(records, figures=tuple(figures), issues=tuple(issues))


def find_figure(correction: Correction, figures: Sequence[Figure]) -> int | None:
    """Return which figure stands at a correction's place; None where none does.

    In a table that is the figure of its cell, if it is printed there; where tables are
    counted otherwise, the figure that is printed there and reads the same.
    """
    there = list(_printed_there(correction, figures))
    if correction.table_no is not None:
        place = (correction.table_no, correction.row_no, correction.col_no)
        in_cell = [n for n in there if _cell_of(figures[n]) == place]
        if in_cell:
            return next((n for n in in_cell if _reads_same(figures[n], correction)),
                        in_cell[0])  # fmt: skip
    same = [n for n in there if _reads_same(figures[n], correction)]
    return min(same, key=lambda n: _distance(figures[n], correction), default=None)


def _printed_there(correction: Correction, figures: Sequence[Figure]) -> Iterator[int]:
    in_table = correction.table_no is not None
    for index, figure in enumerate(figures):
        same_page = figure.source.page_no == correction.page_no
        same_sort = (figure.table_no is not None) == in_table
        if same_page and same_sort and _overlap(figure.source.box, correction.box):
            yield index


def _overlap(a: BBox | None, b: BBox | None) -> bool:
    """Whether the middle of one box lies in the other."""
    if a is None or b is None:
        return a is b
    return _holds(a, *_middle(b)) or _holds(b, *_middle(a))


def _holds(box: BBox, x: float, y: float) -> bool:
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _middle(box: BBox) -> tuple[float, float]:
    return (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2


def _distance(figure: Figure, correction: Correction) -> float:
    if figure.source.box is None or correction.box is None:
        return 0.0
    (x, y), (u, v) = _middle(figure.source.box), _middle(correction.box)
    return (x - u) ** 2 + (y - v) ** 2


def _cell_of(figure: Figure) -> tuple[int | None, int | None, int | None]:
    return figure.table_no, figure.row_no, figure.col_no


def _reads_same(figure: Figure, correction: Correction) -> bool:
    return figure.source.raw_text == correction.raw_text


def _corrected(figure: Figure, correction: Correction) -> Figure:
    return replace(
        figure,
        value=correction.value,
        quality=Quality.CORRECTED,
        first_reading=figure.first_reading or figure.source.raw_text,
    )


def _is_about(issue: Issue, index: int) -> bool:
    touches = index in (issue.figure, *issue.suspects)
    return touches and issue.check_code != _OF_THE_ROW


def _unplaced(correction: Correction, records: Records) -> Issue:
    page = min(correction.page_no, records.page_count)
    document = max(
        (d.ordinal for d in records.documents if d.first_page <= page), default=0
    )
    said = f"{correction.value} ('{correction.raw_text}', {correction.done_by})"
    return Issue(
        document=document,
        check_code=UNPLACED,
        severity=Severity.WARNING,
        message=(
            f"The correction to {said} finds no figure at its place any more; look at "
            "the page and correct it anew, or withdraw it."
        ),
        message_vi=(
            f"Không còn tìm thấy số liệu tại vị trí đã hiệu chỉnh thành {said}; hãy "
            "xem lại trang giấy và hiệu chỉnh lại, hoặc rút lại hiệu chỉnh."
        ),
        page_no=correction.page_no,
        box=correction.box,
        printed=correction.raw_text,
    )
