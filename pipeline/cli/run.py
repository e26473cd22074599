"""Commands that run the pipeline: `run`, `rejects --replay` through `replay`, and `dev`."""

import os
import sys
import time
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import DEFAULT_HOME, HomeOption, open_published
from pipeline.cli.output import FAILED, console, fail, print_table, say
from pipeline.cli.status import dumps_turned_away, print_turned_away

if TYPE_CHECKING:
    from assets.home import Home
    from pipeline.engine import Counts, StageDone

RawOption = Annotated[
    list[str] | None,
    typer.Option(
        "--raw",
        help="Folder, file, glob pattern or URL (s3://…) with raw dumps; may be repeated. [env var: SHEAF_RAW]",
        show_default="HOME/raw, or those of the last run",
    ),
]
ReferenceOption = Annotated[
    list[str] | None,
    typer.Option(
        "--reference",
        help="The same of references: they add values to papers, and no papers; may be repeated. "
        "[env var: SHEAF_REFERENCE]",
        show_default="HOME/reference, or, without --raw, those of the last run",
    ),
]
WithoutOption = Annotated[
    list[str] | None, typer.Option("--without", help="Cleaning rule to switch off; may be repeated (see: sheaf rules).")
]
VectorsOption = Annotated[
    str,
    typer.Option(
        "--vectors",
        help="How papers become vectors: tfidf, from the papers themselves, or static, from word vectors of the "
        "optional package 'papersheaf[embeddings]'.",
    ),
]


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module."""
    app.command(epilog="Example: sheaf run --raw ~/dumps --reference ~/arxiv --home data")(run)
    app.command(epilog="Example: sheaf dev --home data --port 3000")(dev)


def make_home(
    path: Path,
    raw: list[str] | None = None,
    reference: list[str] | None = None,
    *,
    without: list[str] | None = None,
    vectors: str = "tfidf",
    max_rejects: float = 0.5,
) -> "Home":
    """The home of a run, with its settings checked."""
    from assets.home import Home, split_paths
    from assets.validate.catalogue import select_rules
    from pipeline.definitions import RAW_VARIABLE, REFERENCE_VARIABLE
    from schemas.enrich_vocabulary import VectorMethod

    try:
        select_rules(without or [])
    except ValueError as unknown:
        fail(f"{unknown}; the rules are listed by: sheaf rules")
    if vectors not in tuple(VectorMethod):
        fail(f"--vectors is {vectors!r}; use one of {', '.join(VectorMethod)}")
    if path.exists() and not path.is_dir():
        fail(f"--home {path} is a file; name a folder")
    return Home(
        path=str(path),
        raw=raw or split_paths(os.environ.get(RAW_VARIABLE, "")),
        reference=reference or split_paths(os.environ.get(REFERENCE_VARIABLE, "")),
        without_rules=without or [],
        vectors=vectors,
        max_reject_share=max_rejects,
    )


def run(
    raw: RawOption = None,
    reference: ReferenceOption = None,
    home: HomeOption = DEFAULT_HOME,
    without: WithoutOption = None,
    vectors: VectorsOption = "tfidf",
    max_rejects: Annotated[
        float, typer.Option(min=0, max=1, help="Share of rejected records beyond which nothing is published.")
    ] = 0.5,
    force: Annotated[bool, typer.Option("--force", help="Run also when nothing has changed.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="End with exit code 1 when a record or a dump was turned away.")
    ] = False,
) -> None:
    """Run the pipeline: read the raw dumps and publish papers.duckdb; does nothing when nothing has changed."""
    from assets.dedupe.judgements.lines import JudgementError
    from assets.home import UnreadableHomeError
    from assets.parse.folder import NothingToReadError, look
    from assets.parse.manifest import ManifestError
    from assets.removals.lines import RemovalError
    from pipeline import engine

    place = make_home(home, raw, reference, without=without, vectors=vectors, max_rejects=max_rejects)
    try:
        if not force and engine.is_unchanged(place):
            papers = place.published("runs").sort("started_at")["paper_count"][-1]
            say(f"Nothing has changed: {papers} papers in {place.warehouse} are up to date.")
            _judge(home, strict=strict)
            return
        for warning in look(place.raw_paths, place.reference_paths).warnings:
            say(f"warning: {warning}", style="yellow")
    except (NothingToReadError, ManifestError) as wrong:
        fail(str(wrong))
    except (UnreadableHomeError, JudgementError, RemovalError) as unreadable:
        fail(str(unreadable), FAILED)
    execute(place)
    _judge(home, strict=strict)


def _judge(home: Path, *, strict: bool) -> None:
    """Ends a strict run with exit code 1 when something was turned away; the data set stays published.

    Raises:
        typer.Exit: With code 1.
    """
    if not strict:
        return
    with open_published(home) as connection:
        records, dumps = connection.execute(
            """
            SELECT (SELECT count(*) FROM audit.rejected_listings),
                   (SELECT count(*) FROM dumps WHERE status = 'rejected')
            """
        ).fetchall()[0]
    if records or dumps:
        fail(f"--strict: {records:,} records and {dumps:,} dumps were turned away; see sheaf rejects", FAILED)


def execute(place: "Home", *, replay: bool = False) -> None:
    """Runs the pipeline and tells how it went.

    Raises:
        typer.Exit: With code 1, if nothing was published.
    """
    from assets.home import HomeBusyError
    from assets.removals.lines import RemovalError
    from pipeline import engine
    from pipeline.history import HistoryError

    started = time.monotonic()
    try:
        with console.status("at work") if console.is_terminal else nullcontext():
            outcome = engine.run(place, _tell_stage, replay=replay)
    except (HomeBusyError, HistoryError, RemovalError) as problem:
        fail(str(problem), FAILED)
    except OSError as error:
        fail(f"{place.folder} cannot be written: {error.strerror}", FAILED)
    for warning in outcome.warnings:
        say(f"warning: {warning}", style="yellow")
    if not outcome.success:
        kept = f"; {place.warehouse} is as it was" if place.warehouse.exists() else ""
        fail(f"nothing was published: {'; '.join(outcome.faults) or 'see sheaf dev'}{kept}", FAILED)
    tell_funnel(place.folder)
    _tell_identity(outcome.counts)
    for uri in outcome.missing:
        say(f"missing: the dump {uri} was there last time and is not now", style="yellow")
    say()
    say(f"{place.warehouse}  ({time.monotonic() - started:.1f} s)", style="bold")
    say("Try next:")
    home = f" --home {place.path}" if Path(place.path) != DEFAULT_HOME else ""
    say(f'  sheaf search "language models"{home}')
    say('  sheaf sql "FROM papers SELECT title, listing_count ORDER BY listing_count DESC LIMIT 5"' + home)
    say(f"  sheaf rejects{home}")


def _tell_stage(done: "StageDone") -> None:
    """One line per stage."""
    counts = done.counts

    def told(table: str, name: str = "rows") -> str:
        return f"{counts.get(table, {}).get(name, 0):,}"

    lines = {
        "parse": f"{_told_dumps(counts)} ({told('dumps', 'opened')} files opened), {told('listings')} listings, "
        f"{told('dumps', 'rejected')} dumps turned away",
        "validate": f"{told('clean_listings')} clean listings ({told('clean_listings', 'repaired')} repaired, "
        f"{told('clean_listings', 'flagged')} flagged), {told('rejected_listings')} rejected",
        "dedupe": f"{told('papers')} papers, {_told_joined(counts)}",
        "enrich": f"{told('links')} links, {told('terms')} terms, {told('quantities')} quantities, "
        f"{told('topics')} topics, {told('text_repairs')} texts repaired from their source",
        "publish": f"{told('search_terms')} search terms, {told('ledger')} ledger rows",
    }
    with suppress(BrokenPipeError):  # a reader that has left, such as head, does not stop the run
        say(f"{done.stage:<9} {lines[done.stage]}  {done.seconds:.2f} s")


def _told_dumps(counts: "Counts") -> str:
    """How many dumps list papers, and how many only add to them."""
    dumps = counts.get("dumps", {})
    references = dumps.get("references", 0)
    feeds = f"{dumps.get('rows', 0) - references:,} dumps"
    return f"{feeds}, {references:,} references" if references else feeds


def _told_joined(counts: "Counts") -> str:
    """How many listings joined others, and how many of references joined them."""
    papers = counts.get("papers", {})
    references = papers.get("references", 0)
    merged = f"{papers.get('rows_merged', 0) - references:,} listings merged"
    return f"{merged}, {references:,} of references added" if references else merged


def _tell_identity(counts: "Counts") -> None:
    """What became of the ids of papers, which papers were split, and what people decided."""
    papers, cuts, judged = (counts.get(table, {}) for table in ("papers", "cluster_cuts", "judgements"))
    conflicts = cuts.get("judgement_conflict", 0)
    numbers = [papers.get("new_ids", 0), papers.get("merged_ids", 0), papers.get("splits", 0)]
    say()
    print_table(
        ["new ids", "merged away", "splits", "pairs cut", "judgements", "in conflict"],
        [(*numbers, cuts.get("rows", 0), judged.get("in_force", 0), conflicts)],
    )
    for split in counts.get("paper_splits", {}).get("new", []):
        say(f"split: {split}", style="yellow")
    if conflicts:
        say(
            'judgements contradict each other; see: sheaf sql "FROM audit.cluster_cuts WHERE reason = '
            "'judgement_conflict'\"",
            style="yellow",
        )


def tell_funnel(home: Path) -> None:
    """What went in, what came out, and why the rest did not."""
    with open_published(home) as connection:
        counts = connection.execute(
            """
            SELECT found_count, parsed_count, valid_count, merged_count, paper_count, rejected_count
            FROM audit.runs ORDER BY started_at DESC LIMIT 1
            """
        ).fetchall()
        reasons = connection.execute(
            "SELECT reason, count(*) FROM audit.rejected_listings GROUP BY reason ORDER BY count(*) DESC, reason DESC"
        ).fetchall()
        dumps = dumps_turned_away(connection)
    say()
    print_table(["found", "parsed", "valid", "merged", "papers", "rejected"], counts)
    if reasons:
        say()
        print_table(["rejected because", "records"], reasons)
    print_turned_away(dumps)


def dev(
    home: HomeOption = DEFAULT_HOME,
    raw: RawOption = None,
    reference: ReferenceOption = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 3000,
) -> None:
    """Open the Dagster UI on a home: assets, checks, runs, the schedule and the sensor; ends with Ctrl-C."""
    from pipeline.definitions import HOME_VARIABLE, RAW_VARIABLE, REFERENCE_VARIABLE
    from pipeline.history import prepare

    place = make_home(home.resolve(), _absolute(raw), _absolute(reference))
    os.environ["DAGSTER_HOME"] = str(prepare(place.folder).resolve())
    os.environ[HOME_VARIABLE] = place.path
    os.environ[RAW_VARIABLE] = os.pathsep.join(place.raw)
    os.environ[REFERENCE_VARIABLE] = os.pathsep.join(place.reference)
    say(f"Dagster on {place.path}: http://{host}:{port}")
    sys.stdout.flush()
    command = [sys.executable, "-m", "dagster", "dev", "-m", "pipeline.definitions", "-h", host, "-p", str(port)]
    os.execv(sys.executable, command)  # noqa: S606 takes over this process, so that Ctrl-C reaches Dagster itself


def _absolute(paths: list[str] | None) -> list[str]:
    """Paths as they are from everywhere; URLs are so."""
    return [one if "://" in one else str(Path(one).absolute()) for one in paths or []]
