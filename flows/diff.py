"""What another version of code or vocabulary makes of the same papers, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from flows.store import Store
from parsers.records import Figure, Verdict
from warehouse.manifest import NotedVerdict, current_verdicts, names_of, verdicts_of

if TYPE_CHECKING:
    from sqlalchemy import Engine

_COMPARED = (
    *("kind", "indicator", "indicator_label", "group_code", "year", "year_to", "as_of"),
    *("value", "value_max", "comparator", "uom", "per", "unit_raw", "unit"),
    *("row_kind", "quality"),
)
_Place = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that two runs see differently.

    ``field`` is None, and ``before`` or ``after`` too, where only one of them has it.
    """

    paper: str
    page: int
    table_no: int | None
    row_no: int | None
    col_no: int | None
    printed: str
    field: str | None
    before: str | None
    after: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes, and how many papers were compared and could not be."""

    compared: int
    changes: tuple[Change, ...]
    apart: tuple[str, ...]
    """Papers of the later run that the earlier one does not have."""
    lost: tuple[str, ...]
    """Papers whose verdicts are no longer in the store."""


def compare_runs(
    engine: Engine, store: Store, before: str | None, after: str
) -> Difference:
    """Return each figure that the later run would change.

    Args:
        engine: The warehouse.
        store: Where both runs left their verdicts.
        before: The earlier run; None: what is current, whichever run made it.
        after: The later run, most often a dry one.

    Raises:
        UsageError: There is no such run.
    """
    later = verdicts_of(engine, after)
    earlier = verdicts_of(engine, before) if before else current_verdicts(engine)
    names = names_of(engine)
    changes: list[Change] = []
    lost = []
    both = sorted(later.keys() & earlier.keys(), key=lambda sha: names.get(sha, sha))
    for sha256 in both:
        name = names.get(sha256, sha256)
        pair = _verdicts(store, earlier[sha256], later[sha256])
        if pair is None:
            lost.append(name)
        else:
            is_reread = earlier[sha256].evidence_key != later[sha256].evidence_key
            changes += compare_verdicts(name, *pair, is_reread=is_reread)
    apart = sorted(names.get(sha, sha) for sha in later.keys() - earlier.keys())
    compared = len(both) - len(lost)
    return Difference(compared, tuple(changes), tuple(apart), tuple(lost))


def compare_verdicts(
    name: str, before: Verdict, after: Verdict, *, is_reread: bool
) -> Iterator[Change]:
    """Yield what differs between two verdicts on the same bytes, in reading order."""
    old, new = _by_place(before), _by_place(after)
    for place in sorted(old.keys() | new.keys(), key=str):
        for one, other in zip_longest(old.get(place, ()), new.get(place, ())):
            if one is None or other is None:
                yield _come_or_gone(name, one, other)
            else:
                reasons = _Reasons(before, after, is_reread)
                yield from _changed(name, one, other, reasons)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A figure and its number in its verdict."""

    figure: Figure
    number: int


@dataclass(frozen=True, slots=True)
class _Reasons:
    """Tells why a figure differs: from the first stage that made it differ."""

    before: Verdict
    after: Verdict
    is_reread: bool

    def why(self, one: _Seen, other: _Seen) -> str:
        """Return the reason in one line."""
        old, new = one.figure.source, other.figure.source
        if old.raw_text != new.raw_text:
            return f"read as '{new.raw_text}', before as '{old.raw_text}'"
        if old.rule != new.rule:
            return f"by the rule '{new.rule}', before '{old.rule}'"
        doubts = _doubts(self.before, one.number), _doubts(self.after, other.number)
        if doubts[0] != doubts[1]:
            return f"doubts: {_listed(doubts[1])}; before: {_listed(doubts[0])}"
        if self.is_reread:
            return f"what stands around it was read anew (rule '{new.rule}')"
        return f"the rule '{new.rule}' or its words changed"


def _verdicts(
    store: Store, before: NotedVerdict, after: NotedVerdict
) -> tuple[Verdict, Verdict] | None:
    def kept(noted: NotedVerdict) -> Verdict | None:
        return store.find(noted.file_sha256, "verdict", noted.verdict_key, Verdict)

    old, new = kept(before), kept(after)
    return None if old is None or new is None else (old, new)


def _by_place(verdict: Verdict) -> dict[_Place, list[_Seen]]:
    """Return the figures by where they stand; in sentences, by what is printed."""
    found: dict[_Place, list[_Seen]] = defaultdict(list)
    for number, figure in enumerate(verdict.records.figures):
        found[_place(figure)].append(_Seen(figure, number))
    return found


def _place(figure: Figure) -> _Place:
    page = f"{figure.source.page_no:06}"
    if figure.table_no is not None:
        cell = (figure.table_no, figure.row_no or 0, figure.col_no or 0)
        return (page, "", *(f"{part:06}" for part in cell))
    return (page, figure.source.raw_text)


def _come_or_gone(name: str, one: _Seen | None, other: _Seen | None) -> Change:
    seen = one or other
    if seen is None:
        raise ValueError("a place without figures")
    figure = seen.figure
    rule = figure.source.rule
    if one is None:
        return _change(name, figure, None, None, _brief(figure), f"new, by '{rule}'")
    why = f"no longer seen; before by '{rule}'"
    return _change(name, figure, None, _brief(figure), None, why)


def _changed(
    name: str, one: _Seen, other: _Seen, reasons: _Reasons
) -> Iterator[Change]:
    for field in _COMPARED:
        before, after = getattr(one.figure, field), getattr(other.figure, field)
        if before != after:
            why = reasons.why(one, other)
            yield _change(name, other.figure, field, _shown(before), _shown(after), why)


def _change(
    name: str,
    figure: Figure,
    field: str | None,
    before: str | None,
    after: str | None,
    why: str,
) -> Change:
    return Change(
        name,
        figure.source.page_no,
        figure.table_no,
        figure.row_no,
        figure.col_no,
        figure.source.raw_text,
        field,
        before,
        after,
        why,
    )


def _brief(figure: Figure) -> str:
    parts = (figure.indicator, figure.year, _shown(figure.value), figure.uom)
    return " ".join(str(part) for part in parts if part is not None)


def _shown(value: object) -> str | None:
    if value is None:
        return None
    name = getattr(value, "name", None)
    return str(getattr(value, "value", None) or name or value)


def _doubts(verdict: Verdict, number: int) -> tuple[str, ...]:
    return tuple(
        sorted(
            {
                issue.check_code
                for issue in verdict.issues
                if issue.figure == number or number in issue.suspects
            }
        )
    )


def _listed(codes: Sequence[str]) -> str:
    return ", ".join(codes) or "none"
