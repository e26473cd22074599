"""Statements: definitions of acronyms without brackets around them, and with one bracket lost.

`large language models, or LLMs,` and `a method called Sparse Replay Buffers, dubbed SRB.` and `SRB stands for sparse
replay buffers`. They are told by the words between the two forms, so only the surest alignments count.
"""

import polars as pl

from assets.enrich.terms.brackets import ALIGNED, CLAUSE, REACH, SHORT, SURE
from assets.enrich.terms.pieces import cut_before
from schemas.enrich_vocabulary import TermRule

DUBBED = 0.7
"""Score from which on an alignment is believed where the words between the two forms say so."""
_CUES = (
    r"(?:dubbed|termed|called|coined|abbreviated(?: as| to)?|denoted(?: as| by)|known as|aka|a\.k\.a\.|i\.e\.,"
    r"|, or|we call|we name)"
)
_NAMED = (
    rf"(?<gap>{_CUES}\s[\"'“\u2018`*]*)(?<surface>{SHORT})(?:[\"'”\u2019`*]*(?:[,.;:)]|\s(?:is|are|for short)\b|$))"
)
_BEFORE_CUE = r"(?:[\s,\"'”\u2019`*}]|\b(?:which|we|is|are|also|and|simply|hereafter|here)\b)+$"
_CUE_STANDS = r"(?:(?:stands|standing|stand|short|abbreviation|acronym) (?:for|of) )"
_BEFORE_STANDS = r"(?:[\s,\"'”\u2019`*}]|\b(?:which|is|an|the|that)\b)+$"
_RUNS_ON = r"^(.*?)(?:[.,;:()\[\]—]|\s(?:is|are|was|which|that|has|can|where|we|and then|in this)\s|$)"


def named(texts: pl.DataFrame) -> pl.DataFrame:
    """Reads `long form, dubbed SF,`.

    Args:
        texts: Columns `row` and `text` (String; null has none).

    Returns:
        Columns ALIGNED, as of a bracket.
    """
    read = cut_before(texts, _NAMED).with_columns(
        pl.col("pieces").str.extract_groups(f"^{_NAMED}").struct.unnest(),
        before=pl.col("text").str.slice(pl.max_horizontal(pl.col("at") - REACH, 0), pl.min_horizontal("at", REACH)),
    )
    kept = pl.col("before").str.replace(_BEFORE_CUE, "")
    is_plain = pl.col("gap").str.contains(r"^(?:, or|i\.e\.)")
    return read.with_columns(
        short_start=pl.col("at") + pl.col("gap").str.len_chars().cast(pl.Int64),
        long=kept.str.replace(CLAUSE, "").str.strip_chars_start(),
        long_end=pl.col("at") - (pl.col("before").str.len_chars().cast(pl.Int64) - kept.str.len_chars()),
        floor=pl.when(is_plain).then(SURE).otherwise(DUBBED),
        rule=pl.lit(TermRule.IN_WORDS),
    ).select(ALIGNED)


def stands_for(texts: pl.DataFrame) -> pl.DataFrame:
    """Reads `SF stands for long form`.

    Args:
        texts: Columns `row` and `text` (String; null has none).

    Returns:
        Columns ALIGNED; `long` is all up to where the clause ends.
    """
    before = pl.col("text").str.slice(0, pl.col("at"))
    kept = before.str.replace(_BEFORE_STANDS, "")
    read = cut_before(texts, _CUE_STANDS).with_columns(
        pl.col("pieces").str.extract_groups(rf"^(?<gap>{_CUE_STANDS}[\"'“\u2018`*]*)(?<rest>(?s:.*))$").struct.unnest(),
        surface=kept.str.slice(-40).str.extract(rf"(?:^|[\s(\"'“\u2018])({SHORT})$"),
        kept=kept.str.len_chars().cast(pl.Int64),
    )
    long = pl.col("rest").str.extract(_RUNS_ON).str.replace(r"[\s\"'”\u2019`*}]+$", "")
    start = pl.col("at") + pl.col("gap").str.len_chars().cast(pl.Int64)
    return (
        read.filter(pl.col("surface").is_not_null())
        .with_columns(
            short_start=pl.col("kept") - pl.col("surface").str.len_chars().cast(pl.Int64),
            long=long,
            long_end=start + long.str.len_chars().cast(pl.Int64),
            floor=pl.lit(DUBBED),
            rule=pl.lit(TermRule.IN_WORDS),
        )
        .select(ALIGNED)
    )


def half_open(texts: pl.DataFrame) -> pl.DataFrame:
    """Reads `long form SF)`, a bracket whose beginning was lost.

    Args:
        texts: Columns `row` and `text` (String; null has none).

    Returns:
        Columns ALIGNED; nothing but the surest counts.
    """
    text = pl.col("text")
    rows = texts.filter(text.str.count_matches(r"\)") > text.str.count_matches(r"\("))
    pieces = (
        rows.with_columns(pieces=text.str.split(")"))
        .explode("pieces")
        .with_columns(
            length=pl.col("pieces").str.len_chars().cast(pl.Int64) + 1,
            opened=pl.col("pieces").str.count_matches(r"\(").cum_sum().over("row").cast(pl.Int64),
            closed=pl.int_range(pl.len()).over("row"),
        )
        .with_columns(closing=pl.col("length").cum_sum().over("row") - 1)
        .filter((pl.col("row") == pl.col("row").shift(-1)).fill_null(value=False), pl.col("opened") <= pl.col("closed"))
        .with_columns(
            pl.col("pieces")
            .str.slice(-REACH)
            .str.extract_groups(rf"^(?<long>(?s:.*)\S)(?<gap>\s+)(?<surface>{SHORT})$")
            .struct.unnest()
        )
        .filter(pl.col("surface").is_not_null())
    )
    start = pl.col("closing") - pl.col("surface").str.len_chars().cast(pl.Int64)
    return pieces.with_columns(
        short_start=start,
        long=pl.col("long").str.replace(CLAUSE, "").str.strip_chars_start(),
        long_end=start - pl.col("gap").str.len_chars().cast(pl.Int64),
        floor=pl.lit(SURE),
        rule=pl.lit(TermRule.HALF_OPEN),
    ).select(ALIGNED)
