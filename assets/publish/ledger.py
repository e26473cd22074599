"""Ledger: what went into each stage, what came out, and what became of the rest, per dump."""

from collections.abc import Mapping

import polars as pl

from schemas.vocabulary import Role, Stage

COUNTS = ("rows_in", "rows_out", "rows_merged", "rows_rejected", "rows_unused")


def ledger(
    dumps: pl.DataFrame,
    listings: pl.LazyFrame,
    clean_listings: pl.LazyFrame,
    rejected_listings: pl.LazyFrame,
    paper_listings: pl.DataFrame,
    papers: pl.DataFrame,
) -> pl.DataFrame:
    """Accounts for every record, stage by stage.

    What a stage was given is counted in the table before it, what it passed on in the table after it, so that a loss
    in between cannot cancel out. A paper is counted where its first listing in a feed (the smallest listing_id) is. The
    listings of a reference that belong to a paper are merged into it, and its others are unused.

    Args:
        dumps: Rows of `dumps`; `listing_count` is what the readers found.
        listings: Rows of `listings`.
        clean_listings: Rows of `clean_listings`.
        rejected_listings: Rows of `rejected_listings`.
        paper_listings: Rows of `paper_listings`.
        papers: Rows of `papers`.

    Returns:
        Rows of `ledger`, sorted: the stages parse, validate, dedupe and publish for every dump.
    """
    rejected = {
        stage: _per_dump(rejected_listings.filter(pl.col("stage") == stage), "rows_rejected")
        for stage in (Stage.PARSE, Stage.VALIDATE)
    }
    placed = paper_listings.join(clean_listings.select("listing_id", "dump_id").collect(), on="listing_id")
    listed = placed.filter(pl.col("role") == Role.FEED)
    first = listed.sort("paper_id", "listing_id").unique("paper_id", keep="first")
    published = first.join(papers.select("paper_id"), on="paper_id", how="semi")
    found = dumps.select("dump_id", "role", found=pl.col("listing_count"))
    account = (
        found.join(_per_dump(listings.filter(pl.col("defect").is_null()), "parsed"), on="dump_id", how="left")
        .join(rejected[Stage.PARSE].rename({"rows_rejected": "parse_rejected"}), on="dump_id", how="left")
        .join(rejected[Stage.VALIDATE].rename({"rows_rejected": "validate_rejected"}), on="dump_id", how="left")
        .join(_per_dump(clean_listings, "clean"), on="dump_id", how="left")
        .join(_per_dump(placed, "placed"), on="dump_id", how="left")
        .join(_per_dump(first, "first"), on="dump_id", how="left")
        .join(_per_dump(published, "published"), on="dump_id", how="left")
        .fill_null(0)
        .with_columns(
            merged=pl.col("placed") - pl.col("first"),
            given=pl.when(pl.col("role") == Role.FEED).then("clean").otherwise("placed"),
        )
        .with_columns(unused=pl.col("clean") - pl.col("given"))
    )
    stages = (
        (Stage.PARSE, "found", "parsed", None, "parse_rejected", None),
        (Stage.VALIDATE, "parsed", "clean", None, "validate_rejected", None),
        (Stage.DEDUPE, "given", "first", "merged", None, "unused"),
        (Stage.PUBLISH, "first", "published", None, None, None),
    )
    return pl.concat(
        account.select(
            pl.lit(str(stage)).alias("stage"),
            "dump_id",
            "role",
            *(_count(source).alias(name) for name, source in zip(COUNTS, sources, strict=True)),
        )
        for stage, *sources in stages
    ).sort(pl.col("stage").cast(pl.Enum(Stage)), "dump_id")


def _count(source: str | None) -> pl.Expr:
    return (pl.lit(0) if source is None else pl.col(source)).cast(pl.Int64)


def _per_dump(rows: pl.DataFrame | pl.LazyFrame, name: str) -> pl.DataFrame:
    return rows.lazy().group_by("dump_id").agg(pl.len().cast(pl.Int64).alias(name)).collect()


def unbalanced(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of a ledger in which something disappeared or appeared.

    Args:
        rows: Rows of `ledger`.

    Returns:
        The rows that break rows_in = rows_out + rows_merged + rows_rejected.
    """
    return rows.filter(pl.col("rows_in") != pl.sum_horizontal("rows_out", "rows_merged", "rows_rejected"))


def funnel(rows: pl.DataFrame, role: Role = Role.FEED) -> dict[str, int]:
    """The counts of a whole run, over the dumps of one role: found, parsed, valid, merged, papers, rejected."""
    rows = rows.filter(pl.col("role") == role)
    total = {
        (stage, name): count
        for stage, *counts in rows.group_by("stage").agg(pl.col(COUNTS).sum()).iter_rows()
        for name, count in zip(COUNTS, counts, strict=True)
    }
    return {
        "found": total.get((Stage.PARSE, "rows_in"), 0),
        "parsed": total.get((Stage.PARSE, "rows_out"), 0),
        "valid": total.get((Stage.VALIDATE, "rows_out"), 0),
        "merged": total.get((Stage.DEDUPE, "rows_merged"), 0),
        "papers": total.get((Stage.PUBLISH, "rows_out"), 0),
        "rejected": sum(count for (_, name), count in total.items() if name == "rows_rejected"),
    }


def worst_share(rows: pl.DataFrame, removed: Mapping[str, int] | None = None) -> tuple[float, int, int]:
    """The share of the records that were rejected, of feeds or of references, whichever is larger.

    Each by itself: beside a large reference a feed that went to ruin would hardly be seen.

    Args:
        rows: Rows of `ledger`.
        removed: Role -> records whose papers were removed; they say nothing of the dumps and are not counted.

    Returns:
        The share, and of how many records how many were rejected.
    """
    given = {role: (funnel(rows, role), (removed or {}).get(role, 0)) for role in Role}
    counts = [(one["found"] - fewer, one["rejected"] - fewer) for one, fewer in given.values()]
    return max((rejected / max(found, 1), found, rejected) for found, rejected in counts)
