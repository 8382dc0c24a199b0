"""The whole way from evidence to records: what one file says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractors.model import Evidence
from parsers.heads.annexes import find_annex_mentions, parse_annexes
from parsers.heads.head import parse_document
from parsers.heads.recipients import parse_recipients
from parsers.heads.references import parse_legal_bases
from parsers.layout.blocks import Block, TableBlock, arrange_blocks
from parsers.layout.documents import DocumentPart, split_documents
from parsers.layout.outline import Item, parse_outline
from parsers.layout.unread import doubt_pages
from parsers.prose.prose import ProseContext, parse_prose
from parsers.records import (
    RECORDS_VERSION,
    Assignment,
    Document,
    DocumentKind,
    Figure,
    Issue,
    Records,
    Table,
)
from parsers.tables.context import table_context
from parsers.tables.open_separators import custom_of
from parsers.tables.table import parse_table
from parsers.tasks.task_tables import parse_table_assignments, section_above
from parsers.tasks.tasks import parse_assignments
from parsers.units.gazetteer import Gazetteer
from parsers.units.located import locate_tasks
from parsers.vocabulary import Vocabulary


def parse_paper(
    evidence: Evidence, vocabulary: Vocabulary, gazetteer: Gazetteer
) -> Records:
    """Return everything that a file says, each record with its place on the page.

    Args:
        evidence: What stands on the file's pages.
        vocabulary: The words known.
        gazetteer: The administrative units of all dates.

    Returns:
        The records, unchecked; ``issues`` are the doubts of the parsing alone.
    """
    blocks = arrange_blocks(evidence)
    parts = split_documents(blocks, vocabulary)
    documents = _parse_documents(parts, vocabulary, gazetteer)
    contents = [
        _Content.of(part, document, vocabulary, gazetteer)
        for part, document in zip(parts, documents, strict=True)
    ]
    said, issues = _join_figures(contents)
    figures, unread = doubt_pages(evidence, documents, said)
    return Records(
        version=RECORDS_VERSION,
        file_name=evidence.file_name,
        file_sha256=evidence.file_sha256,
        page_count=len(evidence.pages),
        text_source=evidence.text_source,
        documents=documents,
        tables=tuple(t for content in contents for t in content.tables),
        figures=figures,
        assignments=tuple(a for content in contents for a in content.assignments),
        legal_bases=tuple(
            basis
            for part, document in zip(parts, documents, strict=True)
            for basis in parse_legal_bases(part, document, vocabulary)
        ),
        recipients=tuple(
            r for part in parts for r in parse_recipients(part, vocabulary)
        ),
        annexes=tuple(a for part in parts for a in parse_annexes(part)),
        annex_mentions=tuple(m for part in parts for m in find_annex_mentions(part)),
        issues=(*issues, *unread),
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """Figures of one table or of all sentences, and the doubts about them."""

    figures: tuple[Figure, ...]
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class _Content:
    """What one document says beside its head and end."""

    tables: tuple[Table, ...]
    said: tuple[_Said, ...]
    assignments: tuple[Assignment, ...]

    @classmethod
    def of(
        cls,
        part: DocumentPart,
        document: Document,
        vocabulary: Vocabulary,
        gazetteer: Gazetteer,
    ) -> _Content:
        tables, said = _parse_tables(part, document, vocabulary, gazetteer)
        items = parse_outline(part.body)
        context = ProseContext(
            document=document.ordinal,
            period_start=document.period_start,
            period_end=document.period_end,
            issued_on=None
            if document.kind is DocumentKind.REPORT
            else document.issued_on,
        )
        prose = _Said(*parse_prose(items, context, vocabulary))
        assignments = _parse_tasks(part, items, document, vocabulary, gazetteer)
        return cls(tables, (*said, prose), assignments)


def _parse_documents(
    parts: Sequence[DocumentPart], vocabulary: Vocabulary, gazetteer: Gazetteer
) -> tuple[Document, ...]:
    documents: list[Document] = []
    for part in parts:
        parent = documents[part.parent] if part.parent is not None else None
        documents.append(parse_document(part, vocabulary, gazetteer, parent))
    return tuple(documents)


def _parse_tables(
    part: DocumentPart, document: Document, vocabulary: Vocabulary, gazetteer: Gazetteer
) -> tuple[tuple[Table, ...], tuple[_Said, ...]]:
    tables: list[Table] = []
    said: list[_Said] = []
    blocks = list(_tables_with_context(part))
    custom = custom_of(block.table for block, _ in blocks)
    for block, above in blocks:
        context = replace(table_context(document, above, vocabulary), custom=custom)
        table, figures, issues = parse_table(
            block.table, context, vocabulary, gazetteer
        )
        tables.append(table)
        said.append(_Said(figures, issues))
    return tuple(tables), tuple(said)


def _parse_tasks(
    part: DocumentPart,
    items: Sequence[Item],
    document: Document,
    vocabulary: Vocabulary,
    gazetteer: Gazetteer,
) -> tuple[Assignment, ...]:
    """Return the tasks of the outline, then those of the tables."""
    found = list(parse_assignments(items, document.ordinal, vocabulary))
    main = len(
        [b for b in part.head + part.body + part.tail if isinstance(b, TableBlock)]
    )
    for n, (block, _) in enumerate(_tables_with_context(part)):
        section = section_above(items, block.table) if n < main else ""
        found += parse_table_assignments(
            block.table, document.ordinal, section, len(found) + 1, vocabulary
        )
    return locate_tasks(found, document, gazetteer)


def _tables_with_context(
    part: DocumentPart,
) -> Iterable[tuple[TableBlock, Sequence[Block]]]:
    """Yield each table with the blocks above it in its own annex or main part.

    The document's head heads no table: its date is that of issue.
    """
    main = part.body + part.tail
    for blocks in (part.head, main, *(annex.blocks for annex in part.annexes)):
        for place, block in enumerate(blocks):
            if isinstance(block, TableBlock):
                yield block, () if blocks is part.head else blocks[:place]


def _join_figures(
    contents: Iterable[_Content],
) -> tuple[tuple[Figure, ...], tuple[Issue, ...]]:
    """Put all figures into one row and let the issues count in it."""
    figures: list[Figure] = []
    issues: list[Issue] = []
    for said in (s for content in contents for s in content.said):
        issues += [_shift(issue, len(figures)) for issue in said.issues]
        figures += said.figures
    return tuple(figures), tuple(issues)


def _shift(issue: Issue, by: int) -> Issue:
    figure = None if issue.figure is None else issue.figure + by
    return replace(issue, figure=figure, suspects=tuple(s + by for s in issue.suspects))
