"""Records: what a paper says, each with the place on the page that says it.

``docs`` calls the views of these records the contract. Codes (indicator, group, uom,
row kind …) are plain text here because their lists are open; the closed ones are
checked in ``expectations``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from extractors.model import BBox, Method, TextSource

RECORDS_VERSION = 1
"""Raised whenever kept records of before can no longer be read as records of now."""


class DocumentKind(StrEnum):
    """What sort of paper it is."""

    PLAN = "plan"
    DECISION = "decision"
    REPORT = "report"
    RESOLUTION = "resolution"
    OTHER = "other"


class FigureKind(StrEnum):
    """Whether a figure states what is or what is to be reached."""

    OBSERVATION = "observation"
    TARGET = "target"


class Origin(StrEnum):
    """Whether a figure stands in a table or in a sentence."""

    TABLE = "table"
    PROSE = "prose"


class RowKind(StrEnum):
    """What a table row is about."""

    UNIT = "unit"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


class AsOf(StrEnum):
    """Which moment of its year a figure speaks of."""

    START = "start"
    END = "end"
    DURING = "during"


class Quality(StrEnum):
    """How far a figure can be trusted."""

    OK = "ok"
    SUSPECT = "suspect"
    REPAIRED = "repaired"
    CORRECTED = "corrected"


class Comparator(StrEnum):
    """How a target compares with its value."""

    EQ = "="
    GE = ">="
    LE = "<="
    GT = ">"
    LT = "<"
    ABOUT = "~"
    RANGE = "range"


class Role(StrEnum):
    """What a body has to do with a task."""

    LEAD = "lead"
    COORDINATE = "coordinate"
    RESPONSIBLE = "responsible"


class Severity(StrEnum):
    """How bad a doubt is. An error is structural: the document is quarantined."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class IssueStatus(StrEnum):
    """What a person has made of a doubt."""

    OPEN = "open"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record came from and by which rule.

    ``box`` is None only where the record speaks of something that is not printed.
    ``rule`` names the rule or the vocabulary row, for people who ask why.
    """

    page_no: int
    box: BBox | None
    raw_text: str
    method: Method
    confidence: float
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit as far as it is known.

    ``name`` is the full official form ('Thị xã Bỉm Sơn'), ``kind`` its type
    ('Thị xã'), ``code`` the official code at the document's date or None.
    ``unit_id`` is its key in the gazetteer, which has one for each state of a unit
    ('381@2019-09-11') and for each village under its commune; ``way`` and
    ``confidence`` (0 to 1) say how it was found. None of the three makes two units.
    """

    name: str
    kind: str | None = None
    code: str | None = None
    unit_id: str | None = field(default=None, compare=False)
    way: str | None = field(default=None, compare=False)
    confidence: float | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Document:
    """A document's head and end. ``ordinal`` counts from 0 through the file.

    ``issued_on`` is ISO text to the precision printed: '2018-04-06', '2020-03',
    '2020'. ``number`` is None where the number is left blank; ``symbol`` stays.
    ``title`` is without 'KẾ HOẠCH', 'QUYẾT ĐỊNH', 'Về việc'.
    """

    ordinal: int
    parent: int | None
    kind: DocumentKind
    number: str | None
    symbol: str | None
    issued_on: str | None
    place: str | None
    issuer: str | None
    issuing_unit: Unit | None
    province: Unit | None
    title: str | None
    period_start: int | None
    period_end: int | None
    signer: str | None
    signer_title: str | None
    first_page: int
    last_page: int
    source: Source


