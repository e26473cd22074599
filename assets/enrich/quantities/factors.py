"""Factors: what proves that a number is how many times as large, as fast, as cheap something is."""

import polars as pl

from assets.enrich.quantities.units import Mark
from assets.enrich.quantities.words import (
    EDGE,
    GAIN_NOUN,
    GAIN_VERB,
    GAIN_WORD,
    LOSS_NOUN,
    LOSS_VERB,
    LOSS_WORD,
    STOP,
    any_of,
)

_AS = r"as\s(?:many|much|fast|large|big|long|high|low|small|often|likely|efficient|expensive|good|well)"
_HOW = r"(?:(?:times|computationally|significantly|even|much|wall-clock|inference|training)\s)?"
_LATER = r"(?:[A-Za-z][A-Za-z0-9-]*\s){0,3}?"
COMPARISON_BEHIND = (
    rf"^[\s-](?:{_LATER}(?:{GAIN_NOUN}|{LOSS_NOUN}|throughput|efficiency|memory-saving|overhead)"
    rf"|{_HOW}(?:{_AS}|the|that of|(?:its|their)\s(?:own\s)?size|{GAIN_WORD}|{LOSS_WORD}"
    rf"|over-?trained|[a-z]{{3,}}er)){EDGE}"
)
"""`3x faster`, `5x memory reduction`, `10-fold higher`."""
_MEASURE = any_of(
    "size number amount cost costs speed length rate throughput parameters compute computation memory data volume"
    " value performance scale diameter average resolution"
)
TIMES_BEHIND = (
    rf"^\s(?:{_HOW}(?:{GAIN_WORD}|{LOSS_WORD}|{_AS}|easier|harder|simpler|safer|closer)|(?:the|that\sof)\s(?:[a-z-]+\s)?(?:{_MEASURE})"
    rf"|(?:speed-?|speed\s)ups?|accelerations?|reductions?|improvements?|increases?|decreases?|compression|(?:memory[-\s])?savings?){EDGE}"
)
"""Behind the word `times`, which also says how often: `10 times larger`, `5 times the size`."""
_NOUN_BEFORE = any_of(
    "speed-?ups? speed_ups? accelerations? reductions? improvements? increases? decreases? gains? savings?"
    " compressions? compression_ratios? compression_rates? boosts? drops?"
)
COMPARISON_BEFORE = (
    rf"(?i)(?:^|[^\p{{L}}])(?:(?:{_NOUN_BEFORE})(?:\s(?:of|by|up\sto))?|speeding\sup|by(?:\s(?:a\s)?factors?\sof)?"
    rf"|(?:{GAIN_VERB}|{LOSS_VERB})\s(?:[a-z-]+\s){{0,3}}(?:by|to))$"
)
CHANGED_BEFORE = rf"(?i)(?:^|[^\p{{L}}])(?:{GAIN_VERB}|{LOSS_VERB})(?:\s[a-z-]+){{0,3}}$"
FOLD_ENDS = rf"(?i)^(?:[^\s\p{{L}}-]|$|\s(?:{STOP}|[^\p{{L}}]))"
"""Behind a fold that stands for itself: `three-fold contributions` are three of them."""
FACTOR_BEFORE = (
    r"(?i)(?:by|of|is|up\sto|\()\s?(?:an?\s)?(?:(?:constant|approximate|impressive|remarkable|significant)\s)?factors?(?:\s"
    r"(?:of|exceeding|between|ranging\sfrom|from))?$"
    r"|(?:reduction|speed-?up|improvement|compression|acceleration|gain)\s(?:factors?|ratios?)\sof$"
)
FORMULA = r"^[\^_(/${\\]|^\s?[+\x{B1}]\s?[\p{L}(\\${0-9√]|^\s?[-\x{2212}\x{2013}]\s?(?:\p{L}(?:[^\p{L}]|$)|[(\\${√])"
"""Behind the first number of a formula: `a factor of 1 - ε`."""
ORDERS_BEHIND = r"^\s(?:[a-z]+\s)?(?:improvements?|in|compared|over|than)\s"
NO_FACTOR = (
    r"(?i)^[\s-]?(?:magnification|objective|zoom|cross[\s-]?validation|CV|symmetr|degenera|rotational|coverage|super-?resolution"
    r"|upsampl|downsampl|upscal|binning|redundan|interpolat|[\x{D7}x*]\s?[0-9])"
)
"""Behind a multiple that compares nothing."""


def is_factor() -> pl.Expr:
    """Whether a number of times, a fold or an order of magnitude compares two things."""
    after, lead, text = pl.col("after"), pl.col("lead"), pl.col("unit_text")
    compared = after.str.contains(COMPARISON_BEHIND) | lead.str.contains(COMPARISON_BEFORE)
    proved = (
        pl.when(text.str.ends_with("times"))
        .then(after.str.contains(TIMES_BEHIND) | lead.str.contains(COMPARISON_BEFORE))
        .when(text.str.contains(r"(?i)fold$"))
        .then(
            after.str.contains(COMPARISON_BEHIND)
            | (
                (lead.str.contains(COMPARISON_BEFORE) | lead.str.contains(CHANGED_BEFORE))
                & after.str.contains(FOLD_ENDS)
            )
        )
        .when(pl.col("unit") == Mark.ORDERS)
        .then(compared | after.str.contains(ORDERS_BEHIND))
        .otherwise(compared)
    )
    return proved & ~after.str.contains(NO_FACTOR)


def is_plain_factor() -> pl.Expr:
    """Whether a number without a unit is called a factor."""
    formula = pl.col("rest").str.contains(FORMULA)
    return ~pl.col("has_scale") & pl.col("lead").str.contains(FACTOR_BEFORE) & ~formula
