"""Reasons: what a listing states of a field, although the field is empty.

A field is understood where it has a value. Where it has none, the source's own words tell whether it says anything of
it: names that are none of people, an identifier that breaks the syntax of its kind, a date in no known form, the day of
a page without its year. Words that say that there is nothing to say, such as `Anonymous` or `n.d.`, state nothing.
"""

import polars as pl

from assets.parse.identifiers import COLUMN_OF, TWO_DOIS
from assets.parse.names import IS_NOBODY
from schemas.enrich_vocabulary import MissingReason

READ = (
    "listing_id",
    "dump_id",
    "page",
    "page_date_raw",
    "authors_raw",
    "authors",
    "published_raw",
    "published_on",
    "invalid_ids",
    "source_fields",
)
"""Columns of `listings` that tell of what was not understood."""
DATE_WORDS = ("year", "date", "issued", "py", "y1", "publication_date", "publication_year", "pub_date", "pubdate")
DATE_KEYS = (
    *(spelt for word in DATE_WORDS for spelt in (word, word.capitalize(), word.upper())),
    "%D",
    "publicationDate",
    "publicationYear",
    "pubDate",
    "pubYear",
)
"""Names under which sources state the date of publication and nothing else."""
HAS_DATE_KEY = rf"\"(?:{'|'.join(DATE_KEYS)})\":"
SAYS_SOMETHING = r"[1-9]"
"""What is stated of a date has a figure in it; `n.d.` and `in press` do not."""
KEPT_CHARACTERS = 200
"""Characters that are kept of a statement."""
AROUND_NAMES = '{}[]()" \t\n'
COLUMNS = ("listing_id", "field", "reason", "stated")
GRAVEST = [str(reason) for reason in (MissingReason.CONFLICT, MissingReason.AMBIGUOUS, MissingReason.NOT_PARSED)]
"""The reasons in the order in which one hides another."""


def not_understood(listings: pl.DataFrame, pages: pl.DataFrame) -> pl.DataFrame:
    """Lists what listings state of fields that are empty all the same.

    Args:
        listings: Columns READ.
        pages: Rows of `pages`.

    Returns:
        COLUMNS, one row per listing and statement; the day of the page is the field `listed_on`.
    """
    found = [_authors(listings), _identifiers(listings), _dates(listings), _days(listings, pages)]
    return pl.concat(rows.select(COLUMNS) for rows in found).with_columns(pl.col("stated").str.head(KEPT_CHARACTERS))


def _authors(listings: pl.DataFrame) -> pl.DataFrame:
    """Authors that are stated, none of whom is a person or a body with a name."""
    stated = pl.col("authors_raw").str.strip_chars(AROUND_NAMES)
    is_lost = (pl.col("authors").list.len() == 0) & (stated != "") & ~stated.str.contains(IS_NOBODY)
    return listings.filter(is_lost).select(
        "listing_id", field=pl.lit("authors"), reason=pl.lit(str(MissingReason.NOT_PARSED)), stated="authors_raw"
    )


def _identifiers(listings: pl.DataFrame) -> pl.DataFrame:
    """Identifiers that break the syntax of their kind, or are two in one place."""
    parts = (
        listings.filter(pl.col("invalid_ids").list.len() > 0)
        .select("listing_id", "invalid_ids")
        .explode("invalid_ids", empty_as_null=False)
        .with_columns(pl.col("invalid_ids").str.splitn(": ", 2).struct.rename_fields(["kind", "stated"]))
        .unnest("invalid_ids")
    )
    is_double = (pl.col("kind") == "doi") & pl.col("stated").str.contains(TWO_DOIS)
    reason = pl.when(is_double).then(pl.lit(str(MissingReason.AMBIGUOUS)))
    return (
        parts.with_columns(
            field=pl.col("kind").replace_strict(COLUMN_OF, default=None, return_dtype=pl.String),
            reason=reason.otherwise(pl.lit(str(MissingReason.NOT_PARSED))),
        )
        .drop_nulls("field")
        .select("listing_id", "field", "reason", "stated")
    )


def _dates(listings: pl.DataFrame) -> pl.DataFrame:
    """Dates of publication that are in no known form, where the reader looks for them or among the other fields."""
    undated = listings.filter(pl.col("published_on").is_null())
    some = undated.filter(pl.col("published_raw").is_not_null() | pl.col("source_fields").str.contains(HAS_DATE_KEY))
    others = [pl.col("source_fields").str.json_path_match(f"$['{key}']") for key in DATE_KEYS]
    told = [pl.col("published_raw"), *others]
    stated = pl.coalesce(pl.when(one.str.contains(SAYS_SOMETHING)).then(one) for one in told)
    return (
        some.select("listing_id", stated=stated)
        .drop_nulls("stated")
        .with_columns(field=pl.lit("published_on"), reason=pl.lit(str(MissingReason.NOT_PARSED)))
    )


def _days(listings: pl.DataFrame, pages: pl.DataFrame) -> pl.DataFrame:
    """Days of pages that have a date line and no certain day."""
    undated = pages.filter(pl.col("missing_reason").is_in(GRAVEST)).select("dump_id", "page", reason="missing_reason")
    return listings.join(undated, on=["dump_id", "page"]).select(
        "listing_id", "reason", field=pl.lit("listed_on"), stated="page_date_raw"
    )
