import pytest

from extractors.model import BBox, Word
from extractors.tables.aligned import find_aligned
from extractors.tables.open_heads import settle_head

EDGES = (20, 60, 200, 300, 400)
BODY = [
    ("1", "Ha Lan", "949", "3,69"),
    ("2", "Ba Dinh", "1296", "2,31"),
    ("3", "Lam Son", "2219", "1,94"),
    ("4", "Bac Son", "2464", "1,75"),
]


def word(text: str, x: float, y: float) -> Word:
    return Word(text, BBox(x, y, x + 6 * len(text), y + 10))


def table(head: list[Word]) -> list[Word]:
    body = [
        word(text, x, 100 + 16 * k)
        for k, row in enumerate(BODY)
        for text, x in zip(row, EDGES, strict=False)
    ]
    return head + body


def heads(words: list[Word]) -> list[tuple[int, int, int, int, str]]:
    (grid,) = [settle_head(g, words) for g in find_aligned(words)]
    found = []
    for cell in sorted(grid.cells, key=lambda c: (c.row, c.col)):
        inside = [w.text for w in words if cell.box.contains(*w.box.center)]
        if cell.row < grid.n_rows - len(BODY):
            found.append(
                (cell.row, cell.col, cell.row_span, cell.col_span, " ".join(inside))
            )
    assert grid.n_rows - len(BODY) == len({f[0] for f in found})
    return found


def test_staggered_lines_of_a_head_are_one_row():
    head = [
        word("Ho", 205, 68),
        word("Ty", 305, 68),
        word("TT", 20, 76),
        word("Don vi", 62, 76),
        word("ngheo", 200, 84),
        word("le", 305, 84),
    ]
    assert heads(table(head)) == [
        (0, 0, 1, 1, "TT"),
        (0, 1, 1, 1, "Don vi"),
        (0, 2, 1, 1, "Ho ngheo"),
        (0, 3, 1, 1, "Ty le"),
    ]


def test_what_spans_columns_stands_above_them():
    head = [
        word("TT", 20, 76),
        word("Don vi", 62, 76),
        word("Ho ngheo nam 2021", 215, 68),
        word("So ho", 200, 84),
        word("Ty le", 300, 84),
    ]
    assert heads(table(head)) == [
        (0, 0, 2, 1, "TT"),
        (0, 1, 2, 1, "Don vi"),
        (0, 2, 1, 2, "Ho ngheo nam 2021"),
        (1, 2, 1, 1, "So ho"),
        (1, 3, 1, 1, "Ty le"),
    ]


def test_headings_stand_over_headings():
    row = ("1", "Ha Lan", "949", "351", "3,69", "402", "4,21")
    places = (3, 30, 160, 220, 280, 340, 400)
    body = [
        word(text, x, 100 + 16 * k)
        for k in range(4)
        for text, x in zip(row, places, strict=True)
    ]
    head = [
        word("Ket qua ra soat cuoi nam 2022 cua xa", 180, 48),
        *(word("Ngheo nam nay", 230, 64), word("Can ngheo nay", 350, 64)),
        *(word("TT", 0, 70), word("Ten ap", 30, 70), word("Tong so", 150, 68)),
        *(word("ho", 160, 80), word("So ho", 216, 82), word("Ty le", 276, 82)),
        *(word("So ho", 336, 82), word("Ty le", 396, 82)),
    ]
    assert heads(head + body) == [
        (0, 0, 3, 1, "TT"),
        (0, 1, 3, 1, "Ten ap"),
        (0, 2, 1, 5, "Ket qua ra soat cuoi nam 2022 cua xa"),
        (1, 2, 2, 1, "Tong so ho"),
        (1, 3, 1, 2, "Ngheo nam nay"),
        (1, 5, 1, 2, "Can ngheo nay"),
        (2, 3, 1, 1, "So ho"),
        (2, 4, 1, 1, "Ty le"),
        (2, 5, 1, 1, "So ho"),
        (2, 6, 1, 1, "Ty le"),
    ]


