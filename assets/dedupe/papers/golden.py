"""Golden: the golden record of each paper, and its listings.

Brings together what `cluster`, `identity` and `survive` decided; decides nothing itself. A paper with one listing takes
everything from it; only the others need a choice.
"""

import polars as pl

from assets.dedupe.papers import survive
from schemas.match_vocabulary import Decision, MatchReason, Verdict
from schemas.papers import Papers
from schemas.render import polars_schema
from schemas.vocabulary import DatePrecision, Role

STATED = (
    "listing_id",
    *(name for name in survive.FIELDS if name not in survive.DERIVED),
    "urls",
    "abstract_tex",
    "published_precision",
    "arxiv_version",
    "flags",
)
"""Columns of a clean listing that its paper may take over, or that say what the listing is to it."""


def places(owners: pl.DataFrame, listings: pl.LazyFrame, dumps: pl.DataFrame) -> pl.DataFrame:
    """Says for each listing of a paper where it was listed.

    Args:
        owners: Columns listing_id, paper_id.
        listings: Rows of `listings`.
        dumps: Rows of `dumps`.

    Returns:
        Columns listing_id, paper_id, dump_id, format, role, page, position, page_date_raw, member_count (listings of
        the paper, of feeds and references); sorted by paper_id, listing_id.
    """
    return (
        listings.select("listing_id", "dump_id", "page", "position", "page_date_raw")
        .join(owners.lazy().select("listing_id", "paper_id"), on="listing_id")
        .join(dumps.lazy().select("dump_id", "format", "role"), on="dump_id")
        .with_columns(member_count=pl.len().over("paper_id").cast(pl.Int64))
        .sort("paper_id", "listing_id")
        .collect()
    )


def with_days(placed: pl.DataFrame, pages: pl.DataFrame) -> pl.DataFrame:
    """Adds the day on which each listing was listed: listed_on.

    Args:
        placed: As `places` returns it.
        pages: Rows of `pages`.
    """
    days = pages.select("dump_id", "page", "listed_on")
    return placed.join(days, on=["dump_id", "page"], how="left", maintain_order="left")


def match_reasons(placed: pl.DataFrame, match_pairs: pl.DataFrame, judged: pl.DataFrame) -> pl.DataFrame:
    """Says for each listing what joined it to the others of its paper: the strongest reason of its matches.

    Args:
        placed: Columns paper_id, listing_id, member_count.
        match_pairs: Columns listing_a, listing_b, decision, reason of `match_pairs`.
        judged: Judgements in force: listing_a, listing_b, verdict.

    Returns:
        Columns listing_id, match_reason; sorted by listing_id.
    """
    same = judged.filter(pl.col("verdict") == Verdict.SAME).with_columns(reason=pl.lit(str(MatchReason.JUDGED_SAME)))
    matched = match_pairs.filter(pl.col("decision") == Decision.MATCH)
    ends = [
        rows.select("listing_a", "listing_b", pl.col("reason").cast(pl.Enum(MatchReason))) for rows in (matched, same)
    ]
    owners = placed.select("listing_id", "paper_id")
    inside = (
        pl.concat(ends)
        .join(owners, left_on="listing_a", right_on="listing_id")
        .join(owners, left_on="listing_b", right_on="listing_id", suffix="_b")
        .filter(pl.col("paper_id") == pl.col("paper_id_b"))
    )
    sides = [inside.select("reason", listing_id=side) for side in ("listing_a", "listing_b")]
    strongest = pl.concat(sides).group_by("listing_id").agg(match_reason=pl.col("reason").min().cast(pl.String))
    alone = pl.when(pl.col("member_count") == 1).then(pl.lit(str(MatchReason.ONLY_LISTING)))
    return (
        placed.select("listing_id", "member_count")
        .join(strongest, on="listing_id", how="left")
        .select(
            "listing_id",
            match_reason=pl.coalesce("match_reason", alone.otherwise(pl.lit(str(MatchReason.UNCLEAR_EVIDENCE)))),
        )
        .sort("listing_id")
    )


