"""Shares in sentences, worked out again after a person has corrected a figure.

The parser knows which rate is the share of which count ('405/14.932 hộ, chiếm 2,71%')
and files what does not come out. Of a paper's records that relation is seen where the
rate is the share as it was read, or where the parser has filed that it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from parsers.numbers.conventions import readings
from parsers.records import Figure, Issue, Origin, Quality, Records, Severity
from parsers.tables.equations import last_place

MISMATCH = "prose_mismatch"
_OF_TOTAL = re.compile(r"\d[\d.,]*[^\d/]*/[^\d/]*(\d[\d.,]*)")


@dataclass(frozen=True, slots=True)
class _Share:
    """Indexes of a count and of the rate that it makes, and the total it is of."""

    count: int
    rate: int
    total: Decimal

    def of(self, figures: tuple[Figure, ...]) -> Decimal | None:
        """Return the share in percent; None where the count has no value."""
        value = figures[self.count].value
        return None if value is None else 100 * value / self.total

    def fits(self, figures: tuple[Figure, ...]) -> bool:
        """Whether the rate is the share, to one unit of its last place."""
        share, rate = self.of(figures), figures[self.rate].value
        if share is None or rate is None:
            return True
        return abs(share - rate) <= last_place(rate)


def broken_shares(read: Records, corrected: Records) -> tuple[Issue, ...]:
    """Return a doubt of each share that does not come out with a corrected figure."""
    filed = {issue.figure for issue in read.issues if issue.check_code == MISMATCH}
    return tuple(
        _doubt(share, corrected.figures)
        for share in _shares(read.figures)
        if (share.rate in filed or share.fits(read.figures))
        and _is_corrected(share, corrected.figures)
        and not share.fits(corrected.figures)
    )


def _shares(figures: tuple[Figure, ...]) -> Iterator[_Share]:
    """Yield the counts of a total with the rate that comes next in their sentence."""
    for n, count in enumerate(figures):
        total = _total_of(count)
        if total is None:
            continue
        rate = next(
            (
                k
                for k in range(n + 1, min(n + 3, len(figures)))
                if figures[k].uom == "percent"
                and figures[k].statement == count.statement
            ),
            None,
        )
        if rate is not None:
            yield _Share(n, rate, total)


def _total_of(count: Figure) -> Decimal | None:
    """Return what a count is printed as a part of: 14932 of '405/14.932 hộ'."""
    if count.origin is not Origin.PROSE or count.uom == "percent":
        return None
    match = _OF_TOTAL.search(count.source.raw_text)
    if match is None or "total of the count" in count.source.rule:
        return None
    whole = [v for v in readings(match[1]).values() if v == v.to_integral_value()]
    return max(whole, default=None) or None


def _is_corrected(share: _Share, figures: tuple[Figure, ...]) -> bool:
    pair = (figures[share.count], figures[share.rate])
    return any(figure.quality is Quality.CORRECTED for figure in pair)


def _doubt(share: _Share, figures: tuple[Figure, ...]) -> Issue:
    count, rate = figures[share.count], figures[share.rate]
    value = rate.value if rate.value is not None else Decimal(0)
    computed = (share.of(figures) or Decimal(0)).quantize(last_place(value))
    return Issue(
        document=rate.document,
        check_code=MISMATCH,
        severity=Severity.WARNING,
        message=(
            f"'{rate.source.raw_text}' stands as {value} %, but {count.value} of "
            f"{share.total} is {computed} %"
        ),
        page_no=rate.source.page_no,
        box=rate.source.box,
        figure=share.rate,
        printed=rate.source.raw_text,
        computed=str(computed),
        suspects=(share.count,),
    )
