"""Commands that ask the published file: `sql`, `search`, `rejects`, `schema`, `rules`."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import DEFAULT_HOME, HomeOption, open_published
from pipeline.cli.output import fail, print_facts, print_table, say

if TYPE_CHECKING:
    import polars as pl

MOST_ROWS = 200
"""Rows of a query that a terminal shows; --format has no such limit."""


class OutputFormat(StrEnum):
    """How the result of a query is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module."""
    app.command(epilog='Example: sheaf sql "SELECT kind, count(*) FROM links GROUP BY ALL" --format csv')(sql)
    app.command(epilog="Example: sheaf search diffusion language models --limit 5")(search)
    app.command(epilog="Example: sheaf rejects --reason shifted_pairs")(rejects)
    app.command(epilog="Example: sheaf schema papers")(schema)
    app.command(epilog="Example: sheaf rules")(rules)


def sql(
    query: Annotated[str, typer.Argument(help="A query in DuckDB's SQL; it can read everything and change nothing.")],
    home: HomeOption = DEFAULT_HOME,
    format: Annotated[OutputFormat, typer.Option(help="How to write the result.")] = OutputFormat.TABLE,  # noqa: A002
    out: Annotated[Path | None, typer.Option(help="File to write to, instead of the standard output.")] = None,
) -> None:
    """Query the data set with SQL (tables: sheaf schema)."""
    import duckdb

    with open_published(home) as connection:
        try:
            answer = connection.sql(query)
            if answer is None:
                fail("the query gives no rows; ask with SELECT, FROM, DESCRIBE or SHOW")
            frame = _narrow(answer.pl())
        except duckdb.Error as error:
            fail(" ".join(str(error).split()))
    _write(frame, format, out)


def _narrow(frame: "pl.DataFrame") -> "pl.DataFrame":
    """Sums, which DuckDB makes 128 bits wide, as ordinary integers where they fit: readers of JSON want numbers."""
    import polars as pl

    wide = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.Decimal) and dtype.scale == 0]
    fits = [name for name in wide if frame[name].cast(pl.Int64, strict=False).null_count() == frame[name].null_count()]
    return frame.cast(dict.fromkeys(fits, pl.Int64))


def _write(frame: "pl.DataFrame", form: OutputFormat, out: Path | None) -> None:
    """Writes the result of a query."""
    if form is OutputFormat.TABLE and out is None:
        print_table(frame.columns, frame.head(MOST_ROWS).iter_rows())
        if frame.height > MOST_ROWS:
            say(f"… {MOST_ROWS} of {frame.height:,} rows; all of them with --format csv")
        return
    if form is OutputFormat.PARQUET and out is None and sys.stdout.isatty():
        fail("Parquet is not for a terminal; name a file with --out")
    try:
        target = out.open("wb") if out else sys.stdout.buffer
        if form is OutputFormat.PARQUET:
            frame.write_parquet(target)
        elif form is OutputFormat.JSON:
            target.write(frame.write_json().encode() + b"\n")
        else:
            _flat(frame).write_csv(target)
        target.close() if out else target.flush()
    except OSError as error:
        fail(f"{out or 'the output'} cannot be written: {error.strerror}")


def _flat(frame: "pl.DataFrame") -> "pl.DataFrame":
    """Lists and structs as JSON texts, which is what a CSV file can hold."""
    from assets.jsontext import as_json

    return frame.with_columns(as_json(name) for name, dtype in frame.schema.items() if dtype.is_nested())


def search(
    words: Annotated[list[str], typer.Argument(help="What to look for; the best match comes first.")],
    home: HomeOption = DEFAULT_HOME,
    limit: Annotated[int, typer.Option(min=1, help="How many papers to show.")] = 10,
) -> None:
    """Search titles and abstracts, the best match first (BM25)."""
    with open_published(home) as connection:
        found = connection.execute(
            "SELECT round(score, 2), paper_id, title FROM search(?) LIMIT ?", [" ".join(words), limit]
        ).fetchall()
    if not found:
        say("No paper matches.")
        return
    print_table(["score", "paper_id", "title"], found)


def rejects(
    home: HomeOption = DEFAULT_HOME,
    reason: Annotated[str | None, typer.Option(help="Show the records and dumps with this reason.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 100,
    replay: Annotated[
        bool, typer.Option("--replay", help="Put the rejected records through again, after a rule has changed.")
    ] = False,
    without: Annotated[list[str] | None, typer.Option(help="With --replay: cleaning rule to switch off.")] = None,
) -> None:
    """Show what was turned away: counts by reason, the records of one reason, or put them through again."""
    if replay:
        _replay(home, without)
        return
    if reason is None:
        with open_published(home) as connection:
            counts = connection.execute("SELECT what, stage, reason, count FROM audit.rejects").fetchall()
        print_table(["what", "stage", "reason", "count"], counts) if counts else say("Nothing was rejected.")
        return
    _show_rejects(home, reason, limit)


def _show_rejects(home: Path, reason: str, limit: int) -> None:
    from schemas.vocabulary import DumpReason, RejectReason

    known = sorted({*RejectReason, *DumpReason})
    if reason not in known:
        fail(f"there is no reason {reason}; reasons are {', '.join(known)}")
    with open_published(home) as connection:
        records = connection.execute(
            """
            SELECT listing_id, uri, page, position, byte_start, byte_end, rejected.detail
            FROM audit.rejected_listings AS rejected JOIN listings USING (listing_id)
            JOIN dumps ON dumps.dump_id = listings.dump_id
            WHERE rejected.reason = ? OR list_contains(other_reasons, ?) ORDER BY uri, page, position LIMIT ?
            """,
            [reason, reason, limit],
        ).fetchall()
        dumps = connection.execute(
            "SELECT dump_id, uri, detail FROM dumps WHERE reason = ? ORDER BY uri LIMIT ?", [reason, limit]
        ).fetchall()
    if records:
        print_table(["listing_id", "dump", "page", "position", "byte_start", "byte_end", "detail"], records)
    if dumps:
        print_table(["dump_id", "dump", "detail"], dumps)
    if not records and not dumps:
        say(f"Nothing was rejected as {reason}.")


def _replay(home: Path, without: list[str] | None) -> None:
    from pipeline.cli.run import execute, make_home

    open_published(home).close()
    place = make_home(home, without=without)
    before = place.published("rejected_listings")
    if before.is_empty():
        say("Nothing was rejected: there is nothing to put through again.")
        return
    if not (place.stage / "listings.parquet").exists():
        fail(f"{place.stage} is gone; read the raw dumps again with: sheaf run --force --raw FOLDER --home {home}")
    execute(place, replay=True)
    after = place.published("rejected_listings")
    accepted = before.join(after, on="listing_id", how="anti").height
    say(f"Replayed {before.height} rejected listings: {accepted} are accepted now, {before.height - accepted} are not.")


def schema(
    table: Annotated[str | None, typer.Argument(help="Name of a table; without it, all are listed.")] = None,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Show the data dictionary: the tables and how many rows are published, or the columns of one."""
    from assets.publish.views import VIEWS
    from schemas.catalog import TABLES, metadata, qualified
    from schemas.render import dagster_columns

    names = {qualified(name): model for name, model in TABLES.items()}
    if table is None:
        meanings = {name: model.__doc__ for name, model in names.items()}
        meanings |= {name: meaning for name, (meaning, _) in VIEWS.items()}
        rows = _row_counts(home, list(meanings))
        print_table(["table", "rows", "one row is"], [(name, rows.get(name), told) for name, told in meanings.items()])
        return
    model = names.get(table) or TABLES.get(table)
    if model is None:
        fail(f"there is no table {table}; tables are {', '.join(names)}")
    keys = metadata(model)
    print_facts(
        [
            ("one row is", model.__doc__),
            ("primary key", ", ".join(keys["primary_key"])),
            ("foreign keys", ", ".join(f"{column} -> {target}" for column, target in keys["foreign_keys"].items())),
        ]
    )
    say()
    columns = dagster_columns(model)
    print_table(
        ["column", "type", "empty", "meaning"],
        [(one.name, one.type, "may be" if one.nullable else "never", one.description) for one in columns],
    )


def _row_counts(home: Path, names: list[str]) -> dict[str, int]:
    """How many rows of each table are published; none where nothing is."""
    from assets.publish.warehouse import WAREHOUSE

    if not (home / WAREHOUSE).exists():
        return {}
    counts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in names)  # noqa: S608 the catalog
    with open_published(home) as connection:
        return dict(connection.execute(counts).fetchall())


def rules(home: HomeOption = DEFAULT_HOME) -> None:
    """List the cleaning rules, and how many listings of the published data set each has changed."""
    from assets.publish.warehouse import WAREHOUSE
    from assets.validate.catalogue import RULES

    changed: dict[str, int] = {}
    if (home / WAREHOUSE).exists():
        with open_published(home) as connection:
            changed = dict(
                connection.execute(
                    "SELECT rule, count(*) FROM (SELECT unnest(repairs) AS rule FROM clean_listings) GROUP BY rule"
                ).fetchall()
            )
    print_table(
        ["rule", "family", "version", "listings", "what it does"],
        [(rule.name, rule.family, rule.version, changed.get(rule.name, 0), rule.summary) for rule in RULES],
    )
