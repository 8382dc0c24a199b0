import cv2
import drawn_scans
import numpy as np
import pytest

from extractors.scans.ink import find_ink
from extractors.scans.shading import clean_page, drop_drawings
from extractors.scans.steps import Step


def test_light_that_falls_off_is_flattened_and_ink_is_not():
    page = drawn_scans.prose_page().astype(float)
    shade = np.linspace(1.0, 0.5, page.shape[1])[None, :]
    flat = clean_page((page * shade).astype(np.uint8)).gray
    assert np.percentile(flat, 20) > 235
    there = find_ink(drawn_scans.prose_page()).astype(bool)
    seen = find_ink(flat).astype(bool)
    assert (there == seen).mean() > 0.98


def test_the_desk_around_a_photographed_page_becomes_paper():
    page = np.full((1600, 1200), 60, np.uint8)
    page[60:1540, 40:1160] = drawn_scans.prose_page(1480, 1120)
    flat = clean_page(page).gray
    assert flat[:40].min() > 200
    assert flat[:, :25].min() > 200
    assert find_ink(flat).sum() > 1000


@pytest.mark.parametrize("dark", [0.5, 0.3, 0.2])
def test_print_at_the_edge_of_a_page_in_deep_shadow_survives(dark):
    page = drawn_scans.prose_page()
    across = np.linspace(0, 1, page.shape[1])[None, :]
    shade = dark + (1 - dark) / (1 + np.exp((0.25 - across) / 0.04))
    flat = clean_page((page * shade).astype(np.uint8)).gray
    there = find_ink(page).astype(bool)[:, 60:]
    seen = find_ink(flat).astype(bool)[:, 60:]
    assert (there & ~seen).sum() < 0.1 * there.sum()
    assert (seen & ~there).sum() < 0.1 * there.sum()


def test_a_seal_is_dropped_and_print_stays():
    page = drawn_scans.prose_page()
    plain = find_ink(page).sum()
    cv2.circle(page, (800, 1320), 60, 0, 4)
    left = find_ink(drop_drawings(page, 16.0)).sum()
    assert abs(int(left) - int(plain)) < 0.01 * plain


def test_colour_and_light_can_be_left_as_they_are():
    page = np.dstack([drawn_scans.blank_page() // 2] * 3)
    drawn_scans.draw_seal(page, (800, 700), 120, (205, 40, 45))
    neither = clean_page(page, frozenset({Step.COLOUR, Step.LIGHT})).gray
    assert neither.max() < 130
    assert neither.min() < 50
    lifted = clean_page(page, frozenset({Step.LIGHT})).gray
    assert lifted.max() < 170
    assert lifted.min() > 90
