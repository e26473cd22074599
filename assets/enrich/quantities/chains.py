"""Chains: numbers that belong together, as ranges, as from-to changes, as lists that share a unit."""

from enum import StrEnum

import polars as pl

from assets.enrich.quantities.units import PREFIX, Mark
from assets.enrich.quantities.words import APPROACH, CURRENCY_SIGN, METRIC

LONGEST_GAP = 60
"""Bytes between two numbers of a chain."""


class Join(StrEnum):
    """How one number goes on to the next."""

    RANGE = "range"
    CHANGE = "change"
    ARROW = "arrow"
    ERROR = "error"
    LIST = "list"
    COMMA = "comma"


_QUALIFIED = rf"(?:{APPROACH}\s){{0,3}}{CURRENCY_SIGN}?[~≈\x{{223C}}]?"
_GAPS = (
    (Join.RANGE, rf"^\s?(?:[-\x{{2013}}—\x{{2212}}~\x{{223C}}]|--)\s?{CURRENCY_SIGN}?$"),
    (Join.ERROR, r"^\s?(?:±|\+/-|\+/\x{2212})\s?$"),
    (Join.ARROW, r"^\s?(?:→|⟶|->|-->|=>|⇒)\s?$"),
    (Join.LIST, rf"^,?\s(?:and|or|and/or|&|as well as)\s{_QUALIFIED}$|^\s?/\s?$"),
    (Join.COMMA, rf"^,\s{_QUALIFIED}$"),
)
_UP_TO = rf"^,?\sup\sto\s{_QUALIFIED}$"
_TO = rf"^,?\s(?:to|through)\s(?:over\s|almost\s|nearly\s|just\s|only\s)?{_QUALIFIED}$"
_TO_LATER = rf"^\s[^.,;:!?%$]{{1,45}}\sto\s{_QUALIFIED}$"
_FROM = rf"(?i)(?:^|[^\p{{L}}])from\s(?:just\s|only\s|an?\s|(?:the|its|our)\s(?:\w+\s)?)?{_QUALIFIED}$"
_BETWEEN = rf"(?i)(?:^|[^\p{{L}}])(?:between|from)\s{_QUALIFIED}$"
_AND = rf"^\sand\s{_QUALIFIED}$"
_COMPARED = r"(?i)compar\w*\s(?:\w+\s){0,3}$"
MEASURED = rf"(?:{METRIC}|FID|PSNR|SSIM|[Pp]erplexity|[Ll]oss)\s(?:of|is|was|=)\s$"
"""Before a score, which shares no unit with what is counted behind it: `an FID of 5.2 and 15M parameters`."""
ARTICLE = r"\s(?:an?|the|another)\s"
"""Between two numbers that share no unit: `on Fen 2.0 and a 38% rate`."""
_HAS_UNIT = pl.any_horizontal(pl.col("unit", "scale", "currency").is_not_null())

_MAY_COUNT = ((pl.col("number_value") >= 1000) & ~pl.col("is_year")) | pl.col("head").str.contains(
    r"(?:ength|indow|ontext|actor)[^.;,]{0,30}$"
)
"""Numbers that may count something without a unit of their own."""


def chain(numbers: pl.DataFrame) -> pl.DataFrame:
    """Puts numbers together and gives each its unit.

    Args:
        numbers: Result of `numbers.parse`.

    Returns:
        One row per quantity, sorted as before: columns row, text, start, end (bytes), head, rest (the text before and
        behind it), before and after (the text before and behind the list that it is a part of), value, low, high,
        unit (a mark), unit_text, scale_text, currency, has_scale, is_named, sign, join (null for a single number)
        and chain (a number that the members of a list share), and the bytes where the texts begin and end. Numbers
        that can count nothing are left out.
    """
    return (
        numbers.pipe(_with_joins)
        .filter(_HAS_UNIT | _MAY_COUNT | pl.col("join").is_not_null() | pl.col("is_joined"))
        .pipe(_with_shared_units)
        .pipe(_merged)
        .pipe(_with_lists)
    )


def _next(name: str) -> pl.Expr:
    """The value of the next number in the same text."""
    return pl.when(pl.col("row") == pl.col("row").shift(-1)).then(pl.col(name).shift(-1))


