"""Golden: the golden record of each paper, and its listings.

Brings together what `cluster`, `identity` and `survive` decided; decides nothing itself.
"""

import polars as pl

from assets.dedupe import survive
from schemas.papers import Papers
from schemas.render import polars_schema
from schemas.vocabulary import Decision, MatchReason, Relation

PAGE_DATES = ("%b %d, %Y", "%B %d, %Y", "%d %b %Y", "%d %B %Y", "%Y-%m-%d")
"""Date lines that state their year; the others prove no day."""

REASONS = (
    MatchReason.SAME_ARXIV_ID,
    MatchReason.SAME_DOI,
    MatchReason.SAME_TITLE_AND_ABSTRACT,
    MatchReason.ONLY_LISTING,
)
"""What can join a listing to its paper, the strongest first."""


def members(clean: pl.DataFrame, listings: pl.LazyFrame, dumps: pl.DataFrame, papers: pl.DataFrame) -> pl.DataFrame:
    """Puts beside each clean listing its paper and where it was listed.

    Args:
        clean: Rows of `clean_listings`.
        listings: Rows of `listings`.
        dumps: Rows of `dumps`.
        papers: Columns listing_id, paper_id.

    Returns:
        The clean listings with paper_id, page, position, page_date_raw and format, sorted by listing_id.
    """
    return (
        clean.join(papers.select("listing_id", "paper_id"), on="listing_id")
        .join(listings.select("listing_id", "page", "position", "page_date_raw").collect(), on="listing_id")
        .join(dumps.select("dump_id", "format"), on="dump_id")
        .sort("listing_id")
    )


def page_day(page_date_raw: pl.Expr) -> pl.Expr:
    """The day of a date line; null where it states no year."""
    return pl.coalesce(page_date_raw.str.strip_chars().str.to_date(form, strict=False) for form in PAGE_DATES)


def paper_listings(member_rows: pl.DataFrame, match_pairs: pl.DataFrame) -> pl.DataFrame:
    """Says for each listing which paper it belongs to, and what joined it.

    Args:
        member_rows: As `members` returns it.
        match_pairs: Rows of `match_pairs`.

    Returns:
        Rows of `paper_listings`, sorted.
    """
    owners = member_rows.select("paper_id", "listing_id")
    matched = match_pairs.filter(pl.col("decision") == Decision.MATCH)
    inside = (
        matched.join(owners, left_on="listing_a", right_on="listing_id")
        .join(owners, left_on="listing_b", right_on="listing_id", suffix="_b")
        .filter(pl.col("paper_id") == pl.col("paper_id_b"))
    )
    joined = pl.concat(
        inside.select(
            pl.col(side).alias("listing_id"), pl.col("reason").cast(pl.Enum([str(reason) for reason in REASONS]))
        )
        for side in ("listing_a", "listing_b")
    )
    strongest = joined.group_by("listing_id").agg(match_reason=pl.col("reason").min().cast(pl.String))
    return (
        owners.join(strongest, on="listing_id", how="left")
        .select(
            "paper_id",
            "listing_id",
            relation=pl.lit(str(Relation.SAME)),
            match_reason=pl.col("match_reason").fill_null(str(MatchReason.ONLY_LISTING)),
        )
        .sort("paper_id", "listing_id")
    )


def papers(member_rows: pl.DataFrame, chosen: pl.DataFrame) -> pl.DataFrame:
    """Makes the golden records.

    Args:
        member_rows: As `members` returns it.
        chosen: As `survive.choose` returns it.

    Returns:
        Rows of `papers`, sorted.
    """
    wide = chosen.pivot("field", index="paper_id", values="value")
    absent = [pl.lit(None, dtype=pl.String).alias(name) for name in survive.FIELDS if name not in wide.columns]
    golden = wide.with_columns(absent).with_columns(
        *(pl.col(name).str.json_decode(pl.List(pl.String)).fill_null([]) for name in survive.LIST_FIELDS),
        pl.col("year").cast(pl.Int64),
        published_precision=pl.col("published_on")
        .str.len_chars()
        .replace_strict({size: str(name) for name, size in survive.DATE_CHARACTERS.items()}, return_dtype=pl.String),
        published_on=(pl.col("published_on") + pl.lit("-01-01").str.slice(pl.col("published_on").str.len_chars() - 4))
        .str.head(10)
        .str.to_date("%Y-%m-%d"),
    )
    day = page_day(pl.col("page_date_raw"))
    counted = member_rows.group_by("paper_id").agg(
        listing_count=pl.len().cast(pl.Int64),
        dump_count=pl.col("dump_id").n_unique().cast(pl.Int64),
        best_position=pl.col("position").min(),
        first_listed_on=day.min(),
        last_listed_on=day.max(),
    )
    return (
        golden.join(counted, on="paper_id")
        .join(_flags(member_rows, golden), on="paper_id")
        .select(polars_schema(Papers).names())
        .sort("paper_id")
    )


def _flags(member_rows: pl.DataFrame, golden: pl.DataFrame) -> pl.DataFrame:
    """The flags of the listing that gave the paper its abstract (its title, where there is none)."""
    beside = member_rows.join(golden.select("paper_id", "title", "abstract"), on="paper_id", suffix="_golden")
    same = [pl.col(name).eq_missing(pl.col(f"{name}_golden")) for name in ("abstract", "title")]
    return (
        beside.with_columns(same_abstract=same[0], same_title=same[1], damage=pl.col("flags").list.len())
        .sort(
            "paper_id",
            "same_abstract",
            "same_title",
            "damage",
            "listing_id",
            descending=[False, True, True, False, False],
        )
        .unique("paper_id", keep="first")
        .select("paper_id", "flags")
    )
