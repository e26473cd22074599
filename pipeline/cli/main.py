"""The `sheaf` command: puts the commands together, and turns every error into one line and an exit code."""

import signal
import sys
from importlib.metadata import version
from typing import Annotated, NoReturn

import typer

from pipeline.cli import (
    dedupe,
    diff,
    explain,
    judge,
    publish,
    query,
    release,
    remove,
    review,
    run,
    show,
    status,
    verify,
)
from pipeline.cli.output import FAILED, WRONG_COMMAND, harmless
from pipeline.memory import keep_freed_memory

STOPPED = 130
"""What typer makes of a signal."""
INTERRUPTED = "Query interrupted"
"""What DuckDB makes of a signal that comes while it is at work."""

app = typer.Typer(
    name="sheaf",
    help="From raw dumps of paper listings to a data set people can query.",
    epilog="Exit codes: 0 done, 1 failed, 2 wrong command.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 typer's signature
    if wanted:
        sys.stdout.write(f"papersheaf {version('papersheaf')}\n")
        raise typer.Exit


@app.callback()
def sheaf(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Takes what stands before the command."""


for family in (run, query, show, status, dedupe, explain, judge, review, release, diff, remove, publish, verify):
    family.add_to(app)


def _stopped() -> NoReturn:
    sys.stderr.write("sheaf: stopped; what was published before is untouched\n")
    sys.exit(FAILED)


def main() -> None:
    """Runs the command that was given; the process ends with 0, 1 or 2."""
    keep_freed_memory()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service that stops us is answered as a person is
    try:
        code = app(standalone_mode=False)
    except typer.TyperException as wrong:
        hint = "" if "--help" in wrong.format_message() else " (see: sheaf --help)"
        sys.stderr.write(f"sheaf: {harmless(wrong.format_message())}{hint}\n")
        sys.exit(WRONG_COMMAND)
    except (typer.Abort, KeyboardInterrupt):
        _stopped()
    except RuntimeError as error:
        if str(error) != INTERRUPTED:
            raise
        _stopped()
    if code == STOPPED:
        _stopped()
    sys.exit(code if isinstance(code, int) else 0)
