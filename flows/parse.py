"""Parses with the words and units known now: where files meet the pure parsers."""

from __future__ import annotations

from extractors.model import Evidence
from flows.vocabulary import load_gazetteer, load_vocabulary
from parsers.paper import parse_paper
from parsers.records import Records


def parse_evidence(evidence: Evidence) -> Records:
    """Return what a paper says."""
    return parse_paper(evidence, load_vocabulary(), load_gazetteer())
