import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.model import BBox
from extractors.scans.warp import Warp, build_linear, chain, place_nodes

SMALL = st.floats(-0.2, 0.2)
PLACE = st.floats(0, 190)


@given(SMALL, SMALL, st.floats(-50, 50), PLACE, PLACE)
def test_a_linear_map_is_exact_everywhere(a, b, shift, x, y):
    matrix = np.array([[1 + a, b, shift], [-b, 1 - a, 7.0]])
    warp = build_linear((200, 200), matrix)
    point = np.array([[x, y]])
    expected = point @ matrix[:, :2].T + matrix[:, 2]
    assert warp.locate(point) == pytest.approx(expected, abs=1e-6)


@given(PLACE, PLACE)
def test_two_maps_chained_are_one_after_the_other(x, y):
    outer = build_linear((200, 200), np.array([[1.0, 0.1, 3], [-0.1, 1.0, 4]]))
    inner = build_linear((300, 300), np.array([[0.5, 0, 10], [0, 0.5, 20.0]]))
    point = np.array([[x, y]])
    expected = inner.locate(outer.locate(point))
    assert chain(outer, inner).locate(point) == pytest.approx(expected, abs=1e-6)


def test_the_picture_shows_what_the_map_says():
    source = np.arange(200 * 200).reshape(200, 200) % 251
    nodes = place_nodes((100, 80)) + np.array([30.0, 50.0])
    picture = Warp((100, 80), nodes).apply(source.astype(np.uint8))
    assert picture.shape == (80, 100)
    assert (picture == source[50:130, 30:130]).all()


def test_a_box_is_drawn_around_where_it_comes_from():
    turn = np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, 100.0]])
    (box,) = build_linear((100, 100), turn).locate_boxes([BBox(10, 20, 30, 60)])
    assert (box.x0, box.y0, box.x1, box.y1) == pytest.approx((20, 70, 60, 90))
