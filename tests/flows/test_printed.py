from __future__ import annotations

import csv
from pathlib import Path

import pytest

from expectations.check import check
from extractors.model import (
    BBox,
    Cell,
    Evidence,
    Line,
    Method,
    Page,
    RawTable,
    Reading,
    TablePart,
    Word,
)
from flows.look import Look
from flows.overlay import write_overlays
from flows.parse import parse_evidence
from flows.printed import as_text, write_tables

HEAD = ("Đơn vị", "Tổng số hộ", "Hộ nghèo")
ROWS = (("Xã Cam Thủy", "1.472", "43"), ("Xã Cam Hiếu", "1.779", "37"))
UNSURE = (Reading("network", "37", 0.6), Reading("tesseract-digits", "57", 0.5))


def cell(row: int, col: int, text: str, page_no: int, **other: object) -> Cell:
    box = BBox(50 + 100 * col, 200 + 30 * row, 150 + 100 * col, 230 + 30 * row)
    sure = {"row_span": 1, "col_span": 1, "confidence": 1.0, "method": Method.OCR}
    return Cell(row, col, text=text, page_no=page_no, box=box, **{**sure, **other})  # type: ignore[arg-type]


def line(text: str, y: float) -> Line:
    words = text.split()
    places = [BBox(50 + 60 * k, y, 100 + 60 * k, y + 12) for k in range(len(words))]
    return Line(tuple(map(Word, words, places)))


def page(page_no: int, *lines: Line) -> Page:
    return Page(page_no, 595, 842, Method.OCR, lines)


@pytest.fixture
def seen() -> Look:
    """A table with a head of two levels, and one figure that no reader is sure of."""
    cells = [
        cell(0, 0, HEAD[0], 1, row_span=2),
        cell(0, 1, "Năm 2021", 1, col_span=2),
        cell(1, 1, HEAD[1], 1),
        cell(1, 2, HEAD[2], 1),
    ]
    for k, row in enumerate(ROWS):
        cells += [cell(k + 2, col, text, 1) for col, text in enumerate(row)]
    cells[-1] = cell(3, 2, "37", 1, confidence=0.5, readings=UNSURE)
    part = TablePart(1, BBox.around(c.box for c in cells))
    pages = (
        page(1, line("Trước bảng", 100), line("Sau bảng", 500)),
        page(2),
        page(3, line("Trang cuối", 100)),
    )
    table = RawTable(1, 4, 3, tuple(cells), (part,))
    evidence = Evidence(1, "giấy.pdf", "0" * 64, pages, (table,), "")
    return Look(evidence, check(parse_evidence(evidence)), 0.0)


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_pages_are_parted_by_form_feeds(seen: Look) -> None:
    first, second, third = as_text(seen).split("\f")
    assert first.splitlines()[0] == "Trước bảng"
    assert first.splitlines()[-1] == "Sau bảng"
    assert "Xã Cam Thủy\t1.472\t43" in first
    assert (second, third) == ("", "Trang cuối")


def test_the_levels_of_a_head_are_joined(seen: Look, tmp_path: Path) -> None:
    write_tables(seen, tmp_path)
    head, *rows = read_csv(tmp_path / "giấy.table-1.csv")
    assert head == ["Đơn vị", "Năm 2021 | Tổng số hộ", "Năm 2021 | Hộ nghèo"]
    assert rows == [list(row) for row in ROWS]


def test_a_cell_in_doubt_is_listed_with_its_readings(
    seen: Look, tmp_path: Path
) -> None:
    write_tables(seen, tmp_path)
    head, *doubts = read_csv(tmp_path / "giấy.table-1.doubts.csv")
    assert head == ["row", "column", "readings", "reason"]
    ((row, column, readings, reason),) = doubts
    shown = read_csv(tmp_path / "giấy.table-1.csv")
    assert shown[int(row) - 1][int(column) - 1] == "37"
    assert readings == "network: 37 (60%); tesseract-digits: 57 (50%)"
    assert "confidence" in reason


def test_each_page_is_drawn(seen: Look, tmp_path: Path) -> None:
    from PIL import Image

    pages = [Image.new("L", (595, 842), "white") for _ in seen.evidence.pages]
    scan = tmp_path / "giấy.tif"
    pages[0].save(scan, save_all=True, append_images=pages[1:])
    write_overlays(seen, scan, tmp_path / "out", max_pixels=10**7)
    drawn = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert drawn == [f"giấy.page-{n}.png" for n in (1, 2, 3)]
