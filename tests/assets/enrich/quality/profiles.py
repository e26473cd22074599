"""Papers in, their quality out: what the tests of the room share."""

import random
from collections.abc import Sequence

import polars as pl

from assets.enrich.quality.bounds import bounds, languages
from assets.enrich.quality.judge import outliers, with_outliers
from assets.enrich.quality.measures import READ, measured
from assets.enrich.quality.surprise import Model
from schemas.papers import Papers
from schemas.render import polars_schema
from tests.works import abstract, work

Row = tuple[str, str | None, str | None]
"""Title, abstract, language."""


def ordinary(number: int) -> Row:
    """A paper as any other."""
    return work(number).title, abstract(random.Random(f"abstract {number}"), sentences=8 + number % 5), "en"


def papers(rows: Sequence[Row]) -> pl.DataFrame:
    """A table of papers, as far as quality reads it, in the order of their ids."""
    known = polars_schema(Papers)
    frame = pl.DataFrame(
        [(f"p{number:016x}", *row) for number, row in enumerate(rows)],
        schema=dict.fromkeys(("paper_id", "title", "abstract", "language"), pl.String),
        orient="row",
    )
    rest = [pl.lit(None, known[name]).alias(name) for name in READ if name not in frame.columns]
    lists = [pl.lit([], known[name]).alias(name) for name in READ if known[name] == pl.List(pl.String)]
    return frame.with_columns(rest).with_columns(lists).select(READ)


def profile(table: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """`quality`, `outliers` and `quality_bounds` of some papers."""
    model = Model()
    model.read(table["title"])
    model.read(table["abstract"])
    measures = measured(table, model, languages(table.lazy()))
    limits = bounds(measures.lazy())
    found = outliers(measures, limits)
    return with_outliers(measures, found), found, limits
