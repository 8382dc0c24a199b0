"""The report: one HTML file that needs nothing else, for people who settle doubts."""

from __future__ import annotations

import base64
import json
import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, StrictUndefined

from expectations.names import CHECKS, SUITES, Name, name_of
from expectations.vietnamese import in_vietnamese
from extractors.crops import cut_strips
from extractors.errors import InputError, UsageError
from extractors.model import BBox
from flows.settings import Settings
from flows.store import Store
from warehouse.report import DoubtRow, PaperRow, ReportRows, SuiteRow, report_rows

if TYPE_CHECKING:
    from sqlalchemy import Engine

log = logging.getLogger(__name__)

_MOST_SENDERS = 20


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: how many open doubts of each severity."""

    label: str
    code: str
    """What stands under the label; '' where nothing does."""
    error: int
    warning: int
    info: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.error + self.warning + self.info


@dataclass(frozen=True, slots=True)
class ShownDoubt:
    """A doubt with the crop of its page as a data address, '' where there is none."""

    row: DoubtRow
    crop: str


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A paper with its doubts."""

    row: PaperRow
    doubts: tuple[ShownDoubt, ...]


@dataclass(frozen=True, slots=True)
class ShownSuite:
    """A suite with what it found wrong: paper, sentence in Vietnamese, in English."""

    row: SuiteRow
    name: Name
    failures: tuple[tuple[str, str, str], ...]


def write_report(
    engine: Engine, settings: Settings, target: Path, *, crops: int
) -> int:
    """Write the report of all papers; return how many bytes it has.

    Raises:
        UsageError: The file cannot be written.
        WarehouseBusyError: A lock or a lost connection.
    """
    rows = report_rows(engine)
    page = render_report(rows, _cut_crops(rows, settings, crops))
    try:
        target.write_text(page, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"the report cannot be written ({error.strerror})",
            todo="Name another file with --output.",
            file=target,
        ) from error
    return len(page.encode())


def render_report(rows: ReportRows, crops: Mapping[str, str]) -> str:
    """Return the page. ``crops`` are data addresses by the doubt's key."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = files("flows").joinpath("templates", "report.html.j2")
    papers = _papers(rows, crops)
    senders = {row.paper_id: row.source or "–" for row in rows.papers}
    is_open = [row for row in rows.doubts if row.status == "open"]
    return environment.from_string(template.read_text(encoding="utf-8")).render(
        made_at=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        papers=papers,
        grades=Counter(row.grade for row in rows.papers),
        figures=sum(row.figures for row in rows.papers),
        suspect=sum(row.suspect for row in rows.papers),
        statuses=Counter(row.status for row in rows.doubts),
        by_kind=_bars(((row.check_code, row) for row in is_open), CHECKS),
        by_sender=_bars(((senders[row.paper_id], row) for row in is_open), {})[
            :_MOST_SENDERS
        ],
        checks=CHECKS,
        suites=_suites(rows),
    )


def _papers(rows: ReportRows, crops: Mapping[str, str]) -> list[ShownPaper]:
    doubts: dict[str, list[ShownDoubt]] = defaultdict(list)
    for row in rows.doubts:
        doubts[row.paper_id].append(ShownDoubt(row, crops.get(row.issue_id, "")))
    return [ShownPaper(row, tuple(doubts[row.paper_id])) for row in rows.papers]


def _bars(
    labelled: Iterable[tuple[str, DoubtRow]], names: Mapping[str, Name]
) -> list[Bar]:
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for label, row in labelled:
        counted[label][row.severity] += 1
    bars = [
        Bar(
            name_of(label, names)[0],
            label if label in names else "",
            counts["error"],
            counts["warning"],
            counts["info"],
        )
        for label, counts in counted.items()
    ]
    return sorted(bars, key=lambda bar: (-bar.total, bar.label))


def _suites(rows: ReportRows) -> list[ShownSuite]:
    failures: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for failure in rows.failures:
        for sentence in json.loads(failure.failed):
            told = (failure.file_name, in_vietnamese(sentence), sentence)
            failures[failure.suite].append(told)
    return [
        ShownSuite(row, name_of(row.suite, SUITES), tuple(failures[row.suite]))
        for row in rows.suites
    ]


# --- crops ----------------------------------------------------------------------------


def _cut_crops(rows: ReportRows, settings: Settings, most: int) -> Mapping[str, str]:
    """Return crops of the pages for open doubts, the worst first, at most so many.

    A table that lists persons is not shown: a report is handed on.
    """
    ranks = ("error", "warning", "info")
    wanted = [
        row
        for row in rows.doubts
        if row.status == "open" and row.page and _box(row) and not row.is_of_people
    ]
    chosen = sorted(wanted, key=lambda row: ranks.index(row.severity))[:most]
    by_page: dict[tuple[str, int], list[DoubtRow]] = defaultdict(list)
    for row in chosen:
        by_page[row.paper_id, row.page or 1].append(row)
    hashes = {row.paper_id: row.file_sha256 for row in rows.papers}
    store = Store(settings.store_dir)
    crops: dict[str, str] = {}
    for (paper_id, page_no), doubts in by_page.items():
        stored = store.place_of(hashes[paper_id])
        if stored is not None:
            crops |= _crops_of_page(stored, page_no, doubts, settings)
    return crops


def _crops_of_page(
    stored: Path, page_no: int, doubts: Sequence[DoubtRow], settings: Settings
) -> dict[str, str]:
    boxes = [box for box in map(_box, doubts) if box is not None]
    limit = settings.read_options.max_pixels
    try:
        strips = cut_strips(stored, page_no, boxes, max_pixels=limit)
    except InputError as error:
        # The figures were read all the same; the report says them without a picture.
        log.warning("%s", error)
        return {}
    return {
        row.issue_id: "data:image/png;base64," + base64.b64encode(strip).decode()
        for row, strip in zip(doubts, strips, strict=True)
    }


def _box(row: DoubtRow) -> BBox | None:
    if row.x0 is None or row.y0 is None or row.x1 is None or row.y1 is None:
        return None
    return BBox(row.x0, row.y0, row.x1, row.y1)
