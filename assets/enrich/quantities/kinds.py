"""What a number counts: the proof for each kind of quantity.

A number has a kind only where its unit, or the words directly around it, prove one; everything else is left out.
"""

import polars as pl

from assets.enrich.quantities import units
from assets.enrich.quantities.chains import Join
from assets.enrich.quantities.units import ITEMS, Mark
from assets.enrich.quantities.words import (
    APPROACHES,
    DATA_WORD,
    EDGE,
    FAMILY,
    GAIN_NOUN,
    GAIN_VERB,
    GAIN_WORD,
    LOSS_NOUN,
    LOSS_VERB,
    LOSS_WORD,
    MODEL,
    STOP,
)
from schemas.enrich_vocabulary import QuantityKind, QuantityUnit

_CONTEXT = (
    r"(?i:(?:long[- ])?context|sequence|input|prompt|text)[\s-](?i:lengths?|windows?|sizes?|limits?|lens?)|(?i:context)"
)
CONTEXT_BEHIND = (
    rf"^[\s-](?:tokens?[\s-])?(?:(?i:extended|long|maximum|max|effective|native)[\s-])?(?:{_CONTEXT}){EDGE}"
)
CONTEXT_BEFORE = (
    r"(?i)(?:(?:context|sequence|input|prompt|token)s?[\s-](?:windows?|lengths?|sizes?|limits?|lens?)|sequences of length|contexts?|length)"
    r"(?:\s(?:of|to|from|is|as|with|beyond|up|for|reaching|supporting|exceeding|ranging|long|at|extended|extending|by|limited|set|between|a|only|over|"
    r"than|longer|more|scal\w+|training|extension|extrapolation|inference|maximum|and)){0,4}[\s(:=]{0,2}"
    rf"{APPROACHES}$"
)
_LENGTH_ONLY = r"(?i)lengths?\s(?:of|up to|to)\s(?:up\sto\s)?$"
NO_CONTEXT = r"^\s?(?:bp|nt|nucleotides?|amino|residues?|frames?|seconds?|s|ms|minutes?|words?|characters?|bits?|bytes|samples?|steps?|layers?|base|kb|[%×])"

SIZE_BEHIND = rf"^(?:[\s-]?(?:-?(?i:scale|sized?|class|level|parameter))|[\s-](?:[A-Za-z][A-Za-z0-9-]*[\s-]){{0,3}}?{MODEL}){EDGE}"
SIZE_BEFORE = (
    r"(?i)(?:model sizes?|models?|LLMs?|sizes?|scales?|parameters?|parameter counts?|backbones?|variants?)"
    r"(?:\s(?:of|from|to|up|with|larger|smaller|bigger|than|ranging|range|between|spanning|at|as|and|are|is|scales?|sizes?|in|across|viewed|such|small|large|have|having|over|under|beyond)){0,6}"
    rf"[\s(:,]{{0,2}}{APPROACHES}$"
)
"""Words of size directly before: `models smaller than 10B`, `models (7B, 13B)`."""
FAMILY_BEFORE = rf"(?:^|[^\p{{L}}\p{{N}}]){FAMILY}[A-Za-z]{{0,8}}(?:[-\s]?v?[0-9][0-9.]{{0,4}}[A-Za-z]?)?(?:[-\s][A-Z][A-Za-z]{{1,12}}){{0,2}}[\s(-]{{1,2}}$"
NAME_BEFORE = r"(?:^|[^\p{L}\p{N}-])[A-Z][A-Za-z0-9.+]*(?:-[A-Za-z0-9.+]+){0,3}-$"
DATA_BEHIND = rf"^(?:\s|-)(?:[A-Za-z-]+\s){{0,3}}?{DATA_WORD}{EDGE}"
TRAINED_ON = r"(?i)(?:trained|tuned|train|training|fine-tuning|pre-?training|filtered|subset|sampled|using|collected) (?:on|of|from|using)(?:\sthe)?\s[A-Z][\w.-]*$"
ABOUT_MODELS = r"models?|LLM|VLM|LM|transformer|Transformer|fine-?tun|quantiz|inference|pre-?train"