def _with_joins(numbers: pl.DataFrame) -> pl.DataFrame:
    """Adds join: how each number goes on to the next; and is_joined: whether the one before goes on to it."""
    length = _next("start") - pl.col("unit_end")
    near = length.is_between(0, LONGEST_GAP)
    length = pl.when(near).then(length).otherwise(0)
    gap = pl.when(near).then(pl.col("rest").cast(pl.Binary).bin.slice(0, length).cast(pl.String))
    known = numbers.with_columns(gap=gap)
    kinds: pl.Expr = pl.lit(None, dtype=pl.String)
    for kind, pattern in reversed(_GAPS):
        kinds = pl.when(pl.col("gap").str.contains(pattern)).then(pl.lit(kind.value)).otherwise(kinds)
    head, between = pl.col("head"), pl.col("gap")
    is_to, same = between.str.contains(_TO), pl.col("unit").eq_missing(_next("unit"))
    worded = (
        pl.when(is_to & head.str.contains(_FROM))
        .then(pl.lit(Join.CHANGE.value))
        .when(between.str.contains(_TO_LATER) & ~between.str.contains(_UP_TO) & same & head.str.contains(_FROM))
        .then(pl.lit(Join.CHANGE.value))
        .when(between.str.contains(_AND) & head.str.contains(_BETWEEN))
        .then(pl.lit(Join.RANGE.value))
        .when((is_to | between.str.contains(_UP_TO)) & ~head.str.contains(_COMPARED))
        .then(pl.lit(Join.RANGE.value))
        .otherwise(kinds)
    )
    joined = known.with_columns(
        join=pl.when(between.is_not_null()).then(worded), has_article=between.str.contains(ARTICLE)
    ).drop("gap")
    # `an error of 4%, a 19% reduction` is no list
    apart = ((pl.col("join") == Join.COMMA) & pl.col("has_article")).fill_null(value=False)
    joined = joined.with_columns(join=pl.when(~apart).then("join"))
    in_range = (pl.col("join").shift(1) == Join.RANGE) & ~pl.col("is_named").shift(1)
    is_name = pl.col("is_named") & ~in_range.fill_null(value=False)  # `Sedge-2-2B` is one name, no range
    dated = pl.col("is_year") & ((pl.col("join") != Join.CHANGE) | _next("is_year")).fill_null(value=True)
    broken = is_name | dated | (pl.col("is_year") & (pl.col("join").shift(1) != Join.CHANGE))
    return joined.with_columns(
        join=pl.when(~broken.fill_null(value=False)).then("join"), is_named=is_name
    ).with_columns(is_joined=pl.col("join").shift(1).is_not_null() & (pl.col("row") == pl.col("row").shift(1)))


def _with_shared_units(numbers: pl.DataFrame) -> pl.DataFrame:
    """Gives numbers without a unit that of the next in their chain: `1, 3 and 7 billion parameters`, `10-20%`.

    Over a bare comma only where the next has it from its own next: `on day 3, 5% were lost` is no list.
    """
    numbers = numbers.with_columns(
        inherits=pl.lit(value=False),
        has_scale=pl.col("scale").is_not_null(),
        own_unit=pl.col("unit"),
        unit_start=pl.col("scale_end"),
    )
    counts = _next("unit").is_in([Mark.PARAMETERS.value, Mark.TOKENS.value, Mark.OPERATIONS.value])
    before_count = pl.when(pl.col("join").is_not_null() & pl.col("unit").is_null() & counts).then(pl.col("head"))
    numbers = numbers.with_columns(is_measured=before_count.str.contains(MEASURED).fill_null(value=False))
    for _ in range(4):
        close = (pl.col("join") != Join.COMMA) | _next("inherits")
        bare = pl.col("unit").is_null() & pl.col("currency").is_null() & close.fill_null(value=False)
        takes = bare & pl.col("join").is_not_null() & (_next("unit").is_not_null() | _next("scale").is_not_null())
        takes = takes & (pl.col("scale").is_null() | (_next("unit").is_not_null()))
        # `12M / 2.4GFLOPs` counts parameters first
        takes = takes & ~pl.col("has_article").fill_null(value=False)
        takes = takes & ~pl.col("is_measured")
        prefixed = pl.when(pl.col("scale").is_not_null()).then(_next("unit_text")).str.contains(PREFIX)
        takes = takes & ~prefixed.fill_null(value=False)
        fits = pl.col("scale").is_null() & ~(pl.col("number_value") > 999)
        fits = fits & (~pl.col("join").is_in([Join.CHANGE.value, Join.RANGE.value, Join.ARROW.value]) | (
            pl.col("number_value") <= _next("number_value")))  # fmt: skip
        numbers = numbers.with_columns(
            unit=pl.when(takes).then(_next("unit")).otherwise("unit"),
            unit_text=pl.when(takes).then(_next("unit_text")).otherwise("unit_text"),
            unit_start=pl.when(takes).then(_next("unit_start")).otherwise("unit_start"),
            scale=pl.when(takes & fits).then(_next("scale")).otherwise("scale"),
            scale_text=pl.when(takes & fits).then(_next("scale_text")).otherwise("scale_text"),
            inherits=pl.col("inherits") | takes,
        )
    # what falls to nothing says no unit: `from 66% to 0`
    to_zero = (pl.col("row") == pl.col("row").shift(1)) & (pl.col("number_value") == 0) & pl.col("unit").is_null()
    to_zero = to_zero & (pl.col("join").shift(1) == Join.CHANGE)
    numbers = numbers.with_columns(
        unit=pl.when(to_zero.fill_null(value=False)).then(pl.col("unit").shift(1)).otherwise("unit")
    )
    # an amount keeps its currency: `$5-10`, `$5 and 10 million`
    last = pl.col("row") == pl.col("row").shift(1)
    spread = last & pl.col("unit").is_null() & pl.col("join").shift(1).is_in([Join.RANGE.value, Join.CHANGE.value])
    return numbers.with_columns(
        currency=pl.when(spread).then(pl.coalesce("currency", pl.col("currency").shift(1))).otherwise("currency")
    ).with_columns(
        scale=pl.when(pl.col("currency").is_not_null() & pl.col("join").is_in([Join.RANGE.value]))
        .then(pl.coalesce("scale", _next("scale")))
        .otherwise("scale")
    )


