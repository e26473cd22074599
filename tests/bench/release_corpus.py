"""Publishes a home of N made-up papers, for measuring releases.

    python -m tests.bench.release_corpus PAPERS HOME

Titles and abstracts are drawn by Zipf's law from a made-up vocabulary and as long as real ones (1,000 to 2,000
characters). Every third paper has a second listing; every table but those of people has rows, about as many a paper as
real data has. Rows are made piece by piece in the order of their keys; the same N gives the same rows everywhere.
"""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types

from assets.publish.contents import create_questions, create_tables, insert_rows
from assets.publish.warehouse import STORAGE_VERSION, WAREHOUSE, open_private
from schemas.catalog import TABLES
from schemas.render import polars_schema
from tests.bench.near_corpus import vocabulary
from tests.bench.release_papers import (
    DAY,
    Frames,
    dump_id,
    filled,
    found_in,
    listing_id,
    listings_of,
    paper_id,
    papers_of,
    topic_id,
)

PIECE = 20_000
"""Papers made at a time: a dump of their own, and 250 MB."""
POSTINGS_A_PAPER, TERMS_A_PAPER, MOST_POSTINGS = 25, 0.65, 10_000
"""As in a home of 344,000 real papers."""


def of_dump(piece: int, papers: pl.DataFrame, listing_count: int) -> Frames:
    """What is said of the dump of a piece."""
    count = papers.height
    one = pl.DataFrame({"dump_id": [dump_id(piece)]})
    stages = {"parse": listing_count, "validate": listing_count, "dedupe": count, "publish": count}
    given = {"parse": listing_count, "validate": listing_count, "dedupe": listing_count, "publish": count}
    ledger = pl.DataFrame(
        {
            "stage": list(stages),
            "dump_id": [dump_id(piece)] * 4,
            "rows_in": list(given.values()),
            "rows_out": list(stages.values()),
            "rows_merged": [given[stage] - out for stage, out in stages.items()],
        }
    ).with_columns(rows_rejected=0, rows_unused=0)
    n = pl.col("number")
    seen = papers.select("paper_id", listing_id=listing_id(n), rank=pl.int_range(pl.len()) + 1, shown_on=DAY)
    return {
        "dumps": one.with_columns(
            uri=pl.lit(f"pages-{piece}.txt"), listing_count=listing_count, size_bytes=1800 * listing_count
        ),
        "pages": one.with_columns(
            page=1, listing_count=listing_count, dated_count=0, listed_on=DAY, proof=pl.lit("stated")
        ),
        "coverage": one.join(pl.DataFrame({"field": ["abstract", "doi", "year"]}), how="cross").with_columns(
            listing_count=listing_count
        ),
        "ledger": ledger,
        "showings": seen.with_columns(dump_id=pl.lit(dump_id(piece))),
    }


def once(total: int) -> Frames:
    """The tables that are small whatever the number of papers."""
    topics = pl.select(topic_id=topic_id(pl.int_range(64)), label=pl.lit("harbours"), paper_count=total // 64 + 1)
    run = {"run_id": "made-up", "started_at": datetime(2025, 3, 1, tzinfo=UTC), "seconds": 1.0, "fingerprint": "0" * 64}
    return {
        "topics": topics,
        "category_model": pl.select(category=pl.lit("cs.1")),
        "quality_bounds": pl.select(language=pl.lit("en")),
        "blocking_keys": pl.select(kind=pl.lit("title")),
        "runs": pl.DataFrame(
            [{**run, "parameters": json.dumps({"raw": []}), "versions": json.dumps({"papersheaf": "0"})}]
        ),
    }


def document_counts(total: int) -> np.ndarray:
    """How many papers have each term, the commonest first, by Zipf's law; in all there are as many as wanted."""
    ranks = np.arange(max(1, int(total * TERMS_A_PAPER))) + 2.7
    low, high = 0.0, float(total) * 100
    while high - low > 1:
        middle = (low + high) / 2
        is_enough = np.clip(middle / ranks, 1, min(MOST_POSTINGS, total)).sum() > total * POSTINGS_A_PAPER
        low, high = (low, middle) if is_enough else (middle, high)
    found: np.ndarray = np.clip(high / ranks, 1, min(MOST_POSTINGS, total)).astype(np.int64)
    return found


def index(total: int) -> Iterator[Frames]:
    """The search index, a million postings at a time."""
    sizes = document_counts(total)
    piece = np.cumsum(sizes) // 1_000_000
    for at in np.unique(piece):
        terms = np.flatnonzero(piece == at)
        some = sizes[terms]
        names = np.array([f"w{term:09d}" for term in terms])
        within = np.arange(some.sum()) - np.repeat(np.cumsum(some) - some, some)
        numbers = (np.repeat(terms * 104_729, some) + within * (total // np.repeat(some, some))) % total
        postings = pl.DataFrame({"term": np.repeat(names, some), "number": numbers}).sort("term", "number")
        score = ((pl.col("number") * 7919 % 100_003) / 100_003 * 9).round(6)
        weight = (pl.lit(total) / pl.col("document_count")).log1p().round(6)
        yield {
            "search_terms": pl.DataFrame({"term": names, "document_count": some}).with_columns(weight=weight),
            "search_postings": postings.select("term", paper_id=paper_id(pl.col("number")), score=score),
        }


def tables_of(total: int) -> Iterator[Frames]:
    """All rows of all tables, piece by piece, each table in the order of its key."""
    words = pa.array(vocabulary())
    for piece, first in enumerate(range(0, total, PIECE)):
        papers = papers_of(first, min(PIECE, total - first), words)
        listings = listings_of(papers, piece)
        count = pl.when(pl.col("number") % 3 == 0).then(2).otherwise(1)
        known = [name for name in polars_schema(TABLES["papers"]).names() if name in papers.columns]
        yield {
            "papers": papers.select(*known, listing_count=count, reference_count=0, dump_count=1, conflict_count=0),
            **listings,
            **found_in(papers, total),
            **of_dump(piece, papers, listings["listings"].height),
        }
    yield once(total)
    yield from index(total)


def make_home(total: int, home: Path) -> Path:
    """Publishes made-up papers.

    No table has an index for its key, which would take gigabytes of memory for the postings.

    Args:
        total: Papers.
        home: The folder; it is made.

    Returns:
        The published file.
    """
    home.mkdir(parents=True, exist_ok=True)
    path = home / WAREHOUSE
    part = home / "part.parquet"
    with open_private(None, memory_limit="1500MB", temp_directory=str(home / "spill")) as connection:
        connection.execute(f"ATTACH '{path}' AS made (STORAGE_VERSION '{STORAGE_VERSION}')")
        connection.execute("USE made")
        create_tables(connection, TABLES, with_keys=False)
        for frames in tables_of(total):
            for name, rows in frames.items():
                filled(name, rows).write_parquet(part)
                insert_rows(connection, name, part)
        create_questions(connection)
        connection.execute("CHECKPOINT made")
    part.unlink()
    return path


if __name__ == "__main__":
    print(make_home(int(sys.argv[1]), Path(sys.argv[2])))
