"""Categories: which arXiv category a paper would have, learned from the papers whose category a source states.

A linear model over the vectors of papers. It knows only the categories that are stated often enough: all others are
one to it, which is never suggested, and a paper that is unlike the papers of its likeliest category gets no suggestion.
How far it can be trusted is measured on papers that it has not seen: a fifth of those that state a category, held out
by a hash of their ids.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from assets.enrich.topics.sampling import sample, spread
from assets.enrich.topics.space import NO_DIRECTION, Floats
from assets.enrich.topics.threads import one_thread
from schemas.render import polars_schema
from schemas.topics import LEAST_PROBABILITY, CategoryModel, CategorySuggestions

CATEGORY = (
    r"^(?:(?:astro-ph|cs|econ|eess|math|nlin|q-bio|q-fin|stat)\.[A-Z]{2}"
    r"|cond-mat\.[a-z-]{3,9}|physics\.[a-z]{2,5}-ph|physics\.(?:optics|geo-ph|hist-ph|soc-ph)|stat\.[A-Z]{2}"
    r"|astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)|quant-ph)$"
)
"""What arXiv calls its categories; sources have subjects of other kinds in the same field."""
FEWEST_EXAMPLES = 20
"""Categories that fewer papers state are not told apart: they are OTHER together."""
OTHER = "other"
FEWEST_CATEGORIES = 2
MOST_EXAMPLES = 30_000
"""Papers that are learned from."""
HELD_OUT = 5
"""One paper in so many is held out."""
PENALTY = 0.1
"""How strongly large weights are held back, as one over scikit-learn's C: vectors are of unit length."""
TOLERANCE = 1e-3
ROUNDS = 200
UNUSUAL = 0.1
"""A paper is unlike a category if it is further from its centre than all but this share of the category's papers."""
DIGITS = 4


@dataclass(frozen=True)
class Model:
    """What tells categories apart."""

    linear: Any
    """scikit-learn's logistic regression; its classes are sorted."""
    centres: Floats
    """The mean direction of each class."""
    least: Floats
    """How similar to its centre a paper must be to be one of its class."""


@dataclass(frozen=True)
class Learned:
    """What was learned from the stated categories."""

    model: Model | None
    """The model of all examples; None where there are too few."""
    audit: pl.DataFrame
    """Rows of `category_model`."""
    why_not: str
    """Why there is no model; empty where there is one."""


def stated(categories: str = "categories") -> pl.Expr:
    """The primary arXiv category of a paper: the first that its categories state; null where they state none.

    Args:
        categories: Name of the column, a list of texts.
    """
    items = pl.col(categories).list.eval(pl.element().filter(pl.element().str.contains(CATEGORY)))
    return items.list.first()


def learn(examples: pl.DataFrame) -> Learned:
    """Learns categories.

    Args:
        examples: Columns paper_id, text_key, category, vector of the papers that state one, any order.

    Returns:
        The model, and how it does on papers that it has not seen.
    """
    nothing = polars_schema(CategoryModel).to_frame()
    chosen = sample(examples, MOST_EXAMPLES, "example")
    frequent = pl.len().over("category") >= FEWEST_EXAMPLES
    chosen = chosen.with_columns(category=pl.when(frequent).then("category").otherwise(pl.lit(OTHER)))
    if chosen.filter(pl.col("category") != OTHER)["category"].n_unique() < FEWEST_CATEGORIES:
        reason = f"{examples.height} papers state an arXiv category; fewer than {FEWEST_CATEGORIES} categories"
        return Learned(None, nothing, f"{reason} have {FEWEST_EXAMPLES} papers")
    held_out = pl.Series(spread(chosen["text_key"], "held out") % HELD_OUT == 0)
    seen, unseen = chosen.filter(~held_out), chosen.filter(held_out)
    audit = _audit(seen, unseen, suggest(_fitted(seen), unseen))
    return Learned(_fitted(chosen), audit, "")


