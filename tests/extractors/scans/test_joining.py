import numpy as np

from extractors.scans.joining import decide_drawn, square_up


def test_a_line_drawn_nearly_everywhere_needs_little_of_itself():
    shares = np.array([[1.0, 1.0, 0.3, 0.0], [0.0, 0.6, 0.0, 0.0]])
    assert decide_drawn(shares).tolist() == [
        [True, True, True, False],
        [False, False, False, False],
    ]


def test_cells_that_are_no_rectangle_are_joined_until_they_are():
    owner = np.array([[0, 0, 2], [3, 0, 5]])
    assert square_up(owner).tolist() == [[0, 0, 2], [0, 0, 5]]
