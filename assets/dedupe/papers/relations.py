"""Relations: what a listing is to the paper that it belongs to.

Only what is certain is told; a listing of which nothing is certain is the `same`.

- `preprint_of`: it comes from a preprint server and names no publisher, and another listing of the paper does.
- `version`: it states another version of the arXiv identifier than the newest that is known, or an abstract that was
  rewritten: no damage of a page takes a fifth of the words. A text that has hardly a word in common with the other may
  be anything, a notice or a translation.
"""

import polars as pl

from assets.dedupe.preprints import PREPRINT_DOI, SERVERS
from assets.validate.search_form import search_form
from schemas.formats import Format
from schemas.match_vocabulary import Relation
from schemas.vocabulary import Flag

OF_ARXIV = (
    Format.ARXIV_SNAPSHOT,
    Format.ARXIV_HARVEST,
    Format.ARXIV_DOCUMENT,
    Format.ARXIV_ATOM,
    Format.ARXIV_RSS,
    Format.OAI_ARXIV,
    Format.OAI_ARXIV_RAW,
    Format.ARXIV_YEARLY_XML,
)
"""Formats in which arXiv itself states its preprints, also the DOI and journal of what became of them."""
REWRITTEN = (0.25, 0.8)
"""Share of the words of two abstracts (of those that either has) from which one was made of the other, and from which
they are one text."""
CUT = (Flag.TRUNCATED_END, Flag.TRUNCATED_START)


def relations(members: pl.DataFrame, abstracts: pl.DataFrame) -> pl.DataFrame:
    """Says for each listing what it is to its paper.

    Args:
        members: Columns paper_id, listing_id, format, arxiv_id, arxiv_version, doi, acl_id, venue, abstract_search,
            flags.
        abstracts: Columns paper_id, folded: the chosen abstract of each paper that has one, in search form.

    Returns:
        Columns listing_id, relation; sorted by listing_id.
    """
    stated = members.with_columns(is_preprint=_is_preprint(), names_publisher=_names_publisher()).join(
        _rewritten(members, abstracts), on="listing_id", how="left"
    )
    published = (pl.col("names_publisher") & ~pl.col("is_preprint")).any().over("paper_id")
    newest = pl.col("arxiv_version").max().over("paper_id", "arxiv_id")
    is_old = pl.col("arxiv_id").is_not_null() & (pl.col("arxiv_version") < newest)
    return stated.select(
        "listing_id",
        relation=pl.when(pl.col("is_preprint") & published)
        .then(pl.lit(str(Relation.PREPRINT_OF)))
        .when(is_old.fill_null(value=False) | pl.col("is_rewritten").fill_null(value=False))
        .then(pl.lit(str(Relation.VERSION)))
        .otherwise(pl.lit(str(Relation.SAME))),
    ).sort("listing_id")


def _names_publisher() -> pl.Expr:
    """Whether the listing says where the work was published; a preprint server is no such place."""
    doi, venue = pl.col("doi"), search_form(pl.col("venue"))
    return (
        (doi.is_not_null() & ~doi.str.contains(PREPRINT_DOI))
        | (venue.str.len_chars().fill_null(0).gt(0) & ~venue.str.contains(SERVERS))
        | pl.col("acl_id").is_not_null()
    ).fill_null(value=False)


def _is_preprint() -> pl.Expr:
    """Whether the listing states a preprint and nothing else."""
    on_server = (
        pl.col("arxiv_id").is_not_null()
        | pl.col("doi").str.contains(PREPRINT_DOI)
        | search_form(pl.col("venue")).str.contains(SERVERS)
    ).fill_null(value=False)
    return pl.col("format").is_in(OF_ARXIV) | (on_server & ~_names_publisher())


def _rewritten(members: pl.DataFrame, abstracts: pl.DataFrame) -> pl.DataFrame:
    """The listings whose abstract is another text than the paper's, and neither a cut nor a part of it: listing_id."""
    own, golden = pl.col("abstract_search"), pl.col("golden")
    is_cut = pl.any_horizontal(pl.col("flags").list.contains(str(flag)) for flag in CUT)
    differing = (
        members.filter(~is_cut)
        .select("paper_id", "listing_id", "abstract_search")
        .join(abstracts.select("paper_id", golden="folded"), on="paper_id")
        .filter((own != golden) & ~own.str.starts_with(golden) & ~golden.str.starts_with(own))
        .select("listing_id", own=own.str.split(" ").list.unique(), golden=golden.str.split(" ").list.unique())
    )
    common = pl.col("own").list.set_intersection("golden").list.len()
    share = common / (pl.col("own").list.len() + pl.col("golden").list.len() - common)
    return differing.filter(share >= REWRITTEN[0], share < REWRITTEN[1]).select("listing_id", is_rewritten=True)
