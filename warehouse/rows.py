"""Records to rows: what is loaded of a verdict, with every key made from content.

A record's fields go into columns of the same name; what differs is said here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Any, TypeAlias

import msgspec

from extractors.model import BBox, Method
from parsers.records import (
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
    Verdict,
)
from warehouse.keys import Keys, version_key
from warehouse.values import Plain, exact_digits, json_list, plain

Row: TypeAlias = dict[str, Plain]
Rows: TypeAlias = dict[str, list[Row]]
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
    plain_rows = {
        table: [{name: plain(value) for name, value in row.items()} for row in rows]
        for table, rows in raw.items()
    }
    return {table: rows for table, rows in plain_rows.items() if rows}


def digest(rows: Rows, *said: str) -> str:
    """Return a digest of the rows and of whatever else is held of the paper."""
    return hashlib.sha256(msgspec.json.encode([rows, said])).hexdigest()


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
            {"table_id": key, "cell_no": number, **_own(cell), **_place(cell.source)}
            for key, table in tables
            for number, cell in enumerate(table.cells, 1)
        ),
    }


def _contents(records: Records, keys: Keys) -> dict[str, Iterable[_Raw]]:
    return {
        "figure": (
            {"figure_id": keys.figure(index), **_figure(figure, keys)}
            for index, figure in enumerate(records.figures)
        ),
        "assignment": (
            row | {"amount_vnd_exact": exact_digits(task.amount_vnd)}
            for row, task in zip(
                _things(records.assignments, "assignment_id", keys),
                records.assignments,
                strict=True,
            )
        ),
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
            **_own(thing, "page_no", "count"),
            **_place(thing.source),
        }


def _figure(figure: Figure, keys: Keys) -> dict[str, object]:
    unit = figure.unit
    return {
        "document_id": keys.document(figure.document),
        **_own(figure, "unit"),
        "unit_name": unit.name if unit else None,
        "unit_kind": unit.kind if unit else None,
        "unit_code": unit.code if unit else None,
        "value_exact": exact_digits(figure.value),
        "value_max_exact": exact_digits(figure.value_max),
        **_place(figure.source),
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
            **_issue_place(issue, figure),
            "suspects": json_list(
                _suspect(figures[number], keys.thing("f", number))
                for number in issue.suspects
                if 0 <= number < len(figures)
            ),
            "status": "open",
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
    """A record's own fields, lists as JSON; its document and place are added apart."""
    own = {}
    for name in _field_names(record.__class__):
        if name not in apart:
            value = getattr(record, name)
            own[name] = json_list(value) if isinstance(value, tuple) else value
    return own


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    names = (field.name for field in fields(kind))
    return tuple(name for name in names if name not in ("document", "source"))
