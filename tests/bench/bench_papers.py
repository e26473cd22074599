"""Time and memory from grouped listings to papers: identity, golden records, values.

    python -m tests.bench.bench_papers [LISTINGS...]

Listings are made up, with abstracts of real length; almost half share a paper with one or two others, whose texts
differ. Every way runs in a process of its own: `portions` as the pipeline goes it, `at once` with all texts in memory
and a choice for every paper, `identity` the ids alone, the first time and again. Anonymous memory (RssAnon) is looked
at every 20 ms, Linux only, and told beyond what was there before; seconds are those of the processor, on all cores.
"""

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from assets.dedupe.papers import disagreement, golden, identity, survive
from assets.dedupe.papers.identity_keys import ID_KINDS, identity_keys
from assets.dedupe.papers.portions import portions
from assets.spill import batches
from pipeline.memory import keep_freed_memory
from tests.bench.bench_scale import anonymous_bytes
from tests.frames import dump_id, table
from tests.papers import papers

SIZES = (100_000, 450_000)
WAYS = ("portions", "at once", "identity")
PIECE = 50_000


def write(folder: Path, count: int) -> None:
    """Writes clean listings, listings and the groups that they form."""
    for start in range(0, count, PIECE):
        made = list(papers(min(PIECE, count - start), first=start, sentences=22))
        clean = pl.DataFrame(
            {
                "listing_id": [f"{(start + at) * 2654435761 % 2**64:016x}{start + at:016x}" for at in range(len(made))],
                "title": [one.title for one in made],
                "abstract": [one.abstract for one in made],
                "authors": [one.names for one in made],
                "published_on": [one.published for one in made],
                "arxiv_id": [one.arxiv_id if one.number % 3 else None for one in made],
                "doi": [None if one.number % 3 else one.doi for one in made],
                "venue": [one.venue for one in made],
                "categories": [list(one.categories) for one in made],
            }
        ).with_columns(
            title_search=pl.col("title").str.to_lowercase(),
            abstract_search=pl.col("abstract").str.to_lowercase(),
            year=pl.col("published_on").dt.year().cast(pl.Int64),
            record_type=pl.lit("article"),
            dump_id=pl.lit(dump_id("a")),
        )
        empty = table("clean_listings", [])
        rest = [name for name in empty.columns if name not in clean.columns]
        lists = [name for name in rest if isinstance(empty.schema[name], pl.List)]
        filled = clean.with_columns(
            *(pl.lit(None, dtype=empty.schema[name]).alias(name) for name in rest if name not in lists),
            *(pl.lit([], dtype=empty.schema[name]).alias(name) for name in lists),
        )
        filled.select(empty.columns).write_parquet(folder / f"clean-{start:09}.parquet")
    clean_listings = pl.scan_parquet(folder / "clean-*.parquet")
    clean_listings.sink_parquet(folder / "clean.parquet", row_group_size=PIECE)
    ids = clean_listings.select("listing_id").collect().sort("listing_id")
    ids.select(
        "listing_id",
        dump_id=pl.lit(dump_id("a")),
        page=pl.lit(1, dtype=pl.Int64),
        position=pl.lit(1, dtype=pl.Int64),
        page_date_raw=pl.lit("Mar 1"),
        title_raw=pl.lit(None, dtype=pl.String),
        abstract_raw=pl.lit(None, dtype=pl.String),
    ).write_parquet(folder / "listings.parquet")
    number = pl.int_range(pl.len())
    first = pl.when(number % 5 == 1).then(number - 1).when(number % 15 == 2).then(number - 2).otherwise(number)
    ids.select("listing_id", cluster=pl.col("listing_id").gather(first)).write_parquet(folder / "groups.parquet")


class Read:
    """What `write` wrote."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clean = pl.scan_parquet(folder / "clean.parquet")
        self.listings = pl.scan_parquet(folder / "listings.parquet")
        self.groups = pl.read_parquet(folder / "groups.parquet")
        self.dumps = table("dumps", [{"dump_id": dump_id("a"), "format": "page_text", "role": "feed"}])
        self.owners = self.groups.select("listing_id", paper_id="p" + pl.col("cluster").str.head(16))

    def placed(self) -> pl.DataFrame:
        """Where the listings were listed; no page has a day."""
        placed = golden.places(self.owners, self.listings, self.dumps)
        return placed.with_columns(listed_on=pl.lit(None, dtype=pl.Date))


def by_portions(read: Read) -> None:
    """As the pipeline does it."""
    for _ in portions(read.clean, read.listings, read.placed(), read.folder / "portions"):
        pass


def at_once(read: Read) -> None:
    """With all texts in memory, and a choice for every paper."""
    members = read.placed().join(read.clean.drop("dump_id").collect(), on="listing_id").sort("listing_id")
    members = survive.derived(members)
    stated = survive.stated_values(members)
    chosen = survive.choose(stated)
    values = disagreement.paper_values(stated, chosen)
    golden.papers_of_several(members, chosen, disagreement.conflicts(values))


def ids(read: Read) -> None:
    """The ids, in a new home and in one that knows them all."""
    needed = read.clean.select("listing_id", "title_search", "abstract_search", "authors", "year", *ID_KINDS.values())
    keys = pl.concat(identity_keys(batch) for batch in batches(needed))
    today = datetime.now(UTC).date()
    who = identity.resolve(read.groups, keys, identity.Known.nothing(), today)
    listed = read.groups.join(who.paper_ids, on="cluster").select("paper_id", "listing_id")
    again = identity.resolve(read.groups, keys, identity.Known(who.keys, who.aliases, who.splits, listed), today)
    assert again.paper_ids.equals(who.paper_ids)


DONE_BY: dict[str, Callable[[Read], None]] = dict(zip(WAYS, (by_portions, at_once, ids), strict=True))


def measure(way: str, folder: Path) -> None:
    """Prints seconds and the peak of anonymous memory of one way."""
    peak, is_done = 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not is_done.wait(0.02):
            peak = max(peak, anonymous_bytes())

    read = Read(folder)
    before = anonymous_bytes()
    watcher = threading.Thread(target=watch)
    watcher.start()
    begin = time.process_time()
    DONE_BY[way](read)
    seconds = time.process_time() - begin
    is_done.set()
    watcher.join()
    print(seconds, peak - before)


def main() -> None:
    """Prints the table."""
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2], Path(sys.argv[3]))
        return
    keep_freed_memory()  # the processes that measure inherit it
    print(f"{'listings':>10}{'way':>10}{'seconds':>9}{'listings/s':>12}{'anonymous MB':>14}")
    for size in [int(one) for one in sys.argv[1:]] or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), size)
            for way in WAYS:
                command = [sys.executable, "-m", "tests.bench.bench_papers", "--measure", way, folder]
                told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
                seconds, peak = float(told[0]), int(told[1])
                print(f"{size:>10,}{way:>10}{seconds:>9.1f}{size / seconds:>12,.0f}{peak / 1e6:>14,.0f}")


if __name__ == "__main__":
    main()
