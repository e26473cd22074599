"""The command `show`: everything that is known of one paper or listing, and where each value comes from."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.options import DEFAULT_HOME, HomeOption, open_published
from pipeline.cli.output import FAILED, fail, print_facts, print_table, say, shorten
from pipeline.cli.removed import stop_at_removed

if TYPE_CHECKING:
    import duckdb

ENOUGH = 6
"""Characters of an identifier from which a unique beginning is taken for the whole."""
SHORT = 60
"""Characters of a value that are shown beside its origin."""

Numbers = dict[str, int]
"""listing_id -> the number that stands for it on the screen."""

FOUND = {
    "Links": """
        SELECT kind, status, span_start AS "from", span_end AS "to", url, flags
        FROM links WHERE paper_id = ? ORDER BY span_start
    """,
    "Release claims": """
        SELECT kind, status, span_start AS "from", span_end AS "to", surface
        FROM release_claims WHERE paper_id = ? ORDER BY span_start, kind
    """,
    "Terms": """
        SELECT kind, name, expansion, span_start AS "from", span_end AS "to", surface
        FROM terms WHERE paper_id = ? ORDER BY span_start, kind
    """,
    "Quantities": """
        SELECT kind, qualifier, value, low, high, unit, direction, subject,
               span_start AS "from", span_end AS "to", surface
        FROM quantities WHERE paper_id = ? ORDER BY span_start
    """,
    "Topic": "SELECT label, similarity FROM paper_topics JOIN topics USING (topic_id) WHERE paper_id = ?",
    "Unusual": "SELECT measure, explanation FROM outliers WHERE paper_id = ? ORDER BY measure",
}
"""Heading -> what was found in the abstract of a paper."""


def add_to(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command(epilog="Example: sheaf show p0123456789abcdef")(show)


def show(
    identifier: Annotated[
        str,
        typer.Argument(metavar="PAPER_ID", help="A paper, one that was merged away, or a listing; or its beginning."),
    ],
    home: HomeOption = DEFAULT_HOME,
    raw: Annotated[
        bool, typer.Option("--raw", help="Print the original bytes of a listing, from its dump, and nothing else.")
    ] = False,
) -> None:
    """Show a paper: its listings, every value's origin, why fields are empty, what was found, every repair."""
    given = identifier.strip().lower()
    with open_published(home) as connection:
        if raw:
            _print_original(connection, given, home)
            return
        if _show_rejected(connection, given) or _show_loose(connection, given):
            return
        paper_id = _find(connection, given, home)
        _show_paper(connection, paper_id)
        numbers = _show_listings(connection, paper_id)
        _show_origins(connection, paper_id, numbers)
        _show_missing(connection, paper_id, numbers)
        _show_found(connection, paper_id)
        _show_repairs(connection, paper_id, numbers)


def _print_original(connection: "duckdb.DuckDBPyConnection", given: str, home: Path) -> None:
    """Prints what a dump says at the place of a listing, byte for byte."""
    from assets.home import Home
    from assets.parse.folder import NothingToReadError, find_files
    from assets.parse.fragment import fragment
    from assets.parse.manifest import ManifestError
    from assets.parse.read import dump_content

    rows = connection.execute(
        """
        SELECT listing_id, byte_start, byte_end, locator, dump_id, list_prepend(uri, also_at)
        FROM listings JOIN dumps USING (dump_id)
        WHERE listing_id = $given OR (len($given) >= $enough AND starts_with(listing_id, $given))
        ORDER BY listing_id = $given DESC, listing_id LIMIT 2
        """,
        {"given": given, "enough": ENOUGH},
    ).fetchall()
    if not rows:
        fail(f"there is no listing {given} in {home}; --raw needs the id of a listing, as sheaf show prints it", FAILED)
    if len(rows) > 1 and rows[0][0] != given:
        fail(f"{given} begins more than one listing: {', '.join(row[0] for row in rows)}, …")
    _, start, end, locator, dump_id, places = rows[0]
    place = Home(path=str(home))
    try:
        found = find_files(place.raw_paths, place.reference_paths)
        files = [file for file in found if any(_is_at(file.uri, uri) for uri in places)]
        contents = (dump_content(file, dump_id, place.scratch) for file in files)
        content = next((one for one in contents if one is not None), None)
    except (NothingToReadError, ManifestError, OSError) as error:
        fail(f"the dump {places[0]} cannot be read: {error}", FAILED)
    if content is None:
        fail(f"the dump {places[0]} is not where it was, or has changed; put it back and try again", FAILED)
    sys.stdout.buffer.write(fragment(content, start, end, locator))
    sys.stdout.buffer.flush()


