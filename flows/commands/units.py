"""Units by name: units find."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Official units by their names.")


@app.command()
def find(
    name: Annotated[str, typer.Argument(help="As printed: 'TT Cam Lộ'.")],
    within: Annotated[
        str | None,
        typer.Option(
            "--within", help="What it lies in: 'Huyện Cam Lộ', 'Cam Lộ, Quảng Trị'."
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="Of the paper: 2020-03-18, 2020."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Tell which official unit a printed name means at a date, and how sure that is."""
    from flows.unit_search import search_unit
    from flows.unit_show import show_search

    show_search(search_unit(name, within=within, on=on), as_json=as_json)
