from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from reportlab.pdfgen import canvas

from extractors.errors import (
    DamagedPdfError,
    EncryptedPdfError,
    LimitExceededError,
    NotAPaperError,
)
from extractors.raster import count_image_pages, load_page_image

MANY = 10_000_000


def scan_pixels(height: int = 400, width: int = 300) -> np.ndarray:
    pixels = np.full((height, width), 255, np.uint8)
    pixels[20:40, 30:250] = 0  # a mark near the top tells up from down
    return pixels


def save_scan(path: Path, pixels: np.ndarray, dpi: float = 100) -> Path:
    Image.fromarray(pixels).save(path, resolution=dpi, dpi=(dpi, dpi))
    return path


def test_a_page_that_is_one_image_keeps_its_own_pixels(tmp_path):
    path = save_scan(tmp_path / "scan.pdf", scan_pixels())
    image = load_page_image(path, 1, max_pixels=MANY)
    assert image.pixels.shape == (400, 300)
    assert image.dpi == pytest.approx(100)
    assert (image.width, image.height) == pytest.approx((216, 288))
    assert image.pixels[30, 100] < 60 < 200 < image.pixels[370, 100]


def test_a_page_shown_turned_is_given_turned(tmp_path):
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(save_scan(tmp_path / "a.pdf", scan_pixels()))
    document[0].set_rotation(90)
    path = tmp_path / "turned.pdf"
    document.save(path)
    image = load_page_image(path, 1, max_pixels=MANY)
    assert image.pixels.shape == (300, 400)
    assert (image.width, image.height) == pytest.approx((288, 216))
    assert image.pixels[100, 370] < 60  # what was above is at the right now


def test_print_over_a_scan_is_drawn_too(tmp_path):
    scan = save_scan(tmp_path / "scan.png", scan_pixels())
    path = tmp_path / "stamped.pdf"
    page = canvas.Canvas(str(path), pagesize=(216, 288))
    page.drawImage(str(scan), 0, 0, 216, 288)
    page.rect(100, 100, 40, 40, fill=1)
    page.save()
    image = load_page_image(path, 1, max_pixels=MANY)
    middle = image.pixels[round(168 / 72 * image.dpi), round(120 / 72 * image.dpi)]
    assert np.all(middle < 60)


def test_a_page_without_an_image_is_drawn_at_300_dpi(tmp_path):
    path = tmp_path / "drawn.pdf"
    page = canvas.Canvas(str(path), pagesize=(200, 100))
    page.drawString(20, 50, "Kế hoạch")
    page.save()
    image = load_page_image(path, 1, max_pixels=MANY)
    assert image.dpi == pytest.approx(300, rel=0.01)


@pytest.mark.parametrize(("suffix", "pages"), [("png", 1), ("jpg", 1), ("tif", 3)])
def test_images_are_pages(tmp_path, suffix, pages):
    path = tmp_path / f"scan.{suffix}"
    frames = [Image.fromarray(scan_pixels()) for _ in range(pages)]
    more = {"save_all": True, "append_images": frames[1:]} if pages > 1 else {}
    frames[0].save(path, dpi=(100, 100), **more)
    assert count_image_pages(path) == pages
    image = load_page_image(path, pages, max_pixels=MANY)
    assert image.page_no == pages
    assert image.pixels.shape == (400, 300)


def test_an_image_without_a_believable_resolution_is_a4(tmp_path):
    path = tmp_path / "photo.png"
    Image.fromarray(scan_pixels(3508, 2480)).save(path, dpi=(10, 10))
    image = load_page_image(path, 1, max_pixels=MANY)
    assert image.height == pytest.approx(842)


def test_a_fax_with_fewer_lines_than_columns_to_the_inch_is_drawn_out(tmp_path):
    """ITU-T T.4: 204 columns to the inch, 98 lines in its standard resolution."""
    squashed = scan_pixels(1146, 1728)
    for name, dots in (("fax.tif", Image.fromarray(squashed).convert("1")),
                       ("fax.png", Image.fromarray(squashed))):  # fmt: skip
        dots.save(tmp_path / name, dpi=(204, 98))
        image = load_page_image(tmp_path / name, 1, max_pixels=MANY)
        assert image.pixels.shape == (pytest.approx(2386, abs=3), 1728)
        assert (image.width, image.height) == pytest.approx((610, 842), abs=1)


def test_a_squashed_scan_in_a_pdf_is_drawn_out(tmp_path):
    path = tmp_path / "fax.pdf"
    Image.fromarray(scan_pixels(300, 500)).save(tmp_path / "fax.png")
    drawing = canvas.Canvas(str(path), pagesize=(216, 288))
    drawing.drawImage(str(tmp_path / "fax.png"), 0, 0, 216, 288)
    drawing.save()
    image = load_page_image(path, 1, max_pixels=MANY)
    assert image.pixels.shape == (pytest.approx(667, abs=2), 500)
    assert (image.width, image.height) == pytest.approx((216, 288))


def test_see_through_paper_is_white(tmp_path):
    path = tmp_path / "clear.png"
    Image.new("RGBA", (50, 70), (0, 0, 0, 0)).save(path)
    assert load_page_image(path, 1, max_pixels=MANY).pixels.min() == 255


@pytest.mark.parametrize("suffix", ["pdf", "png"])
def test_too_many_pixels_are_refused(tmp_path, suffix):
    path = save_scan(tmp_path / f"large.{suffix}", scan_pixels())
    with pytest.raises(LimitExceededError, match="page 1"):
        load_page_image(path, 1, max_pixels=1000)


def test_what_is_no_image_says_so(tmp_path):
    path = tmp_path / "text.png"
    path.write_text("not a picture")
    with pytest.raises(NotAPaperError, match=r"text\.png"):
        load_page_image(path, 1, max_pixels=MANY)


def test_what_is_no_pdf_says_so(tmp_path):
    path = tmp_path / "text.pdf"
    path.write_text("%PDF-1.7 and no more")
    with pytest.raises(DamagedPdfError, match=r"text\.pdf"):
        load_page_image(path, 1, max_pixels=MANY)


def test_its_bytes_say_what_a_file_is_not_its_name(tmp_path):
    path = tmp_path / "scan.image"
    save_scan(tmp_path / "scan.png", scan_pixels()).rename(path)
    assert load_page_image(path, 1, max_pixels=MANY).pixels.shape == (400, 300)


@pytest.mark.parametrize("name", ["scan.pdf", "scan.png"])
def test_a_resolution_can_be_asked_for(tmp_path, name):
    path = save_scan(tmp_path / name, scan_pixels(1170, 827))
    image = load_page_image(path, 1, max_pixels=MANY, dpi=150)
    assert image.pixels.shape[0] == pytest.approx(1755, abs=2)
    assert image.dpi == pytest.approx(150, abs=0.2)
    assert image.height == pytest.approx(842, abs=2)


def test_a_locked_pdf_says_so(tmp_path):
    path = tmp_path / "locked.pdf"
    page = canvas.Canvas(str(path), encrypt="secret")
    page.drawString(20, 50, "a")
    page.save()
    with pytest.raises(EncryptedPdfError, match="password"):
        load_page_image(path, 1, max_pixels=MANY)
