"""The commands of the night shift: status, retry, diff, serve."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from extractors.errors import ExitCode, UsageError
from flows.commands.common import JsonOption, WarehouseOption

if TYPE_CHECKING:
    from flows.retry import Retried
    from flows.settings import Settings
    from flows.shift import Outcome
    from warehouse.status import Choice

_Failed = Annotated[
    bool, typer.Option("--failed", help="Papers that came to no good end.")
]
_Sender = Annotated[
    str | None, typer.Option(metavar="NAME", help="Papers of one sender.")
]
_Since = Annotated[
    str | None,
    typer.Option(
        metavar="MOMENT",
        help="Papers taken since then: 2026-11-20, 2026-11-20T18:00, last-night.",
    ),
]


class From(StrEnum):
    """The stage that papers are done again from."""

    READ = "read"
    PARSE = "parse"
    CHECK = "check"
    LOAD = "load"


def status(
    as_json: JsonOption = False,
    unknown: Annotated[
        bool, typer.Option("--unknown", help="Phrases that fit no indicator yet.")
    ] = False,
    failed: _Failed = False,
    sender: _Sender = None,
    since: _Since = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Show how far each paper came, why no further, and what to do."""
    from flows.engine import open_engine
    from flows.morning import show_status
    from flows.settings import load_settings
    from flows.show import show_unknown
    from warehouse.nights import last_night
    from warehouse.status import choose_papers, unknown_labels

    engine = open_engine(load_settings(warehouse=warehouse))
    if unknown:
        show_unknown(unknown_labels(engine), as_json=as_json)
        return
    choice = _choice(failed=failed, document=None, sender=sender, since=since)
    show_status(choose_papers(engine, choice), last_night(engine), as_json=as_json)


def retry(
    failed: _Failed = False,
    document: Annotated[
        str | None,
        typer.Option(metavar="ID", help="The paper of one document or paper_id."),
    ] = None,
    sender: _Sender = None,
    since: _Since = None,
    stage: Annotated[
        From | None,
        typer.Option(help="Do again from here, though it was done and is kept."),
    ] = None,
    read_options: Annotated[
        str | None,
        typer.Option(
            "--with",
            metavar="OPTIONS",
            help="Read otherwise, now and from now on: dpi=400,psm=6; '' as usual.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only look: see 'sohoa diff'.")
    ] = False,
    warehouse: WarehouseOption = None,
) -> None:
    """Take papers again: those that failed, or those you name.

    What is kept under today's code, words and options is not made again.
    """
    from flows.engine import open_engine
    from flows.options import with_options
    from flows.server import launch_server, prepare_prefect
    from flows.settings import load_settings
    from warehouse.status import choose_papers

    choice = _choice(failed=failed, document=document, sender=sender, since=since)
    if not any((failed, document, sender, since, stage, dry_run)):
        raise UsageError(
            "Nothing is named that should be taken again",
            todo="Name it: --failed, --document, --sender, --since; --stage for all.",
        )
    settings = load_settings(warehouse=warehouse)
    # What cannot be is said now, not when a server has started for it.
    with_options(settings.read_options, read_options or "")
    if not choose_papers(open_engine(settings), choice):
        typer.echo("There is no such paper.", err=True)
        return
    prepare_prefect(settings)
    server = launch_server()
    from flows.retry import Retry, run_retry
    from warehouse.runs import Stage

    first = Stage(stage.value) if stage else None
    wanted = Retry(choice, first, read_options, dry_run)
    with server.serving():
        retried = run_retry(wanted, settings)
    _end_retry(retried, settings, is_dry=dry_run)


def diff(
    after: Annotated[
        str, typer.Option(metavar="RUN", help="The later run, as of a dry retry.")
    ],
    before: Annotated[
        str | None,
        typer.Option(metavar="RUN", help="The earlier run; default: what is current."),
    ] = None,
    as_json: JsonOption = False,
    warehouse: WarehouseOption = None,
) -> None:
    """List each figure that a later run sees differently, and why."""
    from flows.diff import compare_runs
    from flows.engine import open_engine
    from flows.settings import load_settings
    from flows.show import show_difference
    from flows.store import Store

    settings = load_settings(warehouse=warehouse)
    engine = open_engine(settings)
    found = compare_runs(engine, Store(settings.store_dir), before, after)
    show_difference(found, as_json=as_json)


def serve(
    once: Annotated[
        bool, typer.Option("--once", help="Run one night now, and end.")
    ] = False,
    warehouse: WarehouseOption = None,
) -> None:
    """Take in what is new in the inbox, every night, until it is stopped.

    The setting SOHOA_NIGHT_CRON says when, in the time of Vietnam.
    """
    from flows.server import launch_server, prepare_prefect
    from flows.settings import load_settings

    settings = load_settings(warehouse=warehouse)
    prepare_prefect(settings)
    if once:
        server = launch_server()
        from flows.night import run_night

        with server.serving():
            outcomes = run_night(settings)
        _end(outcomes, settings)
    else:
        from flows.serve import serve_nights

        serve_nights(settings)


def _choice(
    *, failed: bool, document: str | None, sender: str | None, since: str | None
) -> Choice:
    from flows.moments import parse_moment
    from warehouse.status import Choice

    return Choice(failed, document, sender, parse_moment(since) if since else None)


def _end_retry(retried: Retried, settings: Settings, *, is_dry: bool) -> None:
    if is_dry:
        typer.echo(
            f"Nothing is changed. What would be: sohoa diff --after {retried.run_id}",
            err=True,
        )
    _end(retried.outcomes, settings, is_dry=is_dry)


def _end(outcomes: list[Outcome], settings: Settings, *, is_dry: bool = False) -> None:
    from flows.show import show_outcomes

    if not outcomes:
        typer.echo("Nothing new.", err=True)
        return
    show_outcomes(outcomes, settings, is_dry=is_dry)
    codes = {outcome.exit_code for outcome in outcomes} - {ExitCode.OK}
    if codes:
        raise typer.Exit(codes.pop() if len(codes) == 1 else ExitCode.FAILED)
