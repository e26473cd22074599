"""The command `verify`: whether a release is what its manifest says."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.output import FAILED, fail, print_facts, say

if TYPE_CHECKING:
    from assets.release.verification.outcome import Outcome, Verification


def add_to(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command(epilog="Example: sheaf verify data/releases/2026.01.31.1")(verify)


def verify(
    place: Annotated[
        str,
        typer.Argument(
            metavar="DIR_OR_URL",
            envvar="SHEAF_HOME",
            help="A release, a folder of releases, or a home; or the URL of one (http, https, s3, gs, az).",
        ),
    ] = "data",
    every: Annotated[
        bool, typer.Option("--all", help="Verify all releases of the place, not only the current one.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything that was found, as JSON.")] = False,
) -> None:
    """Re-check a release, offline: every file, row, key, reference and sum. Exit code 1 if something is wrong."""
    from assets.release.manifest import ReleaseError
    from assets.release.verification import places

    found: list[Verification] = []
    try:
        for one in places.verify(place, every=every):
            found.append(one)
            if not as_json:
                _tell(one)
    except places.NoReleaseError as wrong:
        fail(str(wrong))
    except ReleaseError as wrong:
        fail(f"it cannot be verified: {wrong}", FAILED)
    except OSError as error:
        fail(f"it cannot be verified: {error.filename or place}: {error.strerror or error}", FAILED)
    if as_json:
        _print_json(found)
    if not all(one.is_ok for one in found):
        raise typer.Exit(FAILED)


def _tell(one: "Verification") -> None:
    """A release: one line a check, and one for all of them."""
    print_facts((str(outcome.check), _line(outcome)) for outcome in one.outcomes)
    bad = sum(not outcome.is_ok for outcome in one.outcomes)
    if bad:
        say(f"release {one.version}: FAILED: {bad} of {len(one.outcomes)} checks: {one.place}", style="bold red")
    else:
        say(f"release {one.version}: ok: {one.place}", style="bold")


def _line(outcome: "Outcome") -> str:
    """What came of a check; of several findings the first, and how many more there are."""
    if outcome.findings:
        more = len(outcome.findings) - 1
        return f"FAILED: {outcome.findings[0]}" + (f" (and {more} more; see --json)" if more else "")
    return f"ok: {outcome.told}" if outcome.is_done else f"-: {outcome.told}"


def _print_json(found: "list[Verification]") -> None:
    import json

    told = [
        {
            "version": one.version,
            "place": one.place,
            "ok": one.is_ok,
            "checks": [
                {
                    "check": outcome.check,
                    "status": ("ok" if outcome.is_done else "not done") if outcome.is_ok else "failed",
                    "told": outcome.told,
                    "findings": [{"where": finding.where, "what": finding.what} for finding in outcome.findings],
                }
                for outcome in one.outcomes
            ],
        }
        for one in found
    ]
    sys.stdout.write(json.dumps({"ok": all(one.is_ok for one in found), "releases": told}, indent=2) + "\n")
