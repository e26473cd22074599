"""Publishes a home of N made-up papers, for measuring releases.

    python -m tests.bench.release_corpus PAPERS HOME

Titles and abstracts are drawn by Zipf's law from a made-up vocabulary and as long as real ones (1,000 to 2,000
characters). Every third paper has a second listing; every table but those of people has rows, about as many a paper as
real data has. Rows are made piece by piece in the order of their keys; the same N gives the same rows everywhere.
"""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types

from assets.publish.contents import create_questions, create_tables, insert_rows
from assets.publish.warehouse import STORAGE_VERSION, WAREHOUSE, open_private
from schemas.catalog import TABLES
from schemas.render import ColumnFacts, column_facts, polars_schema
from tests.bench.near_corpus import Author, as_text, vocabulary

Frames = dict[str, pl.DataFrame]

PIECE = 20_000
"""Papers made at a time: a dump of their own, and 250 MB."""
POSTINGS_A_PAPER, TERMS_A_PAPER, MOST_POSTINGS = 25, 0.65, 10_000
"""As in a home of 344,000 real papers."""
DAY = date(2025, 3, 1)
FILLERS: dict[object, object] = {pl.String: "x", pl.Boolean: False, pl.Int64: 1, pl.Float64: 0.5, pl.Date: DAY}
"""What stands in a column that is not made up and may not be empty."""


def hexadecimal(numbers: pl.Expr, width: int) -> pl.Expr:
    """Numbers as digits that look like a hash, in the order of the numbers: 8 that count and others that are mixed."""
    mixed = (numbers * 2_654_435_761 + 974_711) % 4_294_967_296
    digits = pl.format("{}{}", numbers.cast(pl.String).str.zfill(8), mixed.cast(pl.String).str.zfill(10))
    return digits.str.pad_end(width, "7").str.head(width)


def paper_id(numbers: pl.Expr) -> pl.Expr:
    """The identifier of the paper of a number."""
    return pl.format("p{}", hexadecimal(numbers, 16))


def listing_id(numbers: pl.Expr, copy: int = 0) -> pl.Expr:
    """The identifier of the first or the second listing of a paper."""
    return pl.format("{}{}", hexadecimal(numbers, 31), pl.lit(str(copy)))


def dump_id(piece: int) -> str:
    """The identifier of the dump of a piece: in the order of the pieces."""
    return f"{piece:04d}{sha256(str(piece).encode()).hexdigest()[4:]}"


