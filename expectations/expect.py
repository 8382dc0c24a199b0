"""Expectations as the suites write them, each with what its failure means.

In its ``meta`` stands a check code, how bad it is, and a sentence. 'error' is
structural: such a paper is kept out of the warehouse. 'warning' doubts a figure.
"""

from __future__ import annotations

from enum import StrEnum

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

from parsers.records import Severity

STRUCTURE = "structure"
IMPLAUSIBLE = "implausible_value"
_ISO_DATE = r"^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$"


def _meta(code: str, severity: Severity, message: str) -> dict[str, str]:
    return {"code": code, "severity": severity.value, "message": message}


def _error(message: str) -> dict[str, str]:
    return _meta(STRUCTURE, Severity.ERROR, message)


def _doubt(message: str) -> dict[str, str]:
    return _meta(IMPLAUSIBLE, Severity.WARNING, message)


def rows(least: int = 1) -> Expectation:
    """Expect rows: an empty frame passes every check of a column."""
    return ExpectTableRowCountToBeBetween(
        min_value=least, meta=_error("There is no row to check.")
    )


def holds(column: str, message: str) -> Expectation:
    """Expect a condition column to be 1 in every row; anything else is structural."""
    return ExpectColumnValuesToBeInSet(
        column=column, value_set=[1], meta=_error(message)
    )


def plausible(column: str, message: str) -> Expectation:
    """Expect a condition column to be 1 in every row; anything else is a doubt."""
    return ExpectColumnValuesToBeInSet(
        column=column, value_set=[1], meta=_doubt(message)
    )


def agrees(column: str, code: str, message: str) -> Expectation:
    """Expect that no equation of a code is off by more than its tolerance.

    The column holds by how much it is past that, nothing where no equation is judged.
    """
    return ExpectColumnValuesToBeBetween(
        column=column,
        min_value=0,
        max_value=0,
        meta=_meta(code, Severity.WARNING, message),
    )


def within(column: str, least: float, most: float | None, message: str) -> Expectation:
    """Expect numbers in bounds; a number out of them is structural."""
    return ExpectColumnValuesToBeBetween(
        column=column, min_value=least, max_value=most, meta=_error(message)
    )


def likely(column: str, least: float, most: float, message: str) -> Expectation:
    """Expect numbers in bounds; a number out of them is a doubt."""
    return ExpectColumnValuesToBeBetween(
        column=column, min_value=least, max_value=most, meta=_doubt(message)
    )


def one_of(column: str, codes: type[StrEnum], message: str) -> Expectation:
    """Expect codes of a closed list."""
    return ExpectColumnValuesToBeInSet(
        column=column, value_set=[code.value for code in codes], meta=_error(message)
    )


def filled(column: str, message: str) -> Expectation:
    """Expect text in every row."""
    return ExpectColumnValueLengthsToBeBetween(
        column=column, min_value=1, meta=_error(message)
    )


def unique(column: str, message: str) -> Expectation:
    """Expect no value twice."""
    return ExpectColumnValuesToBeUnique(column=column, meta=_error(message))


def iso_date(column: str, message: str) -> Expectation:
    """Expect ISO dates to the precision printed; dates stay text, as they are."""
    return ExpectColumnValuesToMatchRegex(
        column=column, regex=_ISO_DATE, meta=_error(message)
    )


def places() -> list[Expectation]:
    """Expect every record on a page of a document of its file."""
    return [
        holds("document_ok", "The record belongs to no document of the file."),
        holds("page_ok", "The record stands on no page of the file."),
    ]
