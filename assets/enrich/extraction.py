"""Extraction: what is found in the abstracts of all papers, batch by batch, each with the span that proves it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assets.parallel import in_order
from assets.spill import BATCH, Spill, SpillWriter, batches
from schemas.base import Table

TEXTS = ("paper_id", "title", "abstract")
"""What a kernel is given of each paper."""

PIECE = BATCH
"""Papers that a kernel is given at a time: as many pieces are under way as there are threads, since no kernel keeps all
of them busy by itself."""

Kernel = Callable[[pl.DataFrame], pl.DataFrame]


@dataclass(frozen=True)
class Extraction:
    """What was found."""

    rows: Spill
    """The table, in the order of its papers."""
    faults: int
    """Rows whose span does not hold them."""


def extract(
    papers: pl.LazyFrame, kernel: Kernel, model: type[Table], path: Path, *, surface: str = "surface"
) -> Extraction:
    """Runs a kernel over the texts of all papers, some at a time.

    Args:
        papers: Rows of `papers`, sorted: a scan of their file.
        kernel: Columns TEXTS of some papers -> rows of the model, sorted by paper_id.
        model: Contract of what it finds; it has paper_id, span_start, span_end.
        path: Where the table is written.
        surface: The column that holds what stands in the abstract between span_start and span_end.

    Returns:
        The table, and how many of its spans are wrong.

    Raises:
        SpillError: If it cannot be written.
    """
    faults = 0
    with SpillWriter(path, model) as writer:
        for piece, found in each(batches(papers.select(TEXTS), PIECE), kernel):
            faults += span_faults(found, piece, surface)
            writer.write(found)
    return Extraction(writer.done(), faults)


def each(pieces: Iterable[pl.DataFrame], kernel: Kernel) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Runs a kernel over pieces of a table, several at a time.

    Args:
        pieces: Some papers each.
        kernel: What it finds depends on each paper alone.

    Returns:
        Each piece and what was found in it, in the order of the pieces.
    """
    return in_order(lambda piece: (piece, kernel(piece)), pieces)


def span_faults(found: pl.DataFrame, papers: pl.DataFrame, surface: str = "surface") -> int:
    """Counts the rows whose span does not hold them: `abstract[span_start:span_end]` is the evidence.

    Args:
        found: Columns paper_id, span_start, span_end (characters), and the surface.
        papers: Columns paper_id, abstract.
        surface: Name of the column that the abstract has to hold there.
    """
    evidence = pl.col("abstract").str.slice(pl.col("span_start"), pl.col("span_end") - pl.col("span_start"))
    beside = found.select("paper_id", "span_start", "span_end", surface).join(
        papers.select("paper_id", "abstract"), on="paper_id", how="left"
    )
    return beside.filter(evidence.ne_missing(pl.col(surface))).height