PERSON = "person"
"""Role of a column that tells who a person is: a name, an identity number."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A printed column: its place (1-based), head path and what that means.

    ``path`` holds the head's levels from the top. A column of row labels or ordinals
    has ``role`` 'label' or 'ordinal', one of figures 'figure', one that tells who a
    person is 'person', the rest 'text'.
    ``formula`` is the one printed over it and ``number`` its printed column number,
    which formulas speak of. ``convention`` tells how its numbers are written and why
    that was believed.
    """

    col_no: int
    path: tuple[str, ...]
    role: str
    kind: FigureKind | None = None
    indicator: str | None = None
    group_code: str = "all"
    year: int | None = None
    as_of: AsOf | None = None
    uom: str | None = None
    formula: str | None = None
    number: int | None = None
    convention: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A body row: its place (1-based), label and the row that it adds up into."""

    row_no: int
    ordinal: str
    label: str
    kind: RowKind
    parent_row_no: int | None


@dataclass(frozen=True, slots=True)
class TableCell:
    """One printed body or head cell, kept even where its meaning is not known.

    ``row_no`` is None in the head.
    """

    row_no: int | None
    col_no: int
    col_span: int
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Table:
    """A table as understood. ``document`` is the ordinal of the one it stands in."""

    document: int
    table_no: int
    page_no: int
    title: str | None
    unit_line: str | None
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    cells: tuple[TableCell, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: an observation or a target, of a table or of a sentence.

    ``value`` None means printed but unreadable (then ``quality`` is suspect); what is
    not printed has no Figure. The table places are 1-based, None in prose. ``year_to``
    is set only where a target spans several years. ``alternatives`` are the values (as
    decimals) that other readings of the same ink give; empty where all agree.
    """

    document: int
    kind: FigureKind
    origin: Origin
    source: Source
    indicator: str
    indicator_label: str
    group_code: str
    year: int | None
    as_of: AsOf | None
    value: Decimal | None
    uom: str
    unit_raw: str | None = None
    unit: Unit | None = None
    row_kind: RowKind | None = None
    table_no: int | None = None
    row_no: int | None = None
    col_no: int | None = None
    quality: Quality = Quality.OK
    comparator: Comparator = Comparator.EQ
    value_max: Decimal | None = None
    per: str | None = None
    year_to: int | None = None
    statement: str | None = None
    first_reading: str | None = None
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """A task given to a body.

    ``deadlines`` are 'YYYY-MM-DD', or 'MM-DD' where no year is printed.
    ``amount_vnd`` is per household where so stated. ``places`` are what ``units``, the
    names of places, mean; without a code where that is not sure.
    """

    document: int
    section: str
    ordinal: int
    agency: str
    agency_kind: str
    agency_raw: str
    role: Role
    task: str
    source: Source
    partners: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    places: tuple[Unit, ...] = ()
    households: int | None = None
    amount_vnd: Decimal | None = None
    deadlines: tuple[str, ...] = ()
    deadline_text: str | None = None
    recurrence: str | None = None


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A paper cited, once for each document that cites it."""

    document: int
    cited_number: str
    cited_kind: str | None
    cited_on: str | None
    cited_issuer: str | None
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line of 'Nơi nhận'. ``ordinal`` counts from 1."""

    document: int
    ordinal: int
    recipient: str
    source: Source


@dataclass(frozen=True, slots=True)
class AnnexMention:
    """A phrase that names annexes: '(Có biểu số 01, 02 kèm theo)'.

    ``names`` is what it names, as printed: 'biểu số 01, 02'. ``count`` is how many
    annexes that is, at least 1.
    """

    document: int
    names: str
    count: int
    source: Source


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex that is in the file: its title and its own reference line.

    ``years`` are those of the title, ``reference_years`` those that the reference line
    gives as the date or the number's year of the paper it belongs to.
    """

    document: int
    page_no: int
    title: str
    reference: str | None
    years: tuple[int, ...]
    reference_years: tuple[int, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Issue:
    """A doubt, in a sentence that a person understands.

    ``message`` is that sentence in English. ``figure`` and ``suspects`` are indexes
    into ``Records.figures``.
    """

    document: int
    check_code: str
    severity: Severity
    message: str
    page_no: int | None = None
    box: BBox | None = None
    figure: int | None = None
    printed: str | None = None
    computed: str | None = None
    suspects: tuple[int, ...] = ()
    message_vi: str = ""
    """The message in Vietnamese."""
    status: IssueStatus = IssueStatus.OPEN


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that one file says. ``documents`` is never empty."""

    version: int
    file_name: str
    file_sha256: str
    page_count: int
    text_source: TextSource
    documents: tuple[Document, ...]
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    legal_bases: tuple[LegalBasis, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    annexes: tuple[Annex, ...] = ()
    annex_mentions: tuple[AnnexMention, ...] = ()
    issues: tuple[Issue, ...] = ()
    """Doubts of the parsing itself: what is no number, what is ambiguous."""


class Grade(StrEnum):
    """What becomes of a paper: loaded as it is, loaded with doubts, or kept out."""

    OK = "ok"
    DOUBTFUL = "doubtful"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """What one suite of expectations said of one record family."""

    suite: str
    success: bool
    evaluated: int
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The records with the marks that the checks gave them, and what was found.

    ``records.figures`` carry the final qualities; ``issues`` are those of the parsing
    and of the checks together. With grade 'quarantined' nothing may be loaded but the
    issues.
    """

    records: Records
    grade: Grade
    issues: tuple[Issue, ...]
    suites: tuple[SuiteResult, ...] = ()