def papers_of_one(members: pl.DataFrame) -> pl.DataFrame:
    """Makes the golden records of papers with one listing.

    Args:
        members: Columns of `places`, listed_on, STATED and those that `survive.derived` adds, one row per paper.

    Returns:
        Rows of `papers`, sorted: those that `papers_of_several` would make.
    """
    day = pl.col("published_on")
    partial = survive.partial_date(day, pl.col("published_precision"))
    records = members.select("paper_id", "flags", "abstract_tex", *survive.FIELDS, published_text=partial)
    return _complete(records.drop("published_on"), members, pl.DataFrame(schema=NO_CONFLICTS))


NO_CONFLICTS = {"paper_id": pl.String, "conflict_count": pl.Int64}


def papers_of_several(members: pl.DataFrame, chosen: pl.DataFrame, conflicts: pl.DataFrame) -> pl.DataFrame:
    """Makes the golden records of chosen values.

    Args:
        members: Columns of `places`, listed_on, STATED and those that `survive.derived` adds, all listings of each
            paper.
        chosen: As `survive.choose` returns it.
        conflicts: As `disagreement.conflicts` returns it.

    Returns:
        Rows of `papers`, sorted.
    """
    wide = chosen.pivot("field", index="paper_id", values="value")
    absent = [pl.lit(None, dtype=pl.String).alias(name) for name in survive.FIELDS if name not in wide.columns]
    records = (
        wide.with_columns(absent)
        .with_columns(
            *(pl.col(name).str.json_decode(pl.List(pl.String)).fill_null([]) for name in survive.LIST_FIELDS),
            pl.col("year").cast(pl.Int64),
        )
        .rename({"published_on": "published_text"})
    )
    return _complete(records.join(_of_the_text(members, records), on="paper_id"), members, conflicts)


def _complete(records: pl.DataFrame, members: pl.DataFrame, conflicts: pl.DataFrame) -> pl.DataFrame:
    """Adds to chosen values what follows from them and from the listings."""
    day, text = pl.col("listed_on"), pl.col("published_text")
    listed = pl.col("role") == Role.FEED
    counted = members.group_by("paper_id").agg(
        listing_count=listed.sum().cast(pl.Int64),
        reference_count=(~listed).sum().cast(pl.Int64),
        dump_count=pl.col("dump_id").filter(listed).n_unique().cast(pl.Int64),
        best_position=pl.col("position").filter(listed).min(),
        first_listed_on=day.min(),
        last_listed_on=day.max(),
    )
    precision = {size: str(name) for name, size in survive.DATE_CHARACTERS.items()}
    return (
        records.with_columns(
            published_precision=text.str.len_chars().replace_strict(precision, return_dtype=pl.String),
            published_on=(
                text + pl.lit("-01-01").str.slice(text.str.len_chars() - survive.DATE_CHARACTERS[DatePrecision.YEAR])
            )
            .str.head(10)
            .str.to_date("%Y-%m-%d"),
        )
        .join(counted, on="paper_id")
        .join(conflicts, on="paper_id", how="left")
        .with_columns(pl.col("conflict_count").fill_null(0))
        .select(polars_schema(Papers).names())
        .sort("paper_id")
    )


def _of_the_text(members: pl.DataFrame, golden: pl.DataFrame) -> pl.DataFrame:
    """What goes with the abstract: flags and LaTeX of the listing that gave it (the title, where there is none)."""
    texts = members.select("paper_id", "listing_id", "title", "abstract", "abstract_tex", "flags")
    beside = texts.join(golden.select("paper_id", "title", "abstract"), on="paper_id", suffix="_golden")
    same = [pl.col(name).eq_missing(pl.col(f"{name}_golden")) for name in ("abstract", "title")]
    given = beside.select(
        "paper_id",
        "listing_id",
        "flags",
        "abstract_tex",
        same_abstract=same[0],
        same_title=same[1],
        damage=pl.col("flags").list.len(),
        has_tex=pl.col("abstract_tex").is_not_null(),
    ).sort(
        "paper_id",
        "same_abstract",
        "same_title",
        "damage",
        "has_tex",
        "listing_id",
        descending=[False, True, True, False, True, False],
    )
    tex = pl.col("abstract_tex").filter("same_abstract").drop_nulls().first()
    return given.group_by("paper_id", maintain_order=True).agg(pl.col("flags").first(), tex)
