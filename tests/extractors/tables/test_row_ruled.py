"""Tables whose rulings part the rows alone."""

from __future__ import annotations

from extractors.model import BBox, Word
from extractors.tables.row_ruled import find_row_ruled
from extractors.tables.ruled import Grid
from extractors.tables.rulings import Ruling

EDGES = (60, 90, 230, 300, 370)
RIGHT = 440
FONT = 11.0


def words(y: float, *texts: tuple[float, str]) -> list[Word]:
    found = []
    for x, text in texts:
        for part in text.split(" "):
            found.append(Word(part, BBox(x, y, x + 5 * len(part), y + 9)))
            x += 5 * len(part) + 3
    return found


def line(y: float, start: float = EDGES[0], end: float = RIGHT) -> Ruling:
    return Ruling(True, y, start, end)


HEAD = [
    *words(112, (62, "TT"), (95, "Don vi, ten xa")),
    *words(103, (320, "Ho ngheo")),
    *words(108, (240, "Tong so")),
    *words(118, (246, "ho"), (312, "So ho"), (380, "Ty le")),
]
HEAD_LINES = [line(100), line(114, EDGES[3]), line(130)]
ROWS = [
    ("", "TOAN HUYEN", "129 870", "21 851", "16,83"),
    ("1", "Xa Ha Lan", "38 120", "1 215", "3,19"),
    ("2", "Phuong Ba Dinh", "12 036", "4 218", "35,04"),
    ("3", "Xa Quang Trung Hai", "", "886", "2,22"),
]
BODY = [
    w
    for n, row in enumerate(ROWS)
    for w in words(133 + 16 * n, *(p for p in zip(EDGES, row, strict=True) if p[1]))
]
BODY_LINES = [line(146 + 16 * n) for n in range(len(ROWS))]


def read(rulings: list[Ruling], ink: list[Word]) -> list[tuple[int, ...]]:
    (grid,) = find_row_ruled(rulings, ink, (), FONT)
    return sorted((c.row, c.col, c.row_span, c.col_span) for c in grid.cells)


def texts(grid: Grid, ink: list[Word], row: int) -> list[str]:
    cells = sorted((c for c in grid.cells if c.row == row), key=lambda c: c.col)
    return [
        " ".join(w.text for w in ink if c.box.contains(*w.box.center)) for c in cells
    ]


def test_rulings_between_rows_alone_make_a_table() -> None:
    ink = HEAD + BODY
    (grid,) = find_row_ruled(HEAD_LINES + BODY_LINES, ink, (), FONT)
    assert (grid.n_rows, grid.n_cols) == (6, 5)
    assert [texts(grid, ink, 2 + n) for n in range(4)] == [list(r) for r in ROWS]


def test_a_ruling_over_part_of_the_width_parts_a_heading_from_its_columns() -> None:
    cells = read(HEAD_LINES + BODY_LINES, HEAD + BODY)
    head = [c for c in cells if c[0] < 2]
    assert head == [
        (0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 2, 1), (0, 3, 1, 2), (1, 3, 1, 1),
        (1, 4, 1, 1),
    ]  # fmt: skip


def test_several_headings_share_the_columns_as_they_are_set() -> None:
    head = [
        *words(103, (185, "Nam 2021"), (372, "Nam 2022")),
        *words(118, (62, "TT"), (120, "Don vi"), (240, "So ho"), (312, "Ty le")),
        *words(118, (380, "So ho")),
    ]
    rulings = [line(100), line(114, EDGES[1]), line(130), *BODY_LINES]
    cells = read(rulings, head + BODY)
    assert [c for c in cells if c[0] == 0] == [
        (0, 0, 2, 1), (0, 1, 1, 3), (0, 4, 1, 1),
    ]  # fmt: skip


def test_a_table_that_goes_on_without_its_head_is_all_rows() -> None:
    cells = read([line(130), *BODY_LINES], BODY)
    assert {c[0] for c in cells} == {0, 1, 2, 3}


def test_a_heading_between_rows_is_one_cell_over_its_words() -> None:
    group = words(197, (EDGES[1], "Khu vuc cac xa vung nong thon mien nui"))
    more = [*words(213, *zip(EDGES, ROWS[1], strict=True)), *BODY]
    rulings = [*HEAD_LINES, *BODY_LINES, line(210), line(226)]
    (grid,) = find_row_ruled(rulings, [*HEAD, *more, *group], (), FONT)
    assert "Khu vuc cac xa vung nong thon mien nui" in texts(grid, group, 6)


def test_lines_of_text_between_rulings_are_no_table() -> None:
    ink = [
        w
        for n in range(5)
        for w in words(103 + 16 * n, (62, f"Thang {n} nam 2022 co 120 ho ngheo moi"))
    ]
    rulings = [line(100 + 16 * n) for n in range(6)]
    assert find_row_ruled(rulings, ink, (), FONT) == ()


def test_text_between_two_tables_of_one_width_is_in_neither() -> None:
    text = [w for n in range(3) for w in words(200 + 12 * n, (62, "mot doan van " * 5))]
    lower = [Word(w.text, BBox(w.box.x0, w.box.y0 + 150, w.box.x1, w.box.y1 + 150))
             for w in HEAD + BODY]  # fmt: skip
    first = [*HEAD_LINES, *BODY_LINES]
    second = [Ruling(True, r.at + 150, r.start, r.end) for r in first]
    grids = find_row_ruled([*first, *second], [*HEAD, *BODY, *text, *lower], (), FONT)
    assert [(g.n_rows, g.n_cols) for g in grids] == [(6, 5), (6, 5)]
    assert not any(g.box.contains(*w.box.center) for g in grids for w in text)


def test_rulings_that_others_cross_are_left_to_those_who_know_grids() -> None:
    upright = Ruling(False, 200.0, 100.0, 190.0)
    rulings = [*HEAD_LINES, *BODY_LINES, upright]
    assert find_row_ruled(rulings, HEAD + BODY, (), FONT) == ()