def _is_at(file_uri: str, dump_uri: str) -> bool:
    """Whether a dump is a file or a member of it."""
    return dump_uri == file_uri or dump_uri.startswith(f"{file_uri}!/")


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
        stop_at_removed(home, given)
        fail(f"there is no paper or listing {given} in {home}; find one with: sheaf search WORDS", FAILED)
    if len({paper for paper, _ in found}) > 1 and found[0][1] != given:
        fail(f"{given} begins more than one identifier: {', '.join(one for _, one in found)}, …")
    paper: str = found[0][0]
    if found[0][1] != paper and found[0][1].startswith("p"):
        say(f"{found[0][1]} was merged into {paper}.")
    return paper


def _show_rejected(connection: "duckdb.DuckDBPyConnection", given: str) -> bool:
    """Shows a listing that was turned away, if it is one: why, and what its bytes say."""
    query = """
        SELECT listing_id, uri AS dump, page, position, locator, rejected.stage, rejected.reason,
               rejected.other_reasons, rejected.field, title_raw, abstract_raw
        FROM audit.rejected_listings AS rejected JOIN listings USING (listing_id)
        JOIN dumps ON dumps.dump_id = listings.dump_id WHERE listing_id = ?
    """
    columns, rows = _rows(connection, query, given)
    for row in rows:
        print_facts(zip(columns, row, strict=True))
    return bool(rows)


def _show_loose(connection: "duckdb.DuckDBPyConnection", given: str) -> bool:
    """Shows a listing of a reference that no paper has, if it is one: where it is, and what it states."""
    query = """
        SELECT 'to no paper: no listing of a feed is the same work' AS belongs, uri AS dump, listings.page, position,
               locator, clean_listings.* EXCLUDE (dump_id, title_search, abstract_search)
        FROM clean_listings JOIN listings USING (listing_id) JOIN dumps ON dumps.dump_id = listings.dump_id
        WHERE (listing_id = $given OR (len($given) >= $enough AND starts_with(listing_id, $given)))
          AND dumps.role = 'reference' AND listing_id NOT IN (SELECT listing_id FROM paper_listings)
        ORDER BY listing_id LIMIT 2
    """
    answer = connection.execute(query, {"given": given, "enough": ENOUGH})
    columns, rows = [column[0] for column in answer.description or []], answer.fetchall()
    if len(rows) == 1:
        print_facts(zip(columns, rows[0], strict=True))
    return len(rows) == 1


def _rows(
    connection: "duckdb.DuckDBPyConnection", query: str, paper_id: str
) -> tuple[list[str], list[tuple[Any, ...]]]:
    answer = connection.execute(query, [paper_id])
    return [column[0] for column in answer.description or []], answer.fetchall()


def _heading(title: str) -> None:
    say()
    say(title, style="bold")


def _show_paper(connection: "duckdb.DuckDBPyConnection", paper_id: str) -> None:
    columns, rows = _rows(connection, "FROM papers WHERE paper_id = ?", paper_id)
    facts = dict(zip(columns, rows[0], strict=True))
    abstract = facts.pop("abstract")
    print_facts(facts.items())
    if abstract:
        _heading("Abstract")
        say(abstract)


