"""What a document's own head and its annexes lack or contradict.

The codes and their reach are the contract's: a document's own number and date, not
those of an attached document or of an annex's reference line; an annex that the text
names and the file lacks, once for each phrase; an annex of another year, once each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractors.model import Method
from parsers.dates.dates import find_dates
from parsers.dates.times import SURVEY_OPENS
from parsers.records import (
    Annex,
    AnnexMention,
    AsOf,
    Document,
    DocumentKind,
    Figure,
    FigureKind,
    Issue,
    Records,
    Severity,
    Source,
)
from parsers.text import one_spelling

_FULL_DATE = 10
_TIME_WORDS = re.compile(r"time (?:of|from) [^;]*? '([^']*)'")
"""The words of a figure's time, in the rule that found them."""
_QUARTER = re.compile(r"\d{4}-Q([1-4])")
_MONTH_WORDS = {"sáu": 6, "chín": 9}
_MONTHS = re.compile(r"\b([369]|sáu|chín) tháng\b", re.IGNORECASE)
_NUMBERS = re.compile(r"(?<!\d)\d{1,2}(?!\d)|\b[IVX]{1,4}\b")
_GOALS = re.compile(
    r"chỉ tiêu|kế hoạch|mục tiêu|dự kiến|phấn đấu|phân bổ|giao nhiệm vụ|dự toán",
    re.IGNORECASE,
)
_RESULTS = re.compile(
    r"kết quả|thực trạng|hiện trạng|tình hình|thực hiện năm|rà soát|đã thực hiện",
    re.IGNORECASE,
)
_NAMED_KIND = re.compile(r"biểu|bảng|phụ lục|phụ biểu|mẫu|danh sách", re.IGNORECASE)


def check_fields(records: Records) -> tuple[Issue, ...]:
    """Return the doubts about heads and annexes."""
    issues: list[Issue] = []
    for document in records.documents:
        if document.parent is None:
            issues.extend(_head_issues(document))
            issues.extend(_date_issues(document, records))
    issues.extend(_missing_annexes(records))
    issues.extend(_annexes_of_other_years(records))
    return tuple(issues)


def _field_issue(
    document: int,
    code: str,
    message: str,
    source: Source,
    printed: str | None = None,
) -> Issue:
    return Issue(
        document=document,
        check_code=code,
        severity=Severity.WARNING,
        message=message,
        page_no=source.page_no,
        box=source.box,
        printed=printed,
    )


# --- the head -------------------------------------------------------------------------


def _head_issues(document: Document) -> Iterator[Issue]:
    if document.number is None and _has_number_line(document):
        symbol = f" (only the symbol '{document.symbol}')" if document.symbol else ""
        text = f"The document's number is left blank{symbol}."
        yield _field_issue(document.ordinal, "number_missing", text, document.source)
    if _lacks_day(document):
        printed = document.issued_on
        shown = f"only {printed} is printed" if printed else "nothing is printed"
        text = f"The date of issue is incomplete: {shown}."
        yield _field_issue(
            document.ordinal, "date_incomplete", text, document.source, printed
        )


def _has_number_line(document: Document) -> bool:
    """Whether the paper has a line for its number, or a head that should have one.

    Where an image gave no symbol the line was rather misread than left blank.
    """
    if document.symbol is not None:
        return True
    is_text = document.source.method is Method.TEXT_LAYER
    return is_text and document.place is not None


def _lacks_day(document: Document) -> bool:
    if document.issued_on is None:
        is_text = document.source.method is Method.TEXT_LAYER
        return is_text and document.place is not None
    return len(document.issued_on) < _FULL_DATE


# --- dates ----------------------------------------------------------------------------


def _date_issues(document: Document, records: Records) -> Iterator[Issue]:
    """Yield the one doubt about a date before that of what the paper reports."""
    if document.issued_on is None:
        return
    later = [
        figure
        for figure in records.figures
        if figure.kind is FigureKind.OBSERVATION
        and states_own_time(figure)
        and _root(figure.document, records.documents) == document.ordinal
        and _is_before_survey(document.issued_on, figure)
    ]
    if later:
        first = later[0]
        moment = "start" if first.as_of is AsOf.START else "end"
        text = (
            f"The paper is dated {document.issued_on} but reports the {moment} of "
            f"{first.year} ('{first.indicator_label}': {first.source.raw_text})."
        )
        yield _field_issue(
            document.ordinal,
            "date_inconsistent",
            text,
            document.source,
            document.issued_on,
        )


def states_own_time(figure: Figure) -> bool:
    """Whether a figure's time is printed, not taken from the planned period."""
    return "planned period" not in figure.source.rule


