"""Claims: what records state that a paper can have only one of, so that two of them in one group contradict each other.

A paper has one arXiv identifier. It may well have two DOIs, PubMed or Anthology identifiers, so a pair of records that
was decided to be a match with both of them excuses just these two. DOIs of preprint servers and repositories, which
give one to every version, claim nothing beside the DOI of a publisher; one of arXiv claims the arXiv identifier in it.
With `one_to_one`, a source is a database without duplicates and every record claims to be the only one of its source.
"""

import polars as pl

from assets.dedupe.groups.graph import Nodes
from assets.dedupe.preprints import VERSIONED_DOI

ONLY_ID = "arxiv_id"
"""Kind of identifier of which a paper has one, whatever a pair of records says."""
USUAL_IDS = ("doi", "pmid", "acl_id")
"""Kinds of which a paper usually has one; a direct match of two records excuses two."""
SOURCE = "source"
"""Kind of claim of a record on its source."""

ARXIV_DOI = r"^10\.48550/arxiv\.(.+?)(?:v\d+)?$"


def id_claims(records: pl.DataFrame) -> pl.DataFrame:
    """Lists the identifiers that each record claims.

    Args:
        records: Columns node (a number) and the kinds of identifiers, strings or null.

    Returns:
        Columns node, kind, value; each claim once, unsorted.
    """
    doi = pl.col("doi").str.to_lowercase()
    plain = pl.col(ONLY_ID).str.to_lowercase().str.replace(r"v\d+$", "")
    stated = [
        (ONLY_ID, plain),
        (ONLY_ID, doi.str.extract(ARXIV_DOI)),
        ("doi", pl.when(~doi.str.contains(VERSIONED_DOI)).then(doi)),
        *((kind, pl.col(kind).str.to_lowercase()) for kind in USUAL_IDS if kind != "doi"),
    ]
    claims = [records.select("node", kind=pl.lit(kind), value=value) for kind, value in stated]
    return pl.concat(claims).filter(pl.col("value").str.len_chars() > 0).unique()


def source_claims(records: pl.DataFrame) -> pl.DataFrame:
    """Every record as the only one of its source; shaped as `id_claims`, the kind names the source."""
    kind = pl.concat_str(pl.lit(f"{SOURCE}:"), "source")
    return records.select("node", kind=kind, value="listing_id").drop_nulls("kind")


def excused(claims: pl.DataFrame, matched: pl.DataFrame, start: Nodes) -> pl.DataFrame:
    """Which two values of a kind may stand in one group.

    Args:
        claims: As `id_claims` returns them.
        matched: Columns a, b (nodes): pairs of records that were decided to be a match.
        start: Groups that people put together: whatever these records claim, they claim it together.

    Returns:
        Columns kind, value, value_b: each pair of values in both orders, once.
    """
    usual = claims.filter(pl.col("kind").is_in(USUAL_IDS))
    joined = claims.with_columns(group=start[claims["node"].to_numpy()])
    by_match = matched.join(usual, left_on="a", right_on="node").join(
        usual, left_on=["b", "kind"], right_on=["node", "kind"], suffix="_b"
    )
    by_person = joined.join(joined, on=["group", "kind"], suffix="_b")
    found = pl.concat([side.select("kind", "value", "value_b") for side in (by_match, by_person)])
    found = found.filter(pl.col("value") != pl.col("value_b"))
    return pl.concat([found, found.select("kind", value="value_b", value_b="value")]).unique()


def contradicting(links: pl.DataFrame, claims: pl.DataFrame, excuses: pl.DataFrame) -> pl.DataFrame:
    """Finds the links that would join two groups whose claims contradict each other.

    Args:
        links: Columns a, b: groups.
        claims: Columns node (a group), kind, value; unique.
        excuses: As `excused` returns them.

    Returns:
        Columns a, b, kind, value, value_b: every contradiction, unsorted.
    """
    return (
        links.select("a", "b")
        .join(claims, left_on="a", right_on="node")
        .join(claims, left_on=["b", "kind"], right_on=["node", "kind"], suffix="_b")
        .filter(pl.col("value") != pl.col("value_b"))
        .join(excuses, on=["kind", "value", "value_b"], how="anti")
    )
