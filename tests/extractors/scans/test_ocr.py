import drawn_scans
import pytesseract
import pytest

from extractors.errors import DependencyError
from extractors.scans.ocr import (
    DIGITS,
    OcrJob,
    find_language_data,
    read_crops,
    read_picture,
)


def crop(text: str):
    page = drawn_scans.blank_page(120, 60 + 30 * len(text))
    drawn_scans.draw_text(page, text, 30, 30)
    return page


def test_a_picture_gives_words_with_boxes():
    page = drawn_scans.blank_page(300, 900)
    drawn_scans.draw_text(page, "Hung Yen 2021", 100, 100)
    words = read_picture(page, OcrJob("vie", 6))
    assert [w.text for w in words] == ["Hung", "Yen", "2021"]
    assert all(0 < w.confidence <= 1 for w in words)
    assert words[0].box[0] == pytest.approx(100, abs=8)


def test_crops_are_read_together_each_for_itself():
    texts = ["405", "Hung Yen", "14932"]
    found = read_crops([crop(t) for t in texts], OcrJob("vie", 7))
    assert [" ".join(w.text for w in words) for words in found] == texts


def test_digits_only_answers_with_digits():
    (words,) = read_crops([crop("405")], OcrJob("eng", 7, whitelist=DIGITS))
    assert words[0].text == "405"


def test_no_crops_start_no_process(monkeypatch):
    monkeypatch.setattr(pytesseract, "image_to_data", None)
    assert read_crops([], OcrJob("vie", 7)) == []


def test_missing_language_data_says_what_to_install():
    for read in (
        lambda job: read_picture(crop("1"), job),
        lambda job: read_crops([crop("1")], job),
    ):
        with pytest.raises(DependencyError, match="tesseract-ocr-xyz"):
            read(OcrJob("xyz", 7))


def test_a_missing_program_says_what_to_install(monkeypatch):
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", "/nowhere/tesseract")
    with pytest.raises(DependencyError, match="tesseract-ocr"):
        read_crops([crop("1")], OcrJob("vie", 7))
    find_language_data.cache_clear()
    with pytest.raises(DependencyError, match="tesseract-ocr"):
        find_language_data()


def test_what_was_read_before_changes_nothing():
    prose, other = drawn_scans.prose_page(400, 900), crop("14932")
    first = read_picture(prose, OcrJob("vie", 4))
    assert read_picture(other, OcrJob("vie", 7, whitelist=DIGITS))[0].text == "14932"
    assert read_picture(prose, OcrJob("vie", 4)) == first


def test_too_long_is_a_timeout():
    job = OcrJob("vie", 6, timeout=0.01)
    with pytest.raises(TimeoutError):
        read_picture(drawn_scans.prose_page(), job)
    with pytest.raises(TimeoutError):
        read_crops([drawn_scans.prose_page()], job)


@pytest.fixture
def tesseract_4(tmp_path, monkeypatch):
    """A program that lists its languages as Tesseract 4 does, without their folder."""
    program = tmp_path / "bin" / "tesseract"
    program.parent.mkdir()
    program.write_text(
        "#!/bin/sh\nprintf 'List of available languages (1):\\nvie\\n'\n"
    )
    program.chmod(0o755)
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(program))
    find_language_data.cache_clear()
    yield tmp_path
    find_language_data.cache_clear()


@pytest.mark.parametrize(
    "place", ["tessdata", "tesseract/tessdata", "tesseract-ocr/4.00/tessdata"]
)
def test_data_of_tesseract_4_is_found_beside_it(tesseract_4, place):
    folder = tesseract_4 / "share" / place
    folder.mkdir(parents=True)
    assert find_language_data() == str(folder)


def test_data_elsewhere_is_where_the_variable_says(tesseract_4, monkeypatch):
    monkeypatch.setenv("TESSDATA_PREFIX", "/opt/tessdata")
    assert find_language_data() == "/opt/tessdata"
