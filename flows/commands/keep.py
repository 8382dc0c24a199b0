"""Taking back and keeping: withdraw, purge-people, backup, restore, grant-readonly."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.common import ByOption, WarehouseOption, WhyOption, engine_of

app = typer.Typer()

_Paper = Annotated[
    str, typer.Argument(metavar="DOC", help="A file name, document_id or paper_id.")
]


@app.command()
def withdraw(
    paper: _Paper,
    by: ByOption,
    why: WhyOption,
    undo: Annotated[bool, typer.Option("--undo", help="Show it again.")] = False,
    warehouse: WarehouseOption = None,
) -> None:
    """Hide a paper sent in error, and everything from it, from every view."""
    from flows.paper import judge_across
    from flows.settings import load_settings
    from warehouse.withdraw import undo_withdrawal, withdraw_paper

    act = undo_withdrawal if undo else withdraw_paper
    judge = judge_across(load_settings(warehouse=warehouse).plausible)
    taken = act(engine_of(warehouse), paper, done_by=by, why=why, judge=judge)
    done = "back in view" if undo else "withdrawn"
    typer.echo(f"{taken.file_name} ({taken.paper_id}) is {done}")


@app.command("purge-people")
def purge_people(
    paper: _Paper,
    by: ByOption,
    why: WhyOption,
    file: Annotated[
        bool,
        typer.Option("--file", help="Also all that the store has of it."),
    ] = False,
    warehouse: WarehouseOption = None,
) -> None:
    """Delete for good what a paper's tables say of persons; a trace of it stays."""
    from flows.settings import load_settings
    from flows.store import Store
    from warehouse.withdraw import purge_people as purge

    taken = purge(engine_of(warehouse), paper, done_by=by, why=why)
    typer.echo(f"{taken.file_name}: {taken.cells} cells purged from the warehouse")
    store = Store(load_settings().store_dir)
    if file:
        store.forget(taken.file_sha256)
        typer.echo("and the paper from the store")
    elif store.place_of(taken.file_sha256) is not None:
        typer.echo("The store keeps the paper itself; --file deletes it.", err=True)


@app.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="A new folder for it.")],
    warehouse: WarehouseOption = None,
) -> None:
    """Copy warehouse and store together into a folder, while others go on working."""
    from flows.backup import make_backup
    from flows.settings import load_settings

    made = make_backup(load_settings(warehouse=warehouse), folder)
    typer.echo(f"{folder}: warehouse and {made.papers} papers, {len(made.files)} files")


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="A folder that 'backup' made.")],
    warehouse: WarehouseOption = None,
) -> None:
    """Make warehouse and store of a backup, where there is no paper yet."""
    from flows.backup import restore_backup
    from flows.settings import load_settings

    made = restore_backup(load_settings(warehouse=warehouse), folder)
    typer.echo(f"restored: warehouse and {made.papers} papers of {made.made_at:%F %R}")


@app.command("grant-readonly")
def grant_readonly(
    role: Annotated[str, typer.Argument(help="A role that the server has.")],
    warehouse: WarehouseOption = None,
) -> None:
    """Let a role of PostgreSQL read everything but persons, and change nothing."""
    from warehouse.database import writing
    from warehouse.grants import grant_readonly as grant

    with writing(engine_of(warehouse)) as connection:
        grant(connection, role)
    typer.echo(f"{role} may read all but what papers say of persons")
