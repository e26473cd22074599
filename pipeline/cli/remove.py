"""The command `remove`: a paper is taken down, everywhere and for good, or brought back."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import DEFAULT_HOME, HomeOption, open_published
from pipeline.cli.output import FAILED, fail, print_table, say, shorten
from pipeline.cli.pairs import AuthorOption, author_or_login, run_command, stored_judgements
from pipeline.cli.removed import SHORT_REASON, find_removal, stored_removals

if TYPE_CHECKING:
    from assets.home import Home
    from assets.removals.lines import Removal
    from pipeline.takedown import Plan

WHY_WITHDRAWN = "a paper was removed"
"""What the list of releases says of one that was taken back: neither which paper, nor why."""
MOST_PLACES = 50
"""Places in dumps that are told one by one."""


def add_to(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command(epilog='Example: sheaf remove p0123456789abcdef --reason "asked for by its authors"')(remove)


def remove(
    paper: Annotated[
        str | None, typer.Argument(metavar="[PAPER_ID]", help="The paper, or its beginning; also one merged away.")
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    reason: Annotated[str | None, typer.Option(help="Why, in your words; it is kept at home, never released.")] = None,
    author: AuthorOption = None,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Take back the releases that still hold the paper.")
    ] = False,
    undo: Annotated[str | None, typer.Option("--undo", metavar="PAPER_ID", help="Take a removal back.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="List all removals.")] = False,
) -> None:
    """Take a paper down: out of every table, index and later release; dumps that list it do not bring it back."""
    asked = [bool(paper), undo is not None, list_]
    if sum(asked) != 1 or ((reason is not None or withdraw) and not paper):
        fail("say one of: PAPER_ID --reason TEXT, PAPER_ID --withdraw, --undo PAPER_ID, --list")
    if list_:
        _list(home)
    elif undo is not None:
        _undo(home, undo.strip().lower())
    elif paper:
        _remove(home, paper.strip().lower(), reason, author, withdraw=withdraw)


def _remove(home: Path, given: str, reason: str | None, author: str | None, *, withdraw: bool) -> None:
    """Takes a paper down, unless it is already; then deals with the releases that hold it."""
    from pipeline.takedown import is_published, same_settings

    open_published(home).close()
    held = find_removal(home, given)
    place = same_settings(home)
    if held is None:
        removal = _take_down(place, _meant(home, given), reason, author)
    elif is_published(place, held):
        say(f"The removal of {held.paper_id} is on record and was not carried out yet.")
        removal = _take_down(place, held.paper_id, reason, author, held)
    else:
        removal = held
        say(f"{held.paper_id} was removed already, on {held.removed_at:%Y-%m-%d} by {held.author}.")
    _releases(place, removal, withdraw=withdraw)


def _meant(home: Path, given: str) -> str:
    """The paper that an identifier, or its unique beginning, stands for."""
    from pipeline.cli.show import ENOUGH

    with open_published(home) as connection:
        rows = connection.execute(
            """
            SELECT DISTINCT paper_id, id FROM (
                SELECT paper_id, paper_id AS id FROM papers
                UNION ALL SELECT paper_id, old_paper_id FROM paper_aliases JOIN papers USING (paper_id)
            ) WHERE id = $id OR (len($id) >= $enough AND starts_with(id, $id)) ORDER BY id = $id DESC, id LIMIT 3
            """,
            {"id": given, "enough": ENOUGH},
        ).fetchall()
    if not rows:
        fail(f"there is no paper {given} in {home}; find one with: sheaf search WORDS")
    if len({paper for paper, _ in rows}) > 1 and rows[0][1] != given:
        fail(f"{given} begins more than one paper: {', '.join(one for _, one in rows)}, …")
    paper, name = map(str, rows[0])
    if name != paper:
        say(f"{name} was merged into {paper}: that paper is removed.")
    return paper


def _take_down(
    place: "Home", paper_id: str, reason: str | None, author: str | None, held: "Removal | None" = None
) -> "Removal":
    """Puts a removal on record, strikes the text everywhere, and publishes anew.

    Raises:
        typer.Exit: With one line that says what did not work.
    """
    import duckdb

    from assets.home import HomeBusyError
    from assets.removals import store
    from assets.removals.lines import RemovalError
    from assets.spill import SpillError
    from pipeline import takedown

    if held is None and not (reason or "").strip():
        fail('why is it removed? say so with --reason "…"; the reason is kept at home')
    who = author_or_login(author) if held is None else ""
    try:
        with place.locked():
            if held:
                what = takedown.plan_again(place, held)
            else:
                what = takedown.plan(place, paper_id, reason or "", who, datetime.now(UTC))
                store.record(place.folder, what.removal)
            texts = _texts(place, what)
            takedown.strike_home(place, what)
    except RemovalError as wrong:
        fail(str(wrong))
    except (HomeBusyError, SpillError) as problem:
        fail(str(problem), FAILED)
    except duckdb.Error as error:
        told = str(error).splitlines()[0]
        fail(f"{place.warehouse} is not as this version knows it ({told}); publish it anew: sheaf run --force", FAILED)
    except OSError as error:
        fail(f"{place.folder} cannot be written: {error.strerror}; the next run applies what is on record", FAILED)
    _publish(place, what.removal)
    _forget(place, [*texts, *what.removal.ids])
    _tell(place, what)
    return what.removal


def _texts(place: "Home", what: "Plan") -> list[str]:
    """What the paper says: its titles and abstracts, raw and clean, by which other records of it are found."""
    with open_published(place.folder) as connection:
        rows = connection.execute(
            """
            SELECT title_raw, abstract_raw, title, abstract FROM listings LEFT JOIN clean_listings USING (listing_id)
            WHERE listing_id IN (SELECT unnest(?))
            """,
            [what.listing_ids.to_list()],
        ).fetchall()
    return sorted({text for row in rows for text in row if text})


def _publish(place: "Home", removal: "Removal") -> None:
    """Publishes anew what was published, without the paper.

    Raises:
        typer.Exit: With code 1, if that did not work.
    """
    from assets.home import HomeBusyError
    from assets.removals.lines import RemovalError
    from pipeline import engine
    from pipeline.history import HistoryError

    try:
        outcome = engine.run(place, lambda _: None, replay=True)
    except (HomeBusyError, HistoryError, RemovalError) as problem:
        faults = [str(problem)]
    except OSError as error:
        faults = [f"{place.folder} cannot be written: {error.strerror}"]
    else:
        faults = [] if outcome.success else outcome.faults or ["see sheaf dev"]
    if faults:
        fail(
            f"{removal.paper_id} is still published: {'; '.join(faults)}. Its removal is on record: every later run "
            f"applies it. Next: {run_command(place.folder)}",
            FAILED,
        )


def _forget(place: "Home", texts: list[str]) -> None:
    """Takes the text out of Dagster's records too."""
    from pipeline.forget import forget

    try:
        forget(place.folder, texts)
    except OSError as error:
        say(f"warning: {error.strerror}; stop what uses them and say this again", style="yellow")


