"""Great Expectations suites, one for each family of records, written in code.

Each expectation carries in its ``meta`` what a failure means: a check code, how bad it
is, and a sentence. 'error' is structural: such a document is kept out of the
warehouse. 'warning' doubts a figure. Suites open with a row count, since an empty frame
passes every check of a column.
"""

from __future__ import annotations

from enum import StrEnum

from great_expectations import ExpectationSuite
from great_expectations.expectations.core.expect_column_value_lengths_to_be_between import (  # noqa: E501
    ExpectColumnValueLengthsToBeBetween,
)
from great_expectations.expectations.core.expect_column_values_to_be_between import (
    ExpectColumnValuesToBeBetween,
)
from great_expectations.expectations.core.expect_column_values_to_be_in_set import (
    ExpectColumnValuesToBeInSet,
)
from great_expectations.expectations.core.expect_column_values_to_be_unique import (
    ExpectColumnValuesToBeUnique,
)
from great_expectations.expectations.core.expect_column_values_to_match_regex import (
    ExpectColumnValuesToMatchRegex,
)
from great_expectations.expectations.core.expect_table_row_count_to_be_between import (
    ExpectTableRowCountToBeBetween,
)
from great_expectations.expectations.expectation import Expectation

from expectations.frames import ROW_ID
from parsers.records import (
    Comparator,
    DocumentKind,
    Origin,
    Quality,
    Role,
    Severity,
)

STRUCTURE = "structure"
IMPLAUSIBLE = "implausible_value"
_ISO_DATE = r"^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$"
_FIRST_YEAR, _LAST_YEAR = 1975, 2060
_MOST_PEOPLE = 110_000_000
"""More than live in Viet Nam."""


def _meta(code: str, severity: Severity, message: str) -> dict[str, str]:
    return {"code": code, "severity": severity.value, "message": message}


def _error(message: str) -> dict[str, str]:
    return _meta(STRUCTURE, Severity.ERROR, message)


def _doubt(message: str) -> dict[str, str]:
    return _meta(IMPLAUSIBLE, Severity.WARNING, message)


def _rows(least: int) -> Expectation:
    return ExpectTableRowCountToBeBetween(
        min_value=least, meta=_error("There is no row to check.")
    )


def _holds(column: str, message: str) -> Expectation:
    """Expect a condition column to be 1 in every row."""
    return ExpectColumnValuesToBeInSet(
        column=column, value_set=[1], meta=_error(message)
    )


def _one_of(column: str, codes: type[StrEnum], message: str) -> Expectation:
    return ExpectColumnValuesToBeInSet(
        column=column, value_set=[code.value for code in codes], meta=_error(message)
    )


def _filled(column: str, message: str) -> Expectation:
    return ExpectColumnValueLengthsToBeBetween(
        column=column, min_value=1, meta=_error(message)
    )


def _unique(column: str, message: str) -> Expectation:
    return ExpectColumnValuesToBeUnique(column=column, meta=_error(message))


_PLACES = (
    ("document_ok", "The record belongs to no document of the file."),
    ("page_ok", "The record stands on no page of the file."),
)


def _places() -> list[Expectation]:
    return [_holds(column, message) for column, message in _PLACES]


def documents_suite() -> ExpectationSuite:
    """Return what every document must satisfy."""
    return ExpectationSuite(
        name="documents",
        expectations=[
            _rows(1),
            _unique("ordinal", "Two documents have one ordinal."),
            _one_of("kind", DocumentKind, "The document's kind is unknown."),
            _holds("pages_ok", "The document's pages are not pages of the file."),
            _holds("parent_ok", "The document is attached to no other of the file."),
            ExpectColumnValuesToMatchRegex(
                column="issued_on",
                regex=_ISO_DATE,
                meta=_error("The date of issue is no date."),
            ),
            ExpectColumnValuesToBeInSet(
                column="period_ok",
                value_set=[1],
                meta=_doubt("The planned period ends before it begins."),
            ),
        ],
    )


def figures_suite(family: str) -> ExpectationSuite:
    """Return what every observation, or every target, must satisfy."""
    return ExpectationSuite(
        name=family,
        expectations=[
            _rows(1),
            _unique(ROW_ID, "Two figures have one index."),
            _filled("indicator", "The figure has no indicator."),
            _filled("uom", "The figure has no unit of measure."),
            _one_of("origin", Origin, "The figure's origin is unknown."),
            _one_of("quality", Quality, "The figure's quality is unknown."),
            _one_of("comparator", Comparator, "The figure's comparator is unknown."),
            ExpectColumnValuesToBeBetween(
                column="confidence",
                min_value=0,
                max_value=1,
                meta=_error("The confidence is not within 0 and 1."),
            ),
            _holds("place_ok", "The figure's place is not in its table."),
            _holds("value_ok", "An unreadable figure is not marked as suspect."),
            _holds("range_ok", "The bounds of a range are not in order."),
            _holds("as_of_ok", "The table figure has no moment."),
            *_places(),
            *_ranges(),
        ],
    )


def _ranges() -> list[Expectation]:
    """Return what no figure of such papers can be."""
    return [
        ExpectColumnValuesToBeBetween(
            column="rate",
            min_value=0,
            max_value=100,
            meta=_doubt("A rate is not within 0 and 100 %."),
        ),
        ExpectColumnValuesToBeBetween(
            column="count",
            min_value=0,
            max_value=_MOST_PEOPLE,
            meta=_doubt("A count is below zero or above the country's people."),
        ),
        ExpectColumnValuesToBeBetween(
            column="year",
            min_value=_FIRST_YEAR,
            max_value=_LAST_YEAR,
            meta=_doubt(f"A year is not within {_FIRST_YEAR} and {_LAST_YEAR}."),
        ),
    ]


def assignments_suite() -> ExpectationSuite:
    """Return what every assignment must satisfy."""
    return ExpectationSuite(
        name="assignments",
        expectations=[
            _rows(1),
            _filled("agency", "The task is given to nobody."),
            _filled("task", "The task has no text."),
            _one_of("role", Role, "The role is unknown."),
            _holds("deadlines_ok", "A deadline is no date."),
            *_places(),
        ],
    )


def bases_suite() -> ExpectationSuite:
    """Return what every cited paper must satisfy."""
    return ExpectationSuite(
        name="legal_bases",
        expectations=[
            _rows(1),
            _filled("cited_number", "The cited paper has no number."),
            _unique("key", "A paper is cited twice by one document."),
            ExpectColumnValuesToMatchRegex(
                column="cited_on",
                regex=_ISO_DATE,
                meta=_error("The date of a cited paper is no date."),
            ),
            *_places(),
        ],
    )


def recipients_suite() -> ExpectationSuite:
    """Return what every recipient must satisfy."""
    return ExpectationSuite(
        name="recipients",
        expectations=[
            _rows(1),
            _filled("recipient", "The recipient has no name."),
            _unique("key", "Two recipients have one ordinal."),
            *_places(),
        ],
    )


def tables_suite() -> ExpectationSuite:
    """Return what every table must satisfy."""
    return ExpectationSuite(
        name="tables",
        expectations=[
            _rows(1),
            _unique("table_no", "Two tables have one number."),
            ExpectColumnValuesToBeBetween(
                column="columns", min_value=1, meta=_error("The table has no column.")
            ),
            _holds("parents_ok", "A row adds up into a row that is not there."),
            *_places(),
        ],
    )
