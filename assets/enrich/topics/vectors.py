"""Vectors: papers become rows of `paper_vectors`, batch by batch, by the method that the run asks for."""

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.enrich.topics import static
from assets.enrich.topics.sampling import sample, text_keys
from assets.enrich.topics.space import SAMPLE, Floats, fit, project
from assets.enrich.topics.words import texts_of
from assets.spill import batches
from schemas.enrich_vocabulary import VectorMethod
from schemas.render import polars_schema
from schemas.topics import PaperVectors

TEXTS = ("paper_id", "title", "abstract")
BATCH = 20_000
"""Papers whose words are in memory at once."""

Place = Callable[[pl.DataFrame], tuple[npt.NDArray[np.bool_], Floats]]


def vectors(papers: pl.LazyFrame, method: VectorMethod) -> Iterator[pl.DataFrame]:
    """Makes the vectors of all papers.

    Args:
        papers: Rows of `papers`, sorted by paper_id: a scan of their file.
        method: How.

    Yields:
        Rows of `paper_vectors`, in order; a paper of which nothing can be said has none.

    Raises:
        MissingPackageError: If the method needs a package that is not installed.
    """
    placed = _place(papers, method)
    for batch in batches(papers.select(TEXTS), BATCH):
        known, points = placed(batch)
        ids = batch["paper_id"].filter(pl.Series(known))
        yield pl.DataFrame({"paper_id": ids, "vector": points}, schema=polars_schema(PaperVectors))


def _place(papers: pl.LazyFrame, method: VectorMethod) -> Place:
    """What gives a batch of papers its vectors."""
    if method == VectorMethod.STATIC:
        model = static.load()
        return lambda batch: static.static_vectors(texts_of(batch), model)
    space = fit(standing_for_all(papers.select(TEXTS)))
    return lambda batch: project(batch, space)


def standing_for_all(papers: pl.LazyFrame, beside: pl.LazyFrame | None = None) -> pl.DataFrame:
    """The papers on which space and topics are found: all, or as many as memory has room for; sorted by paper_id.

    Args:
        papers: Columns TEXTS: a scan of a file.
        beside: Column paper_id, and what is to stand beside the texts; papers without are left out.
    """
    some = papers if beside is None else papers.join(beside, on="paper_id")
    ids = some.select("paper_id").collect()
    if ids.height > SAMPLE:
        chosen = sample(text_keys(papers).join(ids, on="paper_id", how="semi"), SAMPLE, "space")
        some = some.join(chosen.lazy(), on="paper_id", how="semi")
    return some.collect().sort("paper_id")
