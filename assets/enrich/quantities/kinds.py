"""What a number counts: the proof for each kind of quantity.

A number has a kind only where its unit, or the words directly around it, prove one; everything else is left out.
"""

import polars as pl

from assets.enrich.quantities import units
from assets.enrich.quantities.chains import Join
from assets.enrich.quantities.factors import is_factor, is_plain_factor
from assets.enrich.quantities.sizes import DATA_BEHIND, is_context, is_name, is_size
from assets.enrich.quantities.units import ITEMS, Mark
from assets.enrich.quantities.words import EDGE, GAIN_NOUN, GAIN_VERB, GAIN_WORD, LOSS_NOUN, LOSS_VERB, LOSS_WORD
from schemas.quantity_vocabulary import QuantityKind, QuantityUnit

_OF_A_LEVEL = (
    r"(?:\(?two-sided\)?\s|bootstrap\s|Bayesian\s)?(?:CI|C\.I\.|C\.?L\.?|confidence|credible|credibility|highest|prediction"
    r"\sintervals?|predictive\sintervals?|quantiles?|percentiles?|level\sof\s(?:confidence|significance)|significance|HDI|HPD"
    r"|LoA|limits\sof\sagreement|probability\sintervals?|range|reference|confident|CrI|upper\slimits?|normal\srange)"
)
LEVEL_BEHIND = rf"(?i)^[\s-]?(?:of\sconfidence|{_OF_A_LEVEL}{EDGE}|levels?(?:[.,;)]|$|\sand\s))"
"""Behind a percentage that is the level of an interval or test, and measures nothing."""
LEVEL_BEFORE = (
    r"(?i)(?:(?:confidence|significance|CI|credible|credibility)(?:\s(?:levels?|intervals?|limits?))?(?:\s(?:of|is|was|set|at|to)){0,3}"
    r"|(?:^|[\s(])(?:p|\x{3B1}|alpha))\s?[(:=<>≤≥]?\s?$"
)
LEVEL_RANGE = r"(?i)(?:CI|interval|HDI|IQR|interquartile range)[^.;()]{0,25}$"

RATE = r"^(?:\s(?:generated\s)?(?:per|a|each|every)\s(?:second|minute|sec)|\s?/\s?s(?:ec)?)"
CHANGING = (
    rf"(?i){EDGE}(?:{GAIN_VERB}|{LOSS_VERB}|{GAIN_NOUN}|{LOSS_NOUN}|chang(?:es?|ed|ing)|going|goes|went|move[sd]?"
    r"|shift(?:s|ed|ing)?|brings?|bringing|brought|scal(?:ed|ing))(?:\s|,|$)"
)
SPREAD = (
    r"(?i)(?:rang(?:es?|ed|ing)|var(?:y|ies|ied|ying)|span(?:s|ned|ning)?|sizes?|anywhere|spread|between|across|interval)"
    r"[^.;]{0,25}$"
)
BARE_BEHIND = (
    r"^(?:[.,;:)\]]|$|\s(?:on|in|for|and|while|with|at|when|after|by|across|compared|over|using|under|as|within|without"
    r"|thanks|via|through|during|points?)(?:\s|$)|\s\()"
)
"""Behind a number that counts nothing: the value of a score."""
_MADE = rf"(?:{GAIN_VERB}|{LOSS_VERB}|{GAIN_NOUN}|{LOSS_NOUN})"
JOINED = r"\w\s(?:of|in|on|with|for|from|to|by|per|at)\s|^\s(?:in|on|with|for|from|to|by|per|at|and|or|as)\s"
"""In what should be one name: two that a preposition joins, or a preposition alone."""
POINTS_BEFORE = rf"(?i){_MADE}{EDGE}[^.;]*?(?:\s(?:by|of|over|to|is)|\(|,|and)?$"
OF_A_SCALE = r"(?i)^\s(?:\p{L}+[\s-])?(?:scale|rating|Likert|rubric)"
"""Behind points that are the steps of a scale: `a 5 point scale`."""
POINTS_BEHIND = rf"^[\s-](?:[A-Za-z0-9-]+\s){{0,2}}?(?:{GAIN_NOUN}|{LOSS_NOUN}|{GAIN_WORD}|{LOSS_WORD}){EDGE}"
FOUR_DIGITS = r"^[0-9]{4}[^0-9,]"
PROPER_NAME = r"[\p{L}\p{N},]\s[A-Z][A-Za-z]+\s$"
"""Before four digits that may be a part of a name, as `the Sedge 2600 games`: a capital inside a sentence."""

