"""Loose names: what the readers leave together because it could be read in two ways is taken apart for comparison.

What is displayed must be certain, what is compared need not: a name that is cut in the wrong place still shares its
words with the same name elsewhere, while twenty names in one share their words with everybody.
"""

import polars as pl

from assets.parse.name_lists import BEFORE_LAST

MARK = "\x1f"
"""Stands between names once they are told apart."""
RUN = r"^\P{L}*\p{L}{2,}.*\p{L}\.\p{L}{2}"
"""`Meld D. R.Cain B. S. Jr.van Wyl D.`: family names first, and no space after the stop of the one before."""
BETWEEN_RUN = r"\.(\p{L}{2})"
INITIALS = r",\s*(\p{Lu}{1,3}|(?:\p{L}(?:\.[\s-]*|[\s-]+)){0,3}\p{L}\.?)\s*(?:,|$)"
"""`, A. B.,`: initials that a comma parts from the family name before them."""

TWO_NAMES = r"^\s*(?:\p{L}\.[\s-]*)+\p{L}{2,}[^,]*,\s*(?:\p{L}\.[\s-]*)+\p{L}{2,}"
"""`a. lee, n. anker`: two names, although `Lee, Ann` is one."""


def loosely_split(authors: pl.Series, stated: pl.Series) -> pl.Series:
    """Takes apart what stands for several names.

    Args:
        authors: List of String, the names as they are displayed.
        stated: List of String, the names as the readers split them.

    Returns:
        List of String, the names in the order of the source; lists in which every name is one are as they were.
    """
    name = pl.element()
    are_two = stated.list.eval(name.str.contains(TWO_NAMES)).list.any().fill_null(value=False)
    authors = stated.zip_with(are_two, authors)
    is_run = ~name.str.contains(",", literal=True) & name.str.contains(RUN)
    rows = authors.list.eval(name.str.contains(",", literal=True) | is_run).list.any().fill_null(value=False)
    places = rows.arg_true()
    if not len(places):
        return authors
    split = (
        pl.DataFrame({"row": places, "name": authors.gather(places)})
        .explode("name", empty_as_null=False)
        .select("row", _apart(pl.col("name")).str.split(MARK).alias("name"))
        .explode("name", empty_as_null=False)
        .with_columns(pl.col("name").str.strip_chars(" ,;&\t\n\r"))
        .filter(pl.col("name") != "")
        .group_by("row", maintain_order=True)
        .agg("name")
    )
    both = pl.DataFrame({"authors": authors}).with_row_index("row").with_columns(pl.col("row").cast(split["row"].dtype))
    joined = both.join(split, on="row", how="left", maintain_order="left")
    return joined.select(pl.coalesce("name", "authors").alias(authors.name)).to_series()


def _apart(name: pl.Expr) -> pl.Expr:
    """A text with marks between the names in it."""
    listed = name.str.replace_all(BEFORE_LAST, ", ").str.replace_all(r",\s*,", ",")
    listed = listed.str.replace_all(INITIALS, f" $1{MARK}").str.replace_all(",", MARK, literal=True)
    run = name.str.replace_all(BETWEEN_RUN, f".{MARK}$1")
    return (
        pl.when(name.str.contains(",", literal=True))
        .then(listed)
        .when(name.str.contains(RUN))
        .then(run)
        .otherwise(name)
    )