def filled(name: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of a table; columns that are not given are empty, or hold what has to be there."""
    schema = polars_schema(TABLES[name])
    rest = [
        pl.lit(_filler(facts), dtype=facts.dtype).alias(facts.name)
        for facts in column_facts(TABLES[name])
        if facts.name not in rows.columns
    ]
    return rows.with_columns(rest).select(schema.names()).cast(dict(schema.items()))


def _filler(facts: ColumnFacts) -> object:
    if isinstance(facts.dtype, pl.List):
        return []
    if facts.nullable:
        return None
    return next(iter(facts.vocabulary)).value if facts.vocabulary else FILLERS[facts.dtype]


def _texts(author: Author, words: pa.Array, lengths: np.ndarray) -> pl.Series:
    text = pl.Series(as_text(author.words(int(lengths.sum())), lengths, words))
    return text.str.slice(0, 1).str.to_uppercase() + text.str.slice(1)


def papers_of(first: int, count: int, words: pa.Array) -> pl.DataFrame:
    """Makes papers: what all tables say of them."""
    author = Author(first)
    number = pl.Series("number", np.arange(first, first + count))
    lengths = np.clip(author.rng.normal(245, 35, count).astype(np.int64), 165, 330)
    base = pl.DataFrame({"number": number, "text": _texts(author, words, lengths)}).with_columns(
        title=_texts(author, words, author.rng.integers(6, 15, count))
    )
    n = pl.col("number")
    has_link = n % 6 == 0
    url = pl.format("https://github.com/harbour-{}/{}", n % 977, n)
    return base.with_columns(
        paper_id=paper_id(n),
        url=pl.when(has_link).then(url),
        abstract=pl.when(has_link).then(pl.format("{}. Code: {}", "text", url)).otherwise(pl.format("{}.", "text")),
        authors=pl.concat_list(
            pl.format("Ada Anker{}", n % 1999), pl.format("Bo Brandt{}", n % 997), pl.format("Carla Castell{}", n % 499)
        ),
        published_on=pl.lit(date(2019, 1, 1)) + pl.duration(days=n % 2200),
        arxiv_id=pl.format("{}.{}", 1901 + n // 100_000, (n % 100_000).cast(pl.String).str.zfill(5)),
        doi=pl.when(n % 3 == 0).then(pl.format("10.5555/harbour.{}", n)),
        venue=pl.when(n % 3 == 0).then(pl.format("Journal of Harbours {}", n % 40)),
        categories=pl.concat_list(pl.format("cs.{}", n % 30)),
        published_precision=pl.lit("day"),
        language=pl.lit("en"),
    ).with_columns(first_author=pl.col("authors").list.first(), year=pl.col("published_on").dt.year())


def listings_of(papers: pl.DataFrame, piece: int) -> Frames:
    """The listings of papers, as they were found and cleaned, and to which paper they belong."""
    n = pl.col("number")
    both = [papers.with_columns(copy=pl.lit(0)), papers.filter(n % 3 == 0).with_columns(copy=pl.lit(1))]
    rows = pl.concat(
        [
            some.with_columns(listing_id=listing_id(n, copy), dump_id=pl.lit(dump_id(piece)))
            for copy, some in enumerate(both)
        ]
    ).sort("listing_id")
    rows = rows.with_columns(
        position=pl.int_range(pl.len()) + 1,
        title_raw="title",
        abstract_raw="abstract",
        authors_raw=pl.col("authors").list.join("; "),
        source_fields=pl.format('{{"id":"{}","doi":"{}"}}', "arxiv_id", pl.col("doi").fill_null("")),
        title_search=pl.col("title").str.to_lowercase(),
        abstract_search=pl.col("text").str.to_lowercase(),
        locator=pl.format("row {}", n),
        urls=pl.when(pl.col("url").is_null()).then([]).otherwise(pl.concat_list("url")),
    )
    rows = rows.with_columns(
        match_reason=pl.when(n % 3 == 0).then(pl.lit("same_arxiv_id")).otherwise(pl.lit("only_listing"))
    )
    known = {
        name: [column for column in polars_schema(TABLES[name]).names() if column in rows.columns] for name in TABLES
    }
    tables: Frames = {
        name: filled(name, rows.select(known[name])) for name in ("listings", "clean_listings", "paper_listings")
    }
    told = rows.filter(n % 3 == 0).with_columns(year=pl.col("year").cast(pl.String), chosen=pl.col("copy") == 0)
    values = told.unpivot(
        ["title", "abstract", "year", "venue"], index=["paper_id", "listing_id", "chosen"], variable_name="field"
    )
    tables["paper_values"] = filled("paper_values", values.sort("paper_id", "field", "listing_id"))
    tables["source_links"] = filled(
        "source_links", rows.filter(pl.col("url").is_not_null()).select("paper_id", "listing_id", "url", position=1)
    )
    return tables


def _every(papers: pl.DataFrame, step: int) -> pl.DataFrame:
    return papers.filter(pl.col("number") % step == 0)


def found_in(papers: pl.DataFrame, total: int) -> Frames:
    """What is found in abstracts, and what papers are like."""
    n = pl.col("number")
    noise = (n * 2_654_435_761 % 1_000_003) / 1_000_003
    linked = papers.filter(pl.col("url").is_not_null()).with_columns(
        span_start=pl.col("text").str.len_chars() + 8, span_end=pl.col("abstract").str.len_chars()
    )
    spans = pl.concat(
        [
            papers.select("paper_id", "number", name=pl.col("text").str.slice(at, 9), span_start=at, span_end=at + 9)
            for at in (40, 80, 160)
        ]
    ).sort("paper_id", "span_start")
    near = pl.concat(
        [
            papers.select(
                "paper_id", rank=rank, neighbor_id=paper_id((n + rank * 7919) % total), similarity=1 - rank * noise / 11
            )
            for rank in range(1, 11)
        ]
    ).sort("paper_id", "rank")
    vectors = np.random.default_rng(papers["number"][0]).standard_normal((papers.height, 128), dtype=np.float32)
    return {
        "links": linked.select("paper_id", "url", "span_start", "span_end", url_raw="url", host=pl.lit("github.com")),
        "release_claims": _every(papers, 30).select(
            "paper_id", span_start=0, span_end=9, surface=pl.col("text").str.head(9)
        ),
        "terms": spans.select("paper_id", "name", "span_start", "span_end", surface="name"),
        "quantities": _every(papers, 2).select(
            "paper_id", value=noise * 100, surface=pl.col("text").str.slice(20, 5), span_start=20, span_end=25
        ),
        "paper_vectors": papers.select("paper_id").with_columns(
            vector=pl.Series(vectors, dtype=pl.Array(pl.Float32, 128))
        ),
        "neighbors": near.filter(pl.col("paper_id") != pl.col("neighbor_id")),
        "paper_topics": papers.select("paper_id", topic_id=topic_id(n % 64), similarity=noise, margin=noise / 3),
        "category_suggestions": _every(papers, 10).select(
            "paper_id", category=pl.format("cs.{}", n % 30), probability=0.5 + noise / 2
        ),
        "trending": papers.select(
            "paper_id",
            as_of=DAY,
            score=noise,
            attention_score=noise,
            rank_weight=noise,
            pages_contribution=noise,
            decay=noise,
        ),
        "quality": papers.select(
            "paper_id",
            title_surprise=noise,
            lexical_diversity=noise,
            surprise=noise * 9,
            abstract_words=pl.lit(245),
            compression_ratio=1 + noise,
        ),
        "outliers": _every(papers, 50).select("paper_id", value=noise),
        "text_repairs": _every(papers, 51).select(
            "paper_id", listing_id=listing_id(n), source_listing_id=listing_id(n, 1), before="title", after="title"
        ),
        "paper_aliases": _every(papers, 500).select(
            "paper_id", old_paper_id=pl.format("p{}", hexadecimal(n, 15) + "a")
        ),
        "missing_values": _every(papers, 2).select("paper_id", field=pl.lit("acl_id")),
        "match_pairs": papers.select(
            listing_a=listing_id(n),
            listing_b=listing_id(n + 1),
            score=noise,
            bits=noise * 9,
            title_similarity=noise,
            abstract_similarity=noise,
            rule_version=pl.lit("made-up-1"),
        ),
        "paper_keys": papers.select("paper_id", key=pl.format("arxiv:{}", "arxiv_id")),
    }


def topic_id(numbers: pl.Expr) -> pl.Expr:
    """The identifier of a topic."""
    return pl.format("t{}", numbers.cast(pl.String).str.zfill(8))


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