_UNIT_OF_KIND = {
    QuantityKind.PARAMETERS.value: QuantityUnit.PARAMETER.value,
    QuantityKind.TOKENS.value: QuantityUnit.TOKEN.value,
    QuantityKind.CONTEXT_LENGTH.value: QuantityUnit.TOKEN.value,
    QuantityKind.FACTOR.value: QuantityUnit.TIMES.value,
    QuantityKind.ITEMS.value: QuantityUnit.ITEM.value,
}
_UNIT_OF_MARK = {
    Mark.PARAMETERS.value: QuantityUnit.PARAMETER.value,
    Mark.TOKENS.value: QuantityUnit.TOKEN.value,
    Mark.ORDERS.value: QuantityUnit.TIMES.value,
}


def with_kinds(clauses: pl.DataFrame) -> pl.DataFrame:
    """Adds kind and canonical unit, and leaves out what has no certain kind.

    Args:
        clauses: Result of `clauses.with_clauses`.

    Returns:
        Its rows of a certain kind, with unit replaced, kind, and item_text (what the members of a collection are).
    """
    known = _with_items(clauses)
    money = pl.col("currency").is_not_null() | (pl.col("unit") == Mark.MONEY).fill_null(value=False)
    parts = [known.filter(money).with_columns(kind=pl.lit(QuantityKind.MONEY.value), is_size_name=pl.lit(value=False))]
    rest = known.filter(~money)
    for marks, kind in _KINDS:  # each proof is looked for only where its unit stands
        of_mark = rest["unit"].is_in(marks) if marks else rest["unit"].is_null()
        parts.append(
            rest.filter(of_mark).with_columns(kind=kind, is_size_name=pl.lit(value=False) if marks else is_name())
        )
    told = pl.concat([part.with_columns(pl.col("kind").cast(pl.String)) for part in parts]).sort("row", "start")
    return (
        told.pipe(_shared_in_chains)
        .filter(pl.col("kind").is_not_null())
        .filter(~pl.col("is_named") | ((pl.col("kind") == QuantityKind.PARAMETERS) & pl.col("has_scale")))
        .pipe(_with_units)
    )


def _with_items(found: pl.DataFrame) -> pl.DataFrame:
    """Reads what a large number without a unit counts."""
    large = (pl.max_horizontal(pl.col("value"), pl.col("high")) >= 1000) & pl.col("unit").is_null()
    four_digits = large & pl.col("tail").str.contains(FOUR_DIGITS)
    in_name = pl.when(four_digits).then(pl.col("head")).str.contains(PROPER_NAME).fill_null(value=False)
    named = pl.col("is_named") | in_name
    named = named | (pl.col("scale_text") == "T")  # tesla, where it counts no tokens
    text = pl.when(large & ~named & ~_is_resolution()).then(pl.col("rest").str.extract(rf"^({ITEMS})(?:[^\p{{L}}-]|$)"))
    return found.with_columns(item_text=pl.when(~text.str.contains(JOINED)).then(text))


def _is_resolution() -> pl.Expr:
    """Whether a number may be the width of a picture: `4K images`."""
    return pl.col("tail").str.contains(r"^[124568]6?[kK]\s") & pl.col("rest").str.contains(
        r"^[\s-](?:[A-Za-z-]+\s){0,2}(?:images?|videos?|frames?|pictures?|photos?|scenes?)"
    )


def _told(kind: QuantityKind, proof: pl.Expr) -> pl.Expr:
    """The kind where it is proved."""
    return pl.when(proof.fill_null(value=False)).then(pl.lit(kind.value))


def _is_level() -> pl.Expr:
    """Whether a number is that of a confidence interval or a significance test."""
    before = pl.col("before")
    around = pl.col("after").str.contains(LEVEL_BEHIND) | before.str.contains(LEVEL_BEFORE)
    return around | (before.str.contains(LEVEL_RANGE) & pl.col("high").is_not_null())


def _is_change() -> pl.Expr:
    """Whether the two ends are those of a change and not of a range."""
    before, join = pl.col("before"), pl.col("join")
    worded = (join == Join.CHANGE) & before.str.contains(CHANGING) & ~before.str.contains(SPREAD)
    return worded | (join == Join.ARROW)


def _is_shrinking() -> pl.Expr:
    """Whether a size goes down; from a smaller to a larger one there may be several models."""
    told = (pl.col("join") == Join.CHANGE) & pl.col("before").str.contains(CHANGING)
    return (told | (pl.col("join") == Join.ARROW)) & ~pl.col("rises")


def _is_bare_change() -> pl.Expr:
    """Whether a change without a unit is one of a score: nothing that it could count follows."""
    fraction = (pl.col("low") % 1 != 0) | (pl.col("high") % 1 != 0)
    bare = pl.col("scale_text") == ""
    return _is_change() & bare & pl.col("rest").str.contains(BARE_BEHIND) & (fraction | (pl.col("join") != Join.ARROW))


