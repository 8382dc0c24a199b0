import drawn_scans
import numpy as np
import pytest

from extractors.model import Reading
from extractors.recogniser.reader import FigureReading
from extractors.scans import cells
from extractors.scans.cells import (
    AGREED,
    DOUBTED,
    SURE,
    combine,
    decide,
    is_partial,
    misses_print,
    read_table,
    read_texts,
    trim,
    weigh_agreement,
)
from extractors.scans.cutting import CutCell, cut_cells, find_line_rows, join_lines
from extractors.scans.grid import ScannedTable, find_tables
from extractors.scans.ocr import OcrWord
from extractors.scans.straighten import level_page
from extractors.scans.strokes import find_strokes

ROWS = [
    ["TT", "Don vi", "So ho", "Ty le"],
    ["1", "Ha Lan", "1.458", "6,79"],
    ["2", "Ba Dinh", "2.706", ""],
    ["3", "Lam Son", "14.932", "0,05"],
]
WIDTHS = [90, 260, 220, 200]


def scanned_table(page: np.ndarray | None = None) -> ScannedTable:
    if page is None:
        page = drawn_scans.blank_page()
        drawn_scans.draw_table(page, ROWS, 80, 300, WIDTHS)
    straight = level_page(page)
    strokes = find_strokes(straight.gray, straight.x_height)
    (table,) = find_tables(straight.flat, straight.warp, strokes, straight.x_height)
    return table


def text(words: str, confidence: float = 0.9) -> Reading:
    return Reading("tesseract", words, confidence)


def digits(words: str, confidence: float = 0.9) -> Reading:
    return Reading("tesseract-digits", words, confidence)


# What the network, the reader of words and the reader of digits say; what then stands
# in the cell, and whether it may be trusted.
DECISIONS = [
    (("1.458", 0.99), None, None, "1.458", True),
    (("1.458", 0.80), text("1.458"), digits("1.458"), "1.458", True),
    (("1.458", 0.80), text("l.458"), digits("1.458"), "1.458", True),
    (("12 345", 0.80), text("12345"), digits("12345"), "12 345", True),
    (("130", 0.34), text("130", 0.24), digits("130", 0.42), "130", False),
    (("59", 0.75), text("39", 0.05), digits("39", 0.95), "59", False),
    (("6,79", 0.60), text("6179", 0.9), digits("6779", 0.9), "6,79", False),
    (("II", 0.50), text("H", 0.92), None, "II", False),
    (("V", 0.60), text("Viec", 0.92), None, "Viec", True),
    (("X", 0.52), text("Xã", 0.96), None, "Xã", True),
    (("X", 0.92), text("Xã", 0.40), None, "X", True),
    (("2", 0.62), text("KH 2019", 0.96), digits("2019"), "KH 2019", True),
    (("2", 0.62), text("KH 2019", 0.50), digits("2019"), "2", False),
    (("II", 0.97), None, None, "II", True),
    (("10=8/1", 0.97), None, None, "10=8/1", True),
    (("?", 0.99), text("Ha Lan", 0.93), None, "Ha Lan", True),
    (("10", 0.55), text("lo", 0.4), digits("10", 0.3), "10", False),
    (("10", 0.40), text("Khong co", 0.95), digits("10", 0.3), "Khong co", True),
    (("1?458", 0.60), text("1.458", 0.95), None, "1.458", False),
    (None, text("Tong so ho", 0.95), None, "Tong so ho", True),
    (None, text("", 0.0), None, "", False),
    (("", 0.99), text("~", 0.1), None, "", True),
    (None, text("'Tong cong:", 0.95), None, "Tong cong:", True),
    (None, text("Tong ° | so", 0.95), None, "Tong so", True),
    (None, text("Ea H'leo", 0.95), None, "Ea H'leo", True),
    (None, text("|", 0.95), None, "", False),
    (None, text("B * .", 0.95), None, "B", True),
    (None, text("- Ho ngheo", 0.95), None, "- Ho ngheo", True),
    (None, text("...", 0.95), None, "...", True),
]