NO_PERCENT = r"(?i)^[\s-]?(?:\(?two-sided\)?\s|bootstrap\s|Bayesian\s)?(?:CI|C\.I\.|C\.?L\.?|confidence|credible|credibility|highest|prediction interval|predictive interval|quantile|percentile|level of (?:confidence|significance)|significance|HDI|HPD|LoA|limits of agreement|probability intervals?)"
CONFIDENCE_BEFORE = r"(?i)(?:confidence|significance|CI|credible|credibility)(?:\s(?:level|interval|intervals|levels|limits?))?(?:\s(?:of|at|is|was|to))?[\s(:=]{1,2}$|(?:p|P|α|alpha)\s?[<>=≤≥]\s?$"
CONFIDENCE_RANGE = r"(?i)(?:(?:CI|confidence intervals?|credible intervals?|HDI|interquartile range|IQR)[\s:=,(\[]{1,3}|(?:CI|interval)[^.;()]{0,25})$"

PHRASE_END = rf"(?is)[,:()\[].*$|\s{STOP}(?:[\s,.].*)?$"
"""Where the phrase ends that a number belongs to."""

_LATER = r"(?:[A-Za-z][A-Za-z0-9-]*\s){0,3}?"
CMP_BEHIND = (
    rf"^[\s-](?:{_LATER}(?:{GAIN_NOUN}|{LOSS_NOUN}){EDGE}|(?:times\s)?(?:the|that of|as (?:many|much|fast|large|big|long|high|low|small|often|likely|efficient|expensive|good|well)){EDGE}"
    rf"|(?:(?:computationally|significantly|even|much|wall-clock|inference|training)\s)?(?:{GAIN_WORD}|{LOSS_WORD}|over-?trained|[a-z]{{3,}}er){EDGE}|{_LATER}(?:throughput|efficiency|memory-saving|memory saving|overhead){EDGE})"
)
"""A comparison behind a factor: `3x faster`, `5x memory reduction`, `10 times the size`."""
TIMES_BEHIND = (
    rf"^\s(?:(?:computationally|significantly|much)\s)?(?:{GAIN_WORD}|{LOSS_WORD}|as (?:many|much|fast|large|big|long|high|low|small|often|likely|efficient|expensive)){EDGE}"
    rf"|^\s(?:the|that of)\s(?:[a-z-]+\s)?(?:size|number|amount|cost|speed|length|rate|throughput|parameters|compute|computation|memory|data|volume|value|performance|scale|diameter|average|resolution)"
    rf"|^\s(?:speed-?up|speed up|acceleration|reduction|improvement|increase|decrease|compression|memory[- ]saving|gain|saving)s?{EDGE}"
)
CMP_BEFORE = (
    rf"(?i)(?:^|[^\p{{L}}])(?:by|speed-?ups?|speed-?ups? of|speed up of|speeding up|accelerations? of|reductions? of|improvements? of|increases? of|gains? of|savings? of|compression of|throughput of|efficiency of"
    rf"|(?:reductions?|speed-?ups?|improvements?|increase|decrease|drop) (?:by|up to)|(?:{GAIN_VERB}|{LOSS_VERB}) (?:[a-z-]+\s){{0,3}}(?:by|to))\s(?:factors? of\s|a factor of\s)?{APPROACHES}$"
)
FOLD_CHANGE = rf"(?i)(?:^|[^\p{{L}}])(?:{GAIN_VERB}|{LOSS_VERB})(?:\s[a-z-]+){{0,3}}\s{APPROACHES}$"
FACTOR_BEFORE = (
    rf"(?i)(?:by|of|up to|is)\s(?:a|an)\s(?:constant\s|approximate\s|impressive\s|remarkable\s|significant\s)?factors?\s(?:of|up to|over|exceeding|between|ranging from|from|close to|around)\s{APPROACHES}$"
    rf"|(?:reduction|speed-?up|improvement|compression|acceleration|gain)\s(?:factors?|ratios?)\s(?:of|up to)\s{APPROACHES}$|\(factors? (?:of|up to)\s{APPROACHES}$"
)
NO_FACTOR = r"(?i)^[\s-]?(?:magnification|objective|zoom|cross[\s-]?validation|CV|symmetr|degenera|rotational|coverage|super-?resolution|upsampl|downsampl|upscal|binning|redundan|interpolat|[×x*]\s?[0-9])"

