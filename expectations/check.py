"""One call that checks a paper's records and says what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from expectations.arithmetic import check_tables
from expectations.fields import check_fields
from expectations.repairs import settle_readings
from parsers.records import (
    Figure,
    Grade,
    Issue,
    Quality,
    Records,
    Severity,
    SuiteResult,
    Verdict,
)

_ARITHMETIC = frozenset(
    {"rate_mismatch", "sum_mismatch", "group_sum_mismatch", "balance_mismatch"}
)


def check(records: Records) -> Verdict:
    """Return the records with the marks that the checks give them, and the doubts.

    First misreadings are settled by the tables' equations, then what is left of these
    is judged, then heads and annexes, then every family by its suite.

    Raises:
        TerminalError: A suite could not be run.
    """
    settled = settle_readings(records)
    arithmetic = check_tables(settled)
    fields = check_fields(settled)
    marked = _mark_suspects(settled, arithmetic)
    suites, failures = _run_suites(marked)
    final = _mark_suspects(marked, failures)
    issues = (*settled.issues, *arithmetic, *fields, *failures)
    return Verdict(
        records=replace(final, issues=settled.issues),
        grade=_grade(issues),
        issues=issues,
        suites=suites,
    )


def _mark_suspects(records: Records, issues: Iterable[Issue]) -> Records:
    """Mark the figures that a check casts doubt on; a person's word stands."""
    doubted = {
        index
        for issue in issues
        for index in issue.suspects
        if issue.severity is not Severity.INFO
    }
    figures = tuple(
        _suspect(figure) if index in doubted else figure
        for index, figure in enumerate(records.figures)
    )
    return replace(records, figures=figures)


def _suspect(figure: Figure) -> Figure:
    if figure.quality is Quality.CORRECTED:
        return figure
    return replace(figure, quality=Quality.SUSPECT)


def _run_suites(
    records: Records,
) -> tuple[tuple[SuiteResult, ...], tuple[Issue, ...]]:
    """Run the suites; each failing expectation is one issue a row."""
    # Great Expectations takes seconds to import: only when there is a paper to check.
    from expectations.validate import Failure, run_suites

    def issues_of(failure: Failure) -> Sequence[Issue]:
        if failure.suite in ("observations", "targets"):
            return [_figure_issue(failure, row, records) for row in failure.row_ids]
        where = f" (rows {', '.join(map(str, failure.row_ids))})"
        message = (
            f"{failure.suite}: {failure.message}{where if failure.row_ids else ''}"
        )
        return [Issue(0, failure.code, failure.severity, message)]

    def _figure_issue(failure: Failure, index: int, records: Records) -> Issue:
        figure = records.figures[index]
        return Issue(
            document=figure.document,
            check_code=failure.code,
            severity=failure.severity,
            message=f"{failure.message} ('{figure.source.raw_text}')",
            page_no=figure.source.page_no,
            box=figure.source.box,
            figure=index,
            printed=figure.source.raw_text,
            suspects=(index,),
        )

    results, failures = run_suites(records)
    return results, tuple(issue for f in failures for issue in issues_of(f))


def _grade(issues: Iterable[Issue]) -> Grade:
    worst = {issue.severity for issue in issues}
    if Severity.ERROR in worst:
        return Grade.QUARANTINED
    return Grade.DOUBTFUL if Severity.WARNING in worst else Grade.OK