def _is_before_survey(issued_on: str, figure: Figure) -> bool:
    """Whether a paper is older than what its figure must come from.

    That is the survey of the year's end, or the moment within the year that is printed:
    'Tính đến ngày 30/6/2025', '6 tháng đầu năm 2025'.
    """
    if figure.year is None or figure.as_of not in (AsOf.START, AsOf.END):
        return False
    year = figure.year - 1 if figure.as_of is AsOf.START else figure.year
    known_from = min(_moments_within(year, figure), default=f"{year}-{SURVEY_OPENS}")
    shared = min(len(issued_on), len(known_from))
    return issued_on[:shared] < known_from[:shared]


def _moments_within(year: int, figure: Figure) -> Iterator[str]:
    """Yield the months or days of a year that the words of a figure's time name."""
    for said in _TIME_WORDS.findall(figure.source.rule):
        for date in find_dates(said):
            if date.iso.startswith(f"{year}-"):
                quarter = _QUARTER.fullmatch(date.iso)
                yield f"{year}-{int(quarter[1]) * 3:02}" if quarter else date.iso
        for months in _MONTHS.findall(said):
            yield f"{year}-{_MONTH_WORDS.get(months.lower()) or int(months):02}"


def _root(ordinal: int, documents: Sequence[Document]) -> int:
    """Return the document that a document is attached to, or itself."""
    parents = {d.ordinal: d.parent for d in documents}
    seen = {ordinal}
    parent = parents.get(ordinal)
    while parent is not None and parent not in seen:
        seen.add(parent)
        ordinal, parent = parent, parents.get(parent)
    return ordinal


# --- annexes --------------------------------------------------------------------------


def _missing_annexes(records: Records) -> Iterator[Issue]:
    for mention in records.annex_mentions:
        if not _is_there(mention, records.annexes):
            text = f"The text names '{mention.names}', but the file does not hold it."
            yield _field_issue(
                mention.document,
                "annex_missing",
                text,
                mention.source,
                mention.names,
            )


def _is_there(mention: AnnexMention, annexes: Sequence[Annex]) -> bool:
    """Whether the file holds what a phrase names: by number, else by how many."""
    wanted = _numbers(mention.names)
    held = {number for annex in annexes for number in _title_numbers(annex.title)}
    if wanted and held:
        return wanted <= held
    return len(annexes) >= mention.count


def _numbers(text: str) -> set[str]:
    found = (number.upper() for number in _NUMBERS.findall(text))
    return {number.lstrip("0") or "0" for number in found}


def _title_numbers(title: str) -> set[str]:
    """Return the number that a title opens with: 'Biểu số 01', 'PHỤ LỤC II'."""
    opening = " ".join(title.split()[:4])
    return _numbers(opening) if _NAMED_KIND.search(opening) else set()


def _annexes_of_other_years(records: Records) -> Iterator[Issue]:
    for annex in records.annexes:
        root = _root(annex.document, records.documents)
        document = next((d for d in records.documents if d.ordinal == root), None)
        if document is None:
            continue
        printed = _other_year(annex, document)
        if printed is not None:
            text = (
                f"The annex '{annex.title}' speaks of {printed}, "
                f"the paper of {_years_text(document)}."
            )
            yield _field_issue(
                annex.document, "annex_year_mismatch", text, annex.source, printed
            )


def _other_year(annex: Annex, document: Document) -> str | None:
    """Return the year of an annex that cannot be the paper's, as text."""
    issued = int(document.issued_on[:4]) if document.issued_on else None
    own = {issued} if issued else _planned_years(document)
    wrong = [year for year in annex.reference_years if own and year not in own]
    if wrong:
        return str(wrong[0])
    allowed = _title_years(annex.title, document, issued)
    if annex.years and allowed and not allowed & set(annex.years):
        return str(annex.years[0])
    return None


def _planned_years(document: Document) -> set[int]:
    first = document.period_start
    if first is None:
        return set()
    return set(range(first, (document.period_end or first) + 1))


def _title_years(title: str, document: Document, issued: int | None) -> set[int]:
    """Return the years that a title may name: the plan's and the issue's, as a rule.

    The contract's 'another year than the paper' is read by what the annex is for. One
    that shows how things stood ('Kết quả rà soát năm 2021' in a plan for 2022) is of
    the year before by right. One that sets or shares out ('Chỉ tiêu năm 2021') is of
    the year planned for, and a year before is a slip of the paper; so is a year after,
    but in a report, which may look ahead.
    """
    own = _planned_years(document) | ({issued} if issued else set())
    if not own:
        return own
    sets_goals = _GOALS.search(title) is not None and not _RESULTS.search(title)
    if not sets_goals:
        return own | {min(own) - 1}
    if document.kind is DocumentKind.REPORT:
        return own | {max(own) + 1}
    return _planned_years(document) or own


def _years_text(document: Document) -> str:
    years: Iterable[int | str | None] = (document.period_start, document.period_end)
    shown = [str(year) for year in dict.fromkeys(years) if year is not None]
    return "–".join(shown) or one_spelling(document.issued_on or "another year")
