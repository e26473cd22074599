"""Families of models: what stands behind the name is a version, a variant, a size, or the next word.

`Llama-2-70B-chat` is version 2 of the family Llama, with 70 billion parameters; `LLaMA 13B` has no version;
`GPT 3 times` has none either.
"""

import polars as pl

_SIZE = r"^[-_ ]?(\d+(?:\.\d+)?(?:x\d+(?:\.\d+)?)?[BbMT])\b"
_VERSION = r"^([-_ ]?)([vVkKrR]?\d{1,2}(?:\.\d{1,2})?[a-zA-Z]?)\b"
_NO_VERSION = (
    r"^(?:\.\d|[-\s](?:shot|way|bit|layer|fold|hop|times|step|stage|models?|variants?|billion|million|x)\b"
    r"|\s?[%\u00D7])"
)
_WORD = (
    r"^((?:[-_](?:chat|instruct|base|large|small|medium|tiny|huge|giant|it|hf|turbo|preview|instruction|uncased|cased"
    r"|v\d(?:\.\d)?|\d{2,6})|[-_ ](?:Chat|Instruct|Base|Large|Small|Turbo|Preview|XL|XXL|[LBHSTg](?:/\d{1,2})?|V))\b)"
)
_OTHER_NAME = r"^[-_](?:\p{Lu}|\d)|^[\p{L}\p{N}_@+]"


def with_tails(models: pl.DataFrame, families: pl.DataFrame) -> pl.DataFrame:
    """Reads what stands behind the names of models.

    Args:
        models: Rows of `matching.spelled` that are models.
        families: Names of the families, with joiner, versions and variants.

    Returns:
        The rows with family, version and size (null where there is none), the name with version and variant, and the
        span with all of it; without the rows where another name goes on behind.
    """
    known = families.with_columns(family="name")
    read = models.join(known, on="name", how="left", maintain_order="left").with_columns(
        rest=pl.col("after"),
        size=pl.lit(None, pl.String),
        version=pl.lit(None, pl.String),
        variant=pl.lit(None, pl.String),
        family=pl.when("is_family").then("family"),
    )
    for step in (
        _take_size,
        _take_variant,
        _take_version,
        _take_variant,
        _take_size,
        _take_word,
        _take_size,
        _take_word,
    ):
        read = step(read)
    joint = pl.when(pl.col("joiner") == " ").then(pl.lit(" ")).otherwise(pl.lit("-"))
    version = pl.concat_str(pl.col("joiner"), pl.col("version"))
    taken = (pl.col("after").str.len_chars() - pl.col("rest").str.len_chars()).cast(pl.Int64)
    is_bare = (taken == 0) | (pl.col("version").is_null() & pl.col("size").is_null())
    return read.filter(~(pl.col("rest").str.contains(_OTHER_NAME) & is_bare)).with_columns(
        name=pl.concat_str(
            pl.col("name"), version.fill_null(""), pl.concat_str(joint, pl.col("variant")).fill_null("")
        ),
        span_end=pl.col("span_end") + taken,
        after="rest",
    )


def _take_size(read: pl.DataFrame) -> pl.DataFrame:
    """Takes a number of parameters from the rest, unless there is one already."""
    free = pl.col("size").is_null()
    found = pl.when(free).then(pl.col("rest").str.extract(_SIZE, 1))
    rest = pl.when(free).then(pl.col("rest").str.replace(_SIZE, "")).otherwise("rest")
    return read.with_columns(size=pl.coalesce("size", found.str.replace("b$", "B")), rest=rest)


def _take_version(read: pl.DataFrame) -> pl.DataFrame:
    """Takes a version: one of the family's after a space, any after a hyphen or at once."""
    found = read.with_columns(
        joint=pl.col("rest").str.extract(_VERSION, 1),
        stated=pl.col("rest").str.extract(_VERSION, 2),
        left=pl.col("rest").str.replace(_VERSION, ""),
    )
    listed = (
        found.select("versions", "stated")
        .with_row_index("place")
        .explode("versions")
        .filter(pl.col("versions").str.to_lowercase() == pl.col("stated").str.to_lowercase())
        .select("place", written="versions")
    )
    found = found.with_row_index("place").join(listed, on="place", how="left", maintain_order="left")
    is_one = pl.col("written").is_not_null() | ((pl.col("joint") != " ") & (pl.col("versions").list.len() > 0))
    taken = is_one & pl.col("is_family") & pl.col("version").is_null() & ~pl.col("left").str.contains(_NO_VERSION)
    return found.with_columns(
        version=pl.when(taken).then(pl.coalesce("written", "stated")).otherwise("version"),
        rest=pl.when(taken).then("left").otherwise("rest"),
    ).drop("joint", "stated", "left", "place", "written")


def _take_variant(read: pl.DataFrame) -> pl.DataFrame:
    """Takes a word that belongs to the name in this family."""
    word = r"^[-_ ]?(\p{L}+)\b"
    free = pl.col("variant").is_null() & pl.col("is_family")
    found = pl.col("rest").str.extract(word, 1)
    taken = (free & found.is_in(pl.col("variants"))).fill_null(value=False)
    return read.with_columns(
        variant=pl.when(taken).then(found).otherwise("variant"),
        rest=pl.when(taken).then(pl.col("rest").str.replace(word, "")).otherwise("rest"),
    )


def _take_word(read: pl.DataFrame) -> pl.DataFrame:
    """Takes a word that says how the model was trained or how large it is; it is no part of the name."""
    return read.with_columns(rest=pl.col("rest").str.replace(_WORD, ""))
