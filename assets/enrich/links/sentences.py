"""Sentences: an abstract cut where one ends and the next begins, with the place of each.

A dot inside a link, a number or an abbreviation ends nothing; a sentence that lost the space before it still begins.
"""

import polars as pl

from assets.enrich.links.starts import MARK

_END = r"([.!?][)\"'\x{201D}\x{2019}\]]*\s+)([\p{Lu}\p{N}\"'\x{201C}\x{2018}\[(])"
_PARAGRAPH = r"(\n\s*\n)"
_GLUED = r"([\p{Ll}\p{N})][.!?])(\p{Lu}\p{Ll}+\s)"
_ABBREVIATED = rf"(\b(?:e\.g|i\.e|vs|cf|resp|[Ff]ig|[Ss]ec|[Ee]q|approx|Dr|Prof|al|etc)\.[)]?\s+){MARK}"


def split_sentences(texts: pl.DataFrame) -> pl.DataFrame:
    """Cuts texts into sentences.

    Args:
        texts: Columns row, title and text (String, not null).

    Returns:
        Columns row, title, start (characters before the sentence in its text) and sentence; the sentences of a row
        together are its text.
    """
    marked = (
        pl.col("text")
        .str.replace_all(MARK, "\ufffd", literal=True)
        .str.replace_all(_END, f"${{1}}{MARK}${{2}}")
        .str.replace_all(_GLUED, f"${{1}}{MARK}${{2}}")
        .str.replace_all(_PARAGRAPH, f"${{1}}{MARK}")
        .str.replace_all(_ABBREVIATED, "${1}")
    )
    sentences = texts.select("row", "title", sentence=marked.str.split(MARK)).explode("sentence")
    length = pl.col("sentence").str.len_chars().cast(pl.Int64)
    return sentences.select("row", "title", start=length.cum_sum().over("row") - length, sentence="sentence")
