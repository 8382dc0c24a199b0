"""What is checked by which suite: families of records and kinds of tables, as frames.

Each knows which record a row of its frame is, so that whatever fails leads to its page,
its box and what is printed there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd
from great_expectations import ExpectationSuite

from expectations import frames, suites
from expectations.failures import Where
from expectations.table_frames import figure_rows, kind_frame, person_frame
from expectations.table_kinds import OF_FIGURES, PERSONS
from expectations.table_suites import table_suite
from expectations.wording import TableCheck
from parsers.records import (
    Document,
    Figure,
    FigureKind,
    Records,
    Source,
    Table,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A frame about to be loaded, its suite, and the way back from its rows."""

    name: str
    suite: Callable[[], ExpectationSuite]
    frame: pd.DataFrame
    place_of: Callable[[int], Where]
    may_be_empty: bool = True


def checked_frames(records: Records, checks: Sequence[TableCheck]) -> Iterator[Checked]:
    """Yield what there is to check of a paper.

    Args:
        records: As they are about to be loaded.
        checks: The paper's tables with their equations judged.
    """
    yield from _families(records)
    rows = figure_rows(checks, records)
    of_figure = partial(_place_of_figure, records)
    for kind in OF_FIGURES:
        frame = kind_frame(kind, rows, checks)
        yield Checked(kind.name, partial(table_suite, kind), frame, of_figure)
    yield Checked(
        PERSONS.name,
        partial(table_suite, PERSONS),
        person_frame(records),
        lambda n: _place_of_table(records.tables[n]),
    )


def _families(records: Records) -> Iterator[Checked]:
    yield Checked(
        "documents",
        suites.documents_suite,
        frames.document_frame(records),
        lambda n: _place_of_document(records.documents[n]),
        may_be_empty=False,
    )
    of_figure = partial(_place_of_figure, records)
    for name, kind in (
        ("observations", FigureKind.OBSERVATION),
        ("targets", FigureKind.TARGET),
    ):
        frame = frames.figure_frame(records, kind)
        yield Checked(name, partial(suites.figures_suite, name), frame, of_figure)
    for name, suite, frame, held in (
        (
            "assignments",
            suites.assignments_suite,
            frames.assignment_frame(records),
            [(a.document, a.source) for a in records.assignments],
        ),
        (
            "legal_bases",
            suites.bases_suite,
            frames.basis_frame(records),
            [(b.document, b.source) for b in records.legal_bases],
        ),
        (
            "recipients",
            suites.recipients_suite,
            frames.recipient_frame(records),
            [(r.document, r.source) for r in records.recipients],
        ),
        (
            "annexes",
            suites.annexes_suite,
            frames.annex_frame(records),
            [(a.document, a.source) for a in records.annexes],
        ),
        (
            "annex_mentions",
            suites.mentions_suite,
            frames.mention_frame(records),
            [(m.document, m.source) for m in records.annex_mentions],
        ),
        (
            "cells",
            suites.cells_suite,
            frames.cell_frame(records),
            [(t.document, c.source) for t, c in frames.printed_cells(records)],
        ),
    ):
        yield Checked(name, suite, frame, partial(_place_of_source, held))
    yield Checked(
        "tables",
        suites.tables_suite,
        frames.table_frame(records),
        lambda n: _place_of_table(records.tables[n]),
    )


def _place_of_figure(records: Records, index: int) -> Where:
    figure: Figure = records.figures[index]
    source = figure.source
    return Where(figure.document, source.page_no, source.box, source.raw_text, index)


def _place_of_document(document: Document) -> Where:
    source = document.source
    return Where(document.ordinal, source.page_no, source.box, source.raw_text)


def _place_of_table(table: Table) -> Where:
    return Where(table.document, table.page_no, None, table.title)


def _place_of_source(held: Sequence[tuple[int, Source]], n: int) -> Where:
    document, source = held[n]
    return Where(document, source.page_no, source.box, source.raw_text)
