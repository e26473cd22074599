"""Papers that never were, their listings, and what is found in them: the rows of most tables of a made-up home.

Rows come in the order of their keys, and follow from their numbers alone.
"""

from datetime import date
from hashlib import sha256

import numpy as np
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types

from schemas.catalog import TABLES
from schemas.render import ColumnFacts, column_facts, polars_schema
from tests.bench.near_corpus import Author, as_text

Frames = dict[str, pl.DataFrame]

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


def topic_id(numbers: pl.Expr) -> pl.Expr:
    """The identifier of a topic."""
    return pl.format("t{}", numbers.cast(pl.String).str.zfill(8))


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
        "match_pairs": papers.filter(n < total - 1).select(
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
