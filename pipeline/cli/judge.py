"""The command `judge`: people say of two listings whether they are the same paper, and take it back."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from pipeline.cli.options import DEFAULT_HOME, HomeOption, open_published
from pipeline.cli.output import FAILED, fail, print_table, say
from pipeline.cli.pairs import (
    AuthorOption,
    author_or_login,
    effect,
    find_listing,
    papers_of,
    run_command,
    stored_judgements,
    told,
)

if TYPE_CHECKING:
    from assets.dedupe.judgements.lines import Judgement
    from assets.dedupe.judgements.store import Undone

MOST_SHOWN = 10
"""Refused rows of an import, and contradictions, that are told one by one."""


class Task(StrEnum):
    """What the command is to do."""

    JUDGE = "A B same|different"
    UNDO = "--undo"
    IMPORT = "--import"
    EXPORT = "--export"
    LIST = "--list"


def add_to(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command(epilog='Example: sheaf judge 3fd1a2c4 90b7e6d5 different --note "part II of the series"')(judge)


def judge(  # noqa: PLR0913, PLR0917 typer makes an option of every parameter
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[A B same|different]",
            help="Two listings (or their beginnings, or papers, which stand for their first listing), and the verdict.",
        ),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    note: Annotated[str | None, typer.Option(help="Why, in your words.")] = None,
    author: AuthorOption = None,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take back the judgement on A and B, or the last one of all.")
    ] = False,
    import_: Annotated[
        Path | None, typer.Option("--import", help="CSV file of judgements to add; - is the standard input.")
    ] = None,
    export: Annotated[
        Path | None, typer.Option("--export", help="CSV file to write all judgements to; - is the standard output.")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List all judgements.")] = False,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="With --import: add the good rows although others are refused.")
    ] = False,
) -> None:
    """Say whether two listings are the same paper; it wins over the rules from the next run on."""
    given = words or []
    asked = [Task.UNDO] * undo + [Task.IMPORT] * bool(import_) + [Task.EXPORT] * bool(export) + [Task.LIST] * list_
    task = asked[0] if len(asked) == 1 else Task.JUDGE
    allowed = {Task.JUDGE: (3,), Task.UNDO: (0, 2)}.get(task, (0,))
    if len(asked) > 1 or len(given) not in allowed:
        fail("say one of: A B same|different, --undo, --undo A B, --import FILE, --export FILE, --list")
    if skip_bad and task is not Task.IMPORT:
        fail("--skip-bad goes with --import")
    if task is Task.UNDO:
        _undo(home, given)
    elif import_:
        _import(home, import_, author_or_login(author), skip_bad=skip_bad)
    elif export:
        _export(home, export)
    elif task is Task.LIST:
        _list(home)
    else:
        _judge(home, given, note, author_or_login(author))


def _judge(home: Path, given: list[str], note: str | None, author: str) -> None:
    """Keeps a judgement, and says what it will do."""
    from assets.dedupe.judgements import store as judgements
    from schemas.match_vocabulary import Verdict

    verdict = given[2].strip().lower()
    if verdict not in set(Verdict):
        fail(f"{given[2]} is no verdict; say same or different")
    with open_published(home) as connection:
        one, other = (find_listing(connection, word, home) for word in given[:2])
    if one.paper_id and one.paper_id == other.paper_id and (one.by_paper or other.by_paper):
        _ask_for_listings(one.paper_id, home)
    if one.listing_id == other.listing_id:
        fail(f"both are the listing {one.listing_id}: there is nothing to judge")
    before = stored_judgements(home)
    pair = (min(one.listing_id, other.listing_id), max(one.listing_id, other.listing_id))
    held = judgements.holding(before, pair)
    if held and (held.verdict, held.author) == (verdict, author.strip()) and note in (None, held.note):
        say(f"Already judged: {told(held)}.")
        return
    kept = keep(home, pair, verdict, author, note)
    say(f"Judged {verdict}: {kept.listing_a} and {kept.listing_b}, by {kept.author}.")
    if held:
        say(f"It replaces the judgement {told(held)}.")
    say(f"{effect(one, other, verdict)} Next: {run_command(home)}")
    say_contradictions(before, [*before, kept])


def _ask_for_listings(paper_id: str, home: Path) -> NoReturn:
    where = "" if home == DEFAULT_HOME else f" --home {home}"
    fail(f"both belong to the paper {paper_id}: name two of its listings, which sheaf show {paper_id}{where} lists")


def keep(home: Path, pair: tuple[str, str], verdict: str, author: str, note: str | None = None) -> "Judgement":
    """Keeps a judgement.

    Raises:
        typer.Exit: With one line that says why it was not kept.
    """
    from assets.dedupe.judgements import store as judgements
    from assets.dedupe.judgements.lines import JudgementError

    try:
        return judgements.record(home, *pair, verdict, author=author, note=note)
    except JudgementError as wrong:
        fail(str(wrong))
    except OSError as error:
        fail(f"{home / judgements.FILE} cannot be written: {error.strerror}", FAILED)


def say_contradictions(before: "list[Judgement]", after: "list[Judgement]") -> None:
    """Warns of pairs that are the same by way of others and were judged to be different, where they are new."""
    from assets.dedupe.groups.rulings import rule
    from assets.dedupe.judgements.store import active, as_rows

    known, now = (rule(active(as_rows(all_of_them))).cuts for all_of_them in (before, after))
    new = now.join(known, on=["listing_a", "listing_b"], how="anti", maintain_order="left")
    for listing_a, listing_b, detail in new.select("listing_a", "listing_b", "detail").head(MOST_SHOWN).iter_rows():
        say(f"warning: it contradicts other judgements on {listing_a} and {listing_b}: {detail}", style="yellow")
    if not new.is_empty():
        say("The latest judgement is followed; audit.cluster_cuts will list what was set aside.", style="yellow")


def _undo(home: Path, given: list[str]) -> None:
    """Takes back a judgement, and says what holds then."""
    before = stored_judgements(home)
    undone = take_back(home, _judged_pair(before, given, home) if given else None)
    gone = undone.taken_back
    say(f"Taken back: {gone.listing_a} and {gone.listing_b} are no longer judged ({told(gone)}).")
    then = f"the earlier judgement holds again ({told(undone.holds)})" if undone.holds else "the rules decide again"
    say(f"At the next run, {then}. Next: {run_command(home)}")
    say_contradictions(before, stored_judgements(home))


def take_back(home: Path, pair: tuple[str, str] | None) -> "Undone":
    """Takes back the judgement on a pair, or the last one of all.

    Raises:
        typer.Exit: With one line that says why it cannot be taken back.
    """
    from assets.dedupe.judgements import store as judgements
    from assets.dedupe.judgements.lines import JudgementError

    if not home.is_dir():
        fail(f"there is no judgement to take back in {home}", FAILED)
    try:
        return judgements.undo(home, pair)
    except judgements.NothingToUndoError:
        fail(f"there is no judgement to take back in {home}", FAILED)
    except JudgementError as wrong:
        fail(str(wrong), FAILED)
    except OSError as error:
        fail(f"{home / judgements.FILE} cannot be written: {error.strerror}", FAILED)


def _judged_pair(known: "list[Judgement]", given: list[str], home: Path) -> tuple[str, str]:
    """The judged pair that two identifiers stand for; their listings may be gone with their dumps."""
    live = sorted({one.pair for one in known if one.deleted_at is None})
    listings = {listing for pair in live for listing in pair}
    firsts, seconds = (_meant(word.strip().lower(), listings, home) for word in given)
    found = [(a, b) for a, b in live if (a in firsts and b in seconds) or (b in firsts and a in seconds)]
    if not found:
        fail(f"there is no judgement on {given[0]} and {given[1]}; sheaf judge --list names them all", FAILED)
    if len(found) > 1:
        fail(
            f"there are {len(found)} judgements on {given[0]} and {given[1]}; name two listings: {found[0]}, {found[1]}"
        )
    return found[0]


def _meant(wanted: str, judged: set[str], home: Path) -> set[str]:
    """The judged listings that an identifier stands for: itself, those it begins, or those of a paper."""
    if not wanted.startswith("p"):
        return {one for one in judged if one == wanted or (len(wanted) >= 6 and one.startswith(wanted))}
    with open_published(home) as connection:
        paper = papers_of(connection, wanted, home)
        rows = connection.execute("SELECT listing_id FROM paper_listings WHERE paper_id = ?", [paper]).fetchall()
    return judged.intersection(row[0] for row in rows)


def _import(home: Path, path: Path, author: str, *, skip_bad: bool) -> None:
    """Adds the judgements of a CSV file; where a row is refused, none, unless bad rows may be skipped."""
    from assets.dedupe.judgements.lines import JudgementError
    from assets.dedupe.judgements.tables import import_csv

    try:
        content = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        fail(f"{path} cannot be read: {error.strerror}")
    stored_judgements(home)  # tells of a damaged file before the CSV file is blamed
    try:
        home.mkdir(parents=True, exist_ok=True)
        done = import_csv(home, content, author=author, skip_bad=skip_bad)
    except JudgementError as wrong:
        fail(f"{path}: {wrong}")
    except OSError as error:
        fail(f"{home} cannot be written: {error.strerror}", FAILED)
    for refused in done.refused[:MOST_SHOWN]:
        say(f"refused: line {refused.line}: {refused.reason}", style="yellow")
    if len(done.refused) > MOST_SHOWN:
        say(f"refused: {len(done.refused) - MOST_SHOWN:,} more", style="yellow")
    if done.refused and not skip_bad:
        fail(f"nothing was imported: {len(done.refused):,} rows were refused; mend them, or add --skip-bad", FAILED)
    back = f", {done.taken_back:,} taken back" if done.taken_back else ""
    say(f"Imported {path}: {done.new:,} new{back}, {done.known:,} known, {len(done.refused):,} refused.")
    if done.new or done.taken_back:
        say(f"They take effect at the next run. Next: {run_command(home)}")


def _export(home: Path, path: Path) -> None:
    """Writes all judgements, also those that were taken back, as CSV."""
    from assets.dedupe.judgements.store import as_rows
    from assets.dedupe.judgements.tables import to_csv

    rows = as_rows(stored_judgements(home))
    content = to_csv(rows).encode()
    if str(path) == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        path.write_bytes(content)
    except OSError as error:
        fail(f"{path} cannot be written: {error.strerror}", FAILED)
    say(f"Exported {rows.height:,} judgements to {path}.")


def _list(home: Path) -> None:
    """Lists all judgements, the latest first."""
    known = stored_judgements(home)
    if not known:
        say("Nothing was judged; sheaf review asks about the pairs that the rules left open.")
        return
    columns = ["judged (UTC)", "verdict", "listing_a", "listing_b", "author", "taken back (UTC)", "note"]
    form = "%Y-%m-%d %H:%M:%S"
    print_table(
        columns,
        [
            (
                f"{one.judged_at:{form}}",
                one.verdict,
                one.listing_a,
                one.listing_b,
                one.author,
                f"{one.deleted_at:{form}}" if one.deleted_at else "",
                one.note,
            )
            for one in reversed(known)
        ],
    )
