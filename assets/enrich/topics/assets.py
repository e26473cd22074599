"""The topics of the enrich step: papers as vectors, what is alike, what it is about, which category it would have."""

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl

from assets.checks import deliver, table_checks, table_out
from assets.enrich.topics import categories, static
from assets.enrich.topics.neighbors import neighbors as find_neighbors
from assets.enrich.topics.sampling import text_keys
from assets.enrich.topics.topics import counted, find_topics, place
from assets.enrich.topics.vectors import TEXTS, standing_for_all
from assets.enrich.topics.vectors import vectors as make_vectors
from assets.home import Home
from assets.spill import Spill, SpillWriter, batches
from schemas.base import Table
from schemas.enrich_vocabulary import VectorMethod
from schemas.topics import CategorySuggestions, Neighbors, PaperTopics, PaperVectors

TOPICS = ("topics", "paper_topics")
CATEGORIES = ("category_suggestions", "category_model")


def _spilled(pieces: Iterable[pl.DataFrame], model: type[Table], path: Path) -> Spill:
    """Writes a table piece by piece."""
    with SpillWriter(path, model) as writer:
        for piece in pieces:
            writer.write(piece)
    return writer.done()


@dg.multi_asset(
    outs={"paper_vectors": table_out("paper_vectors")}, check_specs=table_checks("paper_vectors"), group_name="enrich"
)
def paper_vectors(home: Home, papers: pl.LazyFrame) -> Iterator[Any]:
    """Makes a vector of the title and the abstract of each paper."""
    started = time.monotonic()
    try:
        pieces = make_vectors(papers, VectorMethod(home.vectors))
        made = _spilled(pieces, PaperVectors, home.scratch / "paper_vectors.parquet")
    except static.MissingPackageError as error:
        raise dg.Failure(str(error)) from error
    counts = {"method": home.vectors, "seconds": round(time.monotonic() - started, 3)}
    yield from deliver({"paper_vectors": made}, {"paper_vectors": counts}, papers=papers)


@dg.multi_asset(outs={"neighbors": table_out("neighbors")}, check_specs=table_checks("neighbors"), group_name="enrich")
def neighbors(home: Home, papers: pl.LazyFrame, paper_vectors: pl.LazyFrame) -> Iterator[Any]:
    """Finds the papers most like each paper."""
    started = time.monotonic()
    found = _spilled(find_neighbors(paper_vectors.collect()), Neighbors, home.scratch / "neighbors.parquet")
    counts = {"seconds": round(time.monotonic() - started, 3)}
    yield from deliver({"neighbors": found}, {"neighbors": counts}, papers=papers)


@dg.multi_asset(outs={name: table_out(name) for name in TOPICS}, check_specs=table_checks(*TOPICS), group_name="enrich")
def topics(home: Home, papers: pl.LazyFrame, paper_vectors: pl.LazyFrame) -> Iterator[Any]:
    """Groups the papers by what they are about, and names the groups."""
    started = time.monotonic()
    count = paper_vectors.select(pl.len()).collect().item()
    found = find_topics(standing_for_all(papers.select(TEXTS), paper_vectors), count)
    pieces = (place(batch, found) for batch in batches(paper_vectors))
    placed = _spilled(pieces, PaperTopics, home.scratch / "paper_topics.parquet")
    rows = counted(found, placed.scan())
    counts = {"mean_stability": rows["stability"].mean(), "seconds": round(time.monotonic() - started, 3)}
    yield from deliver({"topics": rows, "paper_topics": placed}, {"topics": counts}, papers=papers)


@dg.multi_asset(
    outs={name: table_out(name) for name in CATEGORIES}, check_specs=table_checks(*CATEGORIES), group_name="enrich"
)
def category_suggestions(home: Home, papers: pl.LazyFrame, paper_vectors: pl.LazyFrame) -> Iterator[Any]:
    """Suggests an arXiv category for the papers without one, where enough of the others state theirs."""
    started = time.monotonic()
    told = papers.select("paper_id", category=categories.stated())
    stating = told.filter(pl.col("category").is_not_null()).collect()
    known = paper_vectors.join(stating.join(text_keys(papers), on="paper_id").lazy(), on="paper_id")
    learned = categories.learn(known.collect())
    others = paper_vectors.join(told.filter(pl.col("category").is_null()), on="paper_id", how="semi")
    pieces: Iterable[pl.DataFrame] = ()
    if learned.model is not None:
        asked = (categories.suggest(learned.model, batch) for batch in batches(others))
        pieces = (answer.filter(categories.suggestable()) for answer in asked)
    made = _spilled(pieces, CategorySuggestions, home.scratch / "category_suggestions.parquet")
    counts: dict[str, Any] = {"why_not": learned.why_not} if learned.why_not else categories.accuracy(learned.audit)
    counts["seconds"] = round(time.monotonic() - started, 3)
    tables: dict[str, pl.DataFrame | Spill] = {"category_suggestions": made, "category_model": learned.audit}
    yield from deliver(tables, {"category_suggestions": counts}, papers=papers)
