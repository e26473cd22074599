"""Scales: which measures are compared, on which scale they spread evenly, and how an outlier is put into words."""

from dataclasses import dataclass
from enum import Enum

import polars as pl

from schemas.enrich_vocabulary import QualityMeasure as Measure
from schemas.enrich_vocabulary import QualityOutlier as Outlier

LEAST_LOGARITHM = 0.01
"""What is smaller counts as this much where logarithms are taken: no share is smaller, and no length but 0."""


class Spread(Enum):
    """On which scale the values of a measure lie evenly around their middle."""

    PLAIN = "plain"
    """As they are: means of many characters or words."""
    ROOT = "root"
    """Their square roots: counts, and shares of what is rare."""
    LOG = "log"
    """Their logarithms: what may be a fraction or a multiple of the usual."""

    def scaled(self, value: pl.Expr) -> pl.Expr:
        """Values on the scale."""
        match self:
            case Spread.ROOT:
                return value.sqrt()
            case Spread.LOG:
                return value.clip(lower_bound=LEAST_LOGARITHM).log()
            case Spread.PLAIN:
                return value

    def plain(self, scaled: pl.Expr) -> pl.Expr:
        """Back from the scale."""
        match self:
            case Spread.ROOT:
                return scaled.clip(lower_bound=0).pow(2)
            case Spread.LOG:
                return scaled.exp()
            case Spread.PLAIN:
                return scaled


@dataclass(frozen=True)
class End:
    """One end of a measure: too low, or too high."""

    outlier: Outlier
    """What a value beyond the bound is called."""
    spread: Spread
    """The scale on which this side of the median spreads evenly."""
    least: float
    """Standard deviation on that scale that is granted in any case, however alike the papers are."""


@dataclass(frozen=True)
class Scale:
    """How one measure is compared."""

    measure: Measure
    """The column of `quality`."""
    said: str
    """A value in words, `{}` in its place."""
    low: End | None = None
    high: End | None = None
    asks: tuple[tuple[str, int], ...] = ()
    """Columns and what they must reach, or a paper is not compared: one word more decides over a short text."""
    by_language: bool = True
    """Whether it is compared among papers of one language."""
    percent: bool = False
    """Whether it is told in per cent."""
    decimals: int = 0
    """Decimals of a value in words."""


_TEXT = (("abstract_characters", 150),)

SCALES = (
    Scale(
        Measure.TITLE_CHARACTERS,
        "the title has {} characters",
        low=End(Outlier.TITLE_TOO_SHORT, Spread.LOG, 0.3),
        high=End(Outlier.TITLE_TOO_LONG, Spread.ROOT, 1.2),
    ),
    Scale(
        Measure.TITLE_UPPER_SHARE,
        "{} of the title is capitals",
        high=End(Outlier.TITLE_CAPITALS, Spread.ROOT, 0.08),
        asks=(("title_characters", 20),),
        percent=True,
    ),
    Scale(
        Measure.TITLE_SURPRISE,
        "the title takes {} bits a character",
        high=End(Outlier.TITLE_ODD, Spread.PLAIN, 0.3),
        asks=(("title_characters", 40),),
        decimals=1,
    ),
    Scale(
        Measure.ABSTRACT_WORDS,
        "the abstract has {} words",
        low=End(Outlier.TOO_SHORT, Spread.LOG, 0.25),
        high=End(Outlier.TOO_LONG, Spread.ROOT, 1.4),
    ),
    Scale(
        Measure.SENTENCE_WORDS,
        "the sentences have {} words on average",
        low=End(Outlier.SHORT_SENTENCES, Spread.LOG, 0.2),
        high=End(Outlier.LONG_SENTENCES, Spread.LOG, 0.2),
        asks=_TEXT,
    ),
    Scale(
        Measure.WORD_CHARACTERS,
        "the words have {} characters on average",
        low=End(Outlier.SHORT_WORDS, Spread.LOG, 0.06),
        high=End(Outlier.LONG_WORDS, Spread.LOG, 0.06),
        asks=_TEXT,
        decimals=1,
    ),
    Scale(
        Measure.LEXICAL_DIVERSITY,
        "{} of the words in a row are different ones",
        low=End(Outlier.FEW_TYPES, Spread.PLAIN, 0.04),
        percent=True,
    ),
    Scale(
        Measure.REPEATED_SHARE,
        "{} of the words are in passages that stood in it before",
        high=End(Outlier.REPETITIVE, Spread.ROOT, 0.08),
        asks=_TEXT,
        percent=True,
    ),
    Scale(
        Measure.COMPRESSION_RATIO,
        "the abstract shrinks by a factor of {}",
        high=End(Outlier.COMPRESSIBLE, Spread.PLAIN, 0.06),
        asks=_TEXT,
        decimals=2,
    ),
    Scale(
        Measure.SURPRISE,
        "the abstract takes {} bits a character",
        high=End(Outlier.ODD_SPELLING, Spread.PLAIN, 0.2),
        asks=_TEXT,
        decimals=1,
    ),
    Scale(
        Measure.TITLE_WORDS_SHARE,
        "{} of the title's words occur in the abstract",
        low=End(Outlier.TITLE_UNRELATED, Spread.LOG, 0.3),
        asks=(("title_words", 8), *_TEXT),
        percent=True,
    ),
    Scale(
        Measure.DIGIT_SHARE,
        "{} of the characters are digits",
        high=End(Outlier.MANY_DIGITS, Spread.ROOT, 0.03),
        asks=_TEXT,
        by_language=False,
        percent=True,
    ),
    Scale(
        Measure.SYMBOL_SHARE,
        "{} of the characters are signs",
        high=End(Outlier.MANY_SYMBOLS, Spread.ROOT, 0.03),
        asks=_TEXT,
        by_language=False,
        percent=True,
    ),
    Scale(
        Measure.UPPER_SHARE,
        "{} of the characters are capitals",
        high=End(Outlier.MANY_CAPITALS, Spread.ROOT, 0.03),
        asks=_TEXT,
        percent=True,
    ),
    Scale(
        Measure.NON_ASCII_SHARE,
        "{} of the characters are beyond ASCII",
        high=End(Outlier.MANY_NON_ASCII, Spread.ROOT, 0.03),
        asks=_TEXT,
        percent=True,
    ),
    Scale(
        Measure.RESIDUE_COUNT,
        "there are {} remains of markup",
        high=End(Outlier.MARKUP, Spread.ROOT, 0.3),
        by_language=False,
    ),
)
"""The measures that are compared."""


def values(quality: pl.LazyFrame, scale: Scale, any_language: str) -> pl.LazyFrame:
    """The values of a measure that are compared with each other.

    Args:
        quality: Rows of `Quality`.
        scale: The measure.
        any_language: What stands for the language where it does not matter.

    Returns:
        Columns paper_id, language, value, without nulls and without texts that are too short.
    """
    language = pl.col("compared_with") if scale.by_language else pl.lit(any_language)
    return (
        quality.filter(*(pl.col(column) >= least for column, least in scale.asks))
        .select("paper_id", language=language, value=pl.col(scale.measure.value).cast(pl.Float64))
        .drop_nulls(["language", "value"])
    )
