"""Abstracts: what of an abstract is compared.

Databases fill the place of an abstract that they do not have (`[No abstract available]`); such a text is equal in
records of any works.
"""

import polars as pl

from assets.dedupe.signatures.minhash import signatures

NO_ABSTRACT = (
    r"^(?:(?:sorry |there is |this \w+ has |contains )?no abstract\b.{0,60}"
    r"|abstracts? (?:(?:is|was|are) )?(?:not |un)(?:currently |yet )?(?:available|provided|found|included)\b.{0,60}"
    r"|abstract|not available|none|null|nil|n a|nan|unknown|)$"
)
"""What a database says of an abstract that it does not have, in search form; what goes on for long is an abstract."""


def abstract_forms(searched: pl.Series) -> pl.DataFrame:
    """Makes what is compared of abstracts.

    Args:
        searched: The search forms of abstracts.

    Returns:
        Columns abstract_search (null where there is no abstract) and signature (null where it has fewer than three
        words).
    """
    stated = searched.alias("abstract_search").to_frame()
    told = stated.with_columns(
        pl.when(~pl.col("abstract_search").str.contains(NO_ABSTRACT)).then("abstract_search").alias("abstract_search")
    )
    return told.with_columns(signatures(told["abstract_search"]))
