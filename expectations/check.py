"""One call that checks a paper's records and says what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from expectations.arithmetic import check_tables
from expectations.fields import check_fields
from expectations.gate import Gate, grade, suspect_issues
from expectations.repairs import settle_readings
from expectations.vietnamese import in_vietnamese, with_vietnamese
from parsers.corrections import Correction, correct
from parsers.records import (
    Figure,
    Issue,
    IssueStatus,
    Quality,
    Records,
    Severity,
    SuiteResult,
    Verdict,
)

_AS_USUAL = Gate()


def check(
    records: Records,
    gate: Gate = _AS_USUAL,
    corrections: Sequence[Correction] = (),
) -> Verdict:
    """Return the records with the marks that the checks give them, and the doubts.

    Where people have corrected figures, the corrected records are what is judged; the
    doubts that these settle stay among the issues, with status 'corrected'.

    Raises:
        TerminalError: A suite could not be run.
    """
    verdict = _judge(records, gate)
    if not corrections:
        return verdict
    after = _judge(correct(records, corrections), gate)
    open_still = {_subject(issue) for issue in after.issues}
    settled = (
        replace(issue, status=IssueStatus.CORRECTED)
        for issue in verdict.issues
        if _subject(issue) not in open_still
    )
    return replace(after, issues=(*after.issues, *settled))


def _subject(issue: Issue) -> tuple[object, ...]:
    """Return what a doubt is about, whatever the figures in it."""
    on = issue.figure
    place = (issue.page_no, issue.printed, issue.message) if on is None else (on,)
    return (issue.document, issue.check_code, *place)


def _judge(records: Records, gate: Gate) -> Verdict:
    """Judge records as they are.

    First misreadings are settled by the tables' equations, then what is left of these
    is judged, then heads and annexes, then every family by its suite.
    """
    settled = settle_readings(records)
    arithmetic = check_tables(settled)
    fields = check_fields(settled)
    marked = _mark_suspects(settled, arithmetic)
    suites, failures = _run_suites(marked)
    final = _mark_suspects(marked, failures)
    found = (*settled.issues, *arithmetic, *fields, *failures)
    issues = (*found, *suspect_issues(final, gate))
    return Verdict(
        records=replace(final, issues=settled.issues),
        grade=grade(issues, gate),
        issues=tuple(with_vietnamese(issue, final) for issue in issues),
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
        vi = f"{failure.suite}: {in_vietnamese(failure.message)}"
        return [Issue(0, failure.code, failure.severity, message, message_vi=vi)]

    def _figure_issue(failure: Failure, index: int, records: Records) -> Issue:
        figure = records.figures[index]
        return Issue(
            document=figure.document,
            check_code=failure.code,
            severity=failure.severity,
            message=f"{failure.message} ('{figure.source.raw_text}')",
            message_vi=(
                f"{in_vietnamese(failure.message)} ('{figure.source.raw_text}')"
            ),
            page_no=figure.source.page_no,
            box=figure.source.box,
            figure=index,
            printed=figure.source.raw_text,
            suspects=(index,),
        )

    results, failures = run_suites(records)
    return results, tuple(issue for f in failures for issue in issues_of(f))