def _merged(numbers: pl.DataFrame) -> pl.DataFrame:
    """Makes one row of the two ends of a range, of a change, of a value and its error."""
    amount = pl.col("number_value") * pl.col("scale").fill_null(1.0)
    amount = pl.when(pl.col("sign").is_in(["-", "\u2212", "\u2013"])).then(-amount).otherwise(amount)
    valued = numbers.with_columns(amount=amount)
    pair = pl.col("join").is_in([Join.RANGE.value, Join.CHANGE.value, Join.ARROW.value, Join.ERROR.value])
    same = pl.col("unit").eq_missing(_next("unit")) & pl.col("currency").eq_missing(_next("currency"))
    ordered = (pl.col("join") != Join.RANGE) | (pl.col("amount") < _next("amount").abs())
    valued = valued.with_columns(opens=(pair & same & ordered).fill_null(value=False))
    valued = valued.with_columns(opens=pl.col("opens") & ~pl.col("opens").shift(1, fill_value=False))
    opens, is_error = pl.col("opens"), pl.col("join") == Join.ERROR
    far = pl.when(opens).then(_next("amount"))
    other = pl.when(pl.col("join") == Join.RANGE).then(far.abs()).otherwise(far)
    low = pl.when(is_error).then(pl.col("amount") - other).otherwise(pl.min_horizontal("amount", other))
    high = pl.when(is_error).then(pl.col("amount") + other).otherwise(pl.max_horizontal("amount", other))
    closes = opens.shift(1, fill_value=False)
    placed = valued.with_columns(
        value=pl.when(~opens | is_error).then(pl.col("amount").round_sig_figs(12)),
        low=pl.when(opens).then(low.round_sig_figs(12)),
        high=pl.when(opens).then(high.round_sig_figs(12)),
        rises=pl.when(opens).then(other > pl.col("amount")),
        end=pl.when(opens).then(_next("unit_end")).otherwise(
            pl.when(pl.col("own_unit").is_null()).then("scale_end").otherwise("unit_end")),
        rest=pl.when(opens).then(_next("rest")).otherwise("rest"),
        rest_start=pl.when(opens).then(_next("unit_end")).otherwise("unit_end"),
        has_scale=pl.col("has_scale") | (opens & _next("has_scale")).fill_null(value=False),
        unit_text=pl.when(opens).then(_next("unit_text")).otherwise("unit_text"),
        unit_start=pl.when(opens).then(_next("unit_start")).otherwise("unit_start"),
        scale_text=pl.when(opens).then(_next("scale_text")).otherwise("scale_text"),
        next_join=pl.when(opens).then(_next("join")).otherwise("join"),
        pair=pl.when(opens).then("join"),
    )  # fmt: skip
    kept = placed.filter(~closes).drop(
        "join", "opens", "is_joined", "has_article", "is_measured", "amount", "number_value", "unit_end", "scale_end"
    )
    return kept.rename({"pair": "join"})


def _with_lists(numbers: pl.DataFrame) -> pl.DataFrame:
    """Adds before and after: what stands around the whole list that a quantity is a part of."""
    goes_on = pl.col("next_join").is_in([Join.LIST.value, Join.COMMA.value]) & (
        pl.col("row") == pl.col("row").shift(-1)
    )
    mixed = (pl.col("unit") == Mark.PERCENT) & (_next("unit") == Mark.POINT)  # `97%, 13 points more`
    goes_on = goes_on & ~mixed.fill_null(value=False)
    begins = ~goes_on.shift(1, fill_value=False)
    return (
        numbers.with_columns(chain=begins.fill_null(value=True).cum_sum())
        .with_columns(
            before=pl.col("head").first().over("chain"),
            before_end=pl.col("start").first().over("chain"),
            after=pl.col("rest").last().over("chain"),
            after_start=pl.col("rest_start").last().over("chain"),
        )
        .drop("next_join", "inherits", "own_unit", "is_year", "scale", "number_end")
    )
