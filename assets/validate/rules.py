"""What a cleaning rule is, and how a list of rules is applied to texts.

A rule has a name, a family, a version and one pure function from text to text, as a Polars expression. It is certain:
what it cannot be certain of, a detector flags instead. The rules themselves live in one module per family of damage;
`catalogue.py` puts them in order.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from schemas.vocabulary import Flag, RuleFamily

BOTH = ("title", "abstract")
MOST_ROUNDS = 5
"""Rounds of the rules after which a text is left as it is; two are enough for all but garbage."""


@dataclass(frozen=True)
class Rule:
    """One named repair of a text."""

    name: str
    """Stored in `clean_listings.repairs`; snake case, says what is repaired."""
    family: RuleFamily
    """What the rule is for."""
    version: int
    """Raised whenever the rule changes what it does; part of the fingerprint of a run."""
    summary: str
    """One sentence with an example, published in docs/cleaning.md."""
    apply: Callable[[pl.Expr], pl.Expr]
    """String expression in, repaired string expression out; nulls stay null."""
    fields: Sequence[str] = BOTH
    """Which texts it repairs."""


@dataclass(frozen=True)
class Detector:
    """One named observation of damage that no rule may repair."""

    flag: Flag
    """Stored in `clean_listings.flags`."""
    version: int
    """Raised whenever the detector changes what it sees."""
    summary: str
    """One sentence with an example, published in docs/cleaning.md."""
    detect: Callable[[pl.Expr], pl.Expr]
    """String expression in, boolean expression out."""
    on_raw: bool = False
    """Whether it looks at the text before the rules, not after."""
    fields: Sequence[str] = BOTH
    """Which texts it looks at."""


def rewrite_where(text: pl.Expr, trigger: str, rewrite: Callable[[str], str]) -> pl.Expr:
    """Applies a Python function to the few texts that contain a trigger.

    For what a regular expression without look-around cannot say: balanced braces, repeated words.

    Args:
        text: String column; nulls stay null.
        trigger: Regular expression (Rust syntax) that only texts with the damage contain.
        rewrite: Pure function of one text.

    Returns:
        The same column, rewritten where the trigger is found.
    """

    def rewrite_some(texts: pl.Series) -> pl.Series:
        hits = texts.str.contains(trigger).fill_null(value=False).arg_true()
        if hits.is_empty():
            return texts
        rewritten = pl.Series([rewrite(one) for one in texts.gather(hits)], dtype=pl.String)
        return texts.scatter(hits, rewritten)

    return text.map_batches(rewrite_some, return_dtype=pl.String, is_elementwise=True)


def detect_where(text: pl.Expr, trigger: str, detect: Callable[[str], bool]) -> pl.Expr:
    """Asks a Python function about the few texts that contain a trigger; the others are not what it looks for.

    Args:
        text: String column.
        trigger: Regular expression (Rust syntax) that every text in question contains.
        detect: Pure function of one text.

    Returns:
        Boolean column; a null is false.
    """

    def detect_some(texts: pl.Series) -> pl.Series:
        hits = texts.str.contains(trigger).fill_null(value=False)
        answers = iter([detect(one) for one in texts.filter(hits)])
        return pl.Series(texts.name, [hit and next(answers) for hit in hits], dtype=pl.Boolean)

    return text.map_batches(detect_some, return_dtype=pl.Boolean, is_elementwise=True)


def apply_rules(frame: pl.DataFrame, rules: Sequence[Rule], *, out: str = "repairs") -> pl.DataFrame:
    """Applies rules in order, again where they changed a row, and notes which of them did.

    A repair can lay bare what an earlier rule looks for. Rows that changed therefore go through once more, until
    nothing changes; what is clean stays as it is when it is cleaned again.

    Args:
        frame: Rows with the columns that the rules repair (`title`, `abstract`).
        rules: Rules, in the order in which they are to be applied.
        out: Name of the new column.

    Returns:
        The same rows in the same order, repaired, with the names of the rules that changed the row as a list column.
    """
    frame = _apply_once(frame.with_columns(pl.lit([], dtype=pl.List(pl.String)).alias(out)), rules, out)
    pending = (frame[out].list.len() > 0).arg_true()
    for _ in range(MOST_ROUNDS - 1):
        if pending.is_empty():
            break
        before = frame[pending]
        after = _apply_once(before, rules, out)
        moved = (before[out].list.len() != after[out].list.len()).arg_true()
        if moved.is_empty():
            break
        kept = frame.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))
        again = after[moved].with_columns(row=pending.gather(moved).cast(pl.Int64))
        frame = kept.update(again, on="row").drop("row")
        pending = pending.gather(moved)
    return frame.with_columns(pl.col(out).list.unique(maintain_order=True))


def _apply_once(frame: pl.DataFrame, rules: Sequence[Rule], out: str) -> pl.DataFrame:
    """One round of the rules; the name of each rule that changes a row is added to its list."""
    for rule in rules:
        after = frame.select(rule.apply(pl.col(field)).alias(field) for field in rule.fields)
        changed = pl.any_horizontal(frame[field].ne_missing(after[field]).alias(field) for field in rule.fields)
        hits = pl.select(changed).to_series()
        if hits.any():
            named = pl.when(hits).then(pl.col(out).list.concat(pl.lit([rule.name]))).otherwise(pl.col(out))
            frame = frame.with_columns(named, *after.get_columns())
    return frame


def detect_flags(raw: pl.DataFrame, clean: pl.DataFrame, detectors: Iterable[Detector]) -> pl.Series:
    """Collects the flags of each row.

    Args:
        raw: The texts before the rules, with columns `title` and `abstract`.
        clean: The same rows after the rules.
        detectors: What to look for.

    Returns:
        One sorted list of flags per row.
    """
    seen: dict[str, pl.Series] = {}
    for detector in detectors:
        side = raw if detector.on_raw else clean
        found = [
            side.select(detector.detect(pl.col(field)).fill_null(value=False)).to_series() for field in detector.fields
        ]
        for hits in found:
            seen[detector.flag] = seen[detector.flag] | hits if detector.flag in seen else hits
    if not seen:
        return pl.repeat([], raw.height, dtype=pl.List(pl.String), eager=True).alias("flags")
    columns = [pl.when(seen[flag]).then(pl.lit(str(flag))) for flag in sorted(seen)]
    return raw.select(pl.concat_list(columns).list.drop_nulls().alias("flags")).to_series()
