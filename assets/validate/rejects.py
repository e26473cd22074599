"""Rejects: which rows a contract refuses, for which reason, and how they lie in the quarantine.

The contract is a Pandera model. A check whose `error` is a member of `RejectReason` turns a record away; any other
failing check means that the pipeline itself is wrong, and stops the run.
"""

import polars as pl

from assets.contracts import broken_rules
from schemas.base import Table
from schemas.vocabulary import RejectReason, Stage

DETAIL_CHARACTERS = 120


class ContractBrokenError(Exception):
    """Rows break a contract in a way that no record can be blamed for."""


def split(frame: pl.DataFrame, model: type[Table]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Divides a frame into the rows that satisfy a model and the reasons why the others do not.

    Args:
        frame: Rows to check, already of the model's types.
        model: The contract; the `error` of a check is the reason of a reject.

    Returns:
        The passing rows, in order; and (row, reason, field), one per failed check, sorted by row, then by the order
        of the vocabulary.

    Raises:
        ContractBrokenError: If a check fails that is no reason to reject a record.
    """
    broken = broken_rules(frame, model)
    strange = broken.filter(pl.col("row").is_null() | ~pl.col("check").is_in([str(reason) for reason in RejectReason]))
    if strange.height:
        first = strange.row(0, named=True)
        raise ContractBrokenError(f"{model.__name__}.{first['column']} fails {first['check']}: {first['value']!r}")
    field = pl.when(pl.col("column").is_in(frame.columns)).then(pl.col("column"))
    failed = broken.select("row", reason="check", field=field)
    order = pl.col("reason").cast(pl.Enum(RejectReason))
    failed = failed.unique(["row", "reason"]).sort("row", order)
    numbered = frame.with_row_index("row").join(failed, on="row", how="anti", maintain_order="left")
    return numbered.drop("row"), failed


def quarantine(frame: pl.DataFrame, failed: pl.DataFrame, stage: Stage, rule_version: str) -> pl.DataFrame:
    """Makes the rows of the quarantine.

    Args:
        frame: The rows that were checked, with listing_id, dump_id and the fields that failed.
        failed: As `split` returns it.
        stage: The step that turned the rows away.
        rule_version: Fingerprint of the rules that did.

    Returns:
        Rows of `rejected_listings`, sorted by listing_id: one per listing, with its first reason.
    """
    first = failed.group_by("row", maintain_order=True).agg(
        pl.col("reason", "field").first(), other_reasons=pl.col("reason").slice(1)
    )
    beside = frame.with_row_index("row").join(first, on="row")
    fields = first["field"].drop_nulls().unique(maintain_order=True).to_list()
    nothing: list[pl.Expr] = [pl.lit(None, dtype=pl.String)]
    stated: list[pl.Expr] = [pl.when(pl.col("field") == name).then(pl.col(name).cast(pl.String)) for name in fields]
    value = pl.coalesce(stated + nothing)
    return beside.select(
        "listing_id",
        "dump_id",
        stage=pl.lit(str(stage)),
        reason="reason",
        other_reasons="other_reasons",
        field="field",
        detail=value.str.slice(0, DETAIL_CHARACTERS),
        rule_version=pl.lit(rule_version),
    ).sort("listing_id")


def defective(listings: pl.DataFrame, reader_versions: pl.DataFrame) -> pl.DataFrame:
    """Makes quarantine rows of the listings that their reader does not stand behind.

    Args:
        listings: Rows of `listings`.
        reader_versions: Columns dump_id and reader_version, one row per dump.

    Returns:
        Rows of `rejected_listings`, sorted by listing_id.
    """
    return (
        listings.drop_nulls("defect")
        .join(reader_versions, on="dump_id")
        .select(
            "listing_id",
            "dump_id",
            stage=pl.lit(str(Stage.PARSE)),
            reason="defect",
            other_reasons=pl.lit([], dtype=pl.List(pl.String)),
            field=pl.lit(None, dtype=pl.String),
            detail=pl.coalesce("title_raw", "abstract_raw").str.slice(0, DETAIL_CHARACTERS),
            rule_version="reader_version",
        )
        .sort("listing_id")
    )
