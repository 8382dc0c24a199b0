import drawn_scans
import numpy as np
import pytest

from extractors.model import Method
from extractors.raster import PageImage
from extractors.scans.ocr import OcrWord
from extractors.scans.scan import (
    darken,
    doubt_covered,
    is_unsure,
    is_word,
    keep_words,
    read_scanned_page,
)

ROWS = [
    ["TT", "Don vi", "So ho", "Ty le"],
    ["1", "Ha Lan", "1.458", "6,79"],
    ["2", "Ba Dinh", "2.706", "3,66"],
    ["3", "Lam Son", "14.932", "0,05"],
]
WIDTHS = [90, 260, 220, 200]
DPI = 144.0
OPTIONS = drawn_scans.Options()


def paper() -> np.ndarray:
    page = drawn_scans.blank_page()
    for k, line in enumerate(("KE HOACH nam 2021", "Tong so ho trong tinh la 1.458")):
        drawn_scans.draw_text(page, line, 100, 100 + 70 * k, 24)
    drawn_scans.draw_table(page, ROWS, 80, 300, WIDTHS)
    for k in range(5):
        drawn_scans.draw_text(
            page, f"{k + 1}. Ban nhan dan tinh giao cho nam", 100, 720 + 70 * k, 24
        )
    return page


def page_image(pixels: np.ndarray) -> PageImage:
    height, width = pixels.shape
    pixels = np.ascontiguousarray(pixels)
    return PageImage(pixels, 3, width * 72 / DPI, height * 72 / DPI, DPI)


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_page_is_read_whichever_way_it_lies(quarters):
    image = page_image(np.rot90(paper(), quarters))
    reading = read_scanned_page(image, OPTIONS)
    page = reading.page
    assert (page.page_no, page.method) == (3, Method.OCR)
    assert page.rotation == 90 * quarters
    text = " ".join(line.text for line in page.lines)
    assert "2021" in text
    assert text.index("2021") < text.index("giao")
    assert "14.932" not in text
    (table,) = reading.fragments
    assert (table.table_no, table.n_rows, table.n_cols) == (0, 4, 4)
    figures = {c.text for c in table.cells if c.row > 0 and c.col != 1}
    assert figures == {t for row in ROWS[1:] for k, t in enumerate(row) if k != 1}


def test_boxes_are_on_the_page_as_it_lies():
    upright = read_scanned_page(page_image(paper()), OPTIONS)
    image = page_image(np.rot90(paper(), -1))
    turned = read_scanned_page(image, OPTIONS)
    one = next(c for c in upright.fragments[0].cells if c.text == "14.932").box
    two = next(c for c in turned.fragments[0].cells if c.text == "14.932").box
    assert one.x0 == pytest.approx((80 + 350) * 72 / DPI, abs=3)
    assert one.y0 == pytest.approx((300 + 240) * 72 / DPI, abs=3)
    assert two.y0 == pytest.approx(one.x0, abs=3)
    assert two.x1 == pytest.approx(image.width - one.y0, abs=3)


def test_a_table_without_rulings_is_found():
    page = drawn_scans.blank_page()
    rows = [
        ["1", "Ha Lan", "949", "3,69"],
        ["2", "Quang Trung", "1296", "2,31"],
        ["3", "Nam Son", "2219", "1,94"],
        ["4", "Lam Son", "2464", "1,75"],
        ["5", "Ba Dinh", "2826", "1,13"],
    ]
    for k, row in enumerate(rows):
        for x, text in zip((90, 180, 520, 740), row, strict=True):
            drawn_scans.draw_text(page, text, x, 400 + 70 * k)
    reading = read_scanned_page(page_image(page), OPTIONS)
    (table,) = reading.fragments
    assert (table.n_rows, table.n_cols) == (5, 4)
    found = {(c.row, c.col): c.text for c in table.cells}
    assert all(found[k, 2] == row[2] for k, row in enumerate(rows))
    assert all(found[k, 3] == row[3] for k, row in enumerate(rows))


def test_a_bare_page_is_a_page():
    reading = read_scanned_page(page_image(drawn_scans.blank_page()), OPTIONS)
    assert reading.page.lines == ()
    assert reading.fragments == ()


WORDS = [
    ("Kế", 0.9, 25, True),
    ("-", 0.3, 5, True),
    ("»", 0.3, 20, False),
    ("ỉ,", 0.1, 25, False),
    ("1.45B", 0.05, 30, True),
    ("nghèo", 0.2, 25, True),
    ("OOOO", 0.1, 120, False),
    ("'", 0.9, 8, False),
    ("°|", 0.9, 20, False),
]


@pytest.mark.parametrize(("text", "confidence", "tall", "kept"), WORDS)
def test_strokes_are_no_words(text, confidence, tall, kept):
    assert is_word(OcrWord(text, (0, 0, 50, tall), confidence), 20.0) is kept


def test_a_numeral_before_a_heading_is_kept_a_stroke_in_the_white_is_not() -> None:
    heading = OcrWord("MỤC", (100, 100, 180, 130), 0.95)
    numeral = OcrWord("II.", (60, 101, 85, 130), 0.0)
    stroke = OcrWord("ll", (400, 300, 420, 330), 0.0)
    assert keep_words([numeral, heading, stroke], 20.0) == [numeral, heading]


def test_a_speck_too_narrow_for_an_underscore_is_none() -> None:
    assert not is_word(OcrWord("__", (0, 0, 8, 8), 0.8), 20.0)
    assert is_word(OcrWord("__", (0, 0, 44, 3), 0.8), 20.0)


def test_a_figure_that_a_black_seal_has_cut_is_doubted():
    covered = np.zeros((200, 400), np.uint8)
    covered[:, 110:130] = 1
    words = [
        OcrWord("32", (60, 90, 105, 120), 0.96),
        OcrWord("ho", (60, 150, 105, 180), 0.96),
        OcrWord("14.932", (160, 90, 250, 120), 0.96),
    ]
    doubted = doubt_covered(words, covered, 20.0)
    assert [w.confidence > 0.5 for w in doubted] == [False, True, True]


def test_a_mark_read_as_a_word_of_its_own_is_none() -> None:
    name = OcrWord("Giang", (100, 100, 190, 130), 0.92)
    mark = OcrWord("Si", (130, 96, 150, 102), 0.23)
    after = OcrWord("A", (200, 100, 224, 125), 0.92)
    assert keep_words([name, mark, after], 18.0) == [name, after]


def test_a_page_with_many_words_in_doubt_is_unsure() -> None:
    def words(unsure: int) -> list[OcrWord]:
        found = [0.5] * unsure + [0.95] * (40 - unsure)
        return [OcrWord("ngheo", (0, 0, 90, 20), trust) for trust in found]

    assert is_unsure(words(8))
    assert not is_unsure(words(1))
    assert not is_unsure(words(8)[:7])


def test_grey_becomes_darker_and_white_and_black_stay() -> None:
    assert darken(np.array([[0, 255]], np.uint8)).tolist() == [[0, 255]]
    assert darken(np.array([[180]], np.uint8))[0, 0] < 150
