"""From listings to clean listings, and how a text came to be what it is.

The frame that leaves here has every column of the contract, but nobody has checked it yet.
"""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from assets.validate.language import language
from assets.validate.latex_source import latex_text
from assets.validate.record_type import record_type
from assets.validate.rules import BOTH, MOST_ROUNDS, Detector, Rule, apply_rules, detect_flags
from assets.validate.search_form import search_form
from schemas.listings import CleanListings, Listings
from schemas.render import polars_schema

CARRIED = [name for name in polars_schema(CleanListings) if name in polars_schema(Listings)]
"""Columns that are in order already."""
CONTEXT = 3
"""Words shown on either side of a change."""
_TOKEN = re.compile(r"\S+\s*|\s+")


def clean_listings(listings: pl.DataFrame, rules: Sequence[Rule], detectors: Sequence[Detector]) -> pl.DataFrame:
    """Repairs the texts of listings and says what is known of each.

    Args:
        listings: Rows of `listings`; as many as fit into memory twice.
        rules: Repairs, in order.
        detectors: What to flag.

    Returns:
        Rows with the columns of `CleanListings`, in the same order, not yet checked against it. A missing title is an
        empty one, a blank abstract a missing one; `abstract_tex` takes every text for one as its source has it.
    """
    stated = pl.col("abstract_raw").cast(pl.String)
    raw = listings.select(
        *CARRIED,
        title=pl.col("title_raw").cast(pl.String).fill_null(""),
        abstract=pl.when(stated.str.strip_chars() != "").then(stated),
    )
    clean = apply_rules(raw, rules)
    title, abstract = pl.col("title"), pl.col("abstract")
    described = clean.with_columns(
        detect_flags(raw, clean, detectors),
        title_search=search_form(title),
        abstract_search=search_form(abstract),
        abstract_tex=raw.select(latex_text(pl.col("abstract"))).to_series(),
        year=pl.col("published_on").dt.year().cast(pl.Int64),
        language=language(pl.concat_str([title, abstract], separator=". ", ignore_nulls=True)),
        record_type=record_type(title, abstract),
    )
    return described.select(polars_schema(CleanListings).names())


@dataclass(frozen=True)
class Step:
    """What one rule did to a text."""

    rule: str
    """Name of the rule."""
    version: int
    """Version of the rule."""
    before: str
    """The places that the rule changed, as they were, with a few words around each."""
    after: str
    """The same places as the rule left them."""


def trace(text: str, field: str, rules: Sequence[Rule]) -> list[Step]:
    """Replays the rules on one text.

    Args:
        text: A raw title or abstract.
        field: Which of the two it is: `title` or `abstract`.
        rules: Repairs, in order.

    Returns:
        One step per rule that changed the text, in order.

    Raises:
        ValueError: If the field is neither.
    """
    if field not in BOTH:
        raise ValueError(f"field must be one of {', '.join(BOTH)}, not {field!r}")
    steps: list[Step] = []
    for _ in range(MOST_ROUNDS):
        start = text
        for rule in (rule for rule in rules if field in rule.fields):
            after = pl.select(rule.apply(pl.lit(text, dtype=pl.String))).item()
            if after != text:
                steps.append(Step(rule.name, rule.version, *_changes(text, after)))
            text = after
        if text == start:
            break
    return steps


def _changes(before: str, after: str) -> tuple[str, str]:
    """The places in which two texts differ, each with a few words around it, as they are and as they become."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    groups = list(difflib.SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(CONTEXT))
    return (
        " ".join(_excerpt(old, group[0][1], group[-1][2]) for group in groups),
        " ".join(_excerpt(new, group[0][3], group[-1][4]) for group in groups),
    )


def _excerpt(tokens: list[str], start: int, end: int) -> str:
    """A stretch of tokens, with an ellipsis on each side where the text goes on."""
    stretch = "".join(tokens[start:end])
    return f"{'…' if start else ''}{stretch.strip() if end - start > 1 else stretch}{'…' if end < len(tokens) else ''}"