def suggest(model: Model, vectors: pl.DataFrame) -> pl.DataFrame:
    """The likeliest category of each paper, however likely.

    Args:
        model: What `learn` made.
        vectors: Rows of `paper_vectors`.

    Returns:
        Columns paper_id, category, probability, is_like (whether the paper is like others of the category), in the
        order of the vectors.
    """
    points = vectors["vector"].to_numpy()
    if not len(points):
        return polars_schema(CategorySuggestions).to_frame().with_columns(is_like=pl.lit(value=True))
    with one_thread():
        chances = model.linear.predict_proba(points)
        best = chances.argmax(axis=1)
        similarity = np.einsum("ij,ij->i", points, model.centres[best])
    return vectors.select(
        "paper_id",
        category=pl.Series(model.linear.classes_[best], dtype=pl.String),
        probability=pl.Series(chances[np.arange(len(best)), best].astype(np.float64).round(DIGITS)),
        is_like=pl.Series(similarity >= model.least[best]),
    )


def suggestable() -> pl.Expr:
    """Whether a category is suggested: it is one, it is probable enough, and the paper is like others of it."""
    return (pl.col("category") != OTHER) & (pl.col("probability") >= LEAST_PROBABILITY) & pl.col("is_like")


def accuracy(audit: pl.DataFrame) -> dict[str, float]:
    """What the audit says of all categories together, for people to see at a glance.

    Args:
        audit: Rows of `category_model`, at least one.

    Returns:
        held_out papers; accuracy of the likeliest category; suggested, the share of papers that get a suggestion;
        suggested_precision, how many of those are right.
    """
    total = audit.select(pl.col("held_out_count", "correct_count", "suggested_count", "suggested_correct_count").sum())
    papers, correct, suggested, right = total.row(0)
    return {
        "held_out": papers,
        "accuracy": round(correct / papers, DIGITS),
        "suggested": round(suggested / papers, DIGITS),
        "suggested_precision": round(right / suggested, DIGITS) if suggested else 0.0,
    }


def _fitted(examples: pl.DataFrame) -> Model:
    """A model of examples that are sorted."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]  # noqa: PLC0415 - .7 s to import

    with one_thread():
        points, category = examples["vector"].to_numpy(), examples["category"].to_numpy()
        linear = LogisticRegression(C=1 / PENALTY, tol=TOLERANCE, max_iter=ROUNDS).fit(points, category)
        means = np.stack([points[category == one].mean(axis=0) for one in linear.classes_])
        centres = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), np.float32(NO_DIRECTION))
        each = zip(linear.classes_, centres, strict=True)
        least = np.array([np.quantile(points[category == one] @ centre, UNUSUAL) for one, centre in each], np.float32)
        return Model(linear, centres, least)


def _audit(seen: pl.DataFrame, unseen: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """Rows of `category_model`, sorted by category."""
    beside = unseen.select("paper_id", stated="category").join(said, on="paper_id")
    right = pl.col("stated") == pl.col("category")
    count = pl.len().cast(pl.Int64)
    by_stated = beside.group_by(category="stated").agg(held_out_count=count)
    by_said = beside.group_by("category").agg(
        predicted_count=count,
        correct_count=right.sum().cast(pl.Int64),
        suggested_count=suggestable().sum().cast(pl.Int64),
        suggested_correct_count=(suggestable() & right).sum().cast(pl.Int64),
    )
    rows = seen.group_by("category").agg(trained_count=count)
    for more in (by_stated, by_said):
        rows = rows.join(more, on="category", how="full", coalesce=True)
    rows = rows.with_columns(pl.exclude("category").fill_null(0))
    hits = pl.col("suggested_correct_count")
    return rows.with_columns(
        precision=_share(hits, pl.col("suggested_count")), recall=_share(hits, pl.col("held_out_count"))
    ).sort("category")


def _share(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    return pl.when(whole > 0).then((part / whole).round(DIGITS))
