"""Tasks that a table hands out: 'TT | Nội dung | Cơ quan chủ trì | … | Thời gian'.

Plans often end with such an annex. The heads say which column is the task, which the
body, its partners and the time (``task_words.csv``, parts 'column_…'); a table without
a task and a body column hands out nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.model import Cell, RawTable
from parsers.dates.deadlines import Deadlines, find_deadlines, find_recurrence
from parsers.layout.outline import Item
from parsers.phrases import PhraseBook
from parsers.records import Assignment, Role, Source
from parsers.tables.grid import Layout, lay_out
from parsers.tasks.agencies import find_bodies, read_bodies
from parsers.tasks.agency_body import Body
from parsers.tasks.details import Details, read_details
from parsers.text import squeeze
from parsers.vocabulary import Vocabulary

_PART = "column_"
_TASK = "task"
_TIME = "time"
_BODY = "body"
_PLACE = "place"
_ORDINAL = "ordinal"
_BULLET = re.compile(r"(?:^|\s)\s*[-–+•*]\s*(?=[^\W\d_])")
_SHORTEST_TASK = 8
_LONGEST_NAME = 200
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ]")


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a table of tasks by what they say, as grid columns from 0."""

    task: int
    body: int
    role: Role
    partners: int | None
    time: int | None
    places: int | None
    ordinal: int | None


@dataclass(frozen=True, slots=True)
class _RowTask:
    """One row: a task, whose it is, with whom, by when."""

    text: str
    ordinal: str
    bodies: tuple[Body, ...]
    role: Role
    partners: tuple[str, ...]
    details: Details
    due: Deadlines
    recurrence: str | None
    cell: Cell


def parse_table_assignments(
    table: RawTable,
    document: int,
    section: str,
    first_ordinal: int,
    vocabulary: Vocabulary,
) -> tuple[Assignment, ...]:
    """Return the tasks that a table gives to bodies, none where it is no such table.

    Args:
        table: The table as printed.
        document: The document's ordinal in its file.
        section: The section that the table stands in, '' if none.
        first_ordinal: What the first task counts as.
        vocabulary: Its ``agencies`` and ``task_words``.
    """
    layout = lay_out(table)
    columns = _find_columns(layout, vocabulary)
    if columns is None:
        return ()
    found: list[Assignment] = []
    for row in layout.body:
        if _is_banner(layout, row, columns):
            continue
        task = _read_row(layout, row, columns, vocabulary)
        if len(task.text) < _SHORTEST_TASK:
            continue
        where = ".".join(part for part in (section, task.ordinal) if part)
        for body in task.bodies:
            count = first_ordinal + len(found)
            found.append(_assignment(task, body, document, where, count))
    return tuple(found)


def section_above(items: Sequence[Item], table: RawTable) -> str:
    """Return the section of the last item that stands above a table of its body."""
    page_no, top = table.parts[0].page_no, table.parts[0].box.y0
    section = ""
    for item in items:
        place = item.paragraph.place(0, len(item.paragraph.text))
        y0 = place.box.y0 if place.box is not None else 0.0
        if (place.page_no, y0) > (page_no, top):
            break
        section = item.section
    return section


def _find_columns(layout: Layout, vocabulary: Vocabulary) -> _Columns | None:
    heads = {col: _head_text(layout, col) for col in range(layout.n_cols)}
    kinds = {col: _column_kind(text, vocabulary) for col, text in heads.items()}
    task, partners, time, places, ordinal = (
        _first(kinds, kind)
        for kind in (_TASK, Role.COORDINATE, _TIME, _PLACE, _ORDINAL)
    )
    lead = _first(kinds, Role.LEAD)
    body = lead if lead is not None else _first(kinds, Role.RESPONSIBLE)
    if body is None:
        body = _first(kinds, _BODY)  # 'Đơn vị' alone may be of a figure or a place
        if time is None and not _hands_out(layout, body, vocabulary):
            return None
    if task is None or body is None:
        return None
    role = Role.LEAD if lead is not None else Role.RESPONSIBLE
    return _Columns(task, body, role, partners, time, places, ordinal)


def _hands_out(layout: Layout, body: int | None, vocabulary: Vocabulary) -> bool:
    """Whether a table without times is of words alone, and known bodies stand in it."""
    cells = [
        [layout.text(row, col) for row in layout.body]
        for col in range(1, layout.n_cols)
    ]
    if body is None or any(map(_is_of_figures, cells)):
        return False
    filled = [text for row in layout.body if (text := _cell_text(layout, row, body))]
    known = [t for t in filled if read_bodies(t, vocabulary, is_heading=True).bodies]
    return bool(known) and len(known) * 2 >= len(filled)


def _is_of_figures(texts: Sequence[str]) -> bool:
    """Whether most cells of a column that hold anything are no words."""
    filled = [text for text in texts if text]
    return sum(not any(map(str.isalpha, text)) for text in filled) * 2 > len(filled)


def _first(kinds: Mapping[int, str], kind: str) -> int | None:
    return next((col for col, found in kinds.items() if found == kind), None)


