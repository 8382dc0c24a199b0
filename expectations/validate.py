"""Runs the suites and tells what failed, row by row.

Great Expectations takes seconds to import, so this module is imported when there is
something to check. What it does with results follows from how 1.24 behaves: they come
in no order (each is matched by its own configuration), and an expectation that raised
is only a failure with exception info (here it is an error).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
# Must be set before the import below; the library would call home otherwise.
import great_expectations as gx
import pandas as pd
from great_expectations.core.batch_definition import BatchDefinition
from great_expectations.data_context.types.base import (
    ProgressBarsConfig,
)

from expectations import frames, suites
from extractors.errors import TerminalError
from parsers.records import (
    FigureKind,
    Records,
    Severity,
    SuiteResult,
)

_TODO = "This is a defect of the checks; report it with the paper."


_ONLY_WHETHER: Literal["BOOLEAN_ONLY"] = "BOOLEAN_ONLY"
"""Row ids cost most of a validation's time; they are asked for when something failed.
"""
_WITH_ROWS = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": [frames.ROW_ID],
    "return_unexpected_index_query": False,
}


@dataclass(frozen=True, slots=True)
class Failure:
    """An expectation that some rows, or the frame, do not meet."""

    suite: str
    code: str
    severity: Severity
    message: str
    row_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Family:
    """A record family: its suite, its frame, and whether it may be empty."""

    name: str
    suite: Callable[[], gx.ExpectationSuite]
    frame: Callable[[Records], pd.DataFrame]
    may_be_empty: bool = True


_FAMILIES = (
    _Family("documents", suites.documents_suite, frames.document_frame, False),
    _Family(
        "observations",
        lambda: suites.figures_suite("observations"),
        lambda records: frames.figure_frame(records, FigureKind.OBSERVATION),
    ),
    _Family(
        "targets",
        lambda: suites.figures_suite("targets"),
        lambda records: frames.figure_frame(records, FigureKind.TARGET),
    ),
    _Family("assignments", suites.assignments_suite, frames.assignment_frame),
    _Family("legal_bases", suites.bases_suite, frames.basis_frame),
    _Family("recipients", suites.recipients_suite, frames.recipient_frame),
    _Family("tables", suites.tables_suite, frames.table_frame),
)


def run_suites(
    records: Records,
) -> tuple[tuple[SuiteResult, ...], tuple[Failure, ...]]:
    """Run the suite of every family that the paper has.

    A paper may lack a family (no table, no recipient), but never a document.

    Raises:
        TerminalError: An expectation could not be evaluated.
    """
    results: list[SuiteResult] = []
    failures: list[Failure] = []
    for family in _FAMILIES:
        frame = family.frame(records)
        if frame.empty and family.may_be_empty:
            continue
        found = tuple(_validate(family, frame))
        count = len(family.suite().expectations)
        failed = tuple(failure.message for failure in found)
        results.append(SuiteResult(family.name, not found, count, failed))
        failures.extend(found)
    return tuple(results), tuple(failures)


def _validate(family: _Family, frame: pd.DataFrame) -> Iterator[Failure]:
    batch = _batch_definition(family.name).get_batch({"dataframe": frame})
    suite = family.suite()
    result = batch.validate(suite, result_format=_ONLY_WHETHER)
    if not result.success:
        result = batch.validate(suite, result_format=_WITH_ROWS)
    if len(result.results) != len(suite.expectations):
        raise TerminalError(
            f"suite {family.name} gave {len(result.results)} results for "
            f"{len(suite.expectations)} expectations",
            todo=_TODO,
        )
    for each in result.results:
        _refuse_raised(family.name, each)
        if not each.success:
            yield _failure(family.name, each)


def _refuse_raised(suite: str, result: Any) -> None:
    """Raise where an expectation could not be evaluated."""
    info = result.exception_info or {}
    nested = [entry for entry in info.values() if isinstance(entry, dict)]
    for entry in (info, *nested):
        if entry.get("raised_exception"):
            kind = result.expectation_config.type
            raise TerminalError(
                f"{kind} of suite {suite} could not run: "
                f"{entry.get('exception_message')}",
                todo=_TODO,
            )


def _failure(suite: str, result: Any) -> Failure:
    meta = result.expectation_config.meta or {}
    rows = result.result.get("unexpected_index_list") or ()
    return Failure(
        suite=suite,
        code=meta["code"],
        severity=Severity(meta["severity"]),
        message=meta["message"],
        row_ids=tuple(int(row[frames.ROW_ID]) for row in rows),
    )


@lru_cache(maxsize=1)
def _context() -> Any:
    """Return the one context of this process, in memory and silent."""
    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(enable=False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context


@lru_cache(maxsize=16)
def _batch_definition(name: str) -> BatchDefinition[Any]:
    source = _context().data_sources.add_pandas(name)
    asset = source.add_dataframe_asset(name)
    definition: BatchDefinition[Any] = asset.add_batch_definition_whole_dataframe(name)
    return definition
