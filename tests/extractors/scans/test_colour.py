import drawn_scans
import numpy as np
import pytest

from extractors.scans.colour import lift_colours
from extractors.scans.ink import find_ink

RED, BLUE, PURPLE = (205, 40, 45), (35, 50, 165), (110, 40, 160)


def colour_page() -> np.ndarray:
    return np.dstack([drawn_scans.prose_page()] * 3)


def black_left(gray: np.ndarray) -> float:
    """Return the share of the page's black print that is ink and nothing else."""
    there = find_ink(drawn_scans.prose_page()) > 0
    return float((there == (gray < 128)).mean())


@pytest.mark.parametrize("colour", [RED, BLUE, PURPLE])
def test_a_seal_is_lifted_and_black_print_under_it_stays(colour):
    page = colour_page()
    drawn_scans.draw_seal(page, (500, 400), 110, colour)
    assert black_left(lift_colours(page)) > 0.995


def test_a_signature_over_print_is_lifted():
    page = colour_page()
    drawn_scans.draw_signature(page, (300, 500, 700, 620), BLUE)
    assert black_left(lift_colours(page)) > 0.995


@pytest.mark.parametrize("colour", [RED, BLUE])
def test_lines_printed_in_a_colour_stay(colour):
    page = colour_page()
    page[600:800] = 255
    for k, line in enumerate(("Tong so ho ngheo", "14.932 ho, ty le 6,79")):
        drawn_scans.draw_colour_text(page, line, 150, 620 + 70 * k, colour)
    drawn_scans.draw_colour_text(page, "5", 800, 620, colour)
    gray = lift_colours(page)
    printed = page[600:800].min(axis=2) < 80
    assert (gray[600:800][printed] < 140).mean() > 0.98


def test_a_line_in_blue_beside_a_blue_seal_stays():
    page = colour_page()
    page[600:800] = 255
    line = "Tong so ho ngheo nam 2021"
    drawn_scans.draw_colour_text(page, line, 100, 690, BLUE)
    printed = page[600:800].min(axis=2) < 128
    drawn_scans.draw_seal(page, (800, 700), 90, BLUE)
    gray = lift_colours(page)
    assert (gray[600:800, :700][printed[:, :700]] < 140).mean() > 0.98
    assert (gray[780:795, 760:840] > 200).all()


def test_a_page_printed_in_blue_stays_as_it_is():
    black = drawn_scans.prose_page()[:, :, None]
    page = np.where(black < 128, np.array(BLUE, np.uint8), 255).astype(np.uint8)
    drawn_scans.draw_signature(page, (300, 500, 700, 620), BLUE)
    assert find_ink(lift_colours(page)).sum() >= (black < 128).sum()


def test_a_blue_table_keeps_its_rulings():
    page = colour_page()
    for y in range(500, 741, 60):
        page[y : y + 3, 100:900] = BLUE
    for x in range(100, 901, 200):
        page[500:741, x : x + 3] = BLUE
    assert lift_colours(page)[621, 200:290].max() < 140


def test_grey_is_grey():
    page = drawn_scans.prose_page()
    assert (lift_colours(page) == page).all()


@pytest.mark.parametrize("colour", [RED, BLUE])
def test_a_framed_stamp_is_lifted_with_what_it_says(colour):
    page = colour_page()
    page[600:800] = 255
    for place in ((650, 620, 950, 623), (650, 760, 950, 763), (650, 690, 950, 693)):
        page[place[1] : place[3], place[0] : place[2]] = colour
    page[620:763, 650:653] = page[620:763, 947:950] = colour
    drawn_scans.draw_colour_text(page, "DEN so 125", 680, 640, colour)
    assert lift_colours(page)[600:800].min() > 200
