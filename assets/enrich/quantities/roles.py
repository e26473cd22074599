"""What a quantity says of its subject: how exactly it is stated, and whether it is a score, a gain, a reduction."""

import polars as pl

from assets.enrich.quantities.words import (
    APPROACHES,
    EDGE,
    GAIN_NOUN,
    GAIN_VERB,
    GAIN_WORD,
    LOSS_NOUN,
    LOSS_VERB,
    LOSS_WORD,
    METRIC,
    QUALIFIERS,
)
from schemas.enrich_vocabulary import QuantityDirection, QuantityKind, QuantityQualifier

_BEFORE_NOUN = r"(?:[A-Za-z0-9@-]+\s){0,5}?"
_GAINS, _LOSSES = rf"(?:{GAIN_NOUN}|{GAIN_WORD})", rf"(?:{LOSS_NOUN}|{LOSS_WORD})"
DIFFERENCE_BEHIND = rf"^[\s-](?:{_BEFORE_NOUN})({_GAINS}|{_LOSSES}){EDGE}"
"""`5.2% improvement`, `73% energy reduction`, `10% higher accuracy`."""
VERB_LAST = rf"(?is)^.*(?:^|[^\p{{L}}-])({GAIN_VERB}|{LOSS_VERB})(?:\s|,)"
NOUN_OF = rf"(?i)(?:^|[^\p{{L}}])({GAIN_NOUN}|{LOSS_NOUN})(?:\s(?:in|on|for)\s[^,.;()]{{1,60}}?)?\s(?:of|by|up to|from|around|between|reaching|exceeding|over|at|is|was|averaging|ranging from)\s{APPROACHES}$"
VERB_DIRECT = rf"(?i)(?:^|[^\p{{L}}])({GAIN_VERB}|{LOSS_VERB})\s{APPROACHES}$"
SCORE_BEHIND = rf"^[\s-](?:(?:average|overall|mean|relative|absolute|test|top-[0-9]|classification|zero-shot|[A-Za-z0-9@-]+)\s){{0,3}}?{METRIC}{EDGE}"
SCORE_BEFORE = rf"(?:^|[^\p{{L}}])({METRIC}|(?:[a-z-]+\s)?(?i:accurac(?:y|ies)|scores?|performance|rates?|precision|recall))(?:\s(?:of|is|at|to|was|were|reaching|reaches|reached|by|from|above|over|exceeding|ranging|on|in|with|for|achieving|upwards?|as|being|and|\(?[A-Z][A-Za-z0-9@-]*\)?)){{0,5}}\s?[(:=]?\s?{APPROACHES}$"
REACHED = rf"(?i)(?:achiev(?:e|es|ed|ing)|reach(?:es|ed|ing)?|attain(?:s|ed|ing)?|obtain(?:s|ed|ing)?|scor(?:e|es|ed|ing)|yield(?:s|ed|ing)?)\s(?:[a-z-]+\s){{0,2}}?{APPROACHES}$"


def with_roles(found: pl.DataFrame) -> pl.DataFrame:
    """Adds qualifier and direction.

    Args:
        found: Result of `kinds.with_kinds`.
    """
    return found.with_columns(qualifier=_qualifier(), direction=_direction()).with_columns(
        direction=pl.col("direction").cast(pl.String)
    )


def _qualifier() -> pl.Expr:
    """How exactly a quantity is stated: the words directly before it, or a plus behind it."""
    plus = pl.col("unit_text").str.starts_with("+") | pl.col("rest").str.starts_with("+")
    chosen = pl.when(plus).then(pl.lit(QuantityQualifier.AT_LEAST.value)).otherwise(None)
    for name, pattern in reversed(QUALIFIERS.items()):
        chosen = pl.when(pl.col("head").str.contains(pattern)).then(pl.lit(name)).otherwise(chosen)
    return chosen


def _direction() -> pl.Expr:
    kind = pl.col("kind")
    rises = pl.when(pl.col("rises")).then(pl.lit(QuantityDirection.GAIN.value)).otherwise(
        pl.lit(QuantityDirection.REDUCTION.value))  # fmt: skip
    return (
        pl.when(kind == QuantityKind.CHANGE)
        .then(rises)
        .when(kind == QuantityKind.PERCENTAGE)
        .then(_of_percentage())
        .when(kind == QuantityKind.FACTOR)
        .then(_difference())
    )


def _gain_or_loss(text: pl.Expr) -> pl.Expr:
    """Whether a word says that something rose or fell."""
    lost = text.str.contains(rf"(?i)^(?:{LOSS_NOUN}|{LOSS_WORD}|{LOSS_VERB})$")
    return (
        pl.when(text.is_not_null() & lost)
        .then(pl.lit(QuantityDirection.REDUCTION.value))
        .when(text.is_not_null())
        .then(pl.lit(QuantityDirection.GAIN.value))
    )


def _difference() -> pl.Expr:
    """Whether something rose or fell by the quantity: the word behind it, or the last verb before it."""
    before, phrase = pl.col("before"), pl.col("phrase")
    behind = phrase.str.extract(DIFFERENCE_BEHIND)
    noun, direct = before.str.extract(NOUN_OF), before.str.extract(VERB_DIRECT)
    by = pl.when(before.str.contains(rf"(?i)(?:\sby|\sup|\sby a factor of|\sby factors of)\s{APPROACHES}$")).then(
        before.str.extract(VERB_LAST)
    )
    return _gain_or_loss(pl.coalesce(behind, noun, direct, by))


def _of_percentage() -> pl.Expr:
    before, after = pl.col("before"), pl.col("after")
    reached = before.str.contains(REACHED) & ~after.str.contains(r"^\s[a-z]+\s(?:of|rate)")
    score = pl.col("phrase").str.contains(SCORE_BEHIND) | before.str.contains(SCORE_BEFORE) | reached
    plus = pl.when(pl.col("sign") == "+").then(pl.lit(QuantityDirection.GAIN.value))
    is_share = after.str.contains(r"^\sof\s")
    return pl.coalesce(
        _difference(),
        plus,
        pl.when(is_share).then(pl.lit(QuantityDirection.SHARE.value)),
        pl.when(score).then(pl.lit(QuantityDirection.SCORE.value)),
    )
