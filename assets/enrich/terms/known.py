"""Known names: models, data sets, benchmarks, tasks and metrics of the gazetteer, each under its one name.

Where the spellings stand is found in `matching`, versions are read in `families`, the sense is told in `senses`; here
what is left is put in order: of names that overlap the longest counts, and what the abstract itself defines
otherwise does not.
"""

import polars as pl

from assets.enrich.terms.families import with_tails
from assets.enrich.terms.gazetteer.read import gazetteer
from assets.enrich.terms.matching import spelled
from assets.enrich.terms.senses import meant
from schemas.enrich_vocabulary import TermKind, TermRule

COLUMNS = ("row", "kind", "name", "surface", "family", "version", "size", "rule", "span_start", "span_end")


def known_names(texts: pl.DataFrame, defined: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Finds the names of the gazetteer.

    Args:
        texts: Columns `row` (unique) and `text` (String; null has none).
        defined: Rows of `acronyms` of the same texts.
        new: Rows of `proposed` of the same texts: what bears these names in a paper is its own.

    Returns:
        Columns COLUMNS, sorted by row and span_start; spans do not overlap.
    """
    lists = gazetteer()
    own_names = new.select("row", mention="name")
    found = spelled(texts, lists).join(own_names, on=["row", "mention"], how="anti", maintain_order="left")
    is_model = pl.col("kind") == TermKind.MODEL
    models = with_tails(found.filter(is_model), lists.families)
    read = meant(pl.concat([models, found.filter(~is_model)], how="diagonal"))
    own = _apart(_as_defined(read, defined))
    length = pl.col("span_end") - pl.col("span_start")
    written = own.join(texts.select("row", "text"), on="row", maintain_order="left").with_columns(
        surface=pl.col("text").str.slice(pl.col("span_start"), length), rule=pl.lit(TermRule.GAZETTEER)
    )
    return written.select(COLUMNS)


def _as_defined(found: pl.DataFrame, defined: pl.DataFrame) -> pl.DataFrame:
    """Drops a name that the abstract uses as an acronym for something else: `self-attention mechanism (SAM)`."""
    fold = r"[\s_\-]+"
    meanings = gazetteer().entries.select("name", key="key").unique().with_columns(is_same=pl.lit(value=True))
    own = defined.select(
        "row",
        mention="name",
        key=pl.col("expansion").str.to_lowercase().str.replace_all(fold, "").str.replace("s$", ""),
    )
    singular = meanings.with_columns(key=pl.col("key").str.replace("s$", ""))
    told = (
        pl.concat([meanings, singular])
        .unique()
        .join(own, on="key", how="inner")
        .select("row", "mention", "name", "is_same")
        .unique()
    )
    claimed = defined.select("row", mention="name").unique().with_columns(is_claimed=pl.lit(value=True))
    beside = found.join(claimed, on=["row", "mention"], how="left").join(
        told, on=["row", "mention", "name"], how="left"
    )
    is_ambiguous = (pl.col("mode") != "any") | pl.col("key").str.contains(r"^\p{L}{2,5}$")
    other = pl.col("is_claimed").fill_null(value=False) & ~pl.col("is_same").fill_null(value=False)
    return beside.filter(~(other & is_ambiguous))


def _apart(found: pl.DataFrame) -> pl.DataFrame:
    """Of names that overlap keeps the first and longest."""
    ordered = found.sort("row", "span_start", "span_end", "order", descending=[False, False, True, False])
    reached = pl.col("span_end").cum_max().shift(1).over("row").fill_null(-1)
    return ordered.filter(pl.col("span_start") >= reached)
