"""The command `dedupe`: which records of any bibliography are the same work, by the matcher of the pipeline."""

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.dedupe_report import Timed, print_report
from pipeline.cli.outfile import STANDARD_OUTPUT, check_inputs, check_output, write_whole
from pipeline.cli.output import fail, harmless, say

if TYPE_CHECKING:
    import polars as pl

    from assets.dedupe.bibliography import Bibliography


def add_to(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command(epilog="Example: sheaf dedupe library.ris --out clusters.csv --report")(dedupe)


def dedupe(
    records: Annotated[
        list[Path],
        typer.Argument(metavar="RECORDS", help="Files of records: BibTeX, RIS, EndNote XML, CSV, Parquet, JSON, …"),
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE.csv", help="Where the clusters go; - is the standard output.")
    ],
    pairs: Annotated[
        Path | None,
        typer.Option("--pairs", metavar="FILE.parquet", help="Write every compared pair with decision and features."),
    ] = None,
    report: Annotated[bool, typer.Option("--report", help="Print what was read, compared and decided.")] = False,
    link: Annotated[
        bool,
        typer.Option("--link", help="Sources are free of duplicates: link records of different sources, one to one."),
    ] = False,
    number: Annotated[
        bool, typer.Option("--number", help="Name records FILE:N by their place, whatever identifiers they have.")
    ] = False,
) -> None:
    """Find the duplicates in a bibliography: a CSV of record_id,cluster_id with one row for every record."""
    _check_places(records, out, pairs, report=report)
    timed = Timed()
    with timed("load the program"):
        from assets.dedupe import linkage
        from assets.dedupe.bibliography import BibliographyError, together
    with timed("read"):
        read = _read(records, number=number)
        try:
            frame = together(read)
        except BibliographyError as wrong:
            fail(str(wrong))
    if link:
        _check_sources(frame)
    _tell_defects(read)
    with timed("compare and link"):
        linked = linkage.link(frame, one_to_one=link)
    with timed("write"):
        clusters = linked.groups.select(record_id="listing_id", cluster_id="cluster").sort("record_id")
        if pairs is not None:
            compared = linked.compared.pairs.rename({"listing_a": "record_a", "listing_b": "record_b"})
            write_whole(pairs, compared.write_parquet)
        write_whole(out, clusters.write_csv)
    if report:
        print_report(read, linked, timed)
    if out != STANDARD_OUTPUT:
        works = clusters["cluster_id"].n_unique()
        say(f"{clusters.height:,} records are {works:,} works: {out}")


def _check_places(records: Sequence[Path], out: Path, pairs: Path | None, *, report: bool) -> None:
    """Refuses files that cannot be read or written, before anything else is done."""
    check_inputs(records)
    check_output("--out", out, records)
    if out == STANDARD_OUTPUT and report:
        fail("--report prints too; give the clusters a file: --out clusters.csv")
    if pairs is None:
        return
    check_output("--pairs", pairs, records)
    if pairs == STANDARD_OUTPUT:
        fail("--pairs is Parquet, which no terminal shows; name a file")
    if os.path.realpath(pairs) == os.path.realpath(out):
        fail("--out and --pairs are the same file; name two")


def _read(paths: Sequence[Path], *, number: bool) -> "list[Bibliography]":
    """The records of all files, each named as briefly as tells it from the others."""
    from assets.dedupe.bibliography import read_bibliography
    from assets.parse.read import contents
    from assets.parse.reader import RefusalError

    names = [path.name for path in paths]
    if len(set(names)) < len(names):
        names = [str(path) for path in paths]
    found = []
    for path, name in zip(paths, names, strict=True):
        shown = os.fsencode(name).decode(errors="replace")
        try:
            for one in contents(path, Path(tempfile.gettempdir())):
                shown = f"{shown.split('!/')[0]}!/{one.path}" if one.path else shown
                if one.refusal is not None:
                    raise one.refusal
                found.append(read_bibliography(one.content, shown, numbered=number))
        except RefusalError as refusal:
            fail(f"{shown} cannot be read as a bibliography: {refusal.detail}")
        except OSError as error:
            fail(f"{path} cannot be read: {error.strerror or error}")
    return found


def _check_sources(records: "pl.DataFrame") -> None:
    """Refuses to link the records of one source."""
    sources = records["source"].unique()
    if len(sources) < 2:
        fail(
            f"--link needs two sources or more, and all {records.height:,} records are of {sources[0]!r}; name the "
            "database of each record in a column `source`, or give each database as a file of its own"
        )


def _tell_defects(read: "Sequence[Bibliography]") -> None:
    """Says on the standard error which records stand alone because they cannot be read."""
    from assets.dedupe.bibliography import STILL_COMPARED

    for one in read:
        counts = one.defects.filter(~one.defects["defect"].is_in(list(map(str, STILL_COMPARED))))["defect"]
        if len(counts):
            reasons = ", ".join(f"{count:,} {reason}" for reason, count in counts.value_counts().sort("defect").rows())
            sys.stderr.write(harmless(f"sheaf: {one.name}: records that stand alone, unread: {reasons}") + "\n")