COST_FOLLOWS = r"^[^$\n]{0,60}?[^\s$(]\$(?:[^0-9]|$)"
"""Behind a dollar sign that opens mathematics: one that closes it."""
NO_RATE = r"^(?:\s(?:per|a|each|every)\s(?:second|minute|sec)|/s(?:ec)?|\sgenerated per second|\s?/\s?sec)"
CHANGE_VERB = rf"(?i){EDGE}(?:{GAIN_VERB}|{LOSS_VERB}|{GAIN_NOUN}|{LOSS_NOUN}|chang(?:e|es|ed|ing)|going|goes|went|moved?|shift(?:s|ed|ing)?|brings?|bringing|brought)(?:\s|,|$)"
SPREAD = r"(?i)(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying)|span(?:s|ned|ning)?|sizes?|scales?|anywhere|spread|between|across|interval)[^.;]{0,25}$"
UNITLESS_BEHIND = r"^(?:[.,;:)\]]|$|\s(?:on|in|for|and|while|with|at|when|after|by|across|compared|over|using|under|as|within|without|thanks|via|through|during|points?)(?:\s|$)|\s\()"


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


def with_kinds(chained: pl.DataFrame) -> pl.DataFrame:
    """Adds kind and canonical unit, and leaves out what has no certain kind.

    Args:
        chained: Result of `chains.chain`.

    Returns:
        Its rows of a certain kind, with kind and unit replaced and `comparing` (text): the words that compare.
    """
    return (
        chained.pipe(_with_clause)
        .pipe(_with_items)
        .with_columns(kind=_kind())
        .pipe(_shared_in_chains)
        .filter(pl.col("kind").is_not_null())
        .pipe(_without_names)
        .pipe(_with_units)
    )


def _with_clause(found: pl.DataFrame) -> pl.DataFrame:
    """Cuts what stands around a quantity to its own sentence."""
    start = r"(?s)^.*[.!?;][)\"'”’\]]?\s"
    end = r"(?s)[.!?;](?:\s|$).*$"
    found = found.with_columns(
        before=pl.col("before").str.replace(start, ""),
        head=pl.col("head").str.replace(start, ""),
        rest=pl.col("rest").str.replace(end, "."),
        after=pl.col("after").str.replace(end, "."),
    )
    return found.with_columns(phrase=pl.col("after").str.replace(PHRASE_END, ""))


def _with_items(found: pl.DataFrame) -> pl.DataFrame:
    """Reads what a large number without a unit counts."""
    large = (pl.max_horizontal(pl.col("value"), pl.col("high")) >= 1000) & pl.col("unit").is_null()
    text = pl.when(large & ~pl.col("is_named")).then(pl.col("rest").str.extract(rf"^({ITEMS})"))
    return found.with_columns(item=text.str.strip_chars(" +-"), item_text=text)


