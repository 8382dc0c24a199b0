"""Readers that tell in one line what the parsers make of a form, for the form table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.model import Evidence
from parsers.dates.dates import find_date_doubts, find_dates, find_periods, find_years
from parsers.dates.deadlines import find_deadlines, find_recurrence
from parsers.heads.fields import find_own_number
from parsers.numbers.conventions import infer_convention, parse_number
from parsers.numbers.quantities import find_quantities
from parsers.numbers.words import parse_words
from parsers.paper import parse_paper
from parsers.records import (
    Assignment,
    Comparator,
    Document,
    Figure,
    Quality,
    Records,
    TableRow,
)
from parsers.tables.context import TableContext
from parsers.tables.table import parse_table
from parsers.units.gazetteer import Gazetteer
from parsers.vocabulary import Vocabulary
from tests.parsers.papers import Setter
from tests.parsers.table_makers import make_table

_MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_PLAN_2022 = TableContext(period_start=2022, period_end=2022, issued_on="2022-03-01")


@dataclass(frozen=True)
class Known:
    """What all readers look things up in."""

    vocabulary: Vocabulary
    gazetteer: Gazetteer


def number(value: Decimal | None) -> str:
    """Return a value as it is compared, '-' for none."""
    return "-" if value is None else f"{value:f}"


# --- numbers --------------------------------------------------------------------------


def _quantities(text: str, known: Known) -> Iterable[str]:
    for found in find_quantities(text, known.vocabulary):
        bound = found.comparator.value if found.comparator is not Comparator.EQ else ""
        top = f"..{number(found.value_max)}" if found.value_max is not None else ""
        whole = f" of {number(found.total)}" if found.total is not None else ""
        said = (
            *((found.unit or "bare"),),
            *((f"per {found.per}",) if found.per else ()),
            *((f"for one {found.each}",) if found.each else ()),
            *((found.change,) if found.change else ()),
            *(("relative",) if found.relative else ()),
            *(("fraction",) if found.fraction else ()),
            *(("base",) if found.base else ()),
            *(("doubted",) if found.doubt else ()),
        )
        sign = "" if bound == "range" else bound
        yield f"{sign}{number(found.value)}{top}{whole} {' '.join(said)}"


def _words(text: str, known: Known) -> Iterable[str]:
    yield number(parse_words(text, known.vocabulary))


def _column(text: str, kind: str) -> Iterable[str]:
    cells = text.split(" | ")
    column = infer_convention(cells, kind)  # type: ignore[arg-type]  # of the table
    yield from (number(parse_number(cell, column)) for cell in cells)
    if column.ambiguous:
        yield "ambiguous"


def _counts(text: str, _: Known) -> Iterable[str]:
    return _column(text, "count")


def _rates(text: str, _: Known) -> Iterable[str]:
    return _column(text, "rate")


def _amounts(text: str, _: Known) -> Iterable[str]:
    return _column(text, "amount")


# --- dates ----------------------------------------------------------------------------


def _dates(text: str, _: Known) -> Iterable[str]:
    yield from (date.iso for date in find_dates(text))
    yield from ("doubted" for _ in find_date_doubts(text))


def _periods(text: str, _: Known) -> Iterable[str]:
    for period in find_periods(text):
        yield f"{period.first}-{period.last}{' doubted' if period.doubt else ''}"
    yield from (str(year.year) for year in find_years(text))


def _deadlines(text: str, known: Known) -> Iterable[str]:
    found = find_deadlines(text, known.vocabulary)
    yield from found.dates
    if found.text is not None:
        yield f"'{found.text}'"
    again = find_recurrence(text, known.vocabulary)
    if again is not None:
        yield again


# --- heads ----------------------------------------------------------------------------


def _own_number(text: str, _: Known) -> Iterable[str]:
    found = find_own_number(text)
    if found is not None:
        yield f"{found.number or '-'} ({found.symbol})"


def _head(text: str, known: Known, *, merged: bool = False) -> Iterable[str]:
    """Read a head of lines 'left | right', then the lines of its title, then a body."""
    for document in _read(_set_head(text, merged=merged), known).documents:
        yield _document(document)


def _merged_head(text: str, known: Known) -> Iterable[str]:
    """Read a head whose two columns were read as whole lines."""
    return _head(text, known, merged=True)


def _document(document: Document) -> str:
    unit = document.issuing_unit.name if document.issuing_unit else "-"
    period = f"{document.period_start or '-'}-{document.period_end or '-'}"
    return " · ".join(
        (
            document.kind.value,
            document.number or f"- {document.symbol}",
            document.issued_on or "-",
            document.issuer or "-",
            unit,
            document.title or "-",
            period,
            f"{document.signer or '-'}, {document.signer_title or '-'}",
        )
    )


def _set_head(text: str, *, merged: bool = False) -> Evidence:
    head, _, rest = text.partition("\n\n")
    pairs = [[*map(str.strip, line.split("|")), ""][:2] for line in head.splitlines()]
    left = [pair[0] for pair in pairs]
    right = [*_MOTTO, *(pair[1] for pair in pairs if pair[1])]
    setter = Setter()
    if merged:
        rows = max(len(left), len(right))
        setter.merged_head(
            [*left, *[""] * (rows - len(left))], [*right, *[""] * (rows - len(right))]
        )
    else:
        setter.head(left, right)
    title, _, end = rest.partition("\n\n")
    setter.centred(*title.splitlines()[:1])
    setter.centred(*title.splitlines()[1:])
    setter.paragraph(
        "Thực hiện mục tiêu giảm nghèo bền vững, hạn chế tái nghèo, góp phần ổn định "
        "đời sống nhân dân, Ủy ban nhân dân ban hành văn bản với nội dung sau:"
    )
    setter.paragraph("I. MỤC TIÊU")
    setter.paragraph("1. Giảm tỷ lệ hộ nghèo theo chuẩn nghèo đa chiều hiện hành.")
    setter.end(
        ("Nơi nhận:", "- Như trên;", "- Lưu: VT."),
        end.splitlines() or ("CHỦ TỊCH", "Nguyễn Văn An"),
    )
    return setter.evidence()


def _citations(text: str, known: Known) -> Iterable[str]:
    for basis in _read(_set_body(text), known).legal_bases:
        said = (basis.cited_number, basis.cited_kind, basis.cited_on)
        yield " · ".join(x or "-" for x in said)


def _read(evidence: Evidence, known: Known) -> Records:
    return parse_paper(evidence, known.vocabulary, known.gazetteer)


def _set_body(text: str) -> Evidence:
    """Set a district's plan for 2022 with these paragraphs as its body."""
    setter = Setter()
    setter.head(
        ("ỦY BAN NHÂN DÂN", "HUYỆN CAM LỘ", "Số: 44/KH-UBND"),
        (*_MOTTO, "Cam Lộ, ngày 18 tháng 3 năm 2022"),
    )
    setter.centred("KẾ HOẠCH")
    setter.centred("Giảm nghèo bền vững năm 2022")
    for line in text.splitlines():
        setter.paragraph(line)
    setter.end(("Nơi nhận:", "- Lưu: VT."), ("CHỦ TỊCH", "Nguyễn Văn An"))
    return setter.evidence()


