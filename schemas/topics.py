"""Topics: papers as vectors, which are alike, what they are about together, and which categories that suggests."""

from typing import Annotated, Any, ClassVar

import polars as pl

from schemas.base import Table, column
from schemas.fields import PAPER_ID, Texts, paper_id

DIMENSIONS = 128
"""Length of a paper's vector."""
Vector = Annotated[pl.Array, pl.Float32(), DIMENSIONS]
"""A paper as a point: DIMENSIONS numbers."""

LEAST_PROBABILITY = 0.5
"""A category is suggested where it is more likely than all others together."""

TOPIC_ID = r"^t[0-9a-f]{8}$"


class PaperVectors(Table):
    """One paper as a vector: the cosine of two of them says how much alike title and abstract are."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "main",
            "primary_key": ("paper_id",),
            "foreign_keys": {"paper_id": "papers.paper_id"},
        }

    paper_id: str = paper_id(
        "The paper; one without a word that another paper has is not here, as nothing can be said of it.", unique=True
    )
    vector: Vector = column(
        "Unit vector: TF-IDF of the words of title and abstract, projected on the strongest singular vectors of the "
        "corpus (latent semantic analysis), zeros beyond its rank; or, where a run asks for it, the mean of static "
        "word vectors. Comparable within one published file only."
    )


class Neighbors(Table):
    """One of the ten papers that are most like a paper; of more than 120,000, nearly always."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "main",
            "primary_key": ("paper_id", "rank"),
            "foreign_keys": {"paper_id": "papers.paper_id", "neighbor_id": "papers.paper_id"},
        }

    paper_id: str = paper_id()
    rank: int = column("Place of the neighbor, the most similar first, from 1; equal ones by neighbor_id.", ge=1)
    neighbor_id: str = column("The paper that is like it.", str_matches=PAPER_ID)
    similarity: float = column("Cosine of the two vectors, above 0, to four decimals.", gt=0, le=1)


class Topics(Table):
    """One topic: a group of papers that are about the same, found by clustering their vectors."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {"schema": "main", "primary_key": ("topic_id",), "foreign_keys": {}}

    topic_id: str = column(
        "The topic: `t` and a hash of the three terms of its label, in any order, so that it stays while they do.",
        str_matches=TOPIC_ID,
        unique=True,
    )
    label: str = column("The three most telling terms, in the spelling that the papers use most.")
    terms: Texts = column(
        "The most telling words and phrases, the most telling first: their share of the topic's papers, weighed by how "
        "much larger it is than their share of all papers (class-based TF-IDF)."
    )
    paper_count: int = column("Papers of the topic.", ge=1)
    cohesion: float = column("Mean cosine of its papers with its centre.", ge=-1, le=1)
    stability: float = column(
        "How far the topic is found again when a fifth of the papers is left out and the clustering begins elsewhere: "
        "mean over five such runs of the Jaccard similarity of its members with the most similar cluster. Above 0.75 "
        "it is there whatever one does, below 0.5 it is one of several ways to divide the papers.",
        ge=0,
        le=1,
    )


class PaperTopics(Table):
    """The topic of a paper."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "main",
            "primary_key": ("paper_id",),
            "foreign_keys": {"paper_id": "papers.paper_id", "topic_id": "topics.topic_id"},
        }

    paper_id: str = paper_id(unique=True)
    topic_id: str = column("The topic whose centre is nearest.", str_matches=TOPIC_ID)
    similarity: float = column("Cosine of the paper's vector with the centre of the topic.", ge=-1, le=1)
    margin: float = column(
        "By how much the next nearest centre is less similar: near 0 the paper is between two; than -1 where there is "
        "one topic only.",
        ge=0,
    )


class CategorySuggestions(Table):
    """The arXiv category that a paper without one would most likely have as its primary one."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "main",
            "primary_key": ("paper_id",),
            "foreign_keys": {"paper_id": "papers.paper_id"},
        }

    paper_id: str = paper_id(unique=True)
    category: str = column("arXiv category, as a linear model over paper_vectors suggests it.")
    probability: float = column(
        "How sure the model is, from one half; see audit.category_model for how often it is right.",
        ge=LEAST_PROBABILITY,
        le=1,
    )


class CategoryModel(Table):
    """One arXiv category, and how well it is suggested for papers that state theirs and were held out of training."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {"schema": "audit", "primary_key": ("category",), "foreign_keys": {}}

    category: str = column(
        "arXiv category; `other` is those that fewer than 20 papers state, which are never suggested.", unique=True
    )
    trained_count: int = column("Papers that state it as their primary category and were trained on.", ge=0)
    held_out_count: int = column("Papers that state it and were held out: a fifth, by a hash of their texts.", ge=0)
    predicted_count: int = column("Held-out papers for which it is the likeliest category.", ge=0)
    correct_count: int = column("Those of them that state it.", ge=0)
    suggested_count: int = column(
        "Held-out papers to which it is suggested: it is probable enough, and they are like other papers of it.", ge=0
    )
    suggested_correct_count: int = column("Those of them that state it.", ge=0)
    precision: float = column(
        "Share of suggested_count that is right; empty where nothing is suggested.", nullable=True, ge=0, le=1
    )
    recall: float = column(
        "Share of held_out_count to which it is rightly suggested; empty where none was held out.",
        nullable=True,
        ge=0,
        le=1,
    )
