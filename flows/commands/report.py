"""sohoa report: one HTML file that a person can read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.common import WarehouseOption

_CROPS = 200
"""At some 15 kB each the report can still be sent by mail."""


def report(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The HTML file.")
    ] = Path("sohoa-report.html"),
    crops: Annotated[
        int,
        typer.Option("--crops", min=0, help="Most doubts shown with their page."),
    ] = _CROPS,
    warehouse: WarehouseOption = None,
) -> None:
    """Write papers, doubts beside their page, and the checks as one HTML file."""
    from flows.engine import open_engine
    from flows.report import write_report
    from flows.settings import load_settings

    settings = load_settings(warehouse=warehouse)
    write_report(open_engine(settings), settings, output, crops=crops)
    typer.echo(output)
