"""A head that nobody knew, a row for it in the vocabulary, and the parsing anew."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors.pool import PageReader
from flows import keys, vocabulary
from flows.keys import package_digest
from flows.vocabulary import load_vocabulary
from tests.extractors.pdfs import PdfMaker
from tests.flows.home import Home

HEAD = ("TT", "Đơn vị", "Sào ruộng", "Hộ nghèo")
ROWS = (("1", "Xã Cam Tuyền", "120", "35"), ("2", "Xã Cam Hiếu", "95", "28"))
LINES = (
    (80, "ỦY BAN NHÂN DÂN"),
    (80, "HUYỆN CAM LỘ"),
    (80, "Số: 44/KH-UBND"),
    (330, "Cam Lộ, ngày 18 tháng 3 năm 2021"),
    (240, "KẾ HOẠCH"),
    (200, "Giảm nghèo năm 2021"),
    (80, "I. MỤC TIÊU"),
)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A plan with a table one of whose heads no vocabulary has."""
    maker = PdfMaker()
    page = maker.page()
    for number, (x, text) in enumerate(LINES):
        page.text(x, 60 + 20 * number, text)
    top, left, width, height = 220, 80, 110, 24
    for n, row in enumerate((HEAD, *ROWS)):
        for m, text in enumerate(row):
            page.text(left + width * m + 6, top + height * n + 16, text, 10)
    bottom, right = top + height * 3, left + width * 4
    for n in range(4):
        page.line(left, top + height * n, right, top + height * n)
    for m in range(5):
        page.line(left + width * m, top, left + width * m, bottom)
    path = tmp_path / "sao-ruong.pdf"
    maker.save(path)
    return path


@pytest.fixture
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the vocabulary's folder, that a person may add to."""
    root = tmp_path / "project"
    copy = root / "parsers" / "vocabulary"
    shutil.copytree(vocabulary.VOCABULARY_DIR, copy)
    for name in ("extractors", "expectations", "warehouse"):
        (root / name).mkdir()
    monkeypatch.setattr(vocabulary, "VOCABULARY_DIR", copy)
    monkeypatch.setattr(keys, "_PROJECT", root)
    _forget()
    yield copy
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    """Start as a new process does."""
    load_vocabulary.cache_clear()
    package_digest.cache_clear()


def add_row(path: Path, row: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], row, *lines[1:]]) + "\n", encoding="utf-8")


def third_column(home: Home) -> str:
    return home.run(
        "sql",
        "select indicator, indicator_label from v_observation where col_no = 3",
    ).stdout


@pytest.mark.usefixtures("prefect_server")
def test_a_row_for_an_unknown_head_is_all_that_is_needed(
    home: Home, paper: Path, words: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert home.run("ingest", str(paper)).exit_code == 0
    assert "other" in third_column(home)
    assert "Sào ruộng" in third_column(home)
    assert "Sào ruộng" in home.run("status", "--unknown").stdout

    add_row(words / "concepts.csv", "sào ruộng,rice_land,")
    add_row(words / "indicators.csv", "rice_land_sao,other,stock,rice_land,,")
    _forget()

    def unread(*_: object) -> None:
        raise AssertionError("only the parsing is to be done again")

    monkeypatch.setattr(PageReader, "read", unread)
    assert home.run("ingest", str(paper)).exit_code == 0
    assert "rice_land_sao" in third_column(home)
    assert "Sào ruộng" not in home.run("status", "--unknown").stdout