@pytest.mark.parametrize(("network", "words", "second", "stands", "sure"), DECISIONS)
def test_what_readers_say_decides(network, words, second, stands, sure):
    figure = FigureReading(*network) if network else None
    read = decide(figure, words, second)
    assert read.text == stands
    assert (read.confidence >= 0.9) is sure


def test_a_doubted_cell_keeps_every_reading():
    read = decide(FigureReading("59", 0.75), text("39"), digits("39"))
    assert [r.text for r in read.readings] == ["59", "39", "39"]
    assert read.confidence <= DOUBTED < AGREED < SURE


def test_ink_nobody_can_read_is_not_an_empty_cell():
    read = decide(FigureReading("?", 0.5), text("", 0.0), None)
    assert (read.text, read.confidence) == ("", 0.0)
    assert read.readings


def test_only_the_surest_of_those_that_agree_counts():
    figure = FigureReading("130", 0.4)
    both = weigh_agreement(figure, [digits("130", 0.5), text("130", 0.5)])
    assert both == pytest.approx(1 - 0.6 * 0.5)
    assert weigh_agreement(figure, [digits("131", 0.9)]) == pytest.approx(0.4)


def test_a_table_is_read_and_empty_cells_are_empty():
    table = scanned_table()
    read = {
        (cell.row, cell.col): said
        for cell, said in zip(table.cells, read_table(table), strict=True)
    }
    for row, texts in enumerate(ROWS[1:], 1):
        for col in (0, 2, 3):
            assert read[row, col].text == texts[col]
            assert read[row, col].confidence >= SURE
    assert read[2, 3].readings == ()
    assert read[1, 1].text == "Ha Lan"


def test_rulings_are_painted_over_and_digits_at_them_are_not():
    page = drawn_scans.blank_page()
    drawn_scans.draw_table(page, ROWS, 80, 300, WIDTHS)
    drawn_scans.draw_text(page, "1", 80 + 90 + 260 + 4, 410)
    cuts = cut_cells(scanned_table(page))
    cut = cuts[6]
    assert cut is not None
    x0, y0, x1, y1 = cut.ink_box
    assert x1 - x0 > 1.8 * (y1 - y0)
    assert y1 - y0 < 0.6 * cut.crop.shape[0]


def test_specks_make_no_print():
    page = drawn_scans.blank_page()
    drawn_scans.draw_table(page, ROWS, 80, 300, WIDTHS)
    rng = np.random.default_rng(5)
    for y, x in rng.integers((470, 660), (530, 840), (12, 2)):
        page[y : y + 2, x : x + 2] = 0
    cuts = cut_cells(scanned_table(page))
    assert cuts[11] is None


def test_lines_of_a_cell_are_joined_to_one():
    page = drawn_scans.blank_page()
    rows = [ROWS[0], ["1", "Tong so", "2", "3"], ["4", "nam nay", "6", "7"]]
    drawn_scans.draw_table(page, rows, 80, 300, WIDTHS, height=180)
    drawn_scans.draw_text(page, "con nam", 190, 600)
    cut = cut_cells(scanned_table(page))[5]
    assert cut is not None
    assert len(find_line_rows(cut)) == 2
    joined = join_lines(cut)
    assert joined.shape[1] > 1.5 * (cut.ink_box[2] - cut.ink_box[0])


TWICE = [
    ("Tong hop cac nhu cau", 0.39, "Tong hop cac nhu cau", 0.96, 0.96),
    ("Tong so", 0.5, "Tong so", 0.4, 0.5),
    ("cuoi nam 2018 '", 0.08, "cuoi nam 2018 -", 0.85, 0.85),
    ("Ho ngheo", 0.4, "Ho can ngheo", 0.9, DOUBTED),
    ("nam 2018", 0.5, "nam 2013", 0.55, DOUBTED),
]


@pytest.mark.parametrize(("first", "sure", "again", "surer", "confidence"), TWICE)
def test_words_read_twice_are_sure_only_if_both_readings_agree(
    first, sure, again, surer, confidence
):
    read = combine(text(first, sure), text(again, surer))
    assert read.confidence == pytest.approx(confidence)


