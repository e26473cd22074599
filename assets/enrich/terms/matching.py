"""Matching: where the spellings of the gazetteer stand in texts, in one pass over all of them.

Only letters and the ends of words are looked at here. What a spelling means is decided in `senses`.
"""

import polars as pl

from assets.enrich.terms.gazetteer.read import BEFORE, Gazetteer
from schemas.enrich_vocabulary import TermKind

WINDOW = 64
"""Characters from where a spelling may begin; no spelling is longer."""
AROUND = 160
"""Characters before and after a spelling that tell what it means."""
NAMED = (TermKind.MODEL, TermKind.DATASET, TermKind.BENCHMARK)
"""Kinds whose names are proper names: a spelling without a capital or a digit is another word."""
_HYPHENS = r"[\u2010-\u2015\u2212\u00AD]"
_SPACES = r"[\u00A0\u2007\u2009\u202F]"


def spelled(texts: pl.DataFrame, known: Gazetteer) -> pl.DataFrame:
    """Finds every spelling of every name, as words of their own.

    Args:
        texts: Columns `row` (unique) and `text` (String; null has none).
        known: The names.

    Returns:
        One row per place and name: row, span_start and span_end (characters), before and after (the text around it,
        at most AROUND characters), surface, mention (the same without the s of a plural), is_plural, and the columns of
        `known.entries`; several may overlap.
    """
    folded = texts.select("row", "text", folded=pl.lit(" ") + _plain(pl.col("text")))
    starts = (
        folded.lazy()
        .select("row", "folded", byte=_found(pl.col("folded"), known.patterns))
        .filter(pl.col("byte").list.len() > 0)
        .explode("byte")
        .collect()
        .unique(["row", "byte"], maintain_order=True)
    )
    windows = starts.select("row", "folded", begin=_characters(pl.col("folded"), pl.col("byte"))).with_columns(
        window=pl.col("folded").str.slice("begin", WINDOW)
    )
    hits = (
        windows.lazy()
        .with_columns(
            spelling=pl.col("window").str.extract_many(known.patterns, ascii_case_insensitive=True, overlapping=True),
        )
        .explode("spelling")
        .filter(pl.col("window").str.starts_with(pl.col("spelling")))
        .unique(["row", "begin", "spelling"], maintain_order=True)
        .collect()
    )
    # a short spelling was looked for with the character before it
    is_led = pl.col("spelling").str.slice(0, 1).is_in(list(BEFORE))
    hits = hits.with_columns(
        begin=pl.col("begin") + is_led.cast(pl.Int64),
        mention=pl.when(is_led).then(pl.col("spelling").str.slice(1)).otherwise("spelling"),
    ).with_columns(key=pl.col("mention").str.to_lowercase().str.replace_all(r"[\s_\-]+", ""))
    slim = known.entries.select("key", "order", "kind", "mode", "letters", "is_family")
    named = hits.join(slim, on="key", how="inner", maintain_order="left").filter(written_so())
    named = named.join(known.entries.drop(set(slim.columns) - {"order"}), on="order", maintain_order="left")
    whole = _whole(named).join(texts.select("row", "text"), on="row", maintain_order="left")
    return whole.with_columns(
        span_start=pl.col("begin") - 1,
        span_end=pl.col("end") - 1,
        surface=pl.col("text").str.slice(pl.col("begin") - 1, pl.col("end") - pl.col("begin")),
    ).drop("text", "folded", "window", "begin", "end", "spelling")


def written_so() -> pl.Expr:
    """Whether the letters of a mention may be those of its name, before it is known what stands behind it."""
    letters = pl.col("mention").str.replace_all(r"[\s_\-]+", "")
    is_exact = letters == pl.col("letters")
    capitals = letters.str.count_matches(r"\p{Lu}")
    is_free = pl.col("is_family") | ~pl.col("kind").is_in([kind.value for kind in NAMED])
    is_distinct = is_free | is_exact | (capitals >= 2) | pl.col("key").str.contains(r"\d")
    return pl.when(pl.col("mode") == "any").then(is_distinct).otherwise(is_exact)


def _plain(text: pl.Expr) -> pl.Expr:
    """The text with one hyphen and one space for all kinds of them, character for character."""
    is_plain = text.str.len_bytes() == text.str.len_chars()
    return pl.when(is_plain).then(text).otherwise(text.str.replace_all(_HYPHENS, "-").str.replace_all(_SPACES, " "))


def _found(text: pl.Expr, patterns: list[str]) -> pl.Expr:
    return text.str.find_many(patterns, ascii_case_insensitive=True, overlapping=True)


def _characters(text: pl.Expr, byte: pl.Expr) -> pl.Expr:
    """The offset in characters of one in bytes, which lies between two characters."""
    is_ascii = text.str.len_bytes() == text.str.len_chars()
    before = text.cast(pl.Binary).bin.slice(0, byte).cast(pl.String).str.len_chars()
    return pl.when(is_ascii).then(byte).otherwise(before).cast(pl.Int64)


def _whole(hits: pl.DataFrame) -> pl.DataFrame:
    """Keeps what stands as a word of its own, a plural included; adds what stands around it."""
    start = pl.max_horizontal(pl.col("begin") - AROUND, 0)
    end = pl.col("begin") + pl.col("mention").str.len_chars().cast(pl.Int64)
    around = hits.with_columns(
        before=pl.col("folded").str.slice(start, pl.col("begin") - start),
        after=pl.col("folded").str.slice(end, AROUND),
        end=end,
    )
    is_plural = pl.col("after").str.contains(r"^s(?:[^\p{L}\p{N}_]|$)") & pl.col("mention").str.contains(r"\p{L}$")
    return around.filter(~pl.col("before").str.contains(r"[\p{L}\p{N}_\\]$|[\p{L}\p{N}]\.$|://\S*$")).with_columns(
        end=pl.col("end") + is_plural.cast(pl.Int64),
        after=pl.when(is_plural).then(pl.col("after").str.slice(1)).otherwise("after"),
        is_plural=is_plural,
    )
