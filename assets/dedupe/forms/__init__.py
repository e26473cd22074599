"""Forms: what of a record is compared, field by field, in the shape that makes equal things equal.

One module per field. Forms are never displayed; the record keeps its own words.
"""

import polars as pl

from assets.dedupe.forms.abstracts import abstract_forms
from assets.dedupe.forms.authors import author_forms
from assets.dedupe.forms.places import place_forms
from assets.dedupe.forms.titles import title_forms
from assets.dedupe.forms.venues import venue_forms
from assets.dedupe.records import ID_COLUMNS

__all__ = ["forms"]


def forms(records: pl.DataFrame) -> pl.DataFrame:
    """Makes the comparable forms of records.

    Args:
        records: Columns RECORD_SCHEMA.

    Returns:
        One row per record, in the same order: listing_id, the identifiers, year, rendered, and what
        `title_forms`, `author_forms`, `venue_forms`, `place_forms` and `abstract_forms` make.
    """
    parts = [
        records.select("listing_id", *ID_COLUMNS, "year", "rendered"),
        title_forms(records["title"], records["title_search"]),
        author_forms(records["authors"]),
        venue_forms(records),
        place_forms(records["volume"], records["issue"], records["pages"]),
        abstract_forms(records["abstract_search"]),
    ]
    return pl.concat(parts, how="horizontal")
