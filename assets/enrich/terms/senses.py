"""Senses: whether a spelling means the name, by its letters and by the words around it.

`MATH` is a benchmark and `math` is not; `Falcon` is a model beside `LLMs` and a bird or a rocket elsewhere; `mixed
precision` is no metric.
"""

import polars as pl

from assets.enrich.terms.matching import NAMED
from schemas.enrich_vocabulary import TermKind

NEARBY = 110
"""Characters to either side in which the words have to stand that tell the sense."""
_PART_OF_NAME = r"[\p{L}\p{N}]-$"
_OPERATOR = r"[+=^]$"
_PREFIX = r"(?i)\b(?:multi|non|inter|intra|sub|meta|anti|inverse|reverse)-$"
_GOES_ON = r"^[-_](?:\p{Lu}|\d)|^[\p{L}\p{N}_@+]|^\.\d"


def meant(found: pl.DataFrame) -> pl.DataFrame:
    """Keeps the spellings that mean their name.

    Args:
        found: Rows of `matching.spelled`; of models, after `families.with_tails`.

    Returns:
        Those rows.
    """
    is_named = pl.col("kind").is_in([kind.value for kind in NAMED])
    is_stated = pl.col("version").is_not_null() | pl.col("size").is_not_null()
    goes_on = pl.col("after").str.contains(_GOES_ON) & ~is_stated
    is_part = (is_named | (pl.col("mode") != "any")) & pl.col("before").str.contains(_PART_OF_NAME)
    # `recommendations for captains` are no task, `2e+f-1` holds no metric, `multi-image retrieval` is another task
    is_task = pl.col("kind") == TermKind.TASK
    is_several = is_task & pl.col("is_plural") & ~pl.col("mention").str.contains(r"[\s-]")
    is_formula = pl.col("before").str.contains(_OPERATOR)
    is_other = is_task & pl.col("before").str.contains(_PREFIX)
    kept = found.filter(_letters(is_stated), ~goes_on, ~is_part, ~is_several, ~is_formula, ~is_other)
    around = pl.concat_str(pl.col("before").str.slice(-NEARBY), pl.lit(" \x00 "), pl.col("after").str.slice(0, NEARBY))
    needs = pl.col("near").is_not_null() & ~(is_stated & (pl.col("mode") == "context"))
    kept = kept.sort("order")  # equal expressions stand together: each is compiled once
    return kept.filter(
        ~(
            pl.col("not_before").is_not_null()
            & pl.col("before").str.contains(pl.col("not_before")).fill_null(value=False)
        ),
        ~(pl.col("not_after").is_not_null() & pl.col("after").str.contains(pl.col("not_after")).fill_null(value=False)),
        ~needs | around.str.contains(pl.col("near")).fill_null(value=False),
    )


def _letters(is_stated: pl.Expr) -> pl.Expr:
    """Whether the name of a family is written as one: in its letters or in capitals, or with a version or size."""
    is_exact = pl.col("mention") == pl.col("letters")
    capitals = pl.col("mention").str.count_matches(r"\p{Lu}")
    return ~pl.col("is_family") | is_exact | is_stated | ((pl.col("mode") == "any") & (capitals >= 2))
