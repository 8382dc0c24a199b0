import drawn_scans
import pytest

from extractors.scans.straighten import level_page
from extractors.scans.unruled import find_unruled, has_corridor

ROWS = [("Cam Thuy", "1.472", "43"), ("Cam Hieu", "1.779", "37")] * 3


def columns_page(rows):
    """Return a page of prose with columns of words in the middle of it."""
    page = drawn_scans.prose_page(1800)
    page[500 : 540 + 60 * len(rows)] = 255
    for k, row in enumerate(rows):
        for x, text in zip((90, 450, 700), row, strict=True):
            drawn_scans.draw_text(page, text, x, 520 + 60 * k, 24)
    return level_page(page)


def test_prose_is_not_searched():
    assert not has_corridor(level_page(drawn_scans.prose_page()), [])


@pytest.mark.parametrize("count", [3, 4, 6])
def test_white_between_columns_is_seen(count):
    assert has_corridor(columns_page(ROWS[:count]), [])


def test_columns_of_a_table_found_before_are_passed_over():
    page = columns_page(ROWS)
    height, width = page.gray.shape
    taken = (0, int(0.2 * height), width, int(0.7 * height))
    assert not has_corridor(page, [taken])


def test_a_table_without_rulings_is_found():
    (table,) = find_unruled(columns_page(ROWS), [])
    assert table.n_cols == 3
    assert table.n_rows >= len(ROWS)