def _is_difference() -> pl.Expr:
    """Whether points are points of a score that rose or fell."""
    told = (
        pl.col("lead").str.contains(POINTS_BEFORE)
        | pl.col("after").str.contains(POINTS_BEHIND)
        | (pl.col("sign") == "+")
    )
    return told & ~pl.col("rest").str.contains(OF_A_SCALE)


def _is_of_a_model() -> pl.Expr:
    """Whether parameters are those of a model and not the few of an equation."""
    value = pl.coalesce("high", "value")
    trained = pl.col("unit_text").str.contains(r"(?:trainable|learnable|tunable|learned)\s")
    return pl.col("has_scale") | (value >= 1000) | trained


_CHANGE = _told(QuantityKind.CHANGE, _is_change())
_CONTEXT = _told(QuantityKind.CONTEXT_LENGTH, is_context())
_KINDS = (
    (
        (Mark.PERCENT, Mark.PERCENTAGE_POINT),
        pl.when(~_is_level().fill_null(value=False)).then(pl.coalesce(_CHANGE, pl.lit(QuantityKind.PERCENTAGE.value))),
    ),
    ((Mark.POINT,), _told(QuantityKind.PERCENTAGE, _is_difference())),
    (
        (Mark.TOKENS,),
        pl.coalesce(_CHANGE, _CONTEXT, _told(QuantityKind.TOKENS, ~pl.col("after").str.contains(RATE))),
    ),
    (
        (Mark.PARAMETERS,),
        pl.coalesce(
            _told(QuantityKind.CHANGE, _is_shrinking()),
            _told(QuantityKind.PARAMETERS, _is_of_a_model()),
        ),
    ),
    ((Mark.MACHINE_TIME, Mark.OPERATIONS), pl.coalesce(_CHANGE, pl.lit(QuantityKind.COMPUTE.value))),
    ((Mark.TIMES, Mark.ORDERS), pl.coalesce(_CHANGE, _told(QuantityKind.FACTOR, is_factor()))),
    (
        (),
        pl.when(~_is_level().fill_null(value=False)).then(
            pl.coalesce(
                _told(QuantityKind.CHANGE, _is_bare_change()),
                _told(QuantityKind.CHANGE, _is_change() & is_context()),
                _CONTEXT,
                _told(QuantityKind.FACTOR, is_plain_factor()),
                _told(QuantityKind.PARAMETERS, is_size()),
                _told(QuantityKind.ITEMS, pl.col("item_text").is_not_null()),
            )
        ),
    ),
)
"""For the units of each line, the kind that is proved; null where none is."""


def _shared_in_chains(found: pl.DataFrame) -> pl.DataFrame:
    """Lets a bare number be a size where another of its list is, or where it ends a name and the text has sizes."""
    is_size = pl.col("kind") == QuantityKind.PARAMETERS
    sizes = is_size.any().over("chain") | (pl.col("is_size_name") & is_size.any().over("row"))
    bare = pl.col("kind").is_null() & pl.col("has_scale") & pl.col("unit").is_null() & pl.col("currency").is_null()
    bare = (
        bare & sizes & pl.col("item_text").is_null() & (pl.col("is_named") | ~pl.col("rest").str.contains(DATA_BEHIND))
    )
    return found.with_columns(kind=pl.when(bare).then(pl.lit(QuantityKind.PARAMETERS.value)).otherwise("kind"))


def _with_units(found: pl.DataFrame) -> pl.DataFrame:
    """Replaces the mark by the unit, and multiplies out prefixes of units and orders of magnitude."""
    kind, unit, text = pl.col("kind"), pl.col("unit"), pl.col("unit_text")
    context = (kind == QuantityKind.CHANGE) & unit.is_null() & (pl.col("scale_text") != "")
    stated = (
        pl.when(kind == QuantityKind.MONEY)
        .then(units.currency(pl.col("currency"), text))
        .when(unit == Mark.MACHINE_TIME)
        .then(units.machine_time(text))
        .when(unit == Mark.OPERATIONS)
        .then(units.operations(text))
        .when(kind.is_in(list(_UNIT_OF_KIND)))
        .then(kind.replace_strict(_UNIT_OF_KIND, default=None))
        .when(context)
        .then(pl.lit(QuantityUnit.TOKEN.value))
        .otherwise(unit.replace(_UNIT_OF_MARK))
    )
    multiple = pl.when(unit == Mark.OPERATIONS).then(units.prefix(text)).otherwise(1.0)
    numbers = {
        name: pl.when(unit == Mark.ORDERS).then(pl.lit(10.0).pow(pl.col(name))).otherwise(pl.col(name) * multiple)
        for name in ("value", "low", "high")
    }
    found = found.with_columns(**numbers, unit=stated)
    return found.filter(pl.col("unit").is_not_null() | (kind == QuantityKind.CHANGE))
