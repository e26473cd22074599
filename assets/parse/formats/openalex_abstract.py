"""Abstracts of OpenAlex: an index of words and their places becomes the text again."""

import polars as pl

ENTRY = r'"(?:[^"\\]|\\.)*"\s*:\s*\[[\d,\s]*\]'
"""A word, as a JSON string, and its places."""
WORD = r'^"((?:[^"\\]|\\.)*)"'
PLACES = r"\[([\d,\s]*)\]$"


def abstracts(indices: pl.Series) -> pl.Series:
    """Puts abstracts together.

    Args:
        indices: String: JSON such as `{"We": [0, 2], "know": [1]}`; what is no such object is a text already.

    Returns:
        Words in the order of their places, one space between them; null where there is no word.
    """
    is_index = indices.str.starts_with("{").fill_null(value=False)
    if not is_index.any():
        return indices
    texts = indices.filter(is_index).to_frame("index").with_row_index("row")
    entries = texts.select("row", entry=pl.col("index").str.extract_all(ENTRY)).explode("entry", empty_as_null=False)
    words = entries.select(
        "row",
        word=pl.col("entry").str.extract(WORD),
        place=pl.col("entry").str.extract(PLACES).str.split(","),
    ).explode("place", empty_as_null=False)
    told = (
        words.with_columns(_unescaped(words["word"]), pl.col("place").str.strip_chars().cast(pl.Int64, strict=False))
        .drop_nulls()
        .sort("row", "place", maintain_order=True)
        .group_by("row", maintain_order=True)
        .agg(pl.col("word").str.join(" "))
    )
    joined = texts.join(told, on="row", how="left", maintain_order="left")["word"]
    return indices.clone().scatter(is_index.arg_true(), joined)


def _unescaped(words: pl.Series) -> pl.Series:
    """Words without the escapes of JSON; all of them are valid, as the record was."""
    rows = words.str.contains("\\", literal=True).fill_null(value=False).arg_true()
    if not len(rows):
        return words
    chosen = '"' + words.gather(rows) + '"'
    return words.clone().scatter(rows, chosen.str.json_decode(pl.String))
