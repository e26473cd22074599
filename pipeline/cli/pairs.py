"""What `judge`, `explain` and `review` share: which listing an identifier stands for, and what is known of it."""

import getpass
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.output import FAILED, fail
from pipeline.cli.removed import stop_at_removed
from pipeline.cli.show import ENOUGH

if TYPE_CHECKING:
    import duckdb

    from assets.dedupe.judgements.lines import Judgement

AuthorOption = Annotated[
    str | None,
    typer.Option(
        "--author", envvar="SHEAF_AUTHOR", help="Who judges: a name of your choice.", show_default="your login name"
    ),
]

Facts = dict[str, Any]
"""Field -> value."""

NOT_SHOWN = frozenset({"title_search", "abstract_search", "repairs", "flags", "dump_id"})
"""Columns of clean listings that say nothing to a person who compares two of them."""


@dataclass(frozen=True)
class Named:
    """A listing that somebody named."""

    given: str
    """How it was named."""
    listing_id: str
    """The listing."""
    paper_id: str | None
    """The paper that it belongs to now; None for a listing of a reference that no paper has."""
    by_paper: bool
    """Whether its paper was named, of which it is the first listing."""
    of_reference: bool
    """Whether it adds to papers only, and is none by itself."""

    @property
    def group(self) -> str:
        """What it belongs to: its paper, or nothing but itself."""
        return self.paper_id or self.listing_id


def author_or_login(author: str | None) -> str:
    """The name to judge under."""
    if author and author.strip():
        return author
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        fail("who judges? give a name with --author NAME")


def find_listing(connection: "duckdb.DuckDBPyConnection", given: str, home: Path) -> Named:
    """The listing that an identifier of a listing or paper, or its unique beginning, stands for.

    Raises:
        typer.Exit: With one line that says why, if it stands for none or for several.
    """
    wanted = given.strip().lower()
    papers = papers_of(connection, wanted, home) if wanted.startswith("p") else None
    condition = (
        "paper_id = $id" if papers else "listing_id = $id OR (len($id) >= $enough AND starts_with(listing_id, $id))"
    )
    rows = connection.execute(
        f"""
        SELECT listing_id, paper_id, coalesce(role, 'reference') = 'reference'
        FROM clean_listings LEFT JOIN paper_listings USING (listing_id)
        WHERE {condition} ORDER BY listing_id LIMIT 3
        """,  # noqa: S608 no input
        {"id": papers or wanted} | ({} if papers else {"enough": ENOUGH}),
    ).fetchall()
    if not rows:
        _explain_absence(connection, wanted, home)
    if len(rows) > 1 and not papers:
        fail(f"{wanted} begins more than one listing: {', '.join(row[0] for row in rows)}, …")
    return Named(wanted, rows[0][0], rows[0][1], by_paper=papers is not None, of_reference=rows[0][2])


def papers_of(connection: "duckdb.DuckDBPyConnection", wanted: str, home: Path) -> str:
    """The paper that an identifier of a paper, also one that was merged away, or its unique beginning stands for."""
    rows = connection.execute(
        """
        SELECT DISTINCT paper_id, id FROM (
            SELECT paper_id, paper_id AS id FROM papers UNION ALL SELECT paper_id, old_paper_id FROM paper_aliases
        ) WHERE id = $id OR (len($id) >= $enough AND starts_with(id, $id)) ORDER BY id = $id DESC, id LIMIT 3
        """,
        {"id": wanted, "enough": ENOUGH},
    ).fetchall()
    if not rows:
        stop_at_removed(home, wanted)
        fail(f"there is no paper {wanted} in {home}; find one with: sheaf search WORDS", FAILED)
    if len({paper for paper, _ in rows}) > 1 and rows[0][1] != wanted:
        fail(f"{wanted} begins more than one paper: {', '.join(one for _, one in rows)}, …")
    return str(rows[0][0])


