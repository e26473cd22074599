"""Features: what two listings of a pair have in common, and where they contradict each other."""

import polars as pl

COMPARED = ("arxiv_id", "doi", "title_search", "abstract_search")


def compare(pairs: pl.DataFrame, clean: pl.DataFrame) -> pl.DataFrame:
    """Computes the features of each pair.

    Args:
        pairs: Columns listing_a, listing_b, blocked_by.
        clean: Rows of `clean_listings`, with every listing of the pairs.

    Returns:
        The pairs, sorted, with same_arxiv_id, same_doi, same_title, same_abstract; null where one side states nothing.
    """
    sides = clean.select("listing_id", *COMPARED)
    return (
        pairs.join(sides, left_on="listing_a", right_on="listing_id")
        .join(sides, left_on="listing_b", right_on="listing_id", suffix="_b")
        .select(
            "listing_a",
            "listing_b",
            "blocked_by",
            same_arxiv_id=pl.col("arxiv_id") == pl.col("arxiv_id_b"),
            same_doi=pl.col("doi") == pl.col("doi_b"),
            same_title=pl.col("title_search") == pl.col("title_search_b"),
            same_abstract=pl.col("abstract_search") == pl.col("abstract_search_b"),
        )
        .sort("listing_a", "listing_b")
    )
