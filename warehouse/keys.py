"""Keys of a paper's rows, made from its bytes and the place in it.

No sequence of a database is used: loading again, in another order or by another
process gives the same keys.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.errors import WarehouseError
from parsers.records import Document, Figure, Grade, Origin, Unit, Verdict
from parsers.text import one_spelling
from parsers.units.gazetteer import system_of

_SHA256 = re.compile(r"[0-9a-f]{64}")
_KEY_LENGTH = 20  # 80 bits: no two papers of a country share them


def paper_key(file_sha256: str) -> str:
    """Return the key of the paper with these bytes.

    Raises:
        WarehouseError: That is no SHA-256.
    """
    if not _SHA256.fullmatch(file_sha256):
        raise _wrong(f"{file_sha256!r} is no SHA-256 of a file")
    return file_sha256[:_KEY_LENGTH]


def version_key(document: Document) -> str | None:
    """Return what all versions of one document share: issuer, number and date.

    None where one of them is blank: no two papers are the same for lack of a number.
    The unit's code is of the issuer: many communes of the country share a name.
    """
    parts = (document.issuer, document.number, document.issued_on)
    if not all(parts):
        return None
    issuer, number, issued_on = (one_spelling(part or "") for part in parts)
    unit = document.issuing_unit
    code = (unit.code if unit else None) or ""
    return " | ".join((issuer, code, number.replace(" ", ""), issued_on))


def unit_key(figure: Figure, issuer: Unit | None, document_id: str) -> str | None:
    """Return what all figures of one unit share, in this paper and in others.

    Its code with the system that the code is of (the codes of 2025 took those of old
    units); of a village its key under its commune. What has neither is told apart by
    who reports it. A sentence without a place of its own, or of 'toàn huyện', is about
    the whole unit that the issuer is of.
    """
    unit = figure.unit
    if unit is None:
        whole = figure.unit_raw is None or figure.unit_raw[:5] in ("toàn ", "Toàn ")
        is_whole = figure.origin is Origin.PROSE and whole
        return _coded_key(issuer) if is_whole else None
    home = (issuer and issuer.code) or document_id
    return _coded_key(unit) or unit.unit_id or f"{home}/{unit.name}"


def _coded_key(unit: Unit | None) -> str | None:
    if unit is None or unit.code is None:
        return None
    system = system_of(unit)
    return f"{unit.code}@{system}" if system else unit.code


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys of one paper. Lenient: the records may be broken (they are quarantined)."""

    paper_id: str
    ordinals: frozenset[int]
    figures: int
    lenient: bool

    @classmethod
    def of(cls, verdict: Verdict) -> Keys:
        """Return the keys of a verdict's paper.

        Raises:
            WarehouseError: The documents' ordinals tell them not apart.
        """
        records = verdict.records
        ordinals = frozenset(d.ordinal for d in records.documents)
        lenient = verdict.grade is Grade.QUARANTINED
        if not lenient and not 0 < len(ordinals) == len(records.documents):
            raise _wrong(f"{records.file_name}: the documents' ordinals are no keys")
        paper_id = paper_key(records.file_sha256)
        return cls(paper_id, ordinals, len(records.figures), lenient)

    def document(self, ordinal: int) -> str:
        """Key of a document; in quarantine of the first, where there is no such."""
        if ordinal not in self.ordinals:
            if not self.lenient:
                raise _wrong(f"the records name document {ordinal}, which is not there")
            ordinal = min(self.ordinals, default=0)
        return f"{self.paper_id}-{ordinal}"

    def thing(self, letter: str, index: int) -> str:
        """Key of the index-th thing of its sort in the file (index from 0)."""
        return f"{self.paper_id}-{letter}{index + 1}"

    def figure(self, index: int) -> str | None:
        """Key of a figure; None in quarantine, where no figure is loaded."""
        if self.lenient:
            return None
        if not 0 <= index < self.figures:
            raise _wrong(f"a doubt names figure {index}, which is not there")
        return self.thing("f", index)


def _wrong(what: str) -> WarehouseError:
    return WarehouseError(what, todo="Please report this with the paper")
