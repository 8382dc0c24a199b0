import random
import re

import drawn_scans
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.recogniser.reader import decode, read_figures, sum_paths
from extractors.recogniser.shape import HEIGHT, find_ink_box, fit_figure, stretch_ink
from extractors.recogniser.texts import ALPHABET, FIGURE_SIGNS, draw_text, mark_unknown


def crop(text: str, digit: int = 30) -> np.ndarray:
    page = drawn_scans.blank_page(4 * digit, 40 + digit * len(text))
    drawn_scans.draw_text(page, text, 20, digit, digit)
    return page


@pytest.mark.parametrize(
    "text",
    ["0", "7", "99", "1.458", "14.932", "6,79", "0,05", "15,883", "2.09", "-", "21815"],
)
@pytest.mark.parametrize("digit", [18, 30, 60])
def test_plain_figures_are_read(text, digit):
    (read,) = read_figures([crop(text, digit)], digit)
    assert read is not None
    assert read.text == text


@pytest.mark.parametrize("text", ["Ha Lan", "Tong cong", "Khu vuc"])
def test_words_are_no_figures(text):
    (read,) = read_figures([crop(text)], 30)
    assert read is not None
    assert not read.is_figure


def test_many_crops_keep_their_order():
    texts = [str(k * 37 % 1000) for k in range(70)] + ["12.345.678"]
    read = read_figures([crop(t) for t in texts], 30)
    assert [r.text if r else None for r in read] == texts


def test_no_ink_is_no_reading():
    assert read_figures([drawn_scans.blank_page(60, 100)], 30) == [None]
    assert read_figures([], 30) == []


@given(st.integers(8, 90), st.integers(8, 200), st.floats(6, 60))
def test_any_crop_fits(height, width, text_height):
    rng = np.random.default_rng(height * 1000 + width)
    noise = rng.integers(0, 256, (height, width)).astype(np.uint8)
    fitted = fit_figure(noise, text_height)
    assert fitted is None or (fitted.shape[0] == HEIGHT and fitted.dtype == np.uint8)


def test_a_lone_dash_is_not_blown_up():
    fitted = fit_figure(crop("-"), 30.0)
    assert fitted is not None
    assert (fitted > 128).any(axis=1).sum() < HEIGHT / 3


def test_a_broken_last_digit_stays_in_the_box():
    page = crop("19")
    page[::3] = 255  # a fax drops rows
    box = find_ink_box(stretch_ink(page), 30.0)
    whole = find_ink_box(stretch_ink(crop("19")), 30.0)
    assert box is not None
    assert whole is not None
    assert abs(box[2] - whole[2]) <= 2


@given(st.integers(0, 10_000))
def test_probabilities_of_all_texts_add_up_to_no_more_than_one(seed):
    rng = np.random.default_rng(seed)
    raw = rng.normal(0, 1.5, (3, 3))
    scores = (raw - np.log(np.exp(raw).sum(axis=1, keepdims=True))).astype(np.float32)
    texts = [[], *([a] for a in (1, 2)), *([a, b] for a in (1, 2) for b in (1, 2))]
    texts += [[a, b, c] for a in (1, 2) for b in (1, 2) for c in (1, 2)]
    total = sum(np.exp(sum_paths(scores, t)) for t in texts)
    assert total == pytest.approx(1.0, abs=1e-4)


def test_a_text_is_as_sure_as_its_paths():
    scores = np.log(np.array([[0.1, 0.9], [0.2, 0.8]], np.float32))
    read = decode(scores)
    assert read.text == ALPHABET[0]
    assert read.confidence == pytest.approx(1 - 0.1 * 0.2, abs=1e-4)


MARKED = [
    ("1.458", "1.458"),
    ("Xã Hà Lan", "?"),
    ("12 hộ", "12?"),
    ("II", "II"),
    ("I+II", "I+II"),
    ("10=8/1", "10=8/1"),
    ("Việt", "?"),
    ("≥ 97%", "?97%"),
]


@pytest.mark.parametrize(("text", "marked"), MARKED)
def test_what_the_reader_is_taught_to_say(text, marked):
    assert mark_unknown(text) == marked


@given(st.integers(0, 100_000))
def test_every_text_drawn_can_be_said(seed):
    text = draw_text(random.Random(seed))
    assert text == text.strip()
    assert set(mark_unknown(text)) <= set(ALPHABET)
    if not re.search(r"[^0-9.,\-%()/ ]", text):
        assert mark_unknown(text) == text
        assert set(text) <= set(FIGURE_SIGNS)
