import drawn_scans
import numpy as np
import pytest

from extractors.scans.levelling import Trace, fit_bend
from extractors.scans.shading import find_ink
from extractors.scans.steps import Step
from extractors.scans.straighten import choose_zoom, find_turn, level_page


def rows_with_ink(gray: np.ndarray) -> float:
    """Return the share of rows that hold ink: few when lines are level."""
    return float(find_ink(gray).any(axis=1).mean())


@pytest.mark.parametrize("degrees", [-8.0, -3.0, -0.5, 0.0, 1.0, 5.0])
def test_a_tilted_page_is_levelled(degrees):
    page = drawn_scans.prose_page()
    straight = level_page(drawn_scans.rotate(page, degrees))
    assert straight.rotation == 0
    assert rows_with_ink(straight.gray) < rows_with_ink(page) + 0.05


@pytest.mark.parametrize("quarters", [1, 3])
def test_a_page_lying_on_its_side_is_turned(quarters):
    page = np.ascontiguousarray(np.rot90(drawn_scans.prose_page(), quarters))
    straight = level_page(page)
    assert straight.rotation == 90
    assert straight.gray.shape[0] > straight.gray.shape[1]


def test_the_turn_can_be_given():
    page = drawn_scans.prose_page()
    page[20:60, 20:60] = 0
    straight = level_page(page, rotation=180)
    corner = straight.warp.locate(np.array([[960.0, 1360.0]]))
    assert corner[0] == pytest.approx([40, 40], abs=15)


def test_a_point_leads_back_to_the_scan():
    page = drawn_scans.blank_page()
    drawn_scans.draw_text(page, "Hung Yen 2021 Hung Yen 2021", 100, 300)
    drawn_scans.draw_text(page, "Hung Yen 2021 Hung Yen 2021", 100, 900)
    scan = drawn_scans.rotate(page, 4.0)
    straight = level_page(scan)
    ink = np.argwhere(find_ink(straight.gray))[::50, ::-1].astype(float)
    there = (straight.warp.locate(ink) * straight.shrunk).round().astype(int)
    dark = [scan[y - 2 : y + 3, x - 2 : x + 3].min() < 128 for x, y in there]
    assert np.mean(dark) > 0.98


def test_a_bent_page_is_made_level():
    page = drawn_scans.prose_page()
    y, x = np.mgrid[0:1400, 0:1000]
    bent = page[np.clip(y + (14 * np.sin(np.pi * x / 1000)).astype(int), 0, 1399), x]
    straight = level_page(np.ascontiguousarray(bent))
    assert rows_with_ink(bent) > rows_with_ink(page) + 0.08
    assert rows_with_ink(straight.gray) < rows_with_ink(page) + 0.04


def test_a_bare_page_is_left_alone():
    assert find_turn(find_ink(drawn_scans.blank_page())) == (0, 0.0)
    assert level_page(drawn_scans.blank_page()).rotation == 0


@pytest.mark.parametrize(
    ("x_height", "zoom"), [(20, 1.0), (22, 1.0), (10, 1.8), (36, 0.5), (1, 4.0)]
)
def test_text_is_brought_to_a_readable_size(x_height, zoom):
    assert choose_zoom(x_height) == pytest.approx(zoom)


def test_a_bend_is_found_through_broken_lines():
    along = np.arange(0, 1000, 20.0)
    traces = [
        Trace(along[k::2], y + 0.00002 * along[k::2] ** 2 + 0.01 * along[k::2])
        for k, y in enumerate(range(0, 400, 50))
        if k < 2 or along[k::2].size
    ]
    bend = fit_bend([t for t in traces if len(t.along) > 3], 10.0)
    assert bend is not None
    stray = bend.measure(np.array([0.0, 1000.0]), np.array([100.0, 100.0]))
    assert stray[1] - stray[0] == pytest.approx(30, abs=1.0)


def test_too_few_lines_say_nothing():
    assert fit_bend([Trace(np.arange(5.0), np.arange(5.0))], 10.0) is None


def test_each_step_can_be_left_out():
    tilted = drawn_scans.rotate(drawn_scans.prose_page(), 3.0)
    left = level_page(tilted, skip=frozenset({Step.SKEW, Step.BEND}))
    assert rows_with_ink(left.gray) > rows_with_ink(level_page(tilted).gray) + 0.1
    sideways = np.ascontiguousarray(np.rot90(drawn_scans.prose_page()))
    assert level_page(sideways, skip=frozenset({Step.SIDE})).rotation == 0
    small = np.ascontiguousarray(drawn_scans.prose_page()[::2, ::2])
    assert level_page(small, skip=frozenset({Step.SIZE})).gray.shape[0] < 750
    assert level_page(small).gray.shape[0] > 750
