import cv2
import drawn_scans
import numpy as np

from extractors.scans.shading import clean_page, drop_drawings, find_ink, lift_red
from extractors.scans.steps import Step


def color_page() -> np.ndarray:
    return np.full((300, 300, 3), 255, np.uint8)


def test_red_ink_is_lifted_and_black_print_under_it_stays():
    page = color_page()
    cv2.circle(page, (150, 150), 100, (220, 40, 50), 20)
    page[145:155, 40:60] = 0  # black print on the ring
    gray = lift_red(page)
    assert gray[150, 245] > 200
    assert gray[150, 50] < 60


def test_blue_ink_stays():
    page = color_page()
    page[100:110, 100:200] = (30, 40, 160)
    assert lift_red(page)[105, 150] < 100


def test_light_that_falls_off_is_flattened_and_ink_is_not():
    page = drawn_scans.prose_page().astype(float)
    shade = np.linspace(1.0, 0.5, page.shape[1])[None, :]
    flat = clean_page((page * shade).astype(np.uint8))
    assert np.percentile(flat, 20) > 235
    there = find_ink(drawn_scans.prose_page()).astype(bool)
    seen = find_ink(flat).astype(bool)
    assert (there == seen).mean() > 0.98


def test_the_desk_around_a_photographed_page_becomes_paper():
    page = np.full((1600, 1200), 60, np.uint8)
    page[60:1540, 40:1160] = drawn_scans.prose_page(1480, 1120)
    flat = clean_page(page)
    assert flat[:40].min() > 200
    assert flat[:, :25].min() > 200
    assert find_ink(flat).sum() > 1000


def test_a_seal_is_dropped_and_print_stays():
    page = drawn_scans.prose_page()
    plain = find_ink(page).sum()
    cv2.circle(page, (800, 1320), 60, 0, 4)
    left = find_ink(drop_drawings(page, 16.0)).sum()
    assert abs(int(left) - int(plain)) < 0.01 * plain


def test_colour_and_light_can_be_left_as_they_are():
    page = np.full((200, 150, 3), (200, 60, 60), np.uint8)
    plain = clean_page(page, frozenset({Step.COLOUR, Step.LIGHT}))
    assert plain.max() < 120
    assert clean_page(page, frozenset({Step.LIGHT})).min() == 200
