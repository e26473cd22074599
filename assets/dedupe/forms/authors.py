"""Authors: what of the names of a record is compared, whatever the order and the abbreviation of their parts.

`Freund, Y.`, `Yoav Freund` and `Y Freund` must agree, and which part is the family name cannot always be told. So a
name is the set of its words, and its keys are each word with the initial of another: `freund y`.
"""

import polars as pl

from assets.validate.search_form import search_forms

GLUED_INITIALS = r"\b(\p{Lu})(\p{Lu})(\p{Lu}?)\b"
"""`Lee JA` has two initials, not a second name."""
STEM = 4
"""Letters of a name that survive most misreadings of its end: `Dogaca` for `Dogac`."""
MOST_WORDS = 8
"""Words of one name; what has more is a list that could not be told apart, and would have too many keys."""
NO_NAME = ("and", "et", "al", "jr", "sr", "the", "of", "phd", "md", "others", "for", "group", "ed", "eds")
"""Words in a list of authors that are no part of a name."""


def author_forms(authors: pl.Series) -> pl.DataFrame:
    """Makes what is compared of lists of authors.

    Args:
        authors: List of String, one name an item.

    Returns:
        Columns author_words (sorted list of the distinct words of two letters or more), author_keys (sorted list of
        `word initial`), author_text (the words as one text), author_stems (sorted list of their first letters),
        author_first (words of the first name), author_count, has_given_names; empty lists, an empty text and 0 where
        there is no name.
    """
    names = (
        authors.rename("name")
        .to_frame()
        .with_row_index("record")
        .explode("name", empty_as_null=False)
        .filter(pl.col("name").is_not_null())
        .with_row_index("person")
        .with_columns(_apart(pl.col("name").str.replace_all(r"[.,]", " ")))
        .with_columns(pl.col("name").map_batches(search_forms, return_dtype=pl.String).str.split(" "))
    )
    words = names.explode("name").filter(~pl.col("name").is_in(NO_NAME), pl.col("name") != "")
    full = words.filter(pl.col("name").str.len_chars() > 1)
    few = pl.len().over("person") <= MOST_WORDS
    keys = (
        full.join(words.filter(few).select("person", other="name"), on="person")
        .filter(pl.col("name") != pl.col("other"))
        .select("record", key=pl.col("name") + " " + pl.col("other").str.head(1))
        .unique()
        .group_by("record")
        .agg(author_keys=pl.col("key").sort())
    )
    distinct = full.unique(["record", "name"]).group_by("record").agg(author_words=pl.col("name").sort())
    first = (
        full.filter(pl.col("person") == pl.col("person").min().over("record"))
        .group_by("record")
        .agg(author_first=pl.col("name").sort())
    )
    people = (
        full.group_by("record", "person")
        .agg(words=pl.len())
        .group_by("record")
        .agg(author_count=pl.len().cast(pl.Int64), has_given_names=(pl.col("words") > 1).mean() > 0.5)
    )
    every = pl.select(record=pl.int_range(len(authors), dtype=pl.get_index_type()))
    return (
        every.join(distinct, on="record", how="left", maintain_order="left")
        .join(keys, on="record", how="left", maintain_order="left")
        .join(first, on="record", how="left", maintain_order="left")
        .join(people, on="record", how="left", maintain_order="left")
        .select(
            pl.col("author_words", "author_keys", "author_first").fill_null([]),
            pl.col("author_count").fill_null(0),
            pl.col("has_given_names").fill_null(value=False),
            author_text=pl.col("author_words").list.join(" ").fill_null(""),
            author_stems=pl.col("author_words").list.eval(pl.element().str.head(STEM).unique().sort()).fill_null([]),
        )
    )


def _apart(name: pl.Expr) -> pl.Expr:
    """Sets glued initials apart; a name in capitals throughout has none that could be told."""
    return pl.when(name.str.contains(r"\p{Ll}")).then(name.str.replace_all(GLUED_INITIALS, "$1 $2 $3")).otherwise(name)