def test_a_short_heading_reaches_over_the_columns_whose_print_is_lower():
    row = ("1", "Ha Lan", "949", "351", "3,69", "402", "4,21")
    places = (3, 30, 160, 220, 280, 340, 400)
    body = [
        word(text, x, 100 + 16 * k)
        for k in range(4)
        for text, x in zip(row, places, strict=True)
    ]
    head = [
        *(word("TT", 0, 66), word("Ten ap", 30, 66)),
        *(word("Nam 2021", 206, 50), word("Nam 2022", 358, 50)),
        *(word("Tong so", 150, 72), word("ho", 160, 84)),
        *(word("Ngheo", 216, 78), word("Ty le", 276, 78)),
        *(word("Ngheo", 336, 78), word("Ty le", 396, 78)),
    ]
    assert [h for h in heads(head + body) if h[0] == 0] == [
        (0, 0, 2, 1, "TT"),
        (0, 1, 2, 1, "Ten ap"),
        (0, 2, 1, 3, "Nam 2021"),
        (0, 5, 1, 2, "Nam 2022"),
    ]


def test_a_column_at_half_height_is_under_no_heading():
    head = [
        *(word("TT", 20, 76), word("Don vi", 62, 76), word("So ho", 200, 76)),
        *(word("Nam 2021", 286, 66), word("Ty le", 300, 84)),
    ]
    assert (0, 2, 1, 1, "So ho") in heads(table(head))


def test_two_lines_of_a_heading_are_one_heading():
    head = [
        *(word("TT", 20, 76), word("Don vi", 62, 76)),
        *(word("Ho ngheo nam 2021", 215, 60), word("cuoi nam do", 235, 72)),
        *(word("So ho", 200, 86), word("Ty le", 300, 86)),
    ]
    assert (0, 2, 1, 2, "Ho ngheo nam 2021 cuoi nam do") in heads(table(head))


def test_a_group_row_may_open_a_table():
    group = [word("I", 20, 84), word("Vung thuan loi", 60, 84)]
    head = [
        *(word("TT", 20, 60), word("Don vi", 62, 60)),
        *(word("So ho", 200, 60), word("Ty le", 300, 60)),
    ]
    words = head + group + table([])
    (grid,) = [settle_head(g, words) for g in find_aligned(words)]
    rows = {c.row for c in grid.cells for w in group if c.box.contains(*w.box.center)}
    assert (grid.n_rows, rows) == (6, {1})


def test_what_hangs_over_both_ends_of_a_column_stands_above_its_neighbours():
    row = ("1", "Ha Lan", "949", "35353535", "3,69")
    body = [
        word(text, x, 100 + 16 * k)
        for k in range(4)
        for text, x in zip(row, (3, 30, 160, 200, 270), strict=True)
    ]
    head = [
        word("TT", 0, 76),
        word("Don vi", 30, 76),
        word("Dau nam 20162", 184, 68),
        word("So ho", 150, 84),
        word("Ngheo", 205, 84),
        word("Ty le", 270, 84),
    ]
    assert (0, 2, 1, 3, "Dau nam 20162") in heads(head + body)


@pytest.mark.parametrize("x", [20, 60, 90])
def test_a_title_is_no_head(x):
    head = [
        word("Bieu tong hop ho ngheo trong toan huyen nam", x, 68),
        word("Don vi", 62, 84),
        word("So ho", 200, 84),
        word("Ty le", 300, 84),
    ]
    words = table(head)
    assert all("Bieu" not in text for *_, text in heads(words))


def test_a_table_without_a_head_has_none():
    assert heads(table([])) == []


def test_a_column_begins_beside_the_print_over_figures_at_its_right():
    row = ("1", "Ha Lan", "949", "3,69", "18", "931", "3,62")
    rights = (10, 70, 180, 240, 300, 370, 430)
    body = [
        word(text, right - 6 * len(text), 100 + 16 * k)
        for k in range(4)
        for text, right in zip(row, rights, strict=True)
    ]
    head = [
        *(word("TT", 0, 66), word("Ten ap", 30, 66)),
        *(word("Nam 2021", 180, 50), word("Nam 2022", 370, 50)),
        *(word("Chi tieu", 256, 56), word("giam nam", 256, 68), word("2022", 268, 80)),
        *(word("So ho", 153, 78), word("Ty le", 212, 78)),
        *(word("So ho", 342, 78), word("Ty le", 402, 78)),
    ]
    found = heads(head + body)
    assert (0, 4, 2, 1, "Chi tieu giam nam 2022") in found
    assert (0, 2, 1, 2, "Nam 2021") in found
    assert (0, 5, 1, 2, "Nam 2022") in found
