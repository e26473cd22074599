"""Pairs of records that their identifiers prove to be one work, or two; and what such pairs have in common."""

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

from assets.parse.identifiers import ARXIV_DOI
from tests.bench.labelled import PAIR

ANCHORS = ("arxiv_id", "doi")
"""Identifiers that prove it, the stronger first."""
SIMILAR = 85
"""Similarity of texts in per cent from which they count as nearly equal."""
CONTAINED = 97
"""Similarity of the words that two texts share to either of them, from which the one is contained in the other."""
NOTHING_ALIKE = r"^title [#-], abstract [#-]"
"""Classes of pairs whose texts have nothing in common: renamed, or the identifier is wrong."""
COMPARED_CHARACTERS = 600


def anchored_pairs(records: pl.DataFrame, origin: pl.DataFrame) -> pl.DataFrame:
    """Pairs of records of different sources that state one identifier.

    Args:
        records: Columns RECORD_SCHEMA.
        origin: Columns listing_id, origin: where a record comes from.

    Returns:
        Columns listing_a < listing_b, kind (of the identifier) and sources; each pair once.
    """
    pairs = []
    for kind in ANCHORS:
        sides = records.select("listing_id", kind).drop_nulls().join(origin, on="listing_id")
        both = sides.join(sides, on=kind, suffix="_b").filter(
            pl.col("listing_id") < pl.col("listing_id_b"), pl.col("origin") != pl.col("origin_b")
        )
        pairs.append(
            both.select(
                listing_a="listing_id",
                listing_b="listing_id_b",
                kind=pl.lit(kind),
                sources=_sources("origin", "origin_b"),
            )
        )
    return pl.concat(pairs).unique(PAIR, keep="first", maintain_order=True).sort(PAIR)


def _sources(one: str, other: str) -> pl.Expr:
    return pl.concat_str(pl.min_horizontal(one, other), pl.lit(" + "), pl.max_horizontal(one, other))


def class_of_pairs(pairs: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """Adds `alike`: how title, abstract and authors of the two compare: `title =, abstract ~, authors -`.

    `=` is equal in search form, `~` is nearly so, `<` is that the words of the one are all in the other, `#` is
    different, `-` is that one of the two states none.
    """
    sides = records.select(
        "listing_id", "title_search", "abstract_search", has_authors=pl.col("authors").list.len() > 0
    )
    both = pairs.join(sides, left_on="listing_a", right_on="listing_id", how="left", maintain_order="left").join(
        sides, left_on="listing_b", right_on="listing_id", how="left", maintain_order="left", suffix="_b"
    )
    told = both.with_columns(
        alike_title=_alike(both["title_search"], both["title_search_b"]),
        alike_abstract=_alike(both["abstract_search"], both["abstract_search_b"]),
        alike_authors=pl.when(pl.col("has_authors") & pl.col("has_authors_b")).then(pl.lit("+")).otherwise(pl.lit("-")),
    )
    alike = pl.format("title {}, abstract {}, authors {}", "alike_title", "alike_abstract", "alike_authors")
    return told.select(*pairs.columns, alike=alike)


def _alike(one: pl.Series, other: pl.Series) -> pl.Series:
    """`=`, `~`, `<`, `#` or `-` for each pair of texts."""
    heads = [side.fill_null("").str.head(COMPARED_CHARACTERS).to_list() for side in (one, other)]
    similar = process.cpdist(*heads, scorer=fuzz.ratio, workers=-1, dtype=np.uint8)
    shared = process.cpdist(*heads, scorer=fuzz.token_set_ratio, workers=-1, dtype=np.uint8)
    frame = pl.DataFrame({"one": one, "other": other, "similar": similar, "shared": shared})
    is_absent = (frame["one"].fill_null("") == "") | (frame["other"].fill_null("") == "")
    return frame.select(
        pl.when(is_absent)
        .then(pl.lit("-"))
        .when(pl.col("one") == pl.col("other"))
        .then(pl.lit("="))
        .when(pl.col("similar") >= SIMILAR)
        .then(pl.lit("~"))
        .when(pl.col("shared") >= CONTAINED)
        .then(pl.lit("<"))
        .otherwise(pl.lit("#"))
    ).to_series()


def same_title_pairs(records: pl.DataFrame) -> pl.DataFrame:
    """Counts the pairs of records with one title and different identifiers of one kind; columns kind, pairs, titles."""
    rows = []
    for kind in ANCHORS:
        named = _without_arxiv_dois(records).filter(pl.col("title_search") != "").drop_nulls(kind)
        sizes = named.group_by("title_search", kind).len().with_columns(pl.col("len").cast(pl.Int64))
        total = sizes.group_by("title_search").agg(all=pl.col("len").sum() ** 2, same=(pl.col("len") ** 2).sum())
        apart = total.select(pairs=(pl.col("all") - pl.col("same")) // 2).filter(pl.col("pairs") > 0)
        rows.append({"kind": kind, "pairs": int(apart["pairs"].sum()), "titles": apart.height})
    return pl.DataFrame(rows)


def conflicts(joined: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """The joined pairs that state different identifiers of one kind.

    Args:
        joined: Columns listing_a, listing_b.
        records: Columns RECORD_SCHEMA and origin.

    Returns:
        Columns listing_a, listing_b, kind, sources: one row for each kind in which they differ. The DOI that arXiv
        gives does not contradict that of a publisher.
    """
    sides = _without_arxiv_dois(records).select("listing_id", *ANCHORS, "origin")
    both = joined.join(sides, left_on="listing_a", right_on="listing_id").join(
        sides, left_on="listing_b", right_on="listing_id", suffix="_b"
    )
    return pl.concat(
        both.filter(pl.col(kind) != pl.col(f"{kind}_b")).select(
            *PAIR,
            kind=pl.lit(kind),
            sources=_sources("origin", "origin_b"),
        )
        for kind in ANCHORS
    ).sort("kind", *PAIR)


def _without_arxiv_dois(records: pl.DataFrame) -> pl.DataFrame:
    return records.with_columns(doi=pl.when(~pl.col("doi").str.starts_with(ARXIV_DOI)).then("doi"))