def _explain_absence(connection: "duckdb.DuckDBPyConnection", wanted: str, home: Path) -> None:
    """Ends the command with the reason why an identifier stands for no clean listing."""
    query = "SELECT reason FROM audit.rejected_listings WHERE listing_id = ?"
    rows = connection.execute(query, [wanted]).fetchall()
    if rows:
        fail(f"the listing {wanted} was turned away ({rows[0][0]}) and belongs to no paper", FAILED)
    short = f" (give at least {ENOUGH} of its digits)" if len(wanted) < ENOUGH else ""
    fail(f"there is no listing {wanted} in {home}{short}; sheaf show PAPER_ID names the listings of a paper", FAILED)


def listing_facts(connection: "duckdb.DuckDBPyConnection", listing_ids: list[str]) -> dict[str, Facts]:
    """What is known of listings.

    Returns:
        Listing -> the paper it belongs to (None where no paper has it), the fields of its clean text, and where it was
        listed.
    """
    answer = connection.execute(
        """
        SELECT paper_id, clean_listings.*, uri AS dump, format, listings.page, listings.position, listings.page_date_raw
        FROM clean_listings LEFT JOIN paper_listings USING (listing_id) JOIN listings USING (listing_id)
        JOIN dumps ON dumps.dump_id = clean_listings.dump_id
        WHERE listing_id IN (SELECT unnest(?))
        """,
        [listing_ids],
    )
    names = [column[0] for column in answer.description or []]
    rows = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    return {row["listing_id"]: {name: row[name] for name in names if name not in NOT_SHOWN} for row in rows}


def stored_judgements(home: Path) -> "list[Judgement]":
    """The judgements of a home.

    Raises:
        typer.Exit: With one line that names the line of the file that is no judgement.
    """
    from assets.dedupe.judgements.lines import JudgementError
    from assets.dedupe.judgements.store import FILE, stored

    try:
        return stored(home)
    except JudgementError as wrong:
        fail(str(wrong), FAILED)
    except OSError as error:
        fail(f"{home / FILE} cannot be read: {error.strerror}", FAILED)


def told(one: "Judgement") -> str:
    """A judgement in a few words: what, who and when."""
    return f"{one.verdict}, by {one.author}, {one.judged_at:%Y-%m-%d %H:%M} UTC"


def effect(one: Named, other: Named, verdict: str) -> str:
    """What the next run will make of a judgement."""
    if not (one.paper_id and other.paper_id):
        return _effect_on_reference(one, other, verdict)
    together = one.paper_id == other.paper_id
    papers = f"the paper {one.paper_id}" if together else f"the papers {one.paper_id} and {other.paper_id}"
    part = "the part that goes gets a new id."
    if one.of_reference or other.of_reference:
        part = "a part that has listings of references alone adds to no paper."
    effects = {
        ("same", True): f"They are in {papers} already; the judgement keeps them there.",
        ("same", False): f"At the next run, {papers} become one; the id that goes stays as an alias.",
        ("different", True): f"At the next run, {papers} is divided; {part}",
        ("different", False): f"They are in {papers} already; the judgement keeps them apart.",
    }
    return effects[verdict, together]


def _effect_on_reference(one: Named, other: Named, verdict: str) -> str:
    """What the next run will make of a judgement on a listing of a reference that no paper has."""
    paper = one.paper_id or other.paper_id
    if not paper:
        return "Both are of references and belong to no paper: it takes effect once one of them does."
    loose = other if one.paper_id else one
    if verdict == "different":
        return f"The listing {loose.listing_id} of a reference is not in {paper}; the judgement keeps it out."
    return f"At the next run, the listing {loose.listing_id} of a reference adds to the paper {paper}."


def run_command(home: Path) -> str:
    """The command that makes judgements take effect."""
    from pipeline.cli.options import DEFAULT_HOME

    return "sheaf run" if home == DEFAULT_HOME else f"sheaf run --home {home}"
