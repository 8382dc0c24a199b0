"""Every record of a paper with its place, the words that said it, and the rule."""

from __future__ import annotations

from collections.abc import Iterable

from flows.look import Look, period
from flows.show import plain_table, write
from parsers.records import Figure, Records, Source

_FIGURES = (
    "page", "table", "row", "col", "kind", "indicator", "group", "year", "as of",
    "value", "uom", "quality", "unit", "printed", "phrase", "rule",
)  # fmt: skip
_OTHERS = ("page", "record", "value", "printed", "rule")
_PRINTED_LENGTH = 60


def explain(seen: Look) -> None:
    """Show the figures, then the other records: where, by which words and rule."""
    records = seen.verdict.records
    write(plain_table(_FIGURES, list(_figures(records))))
    write("", plain_table(_OTHERS, list(_others(records))))


def _figures(records: Records) -> Iterable[tuple[object, ...]]:
    for f in records.figures:
        yield (
            f.source.page_no, f.table_no, f.row_no, f.col_no, f.kind.value, f.indicator,
            f.group_code, _years(f), f.as_of.value if f.as_of else None, f.value,
            f.uom, f.quality.value, f.unit_raw, f.source.raw_text, f.indicator_label,
            f.source.rule,
        )  # fmt: skip


def _years(figure: Figure) -> str:
    return period(figure.year, figure.year_to or figure.year)


def _others(records: Records) -> Iterable[tuple[object, ...]]:
    for document in records.documents:
        yield _other("document", document.number or document.symbol, document.source)
    for task in records.assignments:
        yield _other("task", f"{task.role.value} {task.agency}", task.source)
    for basis in records.legal_bases:
        yield _other("cited paper", basis.cited_number, basis.source)
    for recipient in records.recipients:
        yield _other("recipient", recipient.recipient, recipient.source)
    for annex in records.annexes:
        yield _other("annex", annex.title, annex.source)
    for mention in records.annex_mentions:
        yield _other("annex named", mention.names, mention.source)


def _other(record: str, value: str | None, source: Source) -> tuple[object, ...]:
    return source.page_no, record, value, _short(source.raw_text), source.rule


def _short(text: str) -> str:
    return text if len(text) <= _PRINTED_LENGTH else f"{text[:_PRINTED_LENGTH]}…"
