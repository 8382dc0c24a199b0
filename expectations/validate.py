"""Runs the suites and tells what failed, row by row.

Great Expectations takes seconds to import, so this module is imported when there is
something to check. What it does with results follows from how 1.24 behaves: they come
in no order (each is matched by its own configuration), and an expectation that raised
is only a failure with exception info (here it is an error).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
# Must be set before the import below; the library would call home otherwise.
import great_expectations as gx
from great_expectations.core.batch_definition import BatchDefinition
from great_expectations.data_context.types.base import (
    ProgressBarsConfig,
)

from expectations.failures import Failure
from expectations.families import Checked, checked_frames
from expectations.frames import ROW_ID
from expectations.wording import TableCheck
from extractors.errors import TerminalError
from parsers.records import Records, Severity, SuiteResult

_TODO = "This is a defect of the checks; report it with the paper."


_Key = tuple[str, str | None, str]
"""An expectation: its type, its column, and what its failure means."""

_ONLY_WHETHER: Literal["BOOLEAN_ONLY"] = "BOOLEAN_ONLY"
"""Row ids cost most of a validation's time; they are asked for when something failed.
"""
_WITH_ROWS = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": [ROW_ID],
    "return_unexpected_index_query": False,
}


def run_suites(
    records: Records, checks: Sequence[TableCheck] = ()
) -> tuple[tuple[SuiteResult, ...], tuple[Failure, ...]]:
    """Run the suite of every family and kind of table that the paper has.

    A paper may lack a family (no table, no recipient), but never a document.

    Raises:
        TerminalError: An expectation could not be evaluated.
    """
    results: list[SuiteResult] = []
    failures: list[Failure] = []
    for checked in checked_frames(records, checks):
        if checked.frame.empty and checked.may_be_empty:
            continue
        suite = checked.suite()
        found = tuple(_validate(checked, suite))
        failed = tuple(failure.message for failure in found)
        count = len(suite.expectations)
        results.append(SuiteResult(checked.name, not found, count, failed))
        failures.extend(found)
    return tuple(results), tuple(failures)


def _validate(checked: Checked, suite: gx.ExpectationSuite) -> Iterator[Failure]:
    """Yield what fails; only for that are its rows asked for."""
    batch = _batch_definition(checked.name).get_batch({"dataframe": checked.frame})
    told = _results(batch.validate(suite, result_format=_ONLY_WHETHER), suite)
    failed = [e for e in suite.expectations if not told[_key(e.configuration)].success]
    if not failed:
        return
    again = gx.ExpectationSuite(name=suite.name, expectations=failed)
    told = _results(batch.validate(again, result_format=_WITH_ROWS), again)
    for result in told.values():
        yield _failure(checked, result)


def _results(validated: Any, suite: gx.ExpectationSuite) -> Mapping[_Key, Any]:
    """Return what came of each expectation of a suite, of none too few or too many.

    Raises:
        TerminalError: An expectation raised, or there is no result of it.
    """
    told = {_key(each.expectation_config): each for each in validated.results}
    wanted = {_key(expectation.configuration) for expectation in suite.expectations}
    if told.keys() != wanted or len(validated.results) != len(suite.expectations):
        raise TerminalError(
            f"suite {suite.name} gave {len(validated.results)} results for "
            f"{len(suite.expectations)} expectations",
            todo=_TODO,
        )
    for each in validated.results:
        _refuse_raised(suite.name, each)
    return told


def _key(configuration: Any) -> _Key:
    column = configuration.kwargs.get("column")
    return configuration.type, column, configuration.meta["message"]


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


def _failure(checked: Checked, result: Any) -> Failure:
    meta = result.expectation_config.meta
    rows = result.result.get("unexpected_index_list") or ()
    return Failure(
        suite=checked.name,
        code=meta["code"],
        severity=Severity(meta["severity"]),
        message=meta["message"],
        places=tuple(checked.place_of(int(row[ROW_ID])) for row in rows),
    )


@cache
def _context() -> Any:
    """Return the one context of this process, in memory and silent."""
    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(enable=False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context


@cache
def _batch_definition(name: str) -> BatchDefinition[Any]:
    source = _context().data_sources.add_pandas(name)
    asset = source.add_dataframe_asset(name)
    definition: BatchDefinition[Any] = asset.add_batch_definition_whole_dataframe(name)
    return definition
