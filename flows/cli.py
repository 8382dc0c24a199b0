"""The command line. Data goes to stdout, all else to stderr.

Whatever is slow to import is imported inside the command that needs it, so that
'sohoa -h' answers at once and 'sohoa read' starts no server.
"""

from __future__ import annotations

import logging
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from extractors.errors import ExitCode, SohoaError
from flows.commands import ask, keep, night, report, review, units
from flows.commands.common import PeopleOption, WarehouseOption

if TYPE_CHECKING:
    from flows.settings import Settings

log = logging.getLogger(__name__)

_INTERRUPTED = 130
"""How a shell knows that Ctrl-C has ended a program: 128 and the signal's number."""


class Format(StrEnum):
    """How the rows of a query are written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class _Commands(TyperGroup):
    """The commands; the one place where an error becomes a line and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command and say in one line what went wrong, if anything did."""
        try:
            return super().invoke(ctx)
        except SohoaError as error:
            log.error("%s", error)
            log.debug("where it came from", exc_info=error)
            raise typer.Exit(error.exit_code) from error
        except KeyboardInterrupt as stop:
            log.warning("Stopped. What is done is kept; run the same again.")
            raise typer.Exit(_INTERRUPTED) from stop


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Vietnamese poverty-reduction plans, PDFs and scans, into a SQL warehouse.",
    epilog="Exit codes: 0 all went well, 1 several things failed, 2 usage, 3 input, "
    "4 quarantined, 5 a program is missing, 6 warehouse, 7 warehouse busy.",
)


@app.callback()
def prepare(
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Say more on stderr.")
    ] = False,
    log_json: Annotated[
        bool,
        typer.Option("--log-json", envvar="SOHOA_LOG_JSON", help="Say it as JSON."),
    ] = False,
) -> None:
    """Set up logging for every command."""
    from flows.logs import set_up_logs

    set_up_logs(verbose=verbose, as_json=log_json)
    if log_json:  # for the page workers, too
        os.environ["SOHOA_LOG_JSON"] = "1"


@app.command()
def ingest(
    paths: Annotated[
        list[Path], typer.Argument(help="PDFs, images, or folders that hold them.")
    ],
    warehouse: WarehouseOption = None,
) -> None:
    """Read papers and load what they say into the warehouse.

    A paper that fails is said in one line on stderr and does not stop the others.
    """
    from flows.server import launch_server, prepare_prefect

    settings = _settings(warehouse)
    prepare_prefect(settings)
    server = launch_server()
    from flows.ingest import run_ingest
    from flows.show import show_outcomes

    with server.serving():
        outcomes = run_ingest([str(path) for path in paths], settings)
    show_outcomes(outcomes, settings)
    raise typer.Exit(_common_code({outcome.exit_code for outcome in outcomes}))


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="One PDF or image.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="All records, as JSON.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Each record with its place and rule.")
    ] = False,
    text: Annotated[
        bool, typer.Option("--text", help="The text in reading order.")
    ] = False,
    tables: Annotated[
        Path | None,
        typer.Option("--tables", metavar="DIR", help="Write each table as CSV there."),
    ] = None,
    overlay: Annotated[
        Path | None,
        typer.Option(
            "--overlay", metavar="DIR", help="Draw what was read on each page, as PNG."
        ),
    ] = None,
    people: PeopleOption = False,
) -> None:
    """Show what would be loaded from one paper; nothing is written to a warehouse."""
    from flows import look, printed
    from flows.people import pages_of_people, without_people

    settings = _settings(None)
    seen = look.look_into(file, settings)
    hidden = frozenset() if people else pages_of_people(seen)
    if hidden:
        seen = without_people(seen)
        typer.echo("What it says of persons is left out; --people shows it.", err=True)
    if tables is not None:
        printed.write_tables(seen, tables)
    if overlay is not None:
        from flows.overlay import write_overlays

        max_pixels = settings.read_options.max_pixels
        write_overlays(seen, file, overlay, max_pixels=max_pixels, without=hidden)
    if as_json:
        typer.echo(look.as_json(seen), nl=False)
    elif text:
        typer.echo(printed.as_text(seen))
    elif explain:
        from flows.explain import explain as write_rules

        write_rules(seen)
    elif tables is None and overlay is None:
        look.summarise(seen)
    raise typer.Exit(look.exit_code(seen))


for command in (night.status, night.retry, night.diff, night.serve):
    app.command()(command)


@app.command()
def sql(
    query: Annotated[str, typer.Argument(help="One SELECT statement.")],
    output: Annotated[
        Format, typer.Option("--format", "-f", help="How rows are written.")
    ] = Format.TABLE,
    people: PeopleOption = False,
    warehouse: WarehouseOption = None,
) -> None:
    """Ask the warehouse in SQL; it can only be read this way."""
    from flows.engine import open_engine
    from flows.show import show_result
    from warehouse.query import run_query

    result = run_query(open_engine(_settings(warehouse)), query, people=people)
    show_result(result, output)


app.add_typer(review.app, name="review")
app.add_typer(units.app, name="units")
app.command()(report.report)
app.add_typer(keep.app)
app.add_typer(ask.app)


@app.command()
def doctor(warehouse: WarehouseOption = None) -> None:
    """Check that everything sohoa needs is in working order, and say what to do."""
    from flows.doctor import examine
    from flows.server import prepare_prefect
    from flows.show import show_findings

    settings = _settings(warehouse)
    prepare_prefect(settings)

    findings = examine(settings)
    show_findings(findings)
    if not all(finding.is_well for finding in findings):
        raise typer.Exit(ExitCode.DEPENDENCY)


def _settings(warehouse: str | None) -> Settings:
    from flows.settings import load_settings

    return load_settings(warehouse=warehouse)


def _common_code(codes: set[ExitCode]) -> ExitCode:
    """Return the code that all failures share, FAILED where they differ."""
    failures = codes - {ExitCode.OK}
    if len(failures) > 1:
        return ExitCode.FAILED
    return failures.pop() if failures else ExitCode.OK


def main() -> None:
    """Run the command line; the console script 'sohoa'."""
    try:
        app()
    except Exception as error:  # the edge: a defect must not end in a traceback
        log.debug("where it came from", exc_info=error)
        log.error(
            "This is a defect of sohoa (%s: %s). Run it again with --verbose and "
            "report what it prints.",
            type(error).__name__,
            error,
        )
        sys.exit(ExitCode.FAILED)