def _tell(place: "Home", what: "Plan") -> None:
    """What was removed, where it still stands, and what else there is to know."""
    from assets.removals.describe import is_recognisable

    removal = what.removal
    dumps = len({one.uri for one in what.places})
    say(f"Removed {removal.paper_id}: {len(what.listing_ids):,} listings in {dumps:,} dumps.", style="bold")
    say(f"It is gone from {place.warehouse} and stays so; sheaf remove --undo {removal.paper_id} brings it back.")
    if not is_recognisable(removal):
        say(
            "warning: nothing but its places in these dumps tells it from other papers: a new dump that lists it "
            "brings it back",
            style="yellow",
        )
    for double in what.doubles:
        say(f"{double} has something in common with it that only one paper should have; it stays", style="yellow")
    say()
    say("It still stands in these dumps, which are yours:")
    rows = [(one.uri, one.role, one.page, one.locator) for one in what.places[:MOST_PLACES]]
    print_table(["dump", "role", "page", "place in dump"], rows)
    if len(what.places) > MOST_PLACES:
        say(f"and at {len(what.places) - MOST_PLACES:,} more places")
    pairs = [one for one in stored_judgements(place.folder) if not set(one.pair).isdisjoint(removal.listing_ids)]
    if any(one.note for one in pairs):
        say(f"{len(pairs):,} judgements on its listings stay, with the notes of people: see sheaf judge --list")


def _releases(place: "Home", removal: "Removal", *, withdraw: bool) -> None:
    """Tells which releases hold the paper, or takes them back."""
    from assets.home import HomeBusyError
    from assets.release.manifest import ReleaseError
    from assets.release.store import Releases
    from assets.removals.traces import Sought, holds

    releases = Releases(place.folder)
    sought = Sought(removal.ids, removal.listing_ids)
    try:
        holding = [version for version in releases.versions().items if holds(releases.path(version), sought)]
        if withdraw and holding:
            with place.locked():
                for version in holding:
                    releases.withdraw(version, WHY_WITHDRAWN)
    except (HomeBusyError, ReleaseError) as problem:
        fail(str(problem), FAILED)
    except OSError as error:
        fail(f"{releases.folder}: {error.strerror or error}", FAILED)
    where = "" if place.folder == DEFAULT_HOME else f" --home {place.folder}"
    if withdraw and holding:
        say(f"Taken back: {', '.join(holding)}. Next: sheaf release{where}")
    elif withdraw:
        say("No release holds it.")
    elif holding:
        say()
        say(f"Releases that hold it: {', '.join(holding)}.")
        say(f"Take them back with: sheaf remove {removal.paper_id} --withdraw{where}")


def _undo(home: Path, given: str) -> None:
    """Takes a removal back."""
    from assets.removals import store
    from assets.removals.lines import RemovalError

    held = find_removal(home, given)
    if held is None:
        fail(f"no paper {given} is removed in {home}; sheaf remove --list names them all")
    try:
        store.undo(home, held.paper_id)
    except RemovalError as wrong:
        fail(str(wrong), FAILED)
    except OSError as error:
        fail(f"{home / store.FILE} cannot be written: {error.strerror}", FAILED)
    say(f"Taken back: the removal of {held.paper_id} on {held.removed_at:%Y-%m-%d} ({shorten(held.reason, 60)}).")
    say(f"The paper is there again, under the same id, when its dumps were read again. Next: {run_command(home)}")


def _list(home: Path) -> None:
    """Lists all removals, the latest first."""
    removals = stored_removals(home)
    if not removals:
        say("Nothing was removed.")
        return
    form = "%Y-%m-%d %H:%M:%S"
    columns = ["removed (UTC)", "paper", "listings", "by", "taken back (UTC)", "reason"]
    rows = [
        (
            f"{one.removed_at:{form}}",
            one.paper_id,
            len(one.listing_ids),
            one.author,
            f"{one.undone_at:{form}}" if one.undone_at else "",
            shorten(one.reason, SHORT_REASON),
        )
        for one in reversed(removals)
    ]
    print_table(columns, rows)
