"""Measures: all that is measured of some papers, put side by side as rows of `quality`; nothing is judged here."""

import polars as pl

from assets.enrich.quality.characters import characters
from assets.enrich.quality.repetition import compression
from assets.enrich.quality.surprise import Model
from assets.enrich.quality.words import vocabulary
from schemas.papers import Papers
from schemas.quality import Quality
from schemas.render import column_facts, polars_schema

DERIVED = frozenset({"abstract_tex", "published_precision", "first_listed_on", "last_listed_on", "flags", "language"})
"""Columns of `papers` that may be empty and are no field that a source states of a paper."""
FIELDS = {
    facts.name: isinstance(facts.dtype, pl.List)
    for facts in column_facts(Papers)
    if (facts.nullable or isinstance(facts.dtype, pl.List)) and facts.name not in DERIVED
}
"""Columns of `papers` that a source may state or leave out, in their order there -> whether it is a list."""
READ = ("paper_id", "title", "language", *FIELDS)
"""What is read of papers."""
DECIMALS = 4
"""Decimals of what is no count: more would tell nothing, and differ from machine to machine."""


def measured(papers: pl.DataFrame, model: Model, languages: pl.Series) -> pl.DataFrame:
    """Measures papers.

    Args:
        papers: Columns READ; an abstract may be null.
        model: What has read the titles and abstracts of all papers, these among them.
        languages: Languages that have papers enough to compare with, the most common one first.

    Returns:
        Rows of `Quality`, in the order of the papers, without outliers.
    """
    titles, abstracts = papers["title"], papers["abstract"]
    words = pl.DataFrame(
        vocabulary(titles, abstracts),
        schema=["title_words", "abstract_words", "lexical_diversity", "repeated_share", "title_words_share"],
        orient="row",
    )
    others = {
        "compression_ratio": compression(abstracts),
        "surprise": model.surprise(abstracts),
        "title_surprise": model.surprise(titles),
    }
    rows = pl.concat([papers, words, pl.DataFrame(others)], how="horizontal").with_columns(**characters())
    has_abstract = pl.col("abstract").is_not_null()
    of_abstract = [*words.columns[1:], *others][:-1]
    rows = rows.with_columns(pl.when(has_abstract).then(pl.col(of_abstract).fill_nan(None)))
    per_word = (pl.col("abstract_characters") - pl.col("spaces")) / pl.col("abstract_words")
    rows = rows.with_columns(
        pl.col("title_surprise").fill_nan(None),
        sentence_words=pl.col("abstract_words") / pl.col("abstract_sentences"),
        word_characters=pl.when(pl.col("abstract_words") > 0).then(per_word),
        compared_with=_compared_with(languages),
        missing_fields=pl.concat_list(pl.when(_missing(name)).then(pl.lit(name)) for name in FIELDS).list.drop_nulls(),
        outliers=pl.lit([], pl.List(pl.String)),
    ).with_columns(stated_count=len(FIELDS) - pl.col("missing_fields").list.len().cast(pl.Int64))
    schema = polars_schema(Quality)
    return rows.select(list(schema)).cast(schema).with_columns(pl.col(pl.Float64).round(DECIMALS))


def _missing(name: str) -> pl.Expr:
    return pl.col(name).list.len() == 0 if FIELDS[name] else pl.col(name).is_null()


def _compared_with(languages: pl.Series) -> pl.Expr:
    """The language of the papers to compare with; null where they are too few."""
    untold = pl.lit(languages[0]) if len(languages) else pl.lit(None, pl.String)
    language = pl.col("language")
    return pl.when(language.is_null()).then(untold).when(language.is_in(languages.implode())).then(language)