def _show_listings(connection: "duckdb.DuckDBPyConnection", paper_id: str) -> Numbers:
    """The listings, numbered; the other sections name them by these numbers."""
    query = """
        SELECT listing_id, uri, paper_listings.role, listings.page_date_raw, page, position, locator, match_reason
        FROM paper_listings JOIN listings USING (listing_id) JOIN dumps USING (dump_id)
        WHERE paper_id = ? ORDER BY paper_listings.role, uri, page, position, listing_id
    """
    rows = _rows(connection, query, paper_id)[1]
    _heading("Listings")
    columns = ["no", "listing_id", "dump", "role", "date line", "page", "rank", "place in dump", "joined by"]
    print_table(columns, [(number, *row) for number, row in enumerate(rows, 1)])
    return {row[0]: number for number, row in enumerate(rows, 1)}


def _show_origins(connection: "duckdb.DuckDBPyConnection", paper_id: str, numbers: Numbers) -> None:
    query = """
        SELECT field, chosen, rule, list(listing_id), value FROM paper_field_values
        WHERE paper_id = ? GROUP BY ALL ORDER BY field, chosen DESC, value
    """
    _heading("Where each value comes from")
    print_table(
        ["field", "chosen", "because", "listings", "value"],
        [
            (field, "yes" if chosen else "no", rule, _named(listings, numbers), shorten(value, SHORT))
            for field, chosen, rule, listings, value in _rows(connection, query, paper_id)[1]
        ],
    )


def _show_missing(connection: "duckdb.DuckDBPyConnection", paper_id: str, numbers: Numbers) -> None:
    """The empty fields: those of which something is stated, each with its reason, and in one line all others."""
    query = """
        SELECT reason, list(field ORDER BY field), stated, listing_id FROM why_missing(?)
        GROUP BY ALL ORDER BY reason, listing_id, stated
    """
    rows = _rows(connection, query, paper_id)[1]
    if not rows:
        return
    _heading("Why fields are empty")
    told = [
        (" ".join(fields), reason, _named([listing] if listing else [], numbers), shorten(stated or "", SHORT))
        for reason, fields, stated, listing in rows
    ]
    print_table(["fields", "because", "listing", "what it states"], told)


def _named(listings: list[str], numbers: Numbers) -> str:
    return " ".join(str(number) for number in sorted(numbers[one] for one in listings))


def _show_found(connection: "duckdb.DuckDBPyConnection", paper_id: str) -> None:
    """What was found in the abstract, where it stands there, and what the paper is like."""
    for title, query in FOUND.items():
        columns, rows = _rows(connection, query, paper_id)
        if rows:
            _heading(title)
            print_table(columns, rows)


def _show_repairs(connection: "duckdb.DuckDBPyConnection", paper_id: str, numbers: Numbers) -> None:
    """Replays the rules that changed the listings: the same functions that made the published text."""
    from assets.validate.catalogue import RULES
    from assets.validate.clean import trace

    query = """
        SELECT listing_id, title_raw, abstract_raw, repairs FROM paper_listings
        JOIN clean_listings USING (listing_id) JOIN listings USING (listing_id)
        WHERE paper_id = ? AND len(repairs) > 0 ORDER BY listing_id
    """
    done: dict[tuple[str, str, int, str, str], list[str]] = {}
    for listing_id, title, abstract, repairs in _rows(connection, query, paper_id)[1]:
        rules = [rule for rule in RULES if rule.name in repairs]
        for field, text in (("title", title), ("abstract", abstract)):
            for step in trace(text, field, rules) if text else []:
                done.setdefault((field, step.rule, step.version, step.before, step.after), []).append(listing_id)
    if done:
        _heading("Repairs")
    for (field, rule, version, before, after), listings in done.items():
        say(f"{rule} (version {version}), {field} of listing {_named(listings, numbers)}")
        say(f"  before  {before}")
        say(f"  after   {after}")
