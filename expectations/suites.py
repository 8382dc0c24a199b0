"""Great Expectations suites, one for each family of records, written in code.

Suites open with a row count, since an empty frame passes every check of a column.
"""

from __future__ import annotations

from great_expectations import ExpectationSuite
from great_expectations.expectations.expectation import Expectation

from expectations import expect
from expectations.frames import ROW_ID
from parsers.records import Comparator, DocumentKind, Origin, Quality, Role

_FIRST_YEAR, _LAST_YEAR = 1975, 2060
_MOST_PEOPLE = 110_000_000
"""More than live in Viet Nam."""


def documents_suite() -> ExpectationSuite:
    """Return what every document must satisfy."""
    return ExpectationSuite(
        name="documents",
        expectations=[
            expect.rows(),
            expect.unique("ordinal", "Two documents have one ordinal."),
            expect.one_of("kind", DocumentKind, "The document's kind is unknown."),
            expect.holds("pages_ok", "The document's pages are not pages of the file."),
            expect.holds(
                "parent_ok", "The document is attached to no other of the file."
            ),
            expect.iso_date("issued_on", "The date of issue is no date."),
            expect.plausible("period_ok", "The planned period ends before it begins."),
        ],
    )


def figures_suite(family: str) -> ExpectationSuite:
    """Return what every observation, or every target, must satisfy."""
    return ExpectationSuite(
        name=family,
        expectations=[
            expect.rows(),
            expect.unique(ROW_ID, "Two figures have one index."),
            expect.filled("indicator", "The figure has no indicator."),
            expect.filled("uom", "The figure has no unit of measure."),
            expect.one_of("origin", Origin, "The figure's origin is unknown."),
            expect.one_of("quality", Quality, "The figure's quality is unknown."),
            expect.one_of(
                "comparator", Comparator, "The figure's comparator is unknown."
            ),
            expect.within("confidence", 0, 1, "The confidence is not within 0 and 1."),
            expect.holds("place_ok", "The figure's place is not in its table."),
            expect.holds("value_ok", "An unreadable figure is not marked as suspect."),
            expect.holds("range_ok", "The bounds of a range are not in order."),
            expect.holds("as_of_ok", "The table figure has no moment."),
            *expect.places(),
            *_ranges(),
        ],
    )


def _ranges() -> list[Expectation]:
    """Return what no figure of such papers can be."""
    return [
        expect.likely("rate", 0, 100, "A rate is not within 0 and 100 %."),
        expect.likely(
            "count",
            0,
            _MOST_PEOPLE,
            "A count is below zero or above the country's people.",
        ),
        expect.likely(
            "year",
            _FIRST_YEAR,
            _LAST_YEAR,
            f"A year is not within {_FIRST_YEAR} and {_LAST_YEAR}.",
        ),
    ]


def assignments_suite() -> ExpectationSuite:
    """Return what every assignment must satisfy."""
    return ExpectationSuite(
        name="assignments",
        expectations=[
            expect.rows(),
            expect.filled("agency", "The task is given to nobody."),
            expect.filled("task", "The task has no text."),
            expect.one_of("role", Role, "The role is unknown."),
            expect.holds("deadlines_ok", "A deadline is no date."),
            *expect.places(),
        ],
    )


def bases_suite() -> ExpectationSuite:
    """Return what every cited paper must satisfy."""
    return ExpectationSuite(
        name="legal_bases",
        expectations=[
            expect.rows(),
            expect.filled("cited_number", "The cited paper has no number."),
            expect.unique("key", "A paper is cited twice by one document."),
            expect.iso_date("cited_on", "The date of a cited paper is no date."),
            *expect.places(),
        ],
    )


def recipients_suite() -> ExpectationSuite:
    """Return what every recipient must satisfy."""
    return ExpectationSuite(
        name="recipients",
        expectations=[
            expect.rows(),
            expect.filled("recipient", "The recipient has no name."),
            expect.unique("key", "Two recipients have one ordinal."),
            *expect.places(),
        ],
    )


def tables_suite() -> ExpectationSuite:
    """Return what every table must satisfy."""
    return ExpectationSuite(
        name="tables",
        expectations=[
            expect.rows(),
            expect.unique("table_no", "Two tables have one number."),
            expect.within("columns", 1, None, "The table has no column."),
            expect.holds("parents_ok", "A row adds up into a row that is not there."),
            *expect.places(),
        ],
    )


def cells_suite() -> ExpectationSuite:
    """Return what every cell with digits under a head of figures must satisfy."""
    return ExpectationSuite(
        name="cells",
        expectations=[
            expect.rows(),
            expect.plausible("kept_ok", "Digits under a head of figures gave none."),
            expect.holds("text_ok", "A figure is not what its cell prints."),
        ],
    )


def annexes_suite() -> ExpectationSuite:
    """Return what every annex must satisfy."""
    return ExpectationSuite(
        name="annexes",
        expectations=[
            expect.rows(),
            expect.filled("title", "The annex has no title."),
            expect.holds("years_ok", "A year of the annex is none."),
            *expect.places(),
        ],
    )


def mentions_suite() -> ExpectationSuite:
    """Return what every phrase that names annexes must satisfy."""
    return ExpectationSuite(
        name="annex_mentions",
        expectations=[
            expect.rows(),
            expect.filled("names", "The phrase names no annex."),
            expect.within("count", 1, None, "The phrase names no annex at all."),
            *expect.places(),
        ],
    )
