"""Brackets: every bracket of a text with what stands before it and in it, one row each.

What may be a short form or a long one is decided here by its looks and its place alone.
"""

import polars as pl

from schemas.enrich_vocabulary import TermRule

REACH = 260
"""Characters before a bracket that are looked at: more than the longest long form."""
INSIDE = 220
"""Characters after an opening bracket that are looked at."""
BEHIND, SPELLED = 48, 8
"""Bytes of the longest bracket that holds a word before its short form, and of the shortest that holds a long form."""

_MARKS = r"\s_\"'`*“”\u2018\u2019„«»$"
_FONT = r"\\?(?:textbf|textit|textsc|texttt|textrm|emph|mathrm|mathbf|text|bf|it|sc)\s?\{|\{"
_CALLED = (
    r"i\.e\.,?|aka|a\.k\.a\.?,?|also|or|simply|termed|called|named|dubbed|denoted(?:\s(?:as|by))?|coined"
    r"|abbreviated(?:\s(?:as|to))?|abbr\.?:?|henceforth|hereafter|hereinafter|referred to as|known as|short|acronym:?"
)
_LEAD_IN = rf"(?:[{_MARKS}]|{_FONT}|(?i:(?:{_CALLED})[\s:]))*"
SHORT = r"(?:\p{L}|\d+-?\p{L})[\p{L}\p{N}]*(?:[-./&+*_@'\u2019^]{1,2}[\p{L}\p{N}]+)*\+{0,2}"
"""What a short form is made of."""
_LAST = (
    rf"(?:\}}|[{_MARKS}])*(?:$|[,;:)\]]|\s(?i:for short|hereafter|henceforth|hereinafter|in short|from now on|for)\b"
    r"|\s?[\u2013—]|\s-+\s|\s\d{4}$)"
)
_BEHIND_WORD = r"^(?<lead>(?:[\p{L}\d][\p{L}\d-]*\s){1,2})(?<surface>\p{Lu}{2,}s?)$"
_VERSION = r"^\S*\d\S*$"
"""One word with a number in it, an instance of what the bracket follows: `LLM (Orca3-70B)`."""
_KIND = (
    r"(?:algorithm|approach|architecture|benchmark|corpus|dataset|framework|initiative|library|loss|method|metric|model"
    r"|module|network|pipeline|platform|project|protocol|score|strategy|system|task|technique|toolkit)"
)
_STANDS_FOR = (
    r"(?i:short for|a\.?k\.?a\.?,?|stands for|which stands for|standing for|i\.e\.,?|abbreviation of|or|for|the)"
)
CLAUSE = r"^(?s:.*)(?:[.?!:][\"'”\u2019)]?\s|[;()\[\]])"
"""All of a text up to the last place that no long form goes across."""
ALIGNED = ("row", "surface", "short_start", "long", "long_end", "floor", "rule")
"""What every reader of definitions gives: the short form as it stands there and where, a text that ends with the long
form and where it ends, the score that their alignment has to reach, and the rule."""
SURE, EXACT, LIKELY, IN_BRACKETS = 0.98, 0.95, 0.5, 0.15
"""Score from which on an alignment is beyond doubt, if the short form has three letters; from which on it is, however
short; from which on several words before a bracket are a long form; and from which on they are where a bracket behind
the short form holds them alone."""


def brackets(texts: pl.DataFrame) -> pl.DataFrame:
    """Finds the opening brackets.

    Args:
        texts: Columns `row` and `text` (String; null has none).

    Returns:
        One row per round or square opening bracket: row, opening (its place, in characters), before (the text to
        the left of it), inside (the text to the right of it, up to the closing bracket) and is_closed.
    """
    pieces = (
        texts.filter(pl.col("text").str.contains(r"[(\[]"))
        .with_columns(pieces=pl.col("text").str.replace_all("[", "(", literal=True).str.split("("))
        .explode("pieces")
        .with_columns(length=pl.col("pieces").str.len_chars().cast(pl.Int64) + 1)
        .with_columns(opening=pl.col("length").cum_sum().over("row") - 1, after=pl.col("pieces").shift(-1))
    )
    opened = pieces.filter((pl.col("row") == pl.col("row").shift(-1)).fill_null(value=False))
    start = pl.max_horizontal(pl.col("opening") - REACH, 0)
    return opened.select(
        "row",
        "opening",
        before=pl.col("text").str.slice(start, pl.col("opening") - start),
        inside=pl.col("after").str.slice(0, INSIDE).str.extract(r"^([^)\]]*)"),
        is_closed=pl.col("after").str.slice(0, INSIDE).str.contains(r"[)\]]"),
    )


