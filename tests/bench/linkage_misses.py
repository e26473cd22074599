"""What went wrong in a labelled set, for the eye: wrong pairs with both records, and counts by reason."""

import polars as pl

from tests.bench.labelled import PAIR, LabelledSet

SHOWN = ("title", "authors", "year", "venue", "volume", "issue", "pages", "doi", "arxiv_id", "abstract")
WIDTH = 230
COLUMNS = {"decision": "not compared", "reason": "not compared"}


def with_decisions(pairs: pl.DataFrame, compared: pl.DataFrame) -> pl.DataFrame:
    """Pairs with what was decided on them; `not compared` where nothing was."""
    return pairs.join(compared, on=PAIR, how="left").with_columns(
        pl.col(name).fill_null(text) for name, text in COLUMNS.items()
    )


def print_misses(labelled: LabelledSet, compared: pl.DataFrame, joined: pl.DataFrame, limit: int) -> None:
    """Prints the pairs that are joined wrongly, then those that are not joined.

    Args:
        labelled: The set.
        compared: Rows of `match_pairs`.
        joined: Pairs that are said to be the same work.
        limit: Pairs to print of each kind.
    """
    false = joined.join(labelled.truth, on=PAIR, how="anti")
    missed = labelled.truth.join(joined, on=PAIR, how="anti")
    for head, pairs in (("joined wrongly", false), ("not joined", missed)):
        print(f"\n--- {labelled.name}: {pairs.height} pairs {head}")
        print_pairs(pairs, labelled.records, compared, limit)


def print_pairs(pairs: pl.DataFrame, records: pl.DataFrame, compared: pl.DataFrame, limit: int) -> None:
    """Prints pairs, both records of each side by side, and what was decided on them."""
    shown = with_decisions(pairs, compared).sort("decision", "reason", *PAIR).head(limit)
    ids = pl.concat([shown["listing_a"], shown["listing_b"]])
    named = records.filter(pl.col("listing_id").is_in(ids.implode()))
    known = {row["listing_id"]: row for row in named.iter_rows(named=True)}
    for pair in shown.iter_rows(named=True):
        print("\n".join(_told(pair, known)))


def _told(pair: dict[str, object], known: dict[str, dict[str, object]]) -> list[str]:
    """The lines about one pair."""
    first, second = known[str(pair["listing_a"])], known[str(pair["listing_b"])]
    lines = [f"\n{pair['listing_a']} | {pair['listing_b']}: {pair['decision']}, {pair['reason']}"]
    for name in SHOWN:
        texts = [_text(one[name]) for one in (first, second)]
        if texts[0] == texts[1] != "":
            lines.append(f"  {name:9}= {texts[0]}")
        elif any(texts):
            lines += [f"  {name:9}a {texts[0]}", f"  {'':9}b {texts[1]}"]
    told = {*PAIR, *COLUMNS, "rule_version"}
    features = [f"{name}={_number(value)}" for name, value in pair.items() if name not in told and value is not None]
    return [*lines, "  " + " ".join(features)]


def _text(value: object) -> str:
    if isinstance(value, list):
        value = "; ".join(str(one) for one in value)
    return "" if value is None else repr(str(value))[1:-1][:WIDTH]


def _number(value: object) -> str:
    if isinstance(value, list):
        return "+".join(str(one) for one in value)
    return f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def print_reasons(labelled: LabelledSet, compared: pl.DataFrame, joined: pl.DataFrame) -> None:
    """Prints how many pairs, true and false, each decision and reason had, and each kind of blocking key brought."""
    pairs = labelled.truth.with_columns(is_true=True).join(
        joined.with_columns(is_joined=True), on=PAIR, how="full", coalesce=True
    )
    seen = pairs.join(compared.select(*PAIR, "decision", "reason", "blocked_by"), on=PAIR, how="full", coalesce=True)
    seen = seen.with_columns(
        pl.col("is_true", "is_joined").fill_null(value=False),
        *(pl.col(name).fill_null(text) for name, text in COLUMNS.items()),
    )
    true, joint = pl.col("is_true"), pl.col("is_joined")
    counts = {"pairs": pl.len(), "true": true.sum(), "joined": joint.sum()}
    counts |= {"wrong": (joint & ~true).sum(), "missed": (true & ~joint).sum()}
    print_table(seen.group_by("decision", "reason").agg(**counts).sort("decision", "reason"))
    kinds = (
        seen.with_columns(is_only=pl.col("blocked_by").list.len() == 1).explode("blocked_by").drop_nulls("blocked_by")
    )
    only = {"only": pl.col("is_only").sum(), "only_true": (pl.col("is_only") & true).sum()}
    print_table(kinds.group_by("blocked_by").agg(**counts, **only).sort("blocked_by"))


def print_table(table: pl.DataFrame) -> None:
    """Prints a small table, its columns as wide as they need."""
    widths = [max(len(str(value)) for value in (name, *table[name])) for name in table.columns]
    for row in (table.columns, *table.iter_rows()):
        print("  " + "  ".join(f"{value!s:<{width}}" for value, width in zip(row, widths, strict=True)).rstrip())
