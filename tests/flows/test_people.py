"""What a paper says of persons is kept from whoever looks into it."""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations.check import check
from extractors.model import BBox, Cell, Evidence, Method, Page, RawTable, TablePart
from flows.look import Look, as_json
from flows.overlay import write_overlays
from flows.parse import parse_evidence
from flows.people import pages_of_people, without_people
from flows.printed import as_text, write_tables

HEAD = ("TT", "Họ và tên chủ hộ", "Số CCCD", "Số khẩu")
ROWS = (
    ("1", "Nguyễn Văn An", "038089001234", "4"),
    ("2", "Lê Thị Bình", "038190005678", "3"),
    ("3", "Trần Văn Cường", "038075009012", "5"),
)
PRIVATE = [text for row in ROWS for text in row[1:3]]


def make_look(*rows: tuple[str, ...]) -> Look:
    cells = []
    for row, texts in enumerate(rows):
        for col, text in enumerate(texts):
            box = BBox(50 + 100 * col, 200 + 30 * row, 150 + 100 * col, 230 + 30 * row)
            cells.append(Cell(row, col, 1, 1, text, 1, box, 1.0, Method.TEXT_LAYER))
    part = TablePart(1, BBox.around(c.box for c in cells))
    table = RawTable(1, len(rows), len(rows[0]), tuple(cells), (part,))
    page = Page(1, 595, 842, Method.TEXT_LAYER, ())
    evidence = Evidence(1, "giấy.pdf", "0" * 64, (page,), (table,), "")
    return Look(evidence, check(parse_evidence(evidence)), 0.0)


@pytest.fixture
def shown() -> Look:
    return without_people(make_look(HEAD, *ROWS))


def test_no_way_of_looking_shows_them(shown: Look, tmp_path: Path) -> None:
    write_tables(shown, tmp_path)
    files = [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()]
    for said in (as_json(shown), as_text(shown), *files):
        assert [text for text in PRIVATE if text in said] == []


def test_the_rest_is_shown(shown: Look) -> None:
    assert as_text(shown).splitlines() == [
        "\t".join(HEAD),
        *("\t".join((row[0], "", "", row[3])) for row in ROWS),
    ]


def test_their_pages_are_not_drawn(tmp_path: Path) -> None:
    seen = make_look(HEAD, *ROWS)
    assert pages_of_people(seen) == {1}
    folder = tmp_path / "out"
    write_overlays(
        seen, tmp_path / "none.pdf", folder, max_pixels=1, without=pages_of_people(seen)
    )
    assert list(folder.iterdir()) == []


def test_a_paper_without_persons_is_shown_whole() -> None:
    seen = make_look(("Đơn vị", "Hộ nghèo"), ("Xã Cam Thủy", "43"))
    assert without_people(seen) is seen
    assert pages_of_people(seen) == frozenset()
