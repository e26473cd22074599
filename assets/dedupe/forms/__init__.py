"""Forms: what of a record is compared, field by field, in the shape that makes equal things equal.

One module per field. Forms are never displayed; the record keeps its own words.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

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
    makers: tuple[Callable[[], pl.DataFrame], ...] = (
        lambda: records.select("listing_id", *ID_COLUMNS, "year", "rendered"),
        lambda: title_forms(records["title"], records["title_search"]),
        lambda: author_forms(records["authors"]),
        lambda: venue_forms(records),
        lambda: place_forms(records["volume"], records["issue"], records["pages"]),
        lambda: abstract_forms(records["abstract_search"]),
    )
    with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
        parts = [one.result() for one in [pool.submit(make) for make in reversed(makers)]]  # abstracts take longest
    return pl.concat(reversed(parts), how="horizontal")
