"""Numbers: from the place where one may begin to its value, its scale and the unit that stands behind it.

What makes a run of digits a name, a version, a year or a date is sorted out here. What the number counts is decided
in `kinds`.
"""

import polars as pl

from assets.enrich.quantities import units
from assets.enrich.quantities.scan import WORDS

_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_WORD = "|".join(sorted(WORDS, key=len, reverse=True))
NUMBER = rf"^(?:{_DIGITS}|(?i:{_WORD}|an)(?-u:\b))"
FOLD = rf"^((?i:{_WORD}))(?i:fold)(?-u:\b)"
"""A number word that is one word with what it counts: `twofold`."""
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"
_EXPONENT = rf"\^\{{?[-\x{{2212}}\x{{2013}}+]?[0-9]{{1,2}}\}}?|[{_SUPERSCRIPTS}]{{1,3}}"
POWER = rf"^(?:\s?(?:\x{{D7}}|[x*·])\s?10(?:{_EXPONENT})|[eE][-\x{{2212}}+]?[0-9]{{1,3}}(?-u:\b))"
"""A power of ten behind a mantissa: `1.5x10^{22}`, `2e9`."""
TEN_POWER = rf"^(?:{_EXPONENT})"
"""What makes a 10 a power of ten."""
SCALES = {"hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9,
          "b": 1e9, "trillion": 1e12, "t": 1e12}  # fmt: skip
SCALE = (
    r"^(?:\+?[\s-]?(?i:hundred|thousand|million|billion|trillion)(?-u:\b)|(?:mn|bn|[KkMBbT])(?-u:\b)|m\s(?:[a-z]+\s)?param"
    r"|\s[KMBT](?:[\s-](?:trainable\s|total\s|active\s)?(?:param|token))|\s?[KMBT]\+?$"
    r"|\s[KMB]\s(?:[a-z-]+\s){0,3}?(?:images|videos|samples|pairs|documents|sentences|examples)(?-u:\b))"
)
"""A scale: a word, a letter glued to the number, or a letter alone before what is counted."""

ANOTHER_WORD = (
    r"(?i)(?:^|[^\p{L}])(?:(?:one|two|three|four|five|six|seven|eight|nine|ten)\s(?:to|or|and)"
    r"|few|several|some|many|multiple|\p{L}+ty|hundred|thousand)\s$"
)
"""Before a number word that is only a part: `two to three percent`, `sixty five percent`, `a few hundred`."""
GLUED = (
    r"(?:[\p{L}\p{M}_^#@&\\.:]|(?:^|[^0-9%KMBx\x{D7}]|(?:^|[^.0-9])[0-9]{1,6})/|[0-9][.,:]|[_^]\{|(?:^|[^0-9])[.,])$"
)
"""Before a number that is a part of something else: a name, an index, an address, a decimal without its zero."""
NAMED = r"[\p{L}\p{N})'][-\x{2013}]$"
"""Before a number that may be the last part of a name: `GPT-4`, `CIFAR-10`."""
SIGN = r"(?:^|[\s(\[~≈])([-\x{2212}\x{2013}+])$"
DASH = r"[0-9%xX\x{D7}]\s[-\x{2212}\x{2013}]$"
"""A dash between two numbers, which is no sign: `7x -8x`."""
YEAR = r"^(?:1[6-9]|20)[0-9]{2}$"
BROKEN = r"^(?:[.,:][0-9]|[²³]|\^|_|/[0-9]{4})"
"""Behind a number that goes on as something else: a version, a time, a square, an index."""
MATHEMATICS = (
    r"^\s?[<>≤≥]|^-[a-z]|^,\(|^\s?\$|^[^$\n]{0,60}?[^\s$(]\$(?:[^0-9]|$)|^[\\^_=+*{}|]|^/[a-z]?(?:[\s)]|$)|^/[0-9]"
)
"""Behind a dollar sign that opens mathematics: the one that closes it, or a formula."""
LETTER = r"^\p{L}"


def parse(found: pl.DataFrame) -> pl.DataFrame:
    """Reads the number at each place.

    Args:
        found: Result of `scan.mentions`.

    Returns:
        Its rows that are numbers of their own, with columns number (as it stands, with its power), number_value
        (without scale), scale (factor, null where none is stated), scale_text, sign ("" or as it stands), unit
        (a member of `units.Mark`, null where none), unit_text, rest (the text behind all that), start
        (byte, with the sign or currency before it), number_end, scale_end, unit_end (bytes), is_named and is_year.
    """
    return (
        found.filter(~pl.col("head").str.contains(GLUED))
        .filter(~(pl.col("tail").str.contains(r"^[A-Za-z]") & pl.col("head").str.contains(ANOTHER_WORD)))
        .with_columns(mantissa=pl.coalesce(pl.col("tail").str.extract(FOLD), pl.col("tail").str.extract(NUMBER, 0)))
        .filter(pl.col("mantissa").is_not_null())
        .with_columns(rest=_behind("tail", "mantissa"))
        .pipe(_with_power)
        .pipe(_with_scale)
        .pipe(_with_unit)
        .pipe(_with_places)
    )


def _behind(text: str, start: str) -> pl.Expr:
    """What stands behind the start of a text."""
    return pl.col(text).str.slice(pl.col(start).str.len_chars())


