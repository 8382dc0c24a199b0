import drawn_scans
import numpy as np
import pytest

from extractors.raster import PageImage
from extractors.scans.edges import runs_off
from extractors.scans.scan import read_scanned_page
from extractors.scans.straighten import straighten

DPI = 144.0
ROWS = [
    ["TT", "Don vi", "So ho", "Ty le"],
    ["1", "Ha Lan", "1.458", "6,79"],
    ["2", "Ba Dinh", "2.706", "3,66"],
    ["3", "Lam Son", "14.932", "0,05"],
]


def cut_right(page: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(page[:, : int(0.6 * page.shape[1])])


def cut_low(page: np.ndarray) -> np.ndarray:
    return page[:823].copy()  # through a line of print


def black_left(page: np.ndarray) -> np.ndarray:
    dark = page.copy()
    dark[:, :240] = 10
    return dark


def black_gutter(page: np.ndarray) -> np.ndarray:
    light = np.clip((np.arange(page.shape[1]) - 150) / 200, 0.02, 1.0)
    return (page * light[None, :]).astype(np.uint8)


@pytest.mark.parametrize("damage", [cut_right, cut_low, black_left, black_gutter])
def test_print_that_runs_into_what_is_not_seen_is_noticed(damage):
    assert runs_off(straighten(damage(drawn_scans.prose_page())))


def whole(page: np.ndarray) -> np.ndarray:
    return page


def on_a_desk(page: np.ndarray) -> np.ndarray:
    desk = np.full((page.shape[0] + 160, page.shape[1] + 160), 60, np.uint8)
    desk[80:-80, 80:-80] = page
    return desk


def in_shadow(page: np.ndarray) -> np.ndarray:
    light = np.clip(np.arange(page.shape[1]) / 500, 0.3, 1.0)
    return (page * light[None, :]).astype(np.uint8)


@pytest.mark.parametrize("view", [whole, on_a_desk, in_shadow])
def test_a_page_shown_whole_is_no_doubt(view):
    assert not runs_off(straighten(view(drawn_scans.prose_page())))


def test_figures_at_the_edge_of_the_scan_are_doubted():
    page = drawn_scans.blank_page()
    drawn_scans.draw_table(page, ROWS, 80, 300, [90, 260, 220, 200])
    shown = np.ascontiguousarray(page[:, :540])  # '14.932' ends in the middle
    image = PageImage(shown, 1, 540 * 72 / DPI, 1400 * 72 / DPI, DPI)
    reading = read_scanned_page(image, drawn_scans.Options())
    assert reading.page.is_cut
    (table,) = reading.fragments
    last = [c for c in table.cells if c.col == 2 and c.text]
    assert last
    assert all(c.confidence < 0.5 for c in last)
