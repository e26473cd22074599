"""The words around a link: what its sentence says of it, before and after.

A sentence does not end at a dot inside a link or an abbreviation. Of several links in a sentence each has the words
since the one before it; a link that is only joined on with "and" shares the words of the one before.
"""

import polars as pl

REACH = 300
"""Characters before a link in which its sentence may begin; what is said further away is not said of the link."""
REACH_AFTER = 160
"""Characters after a link that may still be said of it."""

_ABBREVIATED = r"(?i)\b(e\.g|i\.e|et al|etc|vs|cf|resp|fig|sec|eq|approx|dr|prof|inc|ltd|a\.k\.a|w\.r\.t)\."
_CONTROL = r"\\(?:href|url|footnote|texttt|textcolor|nolinkurl|emph|textbf|textit|text|hyperlink|hyperref)\b"
_SENTENCE_END = r"(?s)^.*(?:[.!?][)\"'\x{201D}\x{2019}\]]*\s|\n\s*\n)"
_GLUED_SENTENCE = r"(?s)^.*\w[.!?]([A-Z][a-z]+\s)"
"""An end of a sentence that lost its space: `ADE20K.Code is available`."""
_JOINED = (
    r"(?i)^[\s,:&/|(){}\[\]$~-]*(?:and|or|as well as|also|respectively)?"
    r"[\s,:&/|(){}\[\]$~-]*(?:at|on|in|from|via)?[\s,:&/|(){}\[\]$~-]*$"
)


def with_words(links: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Adds to each link the words that its sentence says of it.

    Args:
        links: Columns row, span_start, span_end, sorted by row and span_start, and any others.
        texts: Columns row and text.

    Returns:
        The same rows with columns `before` and `after`: text without line breaks; "" where there is none.
    """
    text, start, end = pl.col("text"), pl.col("span_start"), pl.col("span_end")
    last_end = end.shift(1).over("row").fill_null(0)
    next_start = start.shift(-1).over("row").fill_null(text.str.len_chars().cast(pl.Int64))
    begin = pl.max_horizontal(last_end, start - REACH)
    between = pl.when(last_end > 0).then(text.str.slice(last_end, start - last_end))
    own = pl.when(~pl.col("joined")).then("before").forward_fill().over("row").fill_null("")
    return (
        links.join(texts.select("row", "text"), on="row", how="left", maintain_order="left")
        .with_columns(
            joined=between.str.contains(_JOINED).fill_null(value=False),
            before=_end_of_sentence(text.str.slice(begin, start - begin)),
            after=_rest_of_sentence(
                text.str.slice(end, pl.min_horizontal(next_start - end, pl.lit(REACH_AFTER, dtype=pl.Int64)))
            ),
        )
        .with_columns(before=own)
        .drop("text", "joined")
    )


def _end_of_sentence(words: pl.Expr) -> pl.Expr:
    """What stands between the last end of a sentence and the end of the text."""
    return _on_one_line(
        words.str.replace_all(_CONTROL, " ")
        .str.replace_all(_ABBREVIATED, "${1}")
        .str.replace(_SENTENCE_END, "")
        .str.replace(_GLUED_SENTENCE, "${1}")
    )


def _rest_of_sentence(words: pl.Expr) -> pl.Expr:
    """What stands between the beginning of the text and the next end of a sentence."""
    return _on_one_line(
        words.str.replace_all(_CONTROL, " ")
        .str.replace_all(_ABBREVIATED, "${1}")
        .str.replace(r"(?s)[.!?](?:\s.*)?$", "")
        .str.replace(r"(?s)\n\s*\n.*$|[.!?][)\]]*\s.*$", "")
    )


def _on_one_line(words: pl.Expr) -> pl.Expr:
    return words.str.replace_all(r"\s+", " ")
