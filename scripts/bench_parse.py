"""How fast evidence becomes records, in a new process and for each later paper.

Each paper is parsed once: what is kept of texts seen before helps no figure here.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from extractors.model import Evidence
from extractors.pool import PageReader
from flows.vocabulary import load_gazetteer, load_vocabulary
from parsers.paper import parse_paper

SAMPLES = Path(__file__).resolve().parent.parent / "raw" / "samples"
TEN_PAGES = 10
GOAL = 0.3
"""Seconds for a paper of ten pages."""


def seconds_to_parse(evidence: Evidence) -> float:
    """Return how long the parsing of one paper takes."""
    vocabulary, gazetteer = load_vocabulary(), load_gazetteer()
    started = time.process_time()
    parse_paper(evidence, vocabulary, gazetteer)
    return time.process_time() - started


def main() -> None:
    """Write a line for each text-layer sample; the first also compiles the words."""
    write = sys.stdout.write
    papers = [p for p in sorted(SAMPLES.glob("*.pdf")) if p.suffixes == [".pdf"]]
    with PageReader(workers=1) as reader:
        evidences = [reader.read(paper) for paper in papers]
    write(f"{'parsed once':32}{'pages':>6}{'seconds':>10}{'for ten pages':>15}\n")
    for number, (paper, evidence) in enumerate(zip(papers, evidences, strict=True)):
        took, pages = seconds_to_parse(evidence), len(evidence.pages)
        first = "  first of the process" if number == 0 else ""
        ten = took / pages * TEN_PAGES
        write(f"{paper.name:32}{pages:6}{took:10.3f}{ten:15.3f}{first}\n")
    write(f"goal: {GOAL} s for a paper of ten pages\n")


if __name__ == "__main__":
    main()