# --- units and tables -----------------------------------------------------------------


def _unit(text: str, known: Known) -> Iterable[str]:
    """Find 'name | district | date'."""
    name, within, on = (part.strip() for part in text.split("|"))
    above = known.gazetteer.find_unit(within, on=on) if within else None
    found = known.gazetteer.find_unit(name, within=above, on=on)
    yield f"{found.name} {found.code}" if found else "-"


def _table(text: str, known: Known) -> Iterable[str]:
    """Read a table; a first line 'title: …' or 'unit: …' stands above it."""
    context, lines = _PLAN_2022, text.strip().splitlines()
    while lines[0].startswith(("title:", "unit:")):
        name, _, said = lines.pop(0).partition(": ")
        context = (
            replace(context, title=said)
            if name == "title"
            else replace(context, unit_line=said)
        )
    table, figures, _ = parse_table(
        make_table("\n".join(lines)), context, known.vocabulary, known.gazetteer
    )
    rows = {row.row_no: row for row in table.rows}
    for row in table.rows:
        here = [figure for figure in figures if figure.row_no == row.row_no]
        yield f"{_row(row, rows)}: {'; '.join(map(_cell, here))}"


def _row(row: TableRow, rows: Mapping[int, TableRow]) -> str:
    above = rows.get(row.parent_row_no or 0)
    return f"{row.kind.value} {row.label}" + (f" < {above.label}" if above else "")


def _cell(figure: Figure) -> str:
    return f"{_meaning(figure)} {_value(figure)}{_mark(figure)}"


def _mark(figure: Figure) -> str:
    return "?" if figure.quality is Quality.SUSPECT else ""


def _meaning(figure: Figure) -> str:
    group = "" if figure.group_code == "all" else f"/{figure.group_code}"
    moment = figure.as_of.value if figure.as_of else "-"
    return (
        f"{figure.kind.value[0]} {figure.indicator}{group} "
        f"{figure.year or '-'} {moment} {figure.uom}"
    )


def _value(figure: Figure) -> str:
    sign = figure.comparator.value
    if sign == "range":
        return f"{number(figure.value)}..{number(figure.value_max)}"
    return f"{sign if sign != '=' else ''}{number(figure.value)}"


# --- sentences and tasks --------------------------------------------------------------


def _sentence(text: str, known: Known) -> Iterable[str]:
    for figure in _read(_set_body(text), known).figures:
        per = f" per {figure.per}" if figure.per else ""
        until = f" to {figure.year_to}" if figure.year_to else ""
        yield f"{_meaning(figure)} {_value(figure)}{per}{until}{_mark(figure)}"


def _tasks(text: str, known: Known) -> Iterable[str]:
    for task in _read(_set_body(text), known).assignments:
        yield _task(task)


def _task(task: Assignment) -> str:
    details = {
        "with": ", ".join(task.partners),
        "at": ", ".join(task.units),
        "for": f"{task.households} households" if task.households else "",
        "of": f"{task.amount_vnd:f} vnd" if task.amount_vnd is not None else "",
        "by": ", ".join(task.deadlines) or task.deadline_text or "",
        "every": task.recurrence or "",
    }
    said = "".join(f" {name} {what}" for name, what in details.items() if what)
    return f"{task.section} {task.role.value} {task.agency}{said}"


READERS: Mapping[str, Callable[[str, Known], Iterable[str]]] = {
    "quantities": _quantities,
    "words": _words,
    "counts": _counts,
    "rates": _rates,
    "amounts": _amounts,
    "dates": _dates,
    "periods": _periods,
    "deadlines": _deadlines,
    "own number": _own_number,
    "head": _head,
    "merged head": _merged_head,
    "citations": _citations,
    "unit": _unit,
    "table": _table,
    "sentence": _sentence,
    "tasks": _tasks,
}
"""How each form is read, by the name in the column ``reader`` of the form table."""
