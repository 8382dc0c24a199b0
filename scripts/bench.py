"""How fast the sample papers are read, beside Tesseract alone, and a table checked."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import bench_checks
import bench_mutations
import bench_night
import bench_parse
import bench_scans
import bench_units
import bench_warehouse
import pypdfium2

from extractors.model import Method
from extractors.pool import PageReader

SAMPLES = Path(__file__).resolve().parent.parent / "raw" / "samples"
DPI = 300


def seconds_of_tesseract(paper: Path) -> float:
    """Return how long Tesseract takes for bare pages, one after another."""
    with tempfile.TemporaryDirectory() as folder:
        pages = []
        for number, page in enumerate(pypdfium2.PdfDocument(paper)):
            pages.append(Path(folder) / f"{number}.png")
            page.render(scale=DPI / 72, grayscale=True).to_pil().save(pages[-1])
        started = time.monotonic()
        for image in pages:
            command = ["tesseract", str(image), "-", "-l", "vie", "--psm", "6"]
            subprocess.run(command, capture_output=True, check=True)  # noqa: S603
        return time.monotonic() - started


def main() -> None:
    """Write a line for each sample: seconds a page here, and of Tesseract alone."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    write = sys.stdout.write
    write(f"{'paper':32}{'pages':>6}{'s a page':>10}{'Tesseract alone':>17}\n")
    with PageReader(workers=1) as reader:
        reader.read(min(SAMPLES.glob("*.pdf")))  # the libraries are loaded now
        for paper in sorted(SAMPLES.glob("*.pdf")):
            started = time.monotonic()
            evidence = reader.read(paper)
            pages = len(evidence.pages)
            took = (time.monotonic() - started) / pages
            is_scan = any(page.method is Method.OCR for page in evidence.pages)
            bare = f"{seconds_of_tesseract(paper) / pages:.2f}" if is_scan else "-"
            write(f"{paper.name:32}{pages:6}{took:10.2f}{bare:>17}\n")
    write("\n")
    bench_parse.main()
    write("\n")
    bench_checks.main()
    write("\n")
    bench_mutations.main()
    write("\n")
    bench_units.main()
    write("\n")
    scans = sorted(SAMPLES.glob("*.*00.pdf"))
    bench_scans.main(scans)
    write("\n")
    bench_night.main(scans)
    write("\n")
    bench_warehouse.main()


if __name__ == "__main__":
    main()
