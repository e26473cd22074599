"""Quality: what is measured of the text of each paper, what is usual, and which papers are far from it."""

from typing import Any, ClassVar

from schemas.base import Table, column
from schemas.enrich_vocabulary import QualityMeasure, QualityOutlier
from schemas.fields import Texts, paper_id

SHARE: dict[str, Any] = {"in_range": {"min_value": 0, "max_value": 1}}
ANY_LANGUAGE = "any"
"""Stands for the language of a measure that does not depend on one."""


class Quality(Table):
    """One paper and what is measured of its title and abstract: a profile, never one score."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "main",
            "primary_key": ("paper_id",),
            "foreign_keys": {"paper_id": "papers.paper_id"},
        }

    paper_id: str = paper_id(unique=True)
    compared_with: str = column(
        "Language of the papers that it is compared with: its own, or the most common one where its own cannot be "
        "told; empty where too few papers are in its language.",
        nullable=True,
    )
    title_characters: int = column("Length of the title.", unit="characters", ge=0)
    title_words: int = column("Words of the title: runs of letters and digits.", unit="words", ge=0)
    title_upper_share: float = column("Share of capital letters among the characters of the title.", **SHARE)
    title_surprise: float = column(
        "How badly the title can be foretold, letter by letter, from all other texts; see surprise. Empty for a short "
        "title, or where there is little to compare with.",
        unit="bits per character",
        nullable=True,
        ge=0,
    )
    abstract_characters: int = column(
        "Length of the abstract; empty, as all that follows of it, where there is none.",
        unit="characters",
        nullable=True,
        ge=0,
    )
    abstract_words: int = column(
        "Words of the abstract: runs of letters and digits, so that a compound with hyphens has several; in Chinese "
        "and Japanese, characters.",
        unit="words",
        nullable=True,
        ge=0,
    )
    abstract_sentences: int = column(
        "Sentences of the abstract: stops before a capital, or at the end; at least one.",
        unit="sentences",
        nullable=True,
        ge=1,
    )
    sentence_words: float = column("Mean length of its sentences.", unit="words", nullable=True, ge=0)
    word_characters: float = column(
        "Mean length of its words, with the signs beside them; empty where it has no word.",
        unit="characters",
        nullable=True,
        ge=0,
    )
    lexical_diversity: float = column(
        "Share of different words among 50 in a row, on average over all such windows (moving-average type-token "
        "ratio, MATTR), since the plain ratio falls with the length of a text; empty for fewer than 50 words.",
        nullable=True,
        **SHARE,
    )
    repeated_share: float = column(
        "Share of its words in passages of eight or more that stood in it before, word for word.",
        nullable=True,
        **SHARE,
    )
    compression_ratio: float = column(
        "Its bytes by those that are left when six or more that stood in it within the last 1000 are pointed at, at "
        "three bytes a pointer: 1 where nothing is repeated. The arithmetic of a compressor, and the same for ever.",
        nullable=True,
        ge=0,
    )
    surprise: float = column(
        "How badly it can be foretold, letter by letter, from all other titles and abstracts: mean of -log2 of the "
        "chance of each character after the two before it; empty where there is little to compare with.",
        unit="bits per character",
        nullable=True,
        ge=0,
    )
    title_words_share: float = column(
        "Share of the title's words that occur in the abstract, told by their first five letters, words of one or two "
        "aside; empty where there are none.",
        nullable=True,
        **SHARE,
    )
    digit_share: float = column("Share of digits among the characters of the abstract.", nullable=True, **SHARE)
    symbol_share: float = column(
        "Share of signs among them that are neither letters, digits, spaces nor ordinary punctuation.",
        nullable=True,
        **SHARE,
    )
    upper_share: float = column("Share of capital letters among them.", nullable=True, **SHARE)
    non_ascii_share: float = column("Share of characters beyond ASCII among them.", nullable=True, **SHARE)
    residue_count: int = column(
        "Remains of markup in title and abstract: tags, entities, commands of LaTeX, formulas in dollars, escapes, "
        "garbled and control characters.",
        ge=0,
    )
    stated_count: int = column("Fields of the paper that are stated, of those that missing_fields may name.", ge=0)
    missing_fields: Texts = column(
        "Columns of `papers` that no listing of it states, in their order, those aside that are never empty."
    )
    outliers: Texts = column("In what it is far from what is usual, sorted; see `outliers`.", members=QualityOutlier)


class Outliers(Table):
    """One measure in which a paper is far from what is usual, and what would be."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "main",
            "primary_key": ("paper_id", "outlier"),
            "foreign_keys": {"paper_id": "papers.paper_id"},
        }

    paper_id: str = paper_id()
    outlier: str = column("In what it is far from what is usual.", isin=list(QualityOutlier))
    measure: str = column("The column of `quality` that says so, or the language.", isin=list(QualityMeasure))
    value: float = column("Its value; empty for the language.", nullable=True)
    bound: float = column(
        "The bound in `audit.quality_bounds` that it is beyond; empty for the language.", nullable=True
    )
    explanation: str = column("The same in words.")


class QualityBounds(Table):
    """One measure of quality among the papers of one language: what is usual, and from where on it is not."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "audit",
            "primary_key": ("measure", "language"),
            "foreign_keys": {},
        }

    measure: str = column("Column of `quality`.", isin=list(QualityMeasure))
    language: str = column(
        f"Language of the papers, see compared_with in `quality`; `{ANY_LANGUAGE}` where it does not matter."
    )
    paper_count: int = column("Papers that were measured.", ge=1)
    low_value: float = column("One in twenty papers is below it.")
    median_value: float = column("Half of the papers are below it.")
    high_value: float = column("One in twenty papers is above it.")
    lower_bound: float = column(
        "Values below it are outliers; empty where no value is too low, or too few papers were measured.", nullable=True
    )
    upper_bound: float = column(
        "Values above it are outliers; empty where no value is too high, or too few papers were measured.",
        nullable=True,
    )
