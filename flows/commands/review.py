"""sohoa review: what people decide about doubts and figures."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractors.errors import UsageError
from flows.commands.common import (
    ByOption,
    JsonOption,
    WarehouseOption,
    WhyOption,
    engine_of,
)

if TYPE_CHECKING:
    from flows.review import Corrected
    from warehouse.review import Accepted
    from warehouse.review_lists import Doubt, HeldDecision

app = typer.Typer(
    no_args_is_help=True,
    help="Settle doubts: list them, accept them, correct figures. Every decision is "
    "kept with who and why, and can be withdrawn.",
)


@app.command("list")
def list_all(
    paper: Annotated[
        str | None, typer.Argument(help="A file name or document_id; default: all.")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Also those that are settled.")
    ] = False,
    decisions: Annotated[
        bool, typer.Option("--decisions", help="What was decided, in place of doubts.")
    ] = False,
    vietnamese: Annotated[
        bool, typer.Option("--vi", help="The messages in Vietnamese.")
    ] = False,
    as_json: JsonOption = False,
    warehouse: WarehouseOption = None,
) -> None:
    """List the open doubts with their keys, or the decisions."""
    from warehouse.review_lists import list_decisions, list_doubts

    engine = engine_of(warehouse)
    if decisions:
        held = list_decisions(engine)
        _show(held, [_decision_row(each) for each in held], _DECISION, as_json)
    else:
        doubts = list_doubts(engine, paper, every=every)
        rows = [_doubt_row(each, vietnamese=vietnamese) for each in doubts]
        _show(doubts, rows, _DOUBT, as_json)


@app.command()
def accept(
    issue: Annotated[str, typer.Argument(help="The doubt's key, from the list.")],
    by: ByOption,
    why: WhyOption,
    warehouse: WarehouseOption = None,
) -> None:
    """Accept a doubt: it was looked at, and the paper stays as it is."""
    from warehouse.decisions import Said
    from warehouse.review import accept_doubt

    accepted = accept_doubt(engine_of(warehouse), issue, Said(by, why))
    typer.echo(f"Accepted (decision {accepted.decision_id}): {accepted.message}")


@app.command()
def correct(
    paper: Annotated[str, typer.Argument(help="A file name or document_id.")],
    value: Annotated[
        str, typer.Option("--value", help="What it should say: 29, 4,91 or 4.91.")
    ],
    by: ByOption,
    why: WhyOption,
    table: Annotated[int | None, typer.Option("--table", help="Table number.")] = None,
    row: Annotated[int | None, typer.Option("--row", help="Row, from 1.")] = None,
    col: Annotated[int | None, typer.Option("--col", help="Column, from 1.")] = None,
    figure: Annotated[
        str | None,
        typer.Option("--figure", metavar="ID", help="A figure_id, as of a sentence."),
    ] = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Correct a figure; its paper is checked and loaded again."""
    from flows.review import Request, correct_figures, parse_value
    from flows.settings import load_settings
    from warehouse.decisions import Said

    cell = (table, row, col)
    if figure is None and None in cell:
        raise UsageError(
            "the figure is not named", todo="Give --table, --row and --col, or --figure"
        )
    whole = None if figure else (table or 0, row or 0, col or 0)
    request = Request(paper, whole, figure, parse_value(value), Said(by, why))
    _show_settled(correct_figures(load_settings(warehouse=warehouse), [request]))


@app.command("import")
def import_file(
    file: Annotated[
        Path,
        typer.Argument(
            help="CSV with the columns document, table, row, col (or figure), value, "
            "by, why; or issue, by, why to accept a doubt."
        ),
    ],
    warehouse: WarehouseOption = None,
) -> None:
    """Settle many doubts at once, one a row of a CSV file."""
    from flows.review import settle_from_file
    from flows.settings import load_settings

    _show_settled(settle_from_file(load_settings(warehouse=warehouse), file))


@app.command()
def withdraw(
    decision: Annotated[str, typer.Argument(help="Its key, from 'list --decisions'.")],
    by: ByOption,
    why: WhyOption,
    warehouse: WarehouseOption = None,
) -> None:
    """Withdraw a decision: the doubt is open again, the figure as it was read."""
    from flows.review import withdraw as take_back
    from flows.settings import load_settings
    from warehouse.decisions import Said

    take_back(load_settings(warehouse=warehouse), decision, Said(by, why))
    typer.echo(f"{decision} is withdrawn")


# --- how it looks ---------------------------------------------------------------------

_DOUBT = (
    "key", "paper", "page", "table", "row", "col", "check", "severity", "status",
    "printed", "computed", "message",
)  # fmt: skip
_DECISION = (
    "key", "decision", "paper", "page", "table", "row", "col", "printed", "old", "new",
    "about", "by", "why", "when", "withdrawn",
)  # fmt: skip


def _doubt_row(doubt: Doubt, *, vietnamese: bool) -> Sequence[object]:
    message = doubt.message_vi if vietnamese else doubt.message
    return (
        doubt.issue_id, doubt.file_name, doubt.page, doubt.table_no, doubt.row_no,
        doubt.col_no, doubt.check_code, doubt.severity, doubt.status, doubt.printed,
        doubt.computed, message,
    )  # fmt: skip


def _decision_row(held: HeldDecision) -> Sequence[object]:
    undone = held.undone_at and f"{held.undone_by}: {held.undone_why}"
    return (
        held.decision_id, held.kind, held.file_name, held.page, held.table_no,
        held.row_no, held.col_no, held.raw_text, held.old_value, held.new_value,
        held.message, held.done_by, held.why, held.done_at[:16], undone,
    )  # fmt: skip


def _show_settled(settled: Sequence[Corrected | Accepted]) -> None:
    from rich.markup import escape

    from flows.review import Corrected
    from flows.show import plain_table, write

    columns = (
        "decision", "paper", "unit", "figure", "printed", "old", "new", "settled",
    )  # fmt: skip
    rows = [
        (
            each.decision_id, each.file_name, each.unit_raw, each.indicator,
            each.printed, each.old_value, each.new_value, each.settled,
        )
        for each in settled
        if isinstance(each, Corrected)
    ]  # fmt: skip
    if rows:
        write(plain_table(columns, rows))
    raised = (each.raised for each in settled if isinstance(each, Corrected))
    for message in dict.fromkeys(text for texts in raised for text in texts):
        write(escape(f"New doubt: {message}"))
    for each in settled:
        if not isinstance(each, Corrected):
            write(escape(f"Accepted (decision {each.decision_id}): {each.message}"))


def _show(
    held: Sequence[object],
    rows: Sequence[Sequence[object]],
    columns: Sequence[str],
    as_json: bool,
) -> None:
    from flows.show import plain_table, to_json, write

    if as_json:
        sys.stdout.write(to_json(held))
    else:
        write(plain_table(columns, rows) if rows else "Nothing to settle.")