def _kind() -> pl.Expr:
    """The kind that the unit or the words around it prove; null where none is certain."""
    unit, join, before, after = pl.col("unit"), pl.col("join"), pl.col("before"), pl.col("after")
    value = pl.coalesce(pl.col("high"), pl.col("value"))
    percent = unit.is_in([Mark.PERCENT.value, Mark.PERCENTAGE_POINT.value])
    confidence = after.str.contains(NO_PERCENT) | before.str.contains(CONFIDENCE_BEFORE)
    confidence = confidence | before.str.contains(CONFIDENCE_RANGE)
    context = (
        (after.str.contains(CONTEXT_BEHIND) & (pl.col("has_scale") | (unit == Mark.TOKENS)))
        | (before.str.contains(CONTEXT_BEFORE) & ((value >= 256) & (value < 1e9)))
        | (before.str.contains(_LENGTH_ONLY) & pl.col("has_scale"))
    )
    context = context & ~after.str.contains(NO_CONTEXT) & (unit.is_null() | (unit == Mark.TOKENS))
    context = context & pl.col("currency").is_null() & pl.col("item").is_null()
    changes = (join == Join.CHANGE) & before.str.contains(CHANGE_VERB) & ~before.str.contains(SPREAD)
    return (
        pl.when(pl.col("currency").is_not_null() | (unit == Mark.MONEY))
        .then(pl.when(~pl.col("rest").str.contains(COST_FOLLOWS)).then(pl.lit(QuantityKind.MONEY.value)))
        .when(confidence & (percent | unit.is_null()))
        .then(None)
        .when((changes | (join == Join.ARROW)) & (unit.is_not_null() | _is_bare_change()))
        .then(pl.lit(QuantityKind.CHANGE.value))
        .when(context.fill_null(value=False))
        .then(pl.lit(QuantityKind.CONTEXT_LENGTH.value))
        .when(percent)
        .then(pl.lit(QuantityKind.PERCENTAGE.value))
        .when((unit == Mark.POINT) & _is_difference())
        .then(pl.lit(QuantityKind.PERCENTAGE.value))
        .when((unit == Mark.TOKENS) & ~after.str.contains(NO_RATE))
        .then(pl.lit(QuantityKind.TOKENS.value))
        .when((unit == Mark.PARAMETERS) & (pl.col("has_scale") | (value >= 1000) | _of_a_model()))
        .then(pl.lit(QuantityKind.PARAMETERS.value))
        .when(unit.is_in([Mark.MACHINE_TIME.value, Mark.OPERATIONS.value]))
        .then(pl.lit(QuantityKind.COMPUTE.value))
        .when(_is_factor())
        .then(pl.lit(QuantityKind.FACTOR.value))
        .when(_is_size())
        .then(pl.lit(QuantityKind.PARAMETERS.value))
        .when(pl.col("item").is_not_null())
        .then(pl.lit(QuantityKind.ITEMS.value))
    )


def _is_bare_change() -> pl.Expr:
    """Whether a change without a unit is one of a score: nothing that it could count follows."""
    return (
        pl.col("unit").is_null()
        & pl.col("rest").str.contains(UNITLESS_BEHIND)
        & ((pl.col("low") % 1 != 0) | (pl.col("high") % 1 != 0) | (pl.col("join") != Join.ARROW))
    )


def _is_difference() -> pl.Expr:
    """Whether points are points of a score that rose or fell."""
    before, after = pl.col("before"), pl.col("after")
    by = rf"(?i)(?:{GAIN_VERB}|{LOSS_VERB}|{GAIN_NOUN}|{LOSS_NOUN})[^.;]*(?:\s(?:by|of|over|to|is|to)|\(|,|and)\s?{APPROACHES}$"
    behind = rf"^[\s-](?:[A-Za-z0-9-]+\s){{0,2}}?(?:{GAIN_NOUN}|{LOSS_NOUN}|{GAIN_WORD}|{LOSS_WORD}){EDGE}"
    return before.str.contains(by) | after.str.contains(behind) | (pl.col("sign") == "+")


def _of_a_model() -> pl.Expr:
    """Whether a small number of parameters is that of something that is trained."""
    return pl.col("unit_text").str.contains(r"(?:trainable|learnable|tunable|learned)\s")


