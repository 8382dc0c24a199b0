"""Records to rows: what is loaded of a verdict, with every key made from content.

A record's fields go into columns of the same name; what differs is said here. All is
made column by column, which takes half the time of row by row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import compress
from operator import attrgetter
from typing import TypeAlias

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
    SuiteResult,
    Table,
    TableCell,
    TableColumn,
    TableRow,
    Unit,
    Verdict,
)
from parsers.units.gazetteer import system_of
from warehouse.batch import Batch, Columns, attributes, by_column
from warehouse.deadlines import due_dates
from warehouse.keys import Keys, unit_key, version_key
from warehouse.values import exact_digits, json_list

Rows: TypeAlias = dict[str, Batch]


def build_rows(verdict: Verdict) -> Rows:
    """Return the rows of a verdict by table, values plain and text in NFC.

    Of a quarantined one only its documents' heads, the doubts and what the suites said.

    Raises:
        WarehouseError: The records name a document or a figure that is not there.
    """
    records, keys = verdict.records, Keys.of(verdict)
    made: dict[str, Columns] = {
        "document": _documents(records, keys),
        "quality_issue": _issues(verdict, keys),
        "suite_result": _suites(verdict, keys),
    }
    if not keys.lenient:
        made |= _tables(records, keys) | _contents(records, keys)
        made["issue_suspect"] = _suspects(verdict, keys)
    return {
        table: Batch.of(columns)
        for table, columns in made.items()
        if any(map(len, columns.values()))
    }


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


def _documents(records: Records, keys: Keys) -> Columns:
    known = {d.ordinal: d for d in records.documents or (_HEADLESS,)}
    documents = list(known.values())
    chains = [_chain(document, known) for document in documents]
    units = [document.issuing_unit for document in documents]
    provinces = [document.province for document in documents]
    return {
        "document_id": [keys.document(d.ordinal) for d in documents],
        "paper_id": [keys.paper_id] * len(documents),
        "parent_document_id": [
            keys.document(chain[1]) if chain[1:] else None for chain in chains
        ],
        "root_document_id": [keys.document(chain[-1]) for chain in chains],
        "version_key": list(map(version_key, documents)),
        **_own(Document, documents, "parent", "issuing_unit", "province"),
        **attributes(units, issuing_unit="name", issuing_unit_code="code"),
        **attributes(units, issuing_unit_id="unit_id"),
        "issuing_unit_system": list(map(system_of, units)),
        **attributes(provinces, province="name", province_code="code"),
        **_places([document.source for document in documents]),
    }


def _chain(document: Document, known: Mapping[int, Document]) -> list[int]:
    """Ordinals from a document up to the one that it is in the end attached to."""
    chain = [document.ordinal]
    parent = document.parent
    while parent is not None and parent in known and parent not in chain:
        chain.append(parent)
        parent = known[parent].parent
    return chain


def _suites(verdict: Verdict, keys: Keys) -> Columns:
    suites = verdict.suites
    return {
        "paper_id": [keys.paper_id] * len(suites),
        "ordinal": list(range(1, len(suites) + 1)),
        **_own(SuiteResult, suites),
        "success": [int(bool(result.success)) for result in suites],
    }


def _tables(records: Records, keys: Keys) -> dict[str, Columns]:
    tables = records.tables
    ids = [keys.thing("t", table.table_no - 1) for table in tables]
    cells = _cells(ids, tables)
    hidden = [
        _is_of_person(cell, persons)
        for persons, table in zip(map(_person_columns, tables), tables, strict=True)
        for cell in table.cells
    ]
    return {
        "printed_table": {
            "table_id": ids,
            "document_id": [keys.document(table.document) for table in tables],
            **attributes(tables, table_no="table_no", page="page_no"),
            **attributes(tables, title="title", unit_line="unit_line"),
        },
        "table_column": {
            "table_id": _repeated(ids, [table.columns for table in tables]),
            **_own(
                TableColumn, [column for table in tables for column in table.columns]
            ),
        },
        "table_row": {
            "table_id": _repeated(ids, [table.rows for table in tables]),
            **_own(TableRow, [row for table in tables for row in table.rows]),
        },
        "table_cell": _without_persons(cells, hidden),
        "person_cell": {
            name: list(compress(cells[name], hidden)) for name in _OF_PERSON
        },
    }


_OF_PERSON = ("table_id", "cell_no", "text", "raw_text")


def _cells(ids: Sequence[str], tables: Sequence[Table]) -> Columns:
    cells = [cell for table in tables for cell in table.cells]
    return {
        "table_id": _repeated(ids, [table.cells for table in tables]),
        "cell_no": [no for t in tables for no in range(1, len(t.cells) + 1)],
        **_own(TableCell, cells),
        **_places([cell.source for cell in cells]),
    }


def _repeated(ids: Sequence[str], parts: Sequence[Sequence[object]]) -> list[str]:
    """Each key as often as there are things of its own."""
    return [key for key, own in zip(ids, parts, strict=True) for _ in own]


def _person_columns(table: Table) -> frozenset[int]:
    return frozenset(c.col_no for c in table.columns if c.role == PERSON)


def _is_of_person(cell: TableCell, persons: frozenset[int]) -> bool:
    """Whether a body cell stands in a column that tells who a person is."""
    if cell.row_no is None or not persons:
        return False
    return any(cell.col_no <= col < cell.col_no + cell.col_span for col in persons)


def _without_persons(cells: Columns, hidden: Sequence[bool]) -> Columns:
    shown = {
        name: [
            blank if hide else value
            for value, hide in zip(cells[name], hidden, strict=True)
        ]
        for name, blank in (("text", ""), ("raw_text", None))
    }
    return cells | shown


def _contents(records: Records, keys: Keys) -> dict[str, Columns]:
    tasks, mentions = records.assignments, records.annex_mentions
    return {
        "figure": _figures(records, keys),
        "assignment": _things(Assignment, tasks, keys)
        | {
            "amount_vnd_exact": [exact_digits(task.amount_vnd) for task in tasks],
            "unit_codes": [
                json_list(place.code for place in task.places) for task in tasks
            ],
        },
        "assignment_deadline": by_column(list(_deadlines(records, keys))),
        "assignment_place": _places_of_tasks(records, keys),
        "legal_basis": _things(LegalBasis, records.legal_bases, keys),
        "recipient": _things(Recipient, records.recipients, keys),
        "annex": _things(Annex, records.annexes, keys),
        "annex_mention": _things(AnnexMention, mentions, keys)
        | {"annex_count": [mention.count for mention in mentions]},
    }


def _deadlines(records: Records, keys: Keys) -> Iterator[Mapping[str, object]]:
    heads = {document.ordinal: document for document in records.documents}
    for index, task in enumerate(records.assignments):
        head = heads[task.document]
        for row in due_dates(task.deadlines, head.period_start, head.period_end):
            yield {"assignment_id": keys.thing("a", index), **row}


def _places_of_tasks(records: Records, keys: Keys) -> Columns:
    places = [
        (keys.thing("a", index), number, *place)
        for index, task in enumerate(records.assignments)
        for number, place in enumerate(zip(task.units, task.places, strict=False), 1)
    ]
    return {
        "assignment_id": [key for key, _, _, _ in places],
        "ordinal": [number for _, number, _, _ in places],
        "printed": [name for _, _, name, _ in places],
        **_units([unit for _, _, _, unit in places]),
    }


_Thing: TypeAlias = Assignment | LegalBasis | Recipient | Annex | AnnexMention

_KEYS: Mapping[type, tuple[str, str]] = {
    Assignment: ("assignment_id", "a"),
    LegalBasis: ("basis_id", "b"),
    Recipient: ("recipient_id", "r"),
    Annex: ("annex_id", "x"),
    AnnexMention: ("mention_id", "m"),
}


def _things(kind: type[_Thing], things: Sequence[_Thing], keys: Keys) -> Columns:
    name, letter = _KEYS[kind]
    return {
        name: [keys.thing(letter, index) for index in range(len(things))],
        "document_id": [keys.document(thing.document) for thing in things],
        **_own(kind, things, "page_no", "count", "places"),
        **_places([thing.source for thing in things]),
    }


def _figures(records: Records, keys: Keys) -> Columns:
    figures = records.figures
    ids = [keys.document(figure.document) for figure in figures]
    issuers = {d.ordinal: d.issuing_unit for d in records.documents}
    return {
        "figure_id": [keys.figure(index) for index in range(len(figures))],
        "document_id": ids,
        "unit_key": [
            unit_key(figure, issuers.get(figure.document), document_id)
            for figure, document_id in zip(figures, ids, strict=True)
        ],
        **_own(Figure, figures, "unit"),
        **_units([figure.unit for figure in figures]),
        "value_exact": [exact_digits(figure.value) for figure in figures],
        "value_max_exact": [exact_digits(figure.value_max) for figure in figures],
        **_places([figure.source for figure in figures]),
    }


def _units(units: Sequence[Unit | None]) -> Columns:
    """Which units they are, and how they were found."""
    return {
        **attributes(units, unit_name="name", unit_kind="kind", unit_code="code"),
        **attributes(units, unit_id="unit_id"),
        "unit_system": list(map(system_of, units)),
        **attributes(units, unit_way="way", unit_confidence="confidence"),
    }


def _issues(verdict: Verdict, keys: Keys) -> Columns:
    issues, figures = verdict.issues, verdict.records.figures
    on = [_figure_of(issue, figures) for issue in issues]
    places = [_issue_place(*pair) for pair in zip(issues, on, strict=True)]
    return {
        "issue_id": [keys.thing("q", index) for index in range(len(issues))],
        "document_id": [keys.document(issue.document) for issue in issues],
        "figure_id": [
            None if issue.figure is None else keys.figure(issue.figure)
            for issue in issues
        ],
        **_own(Issue, issues, "figure", "suspects", "page_no", "box"),
        # Only doubts between papers have one.
        "other_document_id": [None] * len(issues),
        "page": [page for page, _ in places],
        **_edges([box for _, box in places]),
        "suspects": [
            json_list(
                _suspect(figures[number], keys.thing("f", number))
                for number in issue.suspects
                if 0 <= number < len(figures)
            )
            for issue in issues
        ],
        **attributes(on, **{name: name for name in _ABOUT}),
    }


def _figure_of(issue: Issue, figures: Sequence[Figure]) -> Figure | None:
    on = issue.figure
    return figures[on] if on is not None and 0 <= on < len(figures) else None


def _issue_place(issue: Issue, figure: Figure | None) -> tuple[int | None, BBox | None]:
    """The doubt's own place on the page, else its figure's."""
    page, box = issue.page_no, issue.box
    if figure is not None and page in (None, figure.source.page_no):
        return figure.source.page_no, box or figure.source.box
    return page, box


_ABOUT = (
    *("indicator", "group_code", "year", "as_of", "unit_raw"),
    *("table_no", "row_no", "col_no"),
)


def _suspect(figure: Figure, key: str) -> dict[str, object]:
    return {
        "figure_id": key,
        "page": figure.source.page_no,
        **{name: getattr(figure, name) for name in _ABOUT},
        "raw_text": figure.source.raw_text,
        "value": exact_digits(figure.value),
    }


def _suspects(verdict: Verdict, keys: Keys) -> Columns:
    named = [
        (index, *pair)
        for index, issue in enumerate(verdict.issues)
        for pair in enumerate(dict.fromkeys(issue.suspects), 1)
    ]
    return {
        "issue_id": [keys.thing("q", index) for index, _, _ in named],
        "ordinal": [number for _, number, _ in named],
        "figure_id": [keys.figure(suspect) for _, _, suspect in named],
    }


def _places(sources: Sequence[Source]) -> Columns:
    return {
        **attributes(sources, page="page_no"),
        **_edges([source.box for source in sources]),
        **attributes(sources, raw_text="raw_text", method="method"),
        **attributes(sources, confidence="confidence", rule="rule"),
    }


def _edges(boxes: Sequence[BBox | None]) -> Columns:
    return attributes(boxes, x0="x0", y0="y0", x1="x1", y1="y1")


def _own(kind: type, records: Sequence[object], *apart: str) -> Columns:
    """The records' own fields; their documents and places are added apart."""
    without = {"document", "source", *apart}
    names = [field.name for field in fields(kind) if field.name not in without]
    return {name: list(map(attrgetter(name), records)) for name in names}
