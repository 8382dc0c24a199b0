"""Papers that no reader can take, and a home folder for each test."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.flows.home import SAMPLE, Home


@pytest.fixture(scope="session")
def bad_papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One file of each kind that cannot be read."""
    folder = tmp_path_factory.mktemp("bad")
    papers = {
        name: folder / f"{name}.pdf"
        for name in ("missing", "empty", "text", "encrypted", "cut")
    }
    papers["empty"].touch()
    papers["text"].write_text("Kế hoạch giảm nghèo năm 2024")
    canvas = Canvas(str(papers["encrypted"]), encrypt=StandardEncryption("secret"))
    canvas.drawString(72, 720, "Tỷ lệ hộ nghèo")
    canvas.save()
    papers["cut"].write_bytes(SAMPLE.read_bytes()[:2000])
    return papers


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")
