"""Ways of asking and out: export, expect, explore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractors.errors import UsageError
from flows.commands.common import JsonOption, PeopleOption, WarehouseOption, engine_of

app = typer.Typer()

_FORMS = ("parquet", "csv", "xlsx")


@app.command()
def export(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Views or tables; default: every view."),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", "-f", help="parquet, csv or xlsx.")
    ] = "parquet",
    query: Annotated[
        str | None, typer.Option("--query", "-q", help="A SELECT in place of names.")
    ] = None,
    to: Annotated[
        Path, typer.Option("--to", metavar="DIR", help="Folder of the files.")
    ] = Path("export"),
    people: PeopleOption = False,
    warehouse: WarehouseOption = None,
) -> None:
    """Write views, tables or the answer to a query as files."""
    from warehouse.export import FileFormat, export_query, export_relation
    from warehouse.views import VIEW_COLUMNS

    if form not in _FORMS:
        raise UsageError(
            f"there is no format {form!r}", todo=f"Say one of {', '.join(_FORMS)}."
        )
    if names and query:
        raise UsageError("names and --query go not together", todo="Say one of them.")
    engine, kind = engine_of(warehouse), FileFormat(form)
    if query:
        target = to / f"query.{form}"
        rows = export_query(engine, query, target, kind, people=people)
        typer.echo(f"{target}: {rows} rows")
        return
    for name in names or VIEW_COLUMNS:
        target = to / f"{name}.{form}"
        rows = export_relation(engine, name, target, kind, people=people)
        typer.echo(f"{target}: {rows} rows")


@app.command()
def expect(
    file: Annotated[
        Path | None,
        typer.Argument(help="CSV of who is to send what; default: the list kept."),
    ] = None,
    as_json: JsonOption = False,
    warehouse: WarehouseOption = None,
) -> None:
    """Take the list of expected papers, and show which have not come."""
    from flows.cli import Format
    from flows.show import show_result
    from warehouse.cookbook import recipes
    from warehouse.expected import keep_expected, read_expected
    from warehouse.query import run_query

    engine = engine_of(warehouse)
    if file is not None:
        keep_expected(engine, read_expected(file))
    gap = next(recipe for recipe in recipes() if recipe.name == "gap")
    show_result(run_query(engine, gap.sql), Format.JSON if as_json else Format.TABLE)


@app.command()
def explore(
    port: Annotated[
        int, typer.Option("--port", "-p", help="Port to answer on.")
    ] = 8001,
    warehouse: WarehouseOption = None,
) -> None:
    """Open the warehouse in Datasette, for a browser of this machine alone."""
    from flows.explore import HOST, serve, sqlite_file

    with sqlite_file(engine_of(warehouse)) as file:
        typer.echo(f"http://{HOST}:{port}/ (Ctrl-C ends it)", err=True)
        serve(file, port)