def test_of_two_readings_that_differ_the_one_that_says_more_stands():
    read = combine(text("Tong °", 0.45), text("Tong so ho", 0.9))
    assert (read.text, read.confidence) == ("Tong so ho", DOUBTED)


MARKED = [
    ("26,08.", "26,08"),
    (".29", "29"),
    ("1 733.", "1 733"),
    ("1.", "1."),
    ("1.458", "1.458"),
    ("-", "-"),
]


@pytest.mark.parametrize(("seen", "stands"), MARKED)
def test_a_speck_at_a_figure_is_no_point_and_costs_trust(seen, stands):
    figure = trim(FigureReading(seen, 0.99))
    assert figure.text == stands
    assert (figure.confidence < SURE) is (seen != stands)
    alone = decide(figure, None, None)
    assert (alone.confidence >= SURE) is (seen == stands)


def test_a_figure_beside_a_speck_is_sure_if_another_reader_sees_none():
    read = decide(trim(FigureReading("26,08.", 0.99)), None, digits("26,08."))
    assert (read.text, read.confidence >= SURE) == ("26,08", True)


def test_a_cell_of_very_many_lines_is_no_wider_than_tesseract_takes():
    crop = np.full((24_000, 200), 255, np.uint8)
    for y in range(0, 24_000, 100):
        crop[y + 20 : y + 60, 10:190:40] = 0
    cut = CutCell(crop, (0, 0, 200, 24_000), 20.0)
    assert join_lines(cut).shape[1] < 32_000


def test_ink_of_a_letter_outside_all_words_is_missed():
    crop = drawn_scans.blank_page(80, 400)
    drawn_scans.draw_text(crop, "Tong so", 20, 20)
    ink = np.argwhere(crop < 128)
    whole = OcrWord("Tong so", (20, 0, int(ink[:, 1].max()), 80), 0.9)
    last = OcrWord("so", (120, 0, int(ink[:, 1].max()), 80), 0.9)
    assert not misses_print(crop, [whole], drawn_scans.X_HEIGHT)
    assert misses_print(crop, [last], drawn_scans.X_HEIGHT)
    assert misses_print(crop, [], drawn_scans.X_HEIGHT)


@pytest.mark.parametrize(("lines", "is_in_doubt"), [(1, False), (2, True)])
def test_a_line_as_tall_as_two_may_be_read_in_part(lines, is_in_doubt):
    tall = round(lines * 2.7 * drawn_scans.X_HEIGHT)
    crop = drawn_scans.blank_page(tall, 400)
    word = OcrWord("Tong so", (0, 0, 400, tall), 0.9)
    assert is_partial(crop, [word], drawn_scans.X_HEIGHT) is is_in_doubt


@pytest.mark.parametrize(
    ("trust", "stands", "sure"), [(0.9, "Tổng số hộ", True), (0.7, "Tổng số hộ", False)]
)
def test_a_second_reading_of_all_print_stands_if_it_is_sure(
    monkeypatch, trust, stands, sure
):
    crop = drawn_scans.blank_page(110, 260)
    drawn_scans.draw_text(crop, "Tong", 60, 10)
    drawn_scans.draw_text(crop, "so ho", 60, 44)
    first = [
        OcrWord("số", (0, 0, 150, 300), 0.9),
        OcrWord("hộ", (150, 0, 600, 300), 0.9),
    ]
    second = [OcrWord(w, (0, 0, 600, 300), trust) for w in ("Tổng", "số", "hộ")]
    answers = iter([[first], [second]])
    monkeypatch.setattr(cells, "read_crops", lambda crops, job: next(answers))
    monkeypatch.setattr(cells, "is_partial", lambda *_: True)
    (reading,) = read_texts([CutCell(crop, (50, 10, 200, 100), drawn_scans.X_HEIGHT)])
    assert reading.text == stands
    assert (reading.confidence > DOUBTED) is sure
