"""Cells filled with words, and what a second reader's opinion does to them."""

from __future__ import annotations

import pytest

from extractors.model import BBox, Word
from extractors.tables.ruled import Grid, GridCell
from extractors.text_layer.lattice import Lattice
from extractors.text_layer.tables import compare_readings, fill_grid, read_cell
from extractors.turning import TurnedWord

GRID = Grid(
    1,
    2,
    (
        GridCell(0, 0, 1, 1, BBox(0, 0, 100, 40)),
        GridCell(0, 1, 1, 1, BBox(100, 0, 200, 40)),
    ),
    BBox(0, 0, 200, 40),
)


def word(text: str, x: float, y: float, confidence: float = 1.0) -> TurnedWord:
    return TurnedWord(Word(text, BBox(x, y, x + 6 * len(text), y + 12), confidence), 0)


def test_words_go_where_their_middle_is() -> None:
    words = [
        word("Lan", 30, 20),
        word("Hà", 10, 20),
        word("Xã", 10, 4),
        word("949", 92, 10),  # printed a little over the ruling
        word("ngoài", 10, 60),
    ]
    table, used = fill_grid(GRID, words, 3)
    assert [c.text for c in table.cells] == ["Xã Hà Lan", "949"]
    assert used == {0, 1, 2, 3}
    assert {c.page_no for c in table.cells} == {3}


def test_a_sign_without_a_letter_makes_its_cell_doubtful() -> None:
    table, _ = fill_grid(GRID, [word("1\ufffd3", 120, 10, 0.3), word("Xã", 10, 9)], 1)
    assert [c.confidence for c in table.cells] == [1.0, 0.3]


@pytest.mark.parametrize(
    ("theirs", "doubted"),
    [
        ("949", False),
        (" 94\n9 ", False),
        ("994499", False),  # struck twice
        ("9.49", True),
        ("94", True),
        ("", True),
    ],
)
def test_second_opinion(theirs: str, doubted: bool) -> None:
    table, _ = fill_grid(GRID, [word("Xã", 10, 10), word("949", 120, 10)], 1)
    second = [Lattice((("Xã", theirs),), BBox(1, 1, 199, 39))]
    label, figure = compare_readings(table, second, "camelot").cells
    assert (label.confidence, label.readings) == (1.0, ())
    assert (figure.confidence < 1) is doubted
    assert bool(figure.readings) is doubted
    assert figure.text == "949"


def test_another_table_is_no_opinion() -> None:
    table, _ = fill_grid(GRID, [word("949", 120, 10)], 1)
    elsewhere = Lattice((("", "1"),), BBox(0, 400, 200, 440))
    other_shape = Lattice((("", "1", ""),), BBox(0, 0, 200, 40))
    assert compare_readings(table, [elsewhere, other_shape], "camelot") == table


def test_vertical_text_is_read_upwards() -> None:
    words = [
        TurnedWord(Word("hộ", BBox(10, 40, 22, 60)), 90),
        TurnedWord(Word("Số", BBox(10, 64, 22, 84)), 90),
        TurnedWord(Word("nghèo", BBox(24, 40, 36, 84)), 90),
    ]
    assert read_cell(words) == "Số hộ nghèo"
