"""The command `status`: what was run, what came of it, and what is published."""

from typing import TYPE_CHECKING

import typer

from pipeline.cli.options import DEFAULT_HOME, HomeOption, open_published
from pipeline.cli.output import print_facts, print_table, say

if TYPE_CHECKING:
    import duckdb

MOST_TURNED_AWAY = 20
LAST_RUNS = 5


def add_to(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command(epilog="Example: sheaf status --home data")(status)


def status(home: HomeOption = DEFAULT_HOME) -> None:
    """Show the last runs, the funnel of the published data set, and the dumps that were turned away."""
    with open_published(home) as connection:
        runs = connection.execute(
            """
            SELECT strftime(started_at AT TIME ZONE 'UTC', '%Y-%m-%d %H:%M:%S'), run_id, seconds,
                   round(peak_memory_bytes / 1e6)::INTEGER, dump_count, found_count, parsed_count, valid_count,
                   merged_count, rejected_count, paper_count
            FROM audit.runs ORDER BY started_at DESC LIMIT ?
            """,
            [LAST_RUNS],
        ).fetchall()
        funnel = connection.execute("FROM audit.funnel")
        counts, stages = [column[0] for column in funnel.description or []], funnel.fetchall()
        dumps = dumps_turned_away(connection)
    names = [
        "started (UTC)",
        "run",
        "seconds",
        "MB",
        "dumps",
        "found",
        "parsed",
        "valid",
        "merged",
        "rejected",
        "papers",
    ]
    print_facts([("published", home / "papers.duckdb"), ("papers", runs[0][-1]), ("last run", runs[0][0])])
    say()
    print_table(names, runs)
    say()
    print_table(counts, stages)
    print_turned_away(dumps)


def dumps_turned_away(connection: "duckdb.DuckDBPyConnection") -> list[tuple[str, str, str]]:
    """The published dumps that could not be read: where each is, the reason, what was found."""
    return connection.execute("SELECT uri, reason, detail FROM dumps WHERE status = 'rejected' ORDER BY uri").fetchall()


def print_turned_away(dumps: list[tuple[str, str, str]]) -> None:
    """Prints them, if there are any: the first of many, and how to see the others."""
    if dumps:
        say()
        print_table(["dump turned away", "reason", "detail"], dumps[:MOST_TURNED_AWAY])
    if len(dumps) > MOST_TURNED_AWAY:
        more = len(dumps) - MOST_TURNED_AWAY
        say(f"and {more:,} more: sheaf sql \"SELECT uri, reason FROM dumps WHERE status = 'rejected'\"")  # noqa: S608 a hint
