"""Rejects: which rows a contract refuses, for which reason, and how they lie in the quarantine.

The contract is a Pandera model. A check whose `error` is a member of `RejectReason` turns a record away; any other
failing check means that the pipeline itself is wrong, and stops the run.
"""

import pandera.polars as pa
import polars as pl

from schemas.base import Table
from schemas.vocabulary import RejectReason, Stage

BATCH = 50_000
"""Rows validated at once: bounds the memory of the failure cases when every row fails."""
DETAIL_CHARACTERS = 120

FAILED = pl.Schema({"row": pl.UInt32, "reason": pl.String, "field": pl.String})


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
    parts = [_failures(frame.slice(start, BATCH), model, start) for start in range(0, frame.height, BATCH)]
    failed = pl.concat([FAILED.to_frame(), *parts])
    order = pl.col("reason").cast(pl.Enum(RejectReason))
    failed = failed.unique(["row", "reason"]).sort("row", order)
    numbered = frame.with_row_index("row").join(failed, on="row", how="anti", maintain_order="left")
    return numbered.drop("row"), failed


def _failures(batch: pl.DataFrame, model: type[Table], start: int) -> pl.DataFrame:
    """The failed checks of one batch; its first row has the number `start`."""
    try:
        model.validate(batch, lazy=True)
    except pa.errors.SchemaErrors as failure:
        cases: pl.DataFrame = failure.failure_cases
        unknown = cases.filter(
            pl.col("index").is_null() | ~pl.col("check").is_in([str(reason) for reason in RejectReason])
        )
        if unknown.height:
            first = unknown.row(0, named=True)
            raise ContractBrokenError(
                f"{model.__name__}.{first['column']} fails {first['check']}: {first['failure_case']!r}"
            ) from failure
        named = pl.when(pl.col("schema_context") == "Column").then(pl.col("column"))
        return cases.select(row=pl.col("index").cast(pl.UInt32) + start, reason="check", field=named)
    return FAILED.to_frame()


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
