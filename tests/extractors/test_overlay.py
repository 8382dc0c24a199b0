import io

import drawn_scans
import numpy as np
import pytest
from PIL import Image

from extractors.model import BBox
from extractors.overlay import Kind, Mark, draw_overlay


@pytest.fixture
def scan(tmp_path):
    path = tmp_path / "scan.png"
    Image.fromarray(drawn_scans.prose_page()).save(path, dpi=(120, 120))
    return path


def draw(path, marks, rotation=0):
    picture = draw_overlay(path, 1, marks, rotation=rotation, max_pixels=10**7)
    return np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"), int)


def colour_box(picture, kind):
    """Return where a colour is, without the legend, in parts of the page."""
    page = picture[44:]
    rows, cols = np.nonzero(np.abs(page - kind.colour).sum(axis=2) < 60)
    height, width = page.shape[:2]
    ends = cols.min() / width, rows.min() / height, cols.max() / width
    return (*ends, rows.max() / height)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_mark_is_framed_where_it_stands(scan, kind):
    found = colour_box(draw(scan, [Mark(kind, BBox(60, 84, 300, 420))]), kind)
    assert found == pytest.approx((0.1, 0.1, 0.5, 0.5), abs=0.01)


def test_what_was_read_is_written(scan):
    box = BBox(60, 84, 300, 420)
    bare = draw(scan, [Mark(Kind.CELL, box)])
    named = draw(scan, [Mark(Kind.CELL, box, "Hộ nghèo")])
    assert (bare != named).any()


def test_a_sideways_page_is_shown_as_it_is_read(scan):
    picture = draw(scan, [Mark(Kind.CELL, BBox(60, 84, 300, 420))], rotation=90)
    assert picture.shape[1] > picture.shape[0]
    found = colour_box(picture, Kind.CELL)
    assert found == pytest.approx((0.5, 0.1, 0.9, 0.5), abs=0.01)


def test_a_page_without_marks_has_only_the_legend(scan):
    picture = draw(scan, [])
    assert np.ptp(picture[44:], axis=2).max() < 40
    assert np.ptp(picture[:44], axis=2).max() > 100
