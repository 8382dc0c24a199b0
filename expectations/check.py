"""One call that checks a paper's records and says what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from expectations.arithmetic import ARITHMETIC, file_doubts
from expectations.coverage import check_coverage
from expectations.failures import Failure, Where
from expectations.fields import check_fields
from expectations.gate import Gate, grade, suspect_issues
from expectations.repairs import settle_readings
from expectations.shares import broken_shares
from expectations.vietnamese import in_vietnamese, with_vietnamese
from expectations.wording import TableCheck
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
    corrected = correct(records, corrections)
    broken = broken_shares(records, corrected)
    after = _judge(replace(corrected, issues=(*corrected.issues, *broken)), gate)
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
    read = settle_readings(records)
    settled = read.records
    arithmetic = file_doubts(read.checks, settled)
    fields = (*check_fields(settled), *check_coverage(settled))
    marked = _mark_suspects(settled, arithmetic)
    suites, failures = _run_suites(marked, read.checks)
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
    records: Records, checks: Sequence[TableCheck]
) -> tuple[tuple[SuiteResult, ...], tuple[Issue, ...]]:
    """Run the suites; each failing expectation is one issue a row."""
    # Great Expectations takes seconds to import: only when there is a paper to check.
    from expectations.validate import run_suites

    results, failures = run_suites(records, checks)
    return results, tuple(issue for f in failures for issue in _issues_of(f))


def _issues_of(failure: Failure) -> Iterator[Issue]:
    """Yield an issue for each row; of the frame as a whole where no row is to blame.

    Equations that fail are filed already, in sentences that name their figures.
    """
    if failure.code in ARITHMETIC:
        return
    for place in failure.places or (Where(),):
        said = f" ('{place.printed}')" if place.printed else ""
        is_figure = place.figure is not None
        where = "" if is_figure else f"{failure.suite}: "
        yield Issue(
            document=place.document,
            check_code=failure.code,
            severity=failure.severity,
            message=f"{where}{failure.message}{said}",
            message_vi=f"{where}{in_vietnamese(failure.message)}{said}",
            page_no=place.page_no,
            box=place.box,
            figure=place.figure,
            printed=place.printed,
            suspects=() if place.figure is None else (place.figure,),
        )