def _is_factor() -> pl.Expr:
    unit, before, after = pl.col("unit"), pl.col("before"), pl.col("after")
    is_word, is_fold = pl.col("unit_text").str.ends_with("times"), pl.col("unit_text").str.contains(r"(?i)fold$")
    compared = after.str.contains(CMP_BEHIND) | before.str.contains(CMP_BEFORE)
    times = pl.when(is_word).then(after.str.contains(TIMES_BEHIND) | before.str.contains(CMP_BEFORE))
    times = times.when(is_fold).then(compared | before.str.contains(FOLD_CHANGE)).otherwise(compared)
    orders = (unit == Mark.ORDERS) & (
        compared | after.str.contains(r"^\s(?:[a-z]+\s)?(?:improvement|in\s|compared|over|than)")
    )
    factor = unit.is_null() & ~pl.col("has_scale") & before.str.contains(FACTOR_BEFORE)
    return (((unit == Mark.TIMES) & times) | orders | factor) & ~after.str.contains(NO_FACTOR)


def _is_size() -> pl.Expr:
    """Whether a number with nothing but a letter for its scale is the size of a model."""
    before, after, rest = pl.col("before"), pl.col("after"), pl.col("rest")
    value = pl.coalesce(pl.col("high"), pl.col("value"))
    large = (value >= 1e6) & pl.col("has_scale") & pl.col("unit").is_null() & pl.col("currency").is_null()
    named = pl.col("is_named")
    family = before.str.contains(FAMILY_BEFORE)
    context = pl.concat_str(before.str.slice(-60), after.str.slice(0, 60))
    name = before.str.contains(NAME_BEFORE) & ~before.str.contains(TRAINED_ON) & (value >= 1e8)
    name = name & context.str.contains(ABOUT_MODELS) & pl.col("scale_text").is_in(["B", "b"])
    plain = ~named & (
        rest.str.contains(SIZE_BEHIND) | after.str.contains(SIZE_BEHIND) | before.str.contains(SIZE_BEFORE)
    )
    return (
        large
        & (family | name | plain)
        & ~rest.str.contains(DATA_BEHIND)
        & ((pl.col("scale_text").str.len_chars() == 1) | plain)
    )


def _shared_in_chains(found: pl.DataFrame) -> pl.DataFrame:
    """Lets the members of a list that have a scale and no kind take that of a member that is a size."""
    sizes = (pl.col("kind") == QuantityKind.PARAMETERS).any().over("chain")
    bare = pl.col("kind").is_null() & pl.col("has_scale") & pl.col("unit").is_null() & pl.col("currency").is_null()
    kind = (
        pl.when(bare & sizes & pl.col("item").is_null()).then(pl.lit(QuantityKind.PARAMETERS.value)).otherwise("kind")
    )
    return found.with_columns(kind=kind)


def _without_names(found: pl.DataFrame) -> pl.DataFrame:
    """Leaves out numbers that are parts of names, save the sizes in names of models."""
    return found.filter(~pl.col("is_named") | ((pl.col("kind") == QuantityKind.PARAMETERS) & pl.col("has_scale")))


def _with_units(found: pl.DataFrame) -> pl.DataFrame:
    """Replaces the mark by the unit, and multiplies out prefixes of units and orders of magnitude."""
    kind, unit, text = pl.col("kind"), pl.col("unit"), pl.col("unit_text")
    stated = (
        pl.when(kind == QuantityKind.MONEY).then(units.currency(pl.col("currency"), text))
        .when(unit == Mark.MACHINE_TIME).then(units.machine_time(text))
        .when(unit == Mark.OPERATIONS).then(units.operations(text))
        .when(kind.is_in(list(_UNIT_OF_KIND))).then(kind.replace_strict(_UNIT_OF_KIND, default=None))
        .otherwise(unit.replace(_UNIT_OF_MARK))
    )  # fmt: skip
    multiple = pl.when(unit == Mark.OPERATIONS).then(units.prefix(text)).otherwise(1.0)
    numbers = {
        name: pl.when(unit == Mark.ORDERS).then(pl.lit(10.0).pow(pl.col(name))).otherwise(pl.col(name) * multiple)
        for name in ("value", "low", "high")
    }
    found = found.with_columns(**numbers, unit=stated)
    return found.filter(pl.col("unit").is_not_null() | (kind == QuantityKind.CHANGE))