def _head_text(layout: Layout, col: int) -> str:
    cells = dict.fromkeys(layout.covering_text(row, col) for row in layout.head)
    return " ".join(cells)


def _column_kind(head: str, vocabulary: Vocabulary) -> str:
    """Return what a column's head says that it holds, '' where it is something else.

    'Cơ quan chủ trì, phối hợp' holds both, so that nobody is known to lead.
    """
    said = [
        hit.row["part"].removeprefix(_PART) for hit in _heads(vocabulary).find(head)
    ]
    if Role.LEAD in said and Role.COORDINATE in said:
        return Role.RESPONSIBLE
    kinds = (Role.LEAD, Role.COORDINATE, Role.RESPONSIBLE)
    order = (*kinds, _TIME, _TASK, _PLACE, _BODY, _ORDINAL)
    return next((kind for kind in order if kind in said), "")


def _is_banner(layout: Layout, row: int, columns: _Columns) -> bool:
    """Whether one cell goes over the task and the body: a heading between rows."""
    return layout.grid.get((row, columns.task)) is layout.grid.get((row, columns.body))


def _cell_text(layout: Layout, row: int, col: int | None) -> str:
    """Return a cell's text; one over several rows is that of each."""
    return layout.covering_text(row, col) if col is not None else ""


def _cell_bodies(
    layout: Layout, row: int, col: int | None, vocabulary: Vocabulary
) -> tuple[Body, ...]:
    """Return the bodies of a cell; words that are no known body are one as printed."""
    found: dict[str, Body] = {}
    for piece in _pieces(_cell_text(layout, row, col), vocabulary):
        name = piece.strip(" .,;:-–+•*")
        if not any(c.isalpha() for c in name):
            continue
        read = read_bodies(name, vocabulary, is_heading=True)
        bodies = [*read.bodies, *find_bodies(name[read.end :], vocabulary)]
        if not bodies and len(name) <= _LONGEST_NAME:
            bodies = [Body(0, len(name), name, name, "other", "as printed")]
        for body in bodies:
            found.setdefault(body.name, body)
    return tuple(found.values())


def _pieces(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Cut a cell's text at semicolons, and at bullets where it begins with one."""
    for part in text.split(";"):
        if not _BULLET.match(part):
            yield part
            continue
        start = 0
        for bullet in _BULLET.finditer(part):
            if read_bodies(part, vocabulary, bullet.end()).bodies:
                yield part[start : bullet.start()]
                start = bullet.end()
        yield part[start:]


def _read_row(
    layout: Layout, row: int, columns: _Columns, vocabulary: Vocabulary
) -> _RowTask:
    cell = layout.grid[row, columns.task]
    text = squeeze(cell.text)
    bodies = _cell_bodies(layout, row, columns.body, vocabulary)
    where = _cell_text(layout, row, columns.places)
    details = read_details(f"{text}; {where}" if where else text, bodies, vocabulary)
    named = _cell_bodies(layout, row, columns.partners, vocabulary)
    time = _cell_text(layout, row, columns.time).strip(" ;")
    ordinal = _cell_text(layout, row, columns.ordinal).strip(".() ")
    return _RowTask(
        text=text,
        ordinal=ordinal if _NUMBERED.fullmatch(ordinal) else "",
        bodies=bodies,
        role=columns.role,
        partners=(*(b.name for b in named), *details.partners),
        details=details,
        due=_due(text, time, vocabulary),
        recurrence=find_recurrence(f"{text}. {time}", vocabulary),
        cell=cell,
    )


def _assignment(
    task: _RowTask, body: Body, document: int, section: str, ordinal: int
) -> Assignment:
    others = (b.name for b in task.bodies if b is not body)
    partners = dict.fromkeys((*others, *task.partners))
    return Assignment(
        document=document,
        section=section,
        ordinal=ordinal,
        agency=body.name,
        agency_kind=body.kind,
        agency_raw=body.raw,
        role=task.role,
        task=task.text,
        source=Source(
            page_no=task.cell.page_no,
            box=task.cell.box,
            raw_text=task.text,
            method=task.cell.method,
            confidence=task.cell.confidence,
            rule=f"task in a table; {body.rule}",
        ),
        partners=tuple(name for name in partners if name != body.name),
        units=task.details.units,
        households=task.details.households,
        amount_vnd=task.details.amount_vnd,
        deadlines=task.due.dates,
        deadline_text=task.due.text,
        recurrence=task.recurrence,
    )


def _due(task: str, time: str, vocabulary: Vocabulary) -> Deadlines:
    """Return when a task is due: as its own cell says, else as its words do."""
    if not any(c.isalnum() for c in time):
        return find_deadlines(task, vocabulary)
    said = find_deadlines(f"Thời hạn: {time}", vocabulary)
    return Deadlines(said.dates, time)


@lru_cache(maxsize=8)
def _heads(vocabulary: Vocabulary) -> PhraseBook:
    rows = vocabulary.rows("task_words")
    return PhraseBook.of(row for row in rows if row["part"].startswith(_PART))
