"""Characters to words: what must never be glued, and what must never be torn."""

from __future__ import annotations

from extractors.model import BBox
from extractors.tables.rulings import Ruling
from extractors.text_layer.chars import Glyph, join_glyphs


def glyphs(x: float, y: float, text: str, size: float = 12.0) -> list[Glyph]:
    """Letters half as wide as high, upright, with the baseline at ``y``."""
    step = size / 2
    return [
        Glyph(
            c,
            BBox(x + i * step, y - 0.75 * size, x + (i + 1) * step, y + 0.25 * size),
            0,
            size,
            x + i * step,
            y,
        )
        for i, c in enumerate(text)
    ]


def texts(every: list[Glyph], rulings: tuple[Ruling, ...] = ()) -> list[str]:
    return [w.word.text for w in join_glyphs(every, rulings)]


def test_spaces_and_gaps_part_words() -> None:
    assert texts(glyphs(0, 10, "Hộ nghèo") + glyphs(60, 10, "332")) == [
        "Hộ",
        "nghèo",
        "332",
    ]


def test_order_of_drawing_does_not_matter() -> None:
    every = glyphs(0, 10, "15,883")
    assert texts(every[::-1]) == ["15,883"]


def test_a_ruling_parts_figures_that_touch() -> None:
    """Two narrow columns: 12 and 34 must never become 1234."""
    every = glyphs(0, 10, "1234")
    wall = Ruling(horizontal=False, at=12.0, start=0.0, end=20.0)
    assert texts(every, (wall,)) == ["12", "34"]


def test_a_ruling_elsewhere_parts_nothing() -> None:
    wall = Ruling(horizontal=False, at=12.0, start=100.0, end=200.0)
    assert texts(glyphs(0, 10, "1234"), (wall,)) == ["1234"]


def test_a_raised_mark_never_becomes_a_digit_of_the_figure() -> None:
    """'dưới 24%' with footnote 1, and '33' with footnote 2."""
    percent = glyphs(0, 20, "24%") + glyphs(18, 16, "1", 7.0) + glyphs(22, 20, ";")
    assert texts(percent) == ["24%¹;"]
    assert texts(glyphs(0, 20, "33") + glyphs(12, 16, "2", 7.0)) == ["33²"]
    assert texts(glyphs(0, 20, "8m") + glyphs(12, 16, "2", 7.0)) == ["8m²"]


def test_a_small_line_above_is_no_raised_mark() -> None:
    assert texts(glyphs(0, 20, "33") + glyphs(0, 6, "2024", 7.0)) == ["2024", "33"]


def test_letters_struck_twice_are_read_once() -> None:
    """Bold made by printing twice, a fraction of a point apart."""
    assert texts(glyphs(0, 10, "11.100") + glyphs(0.3, 10, "11.100")) == ["11.100"]


def test_marks_drawn_by_themselves_join_their_letter() -> None:
    base = glyphs(0, 10, "he")
    mark = Glyph("\u0323", base[1].box, 0, 12.0, 12.0, 10.0)
    circumflex = Glyph("\u0302", base[1].box, 0, 12.0, 12.0, 10.0)
    assert texts([*base, circumflex, mark]) == ["hệ"]


def test_soft_hyphen_is_the_minus_that_is_seen() -> None:
    assert texts(glyphs(0, 10, "\u00ad5,2")) == ["-5,2"]


def test_text_that_runs_upwards() -> None:
    letters = [
        Glyph(
            c, BBox(50, 100 - 6 * i - 6, 62, 100 - 6 * i), 90, 12.0, 59.0, 100 - 6 * i
        )
        for i, c in enumerate("Số hộ")
    ]
    words = join_glyphs(letters)
    assert [w.word.text for w in words] == ["Số", "hộ"]
    assert {w.direction for w in words} == {90}
    assert words[0].word.box == BBox(50, 88, 62, 100)
