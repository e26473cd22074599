"""Checks: what must hold of every table before a later step may see it.

Every table has two blocking checks, made from its model alone: `contract` (types, values, primary key) and, where it
points at other tables, `foreign_keys`. They run inside the step that makes the table, so nothing is read twice.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
import polars as pl

from assets.contracts import broken_rules, strange_items
from assets.spill import Spill
from schemas.base import Table
from schemas.catalog import TABLES, metadata
from schemas.render import dagster_columns, polars_schema


def column_schema(model: type[Table]) -> dg.TableSchema:
    """The columns of a table as Dagster shows them."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                name=one.name,
                type=one.type,
                description=one.description,
                constraints=dg.TableColumnConstraints(
                    nullable=one.nullable, unique=one.unique, other=list(one.constraints)
                ),
            )
            for one in dagster_columns(model)
        ]
    )


def table_out(name: str) -> dg.AssetOut:
    """The output of a step that makes a table: described by the table's model."""
    model = TABLES[name]
    return dg.AssetOut(
        description=model.__doc__,
        metadata={"dagster/column_schema": column_schema(model)},
        kinds={"polars", "parquet"},
    )


def table_checks(*names: str) -> list[dg.AssetCheckSpec]:
    """The checks of the tables that a step makes."""
    specs = []
    for name in names:
        specs.append(
            dg.AssetCheckSpec(
                "contract", asset=name, blocking=True, description="Types, values and primary key are as declared."
            )
        )
        if metadata(TABLES[name])["foreign_keys"]:
            specs.append(
                dg.AssetCheckSpec(
                    "foreign_keys", asset=name, blocking=True, description="Every key points at a row that exists."
                )
            )
    return specs


def span_check(name: str, surface: str = "surface") -> dg.AssetCheckSpec:
    """The check of a table of what was found in abstracts: every row is what its span holds."""
    described = f"abstract[span_start:span_end] is {surface}."
    return dg.AssetCheckSpec("spans", asset=name, blocking=True, description=described)


def span_result(name: str, faults: int) -> dg.AssetCheckResult:
    """The result of `span_check`."""
    told = [f"{faults} spans do not hold what was found"] if faults else []
    return dg.AssetCheckResult(passed=not faults, check_name="spans", asset_key=name, metadata={"faults": told})


def deliver(
    tables: Mapping[str, pl.DataFrame | Spill],
    counts: Mapping[str, Mapping[str, Any]],
    **upstream: pl.DataFrame | pl.LazyFrame,
) -> Iterator[dg.Output[pl.DataFrame | Spill] | dg.AssetCheckResult]:
    """Hands over the tables of a step, each followed by the results of its checks.

    Args:
        tables: Table name -> rows, in any column order, which is set to that of the model; or the table on the disk.
        counts: Table name -> metadata to show beside it.
        **upstream: Other tables that the foreign keys of these tables point at.

    Yields:
        One output per table, and one result per check of `table_checks`.
    """
    known = {name: rows.lazy() for name, rows in upstream.items()}
    known |= {name: rows.scan() if isinstance(rows, Spill) else rows.lazy() for name, rows in tables.items()}
    ready = [_examined(name, rows, known) for name, rows in tables.items()]
    for name, rows, results in ready:  # a table on the disk is taken over with its output: nothing is read after that
        height = rows.rows if isinstance(rows, Spill) else rows.height
        yield dg.Output(rows, name, metadata={"rows": height, **counts.get(name, {})})
        yield from results


def _examined(
    name: str, rows: pl.DataFrame | Spill, known: Mapping[str, pl.LazyFrame]
) -> tuple[str, pl.DataFrame | Spill, list[dg.AssetCheckResult]]:
    """A table in the order of its model, and the results of its checks."""
    model = TABLES[name]
    if isinstance(rows, Spill):
        faults = key_faults(rows.scan(), model) + list(rows.faults)
    else:
        rows = rows.select(polars_schema(model).names())
        faults = contract_faults(rows, model)
    results = [_result("contract", name, faults)]
    if metadata(model)["foreign_keys"]:
        results.append(_result("foreign_keys", name, foreign_key_faults(known[name], model, known)))
    return name, rows, results


def _result(check: str, table: str, faults: list[str]) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        passed=not faults, check_name=check, asset_key=table, metadata={"faults": faults[:10]} if faults else {}
    )


def contract_faults(rows: pl.DataFrame, model: type[Table]) -> list[str]:
    """What breaks a table's contract.

    Args:
        rows: The table.
        model: Its model.

    Returns:
        One sentence per fault; none when the contract holds.
    """
    faults = key_faults(rows.lazy(), model) + strange_items(rows, model)
    named = broken_rules(rows, model).group_by("column", "check").agg(pl.len(), pl.col("value").first())
    faults += [
        f"{column}: {check} fails {count} times, first for {value!r}"
        for column, check, count, value in named.sort("column", "check").iter_rows()
    ]
    return faults


def key_faults(rows: pl.LazyFrame, model: type[Table]) -> list[str]:
    """Says whether the primary key of a table occurs twice.

    Args:
        rows: The table.
        model: Its model.

    Returns:
        One sentence, or none.
    """
    key = list(metadata(model)["primary_key"])
    if not key:
        return []
    is_unique = rows.select(pl.struct(key).n_unique() == pl.len()).collect().item()
    return [] if is_unique else [f"{', '.join(key)} is not unique"]


def foreign_key_faults(rows: pl.LazyFrame, model: type[Table], known: Mapping[str, pl.LazyFrame]) -> list[str]:
    """Which foreign keys of a table point at nothing.

    Args:
        rows: The table.
        model: Its model.
        known: Table name -> rows of every table that its foreign keys name.

    Returns:
        One sentence per broken key.

    Raises:
        KeyError: If a table that a key names is not given.
    """
    faults = []
    for column, target in metadata(model)["foreign_keys"].items():
        table, target_column = target.split(".")
        targets = known[table].select(pl.col(target_column).unique())
        orphans = rows.select(pl.col(column).drop_nulls()).join(
            targets, left_on=column, right_on=target_column, how="anti"
        )
        found = orphans.select(pl.len().alias("count"), pl.col(column).min().alias("first")).collect().row(0)
        if found[0]:
            faults.append(f"{column}: {found[0]} rows point at no {table}, first {found[1]!r}")
    return faults
