"""Links that sources state beside a paper: the forms and kinds of those in abstracts, without words around them."""

import polars as pl

from assets import hosts
from assets.addresses import address_parts, canonical_url, repository_name
from assets.enrich.links.kinds import is_known_host, with_kinds
from schemas.enrich_vocabulary import LinkFlag
from schemas.enrichment import SourceLinks
from schemas.render.frames import polars_schema


def source_links(listings: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Describes the links that listings state.

    Args:
        listings: Columns listing_id (unique), urls (list, may be empty), and any others.
        members: Columns paper_id and listing_id; what is a listing of no paper is left out.

    Returns:
        One row per link, with the columns and types of `SourceLinks`, sorted by listing_id and position.
    """
    stated = (
        listings.select("listing_id", url="urls", position=pl.int_ranges(1, pl.col("urls").list.len() + 1))
        .filter(pl.col("url").list.len() > 0)
        .explode("url", "position")
        .drop_nulls("url")
        .join(members.select("paper_id", "listing_id"), on="listing_id")
        .sort("listing_id", "position")
    )
    parts = address_parts(stated["url"]).select("host", pl.concat_str("path", "query").alias("path"))
    described = stated.hstack(parts).with_columns(
        canonical_url=canonical_url(pl.col("url")),
        repository=repository_name(pl.col("host"), pl.col("path")),
        flags=pl.concat_list(
            pl.when(pl.col("host").str.contains(hosts.SHORT_HOST)).then(pl.lit(str(LinkFlag.SHORT_LINK)))
        ).list.drop_nulls(),
        before=pl.lit(""),
        after=pl.lit(""),
        title=pl.lit(""),
    )
    known = with_kinds(described).with_columns(kind=pl.when(is_known_host()).then("kind"))
    schema = polars_schema(SourceLinks)
    return known.select(list(schema)).cast(schema)