def long_before_short(found: pl.DataFrame) -> pl.DataFrame:
    """Reads brackets as `long form (SF)`.

    Args:
        found: Rows of `brackets`.

    Returns:
        Columns ALIGNED; only where the bracket begins with what may be a short form.
    """
    read = found.with_columns(
        pl.when(pl.col("is_closed"))
        .then(pl.col("inside").str.extract_groups(rf"^(?<lead>{_LEAD_IN})(?<surface>{SHORT}){_LAST}"))
        .otherwise(pl.col("inside").str.extract_groups(rf"^(?<lead>)(?<surface>{SHORT})(?:\s|[,.;]|$)"))
        .struct.unnest()
    ).filter(pl.col("surface").is_not_null())
    return (
        _with_long(read)
        .with_columns(
            floor=pl.when(pl.col("is_closed")).then(LIKELY).otherwise(SURE),
            rule=pl.when(pl.col("is_closed"))
            .then(pl.lit(TermRule.LONG_BEFORE_SHORT))
            .otherwise(pl.lit(TermRule.HALF_OPEN)),
        )
        .select(ALIGNED)
    )


def short_behind_word(found: pl.DataFrame) -> pl.DataFrame:
    """Reads brackets as `word long form (word SF)`: `offline reinforcement learning (offline RL)`.

    Args:
        found: Rows of `brackets`.

    Returns:
        Columns ALIGNED; nothing but the surest counts.
    """
    few = pl.col("inside").str.len_bytes() <= BEHIND
    is_read = few & pl.col("inside").str.contains(_BEHIND_WORD)
    read = found.filter("is_closed", is_read).with_columns(
        pl.col("inside").str.extract_groups(_BEHIND_WORD).struct.unnest()
    )
    return _with_long(read).with_columns(floor=pl.lit(EXACT), rule=pl.lit(TermRule.LONG_BEFORE_SHORT)).select(ALIGNED)


def _with_long(read: pl.DataFrame) -> pl.DataFrame:
    """Adds where the short form stands, and the text before the bracket that ends with the long form."""
    kept = pl.col("before").str.replace(rf"(?:['\u2019]s)?(?:[{_MARKS},]|\}})+$", "")
    return read.with_columns(
        short_start=pl.col("opening") + 1 + pl.col("lead").str.len_chars().cast(pl.Int64),
        long=kept.str.replace(CLAUSE, "").str.strip_chars_start(),
        long_end=pl.col("opening") - (pl.col("before").str.len_chars().cast(pl.Int64) - kept.str.len_chars()),
    )


def short_before_long(found: pl.DataFrame) -> pl.DataFrame:
    """Reads brackets as `SF (long form)`.

    Args:
        found: Rows of `brackets`.

    Returns:
        Columns ALIGNED; `long` is all that stands in the bracket before a semicolon.
    """
    read = (
        found.filter("is_closed", pl.col("inside").str.len_bytes() >= SPELLED)
        .with_columns(
            pl.col("before")
            .str.slice(-60)
            .str.extract_groups(
                rf"(?:^|[\s(\"'`*“\u2018{{/])(?<surface>{SHORT})(?<gap>(?:[{_MARKS}]|\}})*(?:\s{_KIND}\s)?)$"
            )
            .struct.unnest(),
            pl.col("inside")
            .str.extract_groups(rf"^(?<lead>(?:[{_MARKS}]|{_STANDS_FOR}\s)*)(?<long>[^;]*)")
            .struct.unnest(),
        )
        .filter(pl.col("surface").is_not_null(), ~pl.col("long").str.contains(_VERSION))
    )
    long = pl.col("long").str.replace(rf"(?:[{_MARKS},.]|\}})+$", "")
    start = pl.col("opening") + 1 + pl.col("lead").str.len_chars().cast(pl.Int64)
    tail = pl.concat_str("surface", "gap").str.len_chars().cast(pl.Int64)
    return read.with_columns(
        short_start=pl.col("opening") - tail,
        long=long,
        long_end=start + long.str.len_chars().cast(pl.Int64),
        floor=pl.when(pl.col("gap").str.contains(r"\pL")).then(LIKELY).otherwise(IN_BRACKETS),
        rule=pl.lit(TermRule.SHORT_BEFORE_LONG),
    ).select(ALIGNED)
