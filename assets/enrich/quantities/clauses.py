"""Clauses: what stands around a quantity, cut to what can be said of it."""

import polars as pl

from assets.enrich.quantities.words import APPROACHES, STOP

SENTENCE_START = r"(?s)^.*[.!?;][)\"'”\x{2019}\]]?\s"
SENTENCE_END = r"(?s)[.!?;](?:\s|$).*$"
PHRASE_END = rf"(?is)[,:()\[].*$|\s{STOP}(?:[\s,.].*)?$"


def with_clauses(chained: pl.DataFrame) -> pl.DataFrame:
    """Cuts the text around each quantity to its sentence.

    Args:
        chained: Result of `chains.chain`.

    Returns:
        Its rows with head, rest, before and after cut to the sentence, and with lead (before, without what says how
        exactly the number is meant: `reduces cost by` for `reduces cost by up to about`) and phrase (after, up to the
        word that ends the phrase).
    """
    cut = chained.with_columns(
        before=pl.col("before").str.replace(SENTENCE_START, ""),
        head=pl.col("head").str.replace(SENTENCE_START, ""),
        rest=pl.col("rest").str.replace(SENTENCE_END, "."),
        after=pl.col("after").str.replace(SENTENCE_END, "."),
    )
    return cut.with_columns(
        lead=pl.col("before").str.replace(APPROACHES, ""),
        phrase=pl.col("after").str.replace(PHRASE_END, ""),
    )
