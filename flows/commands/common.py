"""Options that several commands have, and what they all begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sqlalchemy import Engine

WarehouseOption = Annotated[
    str | None,
    typer.Option(
        "--warehouse",
        "-w",
        metavar="URL",
        help="Database, as sqlite:///w.db; default: the setting SOHOA_WAREHOUSE.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="For programs.")]
ByOption = Annotated[str, typer.Option("--by", metavar="NAME", help="Who does it.")]
WhyOption = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason.")]
PeopleOption = Annotated[
    bool,
    typer.Option("--people", help="Also what papers say of persons, if you may."),
]


def engine_of(warehouse: str | None) -> Engine:
    """Open the warehouse that is named, or that of the settings."""
    from flows.engine import open_engine
    from flows.settings import load_settings

    return open_engine(load_settings(warehouse=warehouse))
