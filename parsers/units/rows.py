"""The rows of one table, resolved together: what is taken explains the slips.

A unit stands in a table once. So names found for certain leave fewer units for the
slips; a name that stands twice, while a unit one slip away is missing, may be that
unit's; and where a table runs in the order of the codes, a row's neighbours tell it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from parsers.records import Unit
from parsers.units.match import (
    SURE,
    Entry,
    UnitMatch,
    ambiguous,
    matched,
    near_numbers,
)
from parsers.units.names import split_name
from parsers.units.slips import count_slips

_ORDERED = 5
"""Rows found for certain from which on the order of a table says something."""
_FEW = 0.2
"""Share of repeated names up to which a repetition is taken for a slip."""

Match = Callable[[str, frozenset[str]], UnitMatch]
"""Matches a label, given the codes that others have."""


def match_together(
    labels: Sequence[str],
    match: Match,
    area_of: Callable[[str], Sequence[Entry]],
) -> tuple[UnitMatch, ...]:
    """Match each label; each unit is given at most once where that matters.

    Args:
        labels: The printed names of a table's rows.
        match: Matches one of them.
        area_of: The units of the label's kind that the table may list.
    """
    first = [match(label, frozenset()) for label in labels]
    taken = frozenset(_code(m) for m in first if _is_sure(m))
    repeated = _repeated(labels, first)
    found: list[UnitMatch] = []
    for label, before in zip(labels, first, strict=True):
        if not _is_sure(before):
            after = _against(before, match(label, taken), taken)
            found.append(_settle_number(label, after, area_of(label), taken))
        elif _code(before) in repeated:
            found.append(_reopen(label, before, area_of(label), taken))
        else:
            found.append(before)
    return tuple(_settle_by_order(found))


def _is_sure(match: UnitMatch) -> bool:
    return match.unit is not None and match.confidence >= SURE


def _code(match: UnitMatch) -> str:
    return (match.unit.code if match.unit else None) or ""


def _against(before: UnitMatch, after: UnitMatch, taken: frozenset[str]) -> UnitMatch:
    """Open a slip whose best explanation another row has for certain.

    One of the two rows may be a slip of a twin: 'PhổNinh' beside a 'Phổ Ninh'.
    """
    if before.unit is None or after.unit is None or _code(before) not in taken:
        return after
    return UnitMatch(None, 0.0, "ambiguous", (before.unit, after.unit))


def _repeated(labels: Sequence[str], found: Sequence[UnitMatch]) -> frozenset[str]:
    """Return codes that two rows have; none where a table lists its units twice."""
    counts = Counter(
        (_code(m), split_name(label).kind)
        for label, m in zip(labels, found, strict=True)
        if _is_sure(m)
    )
    twice = frozenset(code for (code, _), count in counts.items() if count > 1)
    return twice if len(twice) <= max(1, _FEW * len(counts)) else frozenset()


def _reopen(
    label: str, match: UnitMatch, area: Sequence[Entry], taken: frozenset[str]
) -> UnitMatch:
    """Open a name that stands twice, if a missing unit is one slip away from it."""
    bare = split_name(label).bare
    own = [e for e in area if e.code == _code(match)]
    missing = [
        e for e in area if e.code not in taken and count_slips(bare, e.bare) <= 1
    ]
    return ambiguous([*own, *missing]) if missing else match


def _settle_number(
    label: str, match: UnitMatch, area: Sequence[Entry], taken: frozenset[str]
) -> UnitMatch:
    """Settle a slip in a ward's number where most wards of the area are taken."""
    left = [e for e in area if e.code not in taken]
    if match.way != "ambiguous" or 2 * len(left) > len(area):
        return match
    near = near_numbers(split_name(label), left)
    return matched(near[0], 0.75, "OCR repair") if len(near) == 1 else match


def _settle_by_order(found: Sequence[UnitMatch]) -> list[UnitMatch]:
    """Settle open rows by their neighbours, in a table that runs by codes."""
    codes = [_code(m) if _is_sure(m) else "" for m in found]
    known = [code for code in codes if code]
    if len(known) < _ORDERED or known != sorted(set(known)):
        return list(found)
    settled = list(found)
    for place, match in enumerate(found):
        if match.way == "ambiguous":
            before = max(codes[:place], default="")
            after = next((c for c in codes[place + 1 :] if c), "~")
            fitting = [u for u in match.candidates if before < (u.code or "") < after]
            if len(fitting) == 1 and not _is_claimed(fitting[0], found):
                settled[place] = UnitMatch(fitting[0], 0.8, "").found_by(
                    "order of the table", 0.8
                )
    return settled


def _is_claimed(unit: Unit, found: Sequence[UnitMatch]) -> bool:
    return any(m.unit == unit for m in found)
