"""Checks across papers: what one says of a unit beside what others say of it.

Only stocks of a unit with an official code are compared, and only by papers of other
bytes. The end of a year and the start of the next are one moment. Nothing here blocks
a paper: the doubts are for people, and often the answer lies outside the papers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.known import KnownFigure, PaperDoubt
from parsers.records import AsOf, Severity

DISAGREE = "papers_disagree"
NOT_CONTINUED = "start_end_mismatch"
JUMP = "implausible_jump"
COMPARED = ("households", "poor_households", "near_poor_households")
"""Indicators that are compared."""

_NEW_STANDARDS = frozenset({2010, 2015, 2021})
"""Year ends whose surveys counted the poor by the old and by a new standard (Decisions
09/2011/QĐ-TTg and 59/2015/QĐ-TTg, Decree 07/2021/NĐ-CP): such counts differ by right.
"""
_LEAST_CHANGE = 30
"""Households; smaller changes are no news however large the percentage."""

_NAMES_VI = {
    "households": "số hộ",
    "poor_households": "số hộ nghèo",
    "near_poor_households": "số hộ cận nghèo",
}


@dataclass(frozen=True, slots=True)
class Plausible:
    """By how much a unit's stocks may change from one year to the next, in percent."""

    households_percent: float = 20
    poor_percent: float = 60

    def allows(self, before: KnownFigure, after: KnownFigure) -> bool:
        """Whether the change from one figure to another is plausible."""
        is_all = after.indicator == "households"
        limit = self.households_percent if is_all else self.poor_percent
        change = abs(after.value - before.value)
        if change < _LEAST_CHANGE:
            return True
        return before.value > 0 and float(change * 100 / before.value) <= limit


_Papers = Mapping[str, Sequence[KnownFigure]]
"""Figures of one unit, indicator and moment by paper."""


def check_across(
    figures: Iterable[KnownFigure], plausible: Plausible
) -> Iterator[PaperDoubt]:
    """Yield the doubts between papers, the same whatever the figures' order."""
    series: dict[tuple[str, str], dict[int, dict[str, list[KnownFigure]]]] = {}
    for figure in sorted(figures, key=lambda f: (f.order, f.figure_id)):
        moments = series.setdefault((figure.unit_key, figure.indicator), {})
        papers = moments.setdefault(_moment(figure), defaultdict(list))
        papers[figure.paper_id].append(figure)
    for moments in series.values():
        for moment, papers in sorted(moments.items()):
            if _is_comparable(moment, papers):
                yield from _disagreements(papers)
                before = moments.get(moment - 1, {})
                if _is_comparable(moment - 1, before):
                    yield from _jumps(before, papers, plausible)


def _moment(figure: KnownFigure) -> int:
    """Return the year whose end a figure speaks of."""
    return figure.year - 1 if figure.as_of is AsOf.START else figure.year


def _is_comparable(moment: int, papers: _Papers) -> bool:
    first = next(iter(papers.values()), None)
    if first is None:
        return False
    return first[0].indicator == "households" or moment not in _NEW_STANDARDS


def _disagreements(papers: _Papers) -> Iterator[PaperDoubt]:
    """Yield a doubt for each paper that says another number than the one before it.

    A paper that gives several numbers of one thing is its own checks' business: it
    agrees if any of them does.
    """
    in_order = list(papers.values())
    for earlier, later in pairwise(in_order):
        if {f.value for f in earlier} & {f.value for f in later}:
            continue
        figure, other = later[0], earlier[0]
        starts = figure.as_of is not other.as_of
        code = NOT_CONTINUED if starts else DISAGREE
        yield _doubt(figure, other, code, Severity.WARNING)


def _jumps(
    before: _Papers, papers: _Papers, plausible: Plausible
) -> Iterator[PaperDoubt]:
    """Yield the doubt about a change between the newest papers of two years."""
    old, new = [*before.values()][-1], [*papers.values()][-1]
    if old[0].paper_id == new[0].paper_id or new[0].order < old[0].order:
        return
    if not any(plausible.allows(a, b) for a in old for b in new):
        yield _doubt(new[0], old[0], JUMP, Severity.INFO)


def _doubt(
    figure: KnownFigure, other: KnownFigure, code: str, severity: Severity
) -> PaperDoubt:
    said = f"{other.value} ({_when(other)}, {other.paper_no})"
    ends = {
        DISAGREE: "another paper says",
        NOT_CONTINUED: "the same moment stands in another paper as",
        JUMP: "that is far from the year before:",
    }
    ends_vi = {
        DISAGREE: "văn bản khác ghi",
        NOT_CONTINUED: "cùng thời điểm, văn bản khác ghi",
        JUMP: "chênh lệch lớn so với năm trước:",
    }
    subject = f"{figure.unit_name}, {figure.indicator.replace('_', ' ')}"
    name_vi = _NAMES_VI[figure.indicator]
    return PaperDoubt(
        figure=figure,
        other=other,
        check_code=code,
        severity=severity,
        message=f"{subject}: {figure.value} ({_when(figure)}), {ends[code]} {said}.",
        message_vi=(
            f"{figure.unit_name}, {name_vi}: {figure.value} ({_when_vi(figure)}), "
            f"{ends_vi[code]} {other.value} ({_when_vi(other)}, {other.paper_no})."
        ),
    )


def _when(figure: KnownFigure) -> str:
    return f"{figure.as_of.value} of {figure.year}"


def _when_vi(figure: KnownFigure) -> str:
    moment = "đầu" if figure.as_of is AsOf.START else "cuối"
    return f"{moment} năm {figure.year}"
