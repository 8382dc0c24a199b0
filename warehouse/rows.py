"""Records to rows: what is loaded of a verdict, with every key made from content.

A record's fields go into columns of the same name; what differs is said here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeAlias

import msgspec

from extractors.model import BBox, Method
from parsers.records import (
    PERSON,
    Annex,
    AnnexMention,
    Assignment,
    Document,
    DocumentKind,
    Figure,
    Issue,
    LegalBasis,
    Recipient,
    Records,
    Source,
    Table,
    TableCell,
    Unit,
    Verdict,
)
from parsers.units.gazetteer import system_of
from warehouse.batch import Batch
from warehouse.deadlines import due_dates
from warehouse.keys import Keys, unit_key, version_key
from warehouse.values import exact_digits, json_list

Rows: TypeAlias = dict[str, Batch]
_Raw: TypeAlias = Mapping[str, object]


def build_rows(verdict: Verdict) -> Rows:
    """Return the rows of a verdict by table, values plain and text in NFC.

    Of a quarantined one only its documents' heads, the doubts and what the suites said.

    Raises:
        WarehouseError: The records name a document or a figure that is not there.
    """
    records, keys = verdict.records, Keys.of(verdict)
    raw: dict[str, Iterable[_Raw]] = {
        "document": _documents(records, keys),
        "quality_issue": _issues(verdict, keys),
        "suite_result": (
            {
                "paper_id": keys.paper_id,
                "ordinal": number,
                **_own(result),
                "success": int(bool(result.success)),
            }
            for number, result in enumerate(verdict.suites, 1)
        ),
    }
    if not keys.lenient:
        raw |= _tables(records, keys) | _contents(records, keys)
        raw["issue_suspect"] = _suspects(verdict, keys)
    made = {table: list(rows) for table, rows in raw.items()}
    return {table: Batch.of(rows) for table, rows in made.items() if rows}


def digest(rows: Rows, *said: str) -> str:
    """Return a digest of the rows and of whatever else is held of the paper."""
    columns = {table: batch.columns for table, batch in rows.items()}
    return hashlib.sha256(msgspec.json.encode([columns, said])).hexdigest()


# Stands for a quarantined paper in which no document was found at all.
_HEADLESS = Document(
    ordinal=0,
    parent=None,
    kind=DocumentKind.OTHER,
    number=None,
    symbol=None,
    issued_on=None,
    place=None,
    issuer=None,
    issuing_unit=None,
    province=None,
    title=None,
    period_start=None,
    period_end=None,
    signer=None,
    signer_title=None,
    first_page=1,
    last_page=1,
    source=Source(1, None, "", Method.TEXT_LAYER, 0.0),
)


def _documents(records: Records, keys: Keys) -> Iterator[_Raw]:
    known = {d.ordinal: d for d in records.documents or (_HEADLESS,)}
    for document in known.values():
        chain = _chain(document, known)
        unit, province = document.issuing_unit, document.province
        yield {
            "document_id": keys.document(document.ordinal),
            "paper_id": keys.paper_id,
            "parent_document_id": keys.document(chain[1]) if chain[1:] else None,
            "root_document_id": keys.document(chain[-1]),
            "version_key": version_key(document),
            **_own(document, "parent", "issuing_unit", "province"),
            "issuing_unit": unit.name if unit else None,
            "issuing_unit_code": unit.code if unit else None,
            "issuing_unit_id": unit.unit_id if unit else None,
            "issuing_unit_system": system_of(unit),
            "province": province.name if province else None,
            "province_code": province.code if province else None,
            **_place(document.source),
        }


def _chain(document: Document, known: Mapping[int, Document]) -> list[int]:
    """Ordinals from a document up to the one that it is in the end attached to."""
    chain = [document.ordinal]
    parent = document.parent
    while parent is not None and parent in known and parent not in chain:
        chain.append(parent)
        parent = known[parent].parent
    return chain


def _tables(records: Records, keys: Keys) -> dict[str, Iterable[_Raw]]:
    tables = [(keys.thing("t", t.table_no - 1), t) for t in records.tables]
    shown = [(key, table, _person_columns(table)) for key, table in tables]
    return {
        "printed_table": [
            {
                "table_id": key,
                "document_id": keys.document(table.document),
                "table_no": table.table_no,
                "page": table.page_no,
                "title": table.title,
                "unit_line": table.unit_line,
            }
            for key, table in tables
        ],
        "table_column": (
            {"table_id": key, **_own(column)}
            for key, table in tables
            for column in table.columns
        ),
        "table_row": (
            {"table_id": key, **_own(row)}
            for key, table in tables
            for row in table.rows
        ),
        "table_cell": (
            {"table_id": key, "cell_no": number, **_cell(cell, persons)}
            for key, table, persons in shown
            for number, cell in enumerate(table.cells, 1)
        ),
        "person_cell": (
            {
                "table_id": key,
                "cell_no": number,
                "text": cell.text,
                "raw_text": cell.source.raw_text,
            }
            for key, table, persons in shown
            for number, cell in enumerate(table.cells, 1)
            if _is_of_person(cell, persons)
        ),
    }


def _person_columns(table: Table) -> frozenset[int]:
    return frozenset(c.col_no for c in table.columns if c.role == PERSON)


def _is_of_person(cell: TableCell, persons: frozenset[int]) -> bool:
    """Whether a body cell stands in a column that tells who a person is."""
    if cell.row_no is None or not persons:
        return False
    return any(cell.col_no <= col < cell.col_no + cell.col_span for col in persons)


def _cell(cell: TableCell, persons: frozenset[int]) -> dict[str, object]:
    row = {**_own(cell), **_place(cell.source)}
    if _is_of_person(cell, persons):
        return row | {"text": "", "raw_text": None}
    return row


def _contents(records: Records, keys: Keys) -> dict[str, Iterable[_Raw]]:
    heads = {document.ordinal: document for document in records.documents}
    return {
        "figure": (
            _figure(index, figure, heads.get(figure.document), keys)
            for index, figure in enumerate(records.figures)
        ),
        "assignment": (
            row
            | {
                "amount_vnd_exact": exact_digits(task.amount_vnd),
                "unit_codes": json_list(place.code for place in task.places),
            }
            for row, task in zip(
                _things(records.assignments, "assignment_id", keys),
                records.assignments,
                strict=True,
            )
        ),
        "assignment_deadline": _deadlines(records, keys),
        "assignment_place": _places(records, keys),
        "legal_basis": _things(records.legal_bases, "basis_id", keys),
        "recipient": _things(records.recipients, "recipient_id", keys),
        "annex": _things(records.annexes, "annex_id", keys),
        "annex_mention": (
            row | {"annex_count": mention.count}
            for row, mention in zip(
                _things(records.annex_mentions, "mention_id", keys),
                records.annex_mentions,
                strict=True,
            )
        ),
    }


def _deadlines(records: Records, keys: Keys) -> Iterator[_Raw]:
    heads = {document.ordinal: document for document in records.documents}
    for index, task in enumerate(records.assignments):
        head = heads[task.document]
        for row in due_dates(task.deadlines, head.period_start, head.period_end):
            yield {"assignment_id": keys.thing("a", index), **row}


_Thing: TypeAlias = Assignment | LegalBasis | Recipient | Annex | AnnexMention

_LETTERS = {
    "assignment_id": "a",
    "basis_id": "b",
    "recipient_id": "r",
    "annex_id": "x",
    "mention_id": "m",
}


def _things(
    things: Sequence[_Thing], key_name: str, keys: Keys
) -> Iterator[dict[str, object]]:
    for index, thing in enumerate(things):
        yield {
            key_name: keys.thing(_LETTERS[key_name], index),
            "document_id": keys.document(thing.document),
            **_own(thing, "page_no", "count", "places"),
            **_place(thing.source),
        }


def _figure(index: int, figure: Figure, head: Document | None, keys: Keys) -> _Raw:
    unit, document_id = figure.unit, keys.document(figure.document)
    issuer = head.issuing_unit if head else None
    return {
        "figure_id": keys.figure(index),
        "document_id": document_id,
        "unit_key": unit_key(figure, issuer, document_id),
        **_own(figure, "unit"),
        "unit_name": unit.name if unit else None,
        "unit_kind": unit.kind if unit else None,
        "unit_code": unit.code if unit else None,
        **_found(unit),
        "value_exact": exact_digits(figure.value),
        "value_max_exact": exact_digits(figure.value_max),
        **_place(figure.source),
    }


def _found(unit: Unit | None) -> dict[str, object]:
    """Which state of a unit it is, and how it was found."""
    return {
        "unit_id": unit.unit_id if unit else None,
        "unit_system": system_of(unit),
        "unit_way": unit.way if unit else None,
        "unit_confidence": unit.confidence if unit else None,
    }


def _places(records: Records, keys: Keys) -> Iterator[_Raw]:
    for index, task in enumerate(records.assignments):
        for number, (name, place) in enumerate(
            zip(task.units, task.places, strict=False), 1
        ):
            yield {
                "assignment_id": keys.thing("a", index),
                "ordinal": number,
                "printed": name,
                "unit_name": place.name,
                "unit_kind": place.kind,
                "unit_code": place.code,
                **_found(place),
            }


def _issues(verdict: Verdict, keys: Keys) -> Iterator[_Raw]:
    figures = verdict.records.figures
    for index, issue in enumerate(verdict.issues):
        on = issue.figure
        figure = figures[on] if on is not None and 0 <= on < len(figures) else None
        yield {
            "issue_id": keys.thing("q", index),
            "document_id": keys.document(issue.document),
            "figure_id": None if on is None else keys.figure(on),
            **_own(issue, "figure", "suspects", "page_no", "box"),
            "other_document_id": None,  # only doubts between papers have one
            **_issue_place(issue, figure),
            "suspects": json_list(
                _suspect(figures[number], keys.thing("f", number))
                for number in issue.suspects
                if 0 <= number < len(figures)
            ),
            **_about(figure),
        }


def _issue_place(issue: Issue, figure: Figure | None) -> dict[str, object]:
    """The doubt's own place on the page, else its figure's."""
    page, box = issue.page_no, issue.box
    if figure is not None and page in (None, figure.source.page_no):
        page, box = figure.source.page_no, box or figure.source.box
    return {"page": page, **_edges(box)}


_ABOUT = (
    *("indicator", "group_code", "year", "as_of", "unit_raw"),
    *("table_no", "row_no", "col_no"),
)


def _about(figure: Figure | None) -> dict[str, object]:
    return {name: getattr(figure, name, None) for name in _ABOUT}


def _suspect(figure: Figure, key: str) -> dict[str, object]:
    return {
        "figure_id": key,
        "page": figure.source.page_no,
        **_about(figure),
        "raw_text": figure.source.raw_text,
        "value": exact_digits(figure.value),
    }


def _suspects(verdict: Verdict, keys: Keys) -> Iterator[_Raw]:
    for index, issue in enumerate(verdict.issues):
        for number, suspect in enumerate(dict.fromkeys(issue.suspects), 1):
            yield {
                "issue_id": keys.thing("q", index),
                "ordinal": number,
                "figure_id": keys.figure(suspect),
            }


def _place(source: Source) -> dict[str, object]:
    return {
        "page": source.page_no,
        **_edges(source.box),
        "raw_text": source.raw_text,
        "method": source.method,
        "confidence": source.confidence,
        "rule": source.rule,
    }


def _edges(box: BBox | None) -> dict[str, object]:
    if box is None:
        return {"x0": None, "y0": None, "x1": None, "y1": None}
    return {"x0": box.x0, "y0": box.y0, "x1": box.x1, "y1": box.y1}


def _own(record: Any, *apart: str) -> dict[str, object]:
    """A record's own fields; its document and place are added apart."""
    names, read = _reader_of(record.__class__, apart)
    return dict(zip(names, read(record), strict=True))


@cache
def _reader_of(
    kind: Any, apart: tuple[str, ...]
) -> tuple[tuple[str, ...], Callable[[Any], tuple[object, ...]]]:
    """Return the names of a kind's own fields, and what takes them all at once."""
    without = {"document", "source", *apart}
    names = tuple(f.name for f in fields(kind) if f.name not in without)
    if len(names) == 1:  # of one name it gives no tuple
        return names, lambda record: (getattr(record, names[0]),)
    return names, attrgetter(*names)
