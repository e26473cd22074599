"""Topics: the vectors of papers are clustered, and each cluster is named by what its papers have in common."""

import math
from dataclasses import dataclass

import numpy as np
import polars as pl

from assets.enrich.topics.cluster import PARTS, assign, cluster, stability
from assets.enrich.topics.labels import label_terms
from assets.enrich.topics.sampling import spread, text_key
from assets.enrich.topics.space import NO_DIRECTION, Floats
from assets.enrich.topics.threads import one_thread
from assets.enrich.topics.words import texts_of
from assets.hashing import blake2b_hex
from schemas.render import polars_schema
from schemas.topics import DIMENSIONS, PaperTopics, Topics

FEWEST_PAPERS = 10
"""Of fewer papers no topics are made."""
FEWEST_MEMBERS = 3
"""Fewer papers are no topic of their own."""
FEWEST_DIRECTIONS = 8
MOST_TOPICS = 200
"""More would be more than a person looks through."""
LABEL_TERMS = 3
DIGITS = 4
"""Decimals of cosines and shares: the further ones depend on the machine."""


@dataclass(frozen=True)
class Found:
    """The topics of a corpus."""

    described: pl.DataFrame
    """topic_id, label, terms, stability, in the order of `centres`."""
    centres: Floats
    """Topics x directions."""
    paper_count: int
    """How many papers there are in all."""


DESCRIBED = ("topic_id", "label", "terms", "stability")


def clustered(vectors: Floats, papers: int) -> Floats:
    """The part of the vectors that is clustered: their strongest directions, as many as the root of the papers.

    In a small corpus the weaker ones are chance: of 400 papers, clusters in 128 directions are found again half as well
    as in 20.

    Args:
        vectors: Papers x DIMENSIONS, the strongest direction first.
        papers: How many papers there are in all.
    """
    kept = vectors[:, : int(np.clip(round(math.sqrt(papers)), FEWEST_DIRECTIONS, DIMENSIONS))]
    lengths: Floats = np.linalg.norm(kept, axis=1, keepdims=True)
    return np.divide(kept, np.maximum(lengths, NO_DIRECTION), dtype=np.float32)


def topic_count(papers: int) -> int:
    """How many topics are looked for: the customary root of half of the papers."""
    return max(1, min(round(math.sqrt(papers / 2)), MOST_TOPICS))


def find_topics(papers: pl.DataFrame, paper_count: int) -> Found:
    """Finds the topics.

    Args:
        papers: Columns paper_id, title, abstract, vector of the papers that stand for all, in any order.
        paper_count: How many papers there are in all.

    Returns:
        The topics; none of fewer than FEWEST_PAPERS papers, and none that has no word in common.
    """
    keyed = papers.with_columns(text_key(papers)).sort("text_key")  # of whom the starts are drawn, whatever their ids
    points = clustered(keyed["vector"].to_numpy(), paper_count)
    if papers.height < FEWEST_PAPERS:
        return Found(polars_schema(Topics).to_frame().select(DESCRIBED), points[:0], paper_count)
    found = cluster(points, topic_count(paper_count), FEWEST_MEMBERS)
    part = (spread(keyed["text_key"], "part") % PARTS).astype(np.int64)
    steady = stability(points, found, part)
    terms = label_terms(texts_of(keyed), found.member)
    named = _named(terms).with_columns(stability=pl.Series(steady.round(DIGITS)).gather(terms["topic"].unique().sort()))
    order = named["topic_id"].arg_sort()
    centres = found.centres[named["topic"].to_numpy()]
    return Found(named[order].select(DESCRIBED), centres[order.to_numpy()], paper_count)


def place(vectors: pl.DataFrame, found: Found) -> pl.DataFrame:
    """Gives papers to topics.

    Args:
        vectors: Rows of `paper_vectors`.
        found: The topics.

    Returns:
        Rows of `paper_topics`, in the order of the vectors; none where there are no topics.
    """
    if not len(found.centres):
        return polars_schema(PaperTopics).to_frame()
    with one_thread():
        points = clustered(vectors["vector"].to_numpy(), found.paper_count)
        member, similarity, margin = assign(points, found.centres)
    return vectors.select(
        "paper_id",
        topic_id=found.described["topic_id"].gather(member),
        similarity=_rounded(similarity),
        margin=_rounded(margin),
    )


def counted(found: Found, placed: pl.LazyFrame) -> pl.DataFrame:
    """Completes the topics by what their papers say.

    Args:
        found: The topics.
        placed: Rows of `paper_topics`.

    Returns:
        Rows of `topics`, sorted by topic_id.
    """
    sums = placed.group_by("topic_id").agg(
        paper_count=pl.len().cast(pl.Int64),
        # in ten-thousandths, which are whole: their sum does not depend on the order
        cohesion=((pl.col("similarity") * 10**DIGITS).round().cast(pl.Int64).sum() / pl.len() / 10**DIGITS).round(
            DIGITS
        ),
    )
    return found.described.join(sums.collect(), on="topic_id").select(polars_schema(Topics).names()).sort("topic_id")


def _named(terms: pl.DataFrame) -> pl.DataFrame:
    """Label and identifier of each topic: topic, topic_id, label, terms; sorted by topic."""
    first = pl.col("rank") < LABEL_TERMS
    named = terms.group_by("topic", maintain_order=True).agg(
        label=pl.col("term").filter(first).str.join(", "),
        terms=pl.col("term"),
        key=pl.col("folded").filter(first).sort().str.join(", "),
        longer_key=pl.col("folded").str.join(", "),
    )
    # two topics whose labels have the same terms are told apart by the others, and by their order
    named = named.with_columns(
        key=pl.when(pl.col("key").is_first_distinct())
        .then("key")
        .otherwise(pl.col("longer_key") + ";" + pl.col("topic").cast(pl.String))
    )
    return named.with_columns(topic_id="t" + blake2b_hex(named["key"], digits=8))


def _rounded(cosines: Floats) -> pl.Series:
    """As they are stored: never beyond 1, which rounding errors pass."""
    return pl.Series(cosines.astype(np.float64).round(DIGITS).clip(-1, 1))
