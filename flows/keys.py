"""Keys of kept stages: the same key means that the same would come out again.

The key of a stage is made of the code that makes it, its options and the key of the
stage before it. New vocabulary thus gives new records from kept evidence, without OCR.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path

_PROJECT = Path(__file__).resolve().parent.parent
_PACKAGES = ("extractors", "parsers", "expectations", "warehouse")
_KEY_LENGTH = 16


@dataclass(frozen=True, slots=True)
class StageKeys:
    """The keys of what reading, parsing and checking give now."""

    evidence: str
    records: str
    verdict: str


def stage_keys(manner: str, gate: object = "") -> StageKeys:
    """Return the keys for this manner of reading and this gate of the checks.

    The gate may be any value with a full repr.
    """
    evidence = _digest(package_digest("extractors"), manner)
    records = _digest(evidence, package_digest("parsers"))
    verdict = _digest(records, package_digest("expectations"), repr(gate))
    return StageKeys(evidence, records, verdict)


def corrected_key(verdict: str, corrections: Sequence[object]) -> str:
    """Return the key of a verdict on figures as people have corrected them."""
    return _digest(verdict, repr(corrections)) if corrections else verdict


def code_version() -> str:
    """Return the version that rows are marked with: '0.1.0+' and a digest of all code.

    The digest tells two states of a checkout apart that have one version number.
    """
    every = _digest(*(package_digest(name) for name in _PACKAGES))
    return f"{metadata.version('sohoa')}+{every[:8]}"


@lru_cache(maxsize=8)
def package_digest(package: str) -> str:
    """Return a digest of all that is in a package: its code, its words, its models."""
    digest = hashlib.sha256()
    folder = _PROJECT / package
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(folder)).encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:_KEY_LENGTH]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_KEY_LENGTH]
