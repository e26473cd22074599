"""The command `show`: everything that is known of one paper or listing, and where each value comes from."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.options import DEFAULT_HOME, HomeOption, open_published
from pipeline.cli.output import FAILED, fail, print_facts, print_table, say

if TYPE_CHECKING:
    import duckdb

ENOUGH = 6
"""Characters of an identifier from which a unique beginning is taken for the whole."""


def add_to(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command(epilog="Example: sheaf show p0123456789abcdef")(show)


def show(
    identifier: Annotated[
        str,
        typer.Argument(metavar="PAPER_ID", help="A paper, one that was merged away, or a listing; or its beginning."),
    ],
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Show a paper: its listings, ranks and dumps, every value's origin, and every repair before and after."""
    with open_published(home) as connection:
        paper_id = _find(connection, identifier.strip().lower(), home)
        _show_paper(connection, paper_id)
        _show_listings(connection, paper_id)
        _show_origins(connection, paper_id)
        _show_links(connection, paper_id)
        _show_repairs(connection, paper_id)


def _find(connection: "duckdb.DuckDBPyConnection", given: str, home: Path) -> str:
    """The paper that an identifier, or its unique beginning, stands for."""
    found = connection.execute(
        """
        SELECT DISTINCT paper_id, id FROM (
            SELECT paper_id, paper_id AS id FROM papers
            UNION ALL SELECT paper_id, old_paper_id FROM paper_aliases
            UNION ALL SELECT paper_id, listing_id FROM paper_listings
        ) WHERE id = $given OR (len($given) >= $enough AND starts_with(id, $given)) ORDER BY id = $given DESC LIMIT 3
        """,
        {"given": given, "enough": ENOUGH},
    ).fetchall()
    if not found:
        fail(f"there is no paper or listing {given} in {home}; find one with: sheaf search WORDS", FAILED)
    if len({paper for paper, _ in found}) > 1 and found[0][1] != given:
        fail(f"{given} begins more than one identifier: {', '.join(one for _, one in found)}, …")
    paper: str = found[0][0]
    if found[0][1] != paper and found[0][1].startswith("p"):
        say(f"{found[0][1]} was merged into {paper}.")
    return paper


def _rows(
    connection: "duckdb.DuckDBPyConnection", query: str, paper_id: str
) -> tuple[list[str], list[tuple[Any, ...]]]:
    answer = connection.execute(query, [paper_id])
    return [column[0] for column in answer.description or []], answer.fetchall()


def _section(connection: "duckdb.DuckDBPyConnection", title: str, query: str, paper_id: str) -> None:
    """One table of the answer, with its heading; nothing where there are no rows."""
    columns, rows = _rows(connection, query, paper_id)
    if rows:
        say()
        say(title, style="bold")
        print_table(columns, rows)


def _show_paper(connection: "duckdb.DuckDBPyConnection", paper_id: str) -> None:
    columns, rows = _rows(connection, "FROM papers WHERE paper_id = ?", paper_id)
    facts = dict(zip(columns, rows[0], strict=True))
    abstract = facts.pop("abstract")
    print_facts(facts.items())
    if abstract:
        say()
        print_facts([("abstract", abstract)])


def _show_listings(connection: "duckdb.DuckDBPyConnection", paper_id: str) -> None:
    query = """
        SELECT listing_id, uri AS dump, page_date_raw AS page_date, page, position AS rank, byte_start, byte_end,
               match_reason
        FROM listed JOIN listings USING (listing_id, dump_id, page, position, page_date_raw)
        WHERE paper_id = ? ORDER BY uri, page, position
    """
    _section(connection, "Listings", query, paper_id)


def _show_origins(connection: "duckdb.DuckDBPyConnection", paper_id: str) -> None:
    query = """
        SELECT field, chosen, rule, listing_id, uri AS dump,
               CASE WHEN len(value) > 60 THEN value[:60] || '…' ELSE value END AS value
        FROM paper_field_values JOIN listings USING (listing_id) JOIN dumps USING (dump_id)
        WHERE paper_id = ? ORDER BY field, chosen DESC, listing_id
    """
    _section(connection, "Where each value comes from", query, paper_id)


def _show_links(connection: "duckdb.DuckDBPyConnection", paper_id: str) -> None:
    query = """
        SELECT kind, status, url, url_raw, span_start, span_end, flags FROM links WHERE paper_id = ? ORDER BY span_start
    """
    _section(connection, "Links", query, paper_id)


def _show_repairs(connection: "duckdb.DuckDBPyConnection", paper_id: str) -> None:
    """Replays the rules that changed the listings: the same functions that made the published text."""
    from assets.validate.clean import trace

    from assets.validate.catalogue import RULES

    query = """
        SELECT listing_id, title_raw, abstract_raw, repairs FROM paper_listings
        JOIN clean_listings USING (listing_id) JOIN listings USING (listing_id)
        WHERE paper_id = ? AND len(repairs) > 0 ORDER BY listing_id
    """
    rows = []
    for listing_id, title, abstract, repairs in _rows(connection, query, paper_id)[1]:
        rules = [rule for rule in RULES if rule.name in repairs]
        for field, text in (("title", title), ("abstract", abstract)):
            steps = trace(text, field, rules) if text else []
            rows += [(listing_id, field, step.rule, step.version, step.before, step.after) for step in steps]
    if rows:
        say()
        say("Repairs", style="bold")
        print_table(["listing_id", "field", "rule", "version", "before", "after"], rows)