def _with_power(found: pl.DataFrame) -> pl.DataFrame:
    """Takes in powers of ten, and leaves out what goes on as something else."""
    power = pl.when(pl.col("mantissa") == "10").then(pl.col("rest").str.extract(TEN_POWER, 0)).otherwise(None)
    power = pl.coalesce(power, pl.col("rest").str.extract(POWER, 0)).fill_null("")
    return (
        found.with_columns(power=power)
        .with_columns(rest=_behind("rest", "power"))
        .filter(~pl.col("rest").str.contains(BROKEN))
    )


def _with_scale(found: pl.DataFrame) -> pl.DataFrame:
    scale = pl.col("rest").str.extract(SCALE, 0).fill_null("")
    scale = scale.str.replace(r"^(\s[KMBT]|m)[\s-].*$|^(.*)\+$", "${1}${2}")
    return found.with_columns(scale_text=scale).with_columns(rest=_behind("rest", "scale_text"))


def _with_unit(found: pl.DataFrame) -> pl.DataFrame:
    """Reads the unit; a number that is glued to letters which are none is left out."""
    read = found.with_columns(unit_text=pl.col("rest").str.extract(units.UNIT, 0).fill_null(""))
    glued = pl.col("rest").str.contains(LETTER) & (pl.col("unit_text") == "")
    read = read.filter(~glued).with_columns(rest=_behind("rest", "unit_text"))
    times_of_more = pl.col("unit_text").str.contains(r"[\x{D7}xX]$") & pl.col("rest").str.contains(r"^\s?[0-9]|^\p{L}")
    return (
        read.filter(~times_of_more)
        .with_columns(unit=units.mark_of(pl.col("unit_text")))
        .with_columns(
            currency=pl.when(_is_amount()).then(pl.col("head").str.extract(units.CURRENCY_BEFORE, 1)),
            sign=pl.when(~pl.col("head").str.contains(DASH)).then(pl.col("head").str.extract(SIGN)).fill_null(""),
        )
    )


def _is_amount() -> pl.Expr:
    """Whether a sign of a currency before a number is one, and does not open mathematics."""
    plain = (pl.col("power") == "") & (
        units.mark_of(pl.col("unit_text")).fill_null(units.Mark.MONEY) == units.Mark.MONEY
    )
    inside = pl.col("head").str.contains(r"\$\s?[~\x{223C}≈≫≪<>=≤≥]*\s?\$$")
    return plain & ~inside & ~pl.col("rest").str.contains(MATHEMATICS)


def _with_places(found: pl.DataFrame) -> pl.DataFrame:
    """Adds value and bytes, and leaves out what lies inside the number before it."""
    word = pl.col("mantissa").str.to_lowercase()
    digits = pl.col("mantissa").str.replace_all(",", "").cast(pl.Float64, strict=False)
    exponent = (
        pl.col("power")
        .str.extract(rf"([-\x{{2212}}\x{{2013}}]?[0-9]+|[{_SUPERSCRIPTS}]+)\}}?$")
        .str.replace_many(list("⁰¹²³⁴⁵⁶⁷⁸⁹⁻\u2212\u2013"), list("0123456789---"))
        .cast(pl.Float64, strict=False)
        .fill_null(0.0)
    )
    mantissa = pl.when((pl.col("mantissa") == "10") & pl.col("power").str.contains(TEN_POWER)).then(1.0)
    words = word.replace_strict({**WORDS, "an": 1}, default=None, return_dtype=pl.Float64)
    value = pl.coalesce(mantissa, digits, words) * pl.lit(10.0).pow(exponent)
    scale = pl.col("scale_text").str.strip_chars(" -+").str.to_lowercase()
    number_end = pl.col("start") + pl.concat_str("mantissa", "power").str.len_bytes().cast(pl.Int64)
    scale_end = number_end + pl.col("scale_text").str.len_bytes().cast(pl.Int64)
    placed = found.with_columns(
        number_value=value,
        scale=scale.replace_strict(SCALES, default=None, return_dtype=pl.Float64),
        is_named=pl.col("head").str.contains(NAMED),
        is_year=pl.col("mantissa").str.contains(YEAR) & (pl.concat_str("power", "scale_text", "unit_text") == ""),
        number_end=number_end,
        scale_end=scale_end,
        unit_end=scale_end + pl.col("unit_text").str.len_bytes().cast(pl.Int64),
    )
    last_end = pl.when(pl.col("row") == pl.col("row").shift(1)).then(pl.col("unit_end").shift(1))
    sign = pl.when(pl.col("currency").is_not_null()).then(pl.col("head").str.extract(units.CURRENCY_BEFORE, 0))
    return (
        placed.filter((pl.col("start") >= last_end.fill_null(0)) & pl.col("number_value").is_finite())
        .with_columns(lead=pl.coalesce(sign, "sign"))
        .with_columns(
            start=pl.col("start") - pl.col("lead").str.len_bytes().cast(pl.Int64),
            head=pl.col("head").str.strip_suffix(pl.col("lead")),
        )
        .filter(
            ~(
                pl.col("mantissa").str.contains(YEAR)
                & (pl.col("unit") == units.Mark.MONEY)
                & pl.col("head").str.contains(r"\bin\s$")
            ).fill_null(value=False)
        )
        .drop("mantissa", "power", "lead")
    )
