"""What was read from a paper as lines that a person can compare.

The golden files beside this one hold, for each sample paper, its evidence as read and
the lines made of it. 'make golden' writes both anew; look at the diff.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from extractors.codec import pack, unpack
from extractors.model import Evidence
from extractors.pool import PageReader
from parsers.records import Figure, Records, Unit, Verdict

GOLDEN = Path(__file__).resolve().parent
SAMPLES = GOLDEN.parents[1] / "raw" / "samples"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.pdf"))


def read_samples() -> dict[str, Evidence]:
    """Return the evidence of all samples, without the versions of what read it."""
    with PageReader() as reader:
        return {
            name: replace(reader.read(SAMPLES / f"{name}.pdf"), reader="")
            for name in NAMES
        }


def load_evidence(name: str) -> Evidence:
    """Return the golden evidence of a sample."""
    return unpack((GOLDEN / f"{name}.evidence.json.zst").read_bytes(), Evidence)


def save_evidence(name: str, evidence: Evidence) -> None:
    """Make this the golden evidence, if the paper reads another way than before."""
    path = GOLDEN / f"{name}.evidence.json.zst"
    if not path.exists() or load_evidence(name) != evidence:
        path.write_bytes(pack(evidence))


def render_evidence(evidence: Evidence) -> list[str]:
    """Return the texts of lines and cells; boxes differ in the last digit."""
    lines = [f"p{p.page_no} {line.text}" for p in evidence.pages for line in p.lines]
    cells = [
        f"t{t.table_no} {c.row},{c.col} {c.row_span}x{c.col_span} {c.text}"
        for t in evidence.tables
        for c in t.cells
    ]
    return lines + cells


def render_verdict(verdict: Verdict) -> str:
    """Return heads, figures, tasks, references and doubts, each on a line."""
    return "\n".join([*_records(verdict.records), *_issues(verdict)]) + "\n"


def _records(records: Records) -> Iterator[str]:
    for d in records.documents:
        unit, province = _unit(d.issuing_unit), _unit(d.province)
        yield _line("document", d.ordinal, d.parent, d.kind, d.number, d.symbol,
                    d.issued_on, d.place, d.issuer, unit, province, d.title,
                    d.period_start, d.period_end, d.signer, d.signer_title)  # fmt: skip
    yield from (_figure(f) for f in records.figures)
    for a in records.assignments:
        yield _line("task", a.document, a.section, a.ordinal, a.role, a.agency,
                    *a.partners, *a.units, a.households, a.amount_vnd, *a.deadlines,
                    a.recurrence, a.task)  # fmt: skip
    for b in records.legal_bases:
        yield _line("cites", b.document, b.cited_number, b.cited_on, b.cited_issuer)
    for r in records.recipients:
        yield _line("recipient", r.document, r.ordinal, r.recipient)


def _figure(f: Figure) -> str:
    return _line(
        f.kind, f"p{f.source.page_no}", f.table_no, f.row_no, f.col_no, f.indicator,
        f.group_code, f.year, f.year_to, f.as_of, f.comparator, f.value, f.value_max,
        f.uom, f.per, f.quality, f.row_kind, f.unit_raw, _unit(f.unit),
        f.source.raw_text,
    )  # fmt: skip


def _issues(verdict: Verdict) -> Iterator[str]:
    for i in verdict.issues:
        suspects = len(i.suspects)
        yield _line("doubt", i.check_code, i.severity, i.page_no, i.printed,
                    i.computed, suspects)  # fmt: skip
    yield _line("grade", verdict.grade)


def _unit(unit: Unit | None) -> str | None:
    if unit is None:
        return None
    return "/".join(v for v in (unit.name, unit.kind, unit.code) if v)


def _line(*values: object) -> str:
    return " | ".join("" if value is None else str(value) for value in values)
