"""Acronyms that an abstract defines: the short form, and the words that it stands for.

Where the two stand is found in `brackets`, which words belong to it in `alignment`; whether that is a definition is
decided here.
"""

import re

import polars as pl

from assets.enrich.terms.alignment import LETTERS, align
from assets.enrich.terms.brackets import (
    LIKELY,
    SURE,
    brackets,
    long_before_short,
    short_before_long,
    short_behind_word,
)
from assets.enrich.terms.characters import same_length
from assets.enrich.terms.statements import half_open, named, stands_for

DENSE, ONE_WORD, WITHOUT_KIND = 0.2, 0.0, 0.8
"""Score from which on words before a bracket are a long form where most of them stand for two capitals; from which on
one word is; and from which on a word like `network` at the end is left out."""
LOWER = 6
"""Letters of the longest short form without a capital: a longer one is a word."""
PLURAL = r"^(.*[A-Z0-9])(?:['\u2019]?s)$"
"""A short form in the plural: LLMs, GPU's."""
_YEAR = r"^(.*\p{Lu})(?:[-'\u2019]?(?:19|20)\d\d|[-'\u2019]\d\d)$"
"""A short form of an event with its year behind: WAT-2031, WAT'31."""
_NO_NAMES = (
    "e.g", "i.e", "cf", "etc", "et", "al", "vs", "fig", "figs", "tab", "sec", "eq", "eqs", "no", "nos", "app", "ref",
    "refs", "resp", "ibid", "left", "right", "top", "bottom", "here", "ours", "see", "jan", "feb", "mar", "apr", "may",
    "jun", "june", "jul", "july", "aug", "sep", "sept", "oct", "nov", "dec",
)  # fmt: skip
_NOT_SHORT = "^(?:" + "|".join(f"[{one[0].upper()}{one[0]}]{re.escape(one[1:])}" for one in _NO_NAMES) + ")$"
"""Words in brackets that are no short forms; in capitals alone (`OCT`, `AL`) they may be."""
_ROMAN = r"^(?i:i{1,3}|iv|vi{0,3}|ix|xi{0,3})$"
_FORMULA = r"[_^{}\\=<>|]|,\s(?:19|20)\d\d$"
_KIND = (
    r"\s(?i:agent|algorithm|analysis|approach|architecture|attack|benchmark|challenge|classifier|corpus|data|dataset"
    r"|decoder|encoder|estimator|field|framework|function|layer|learning|library|literature|loss|mechanism|method"
    r"|metric|model|modeling"
    r"|module|network|objective|operator|paradigm|pipeline|policy|problem|procedure|process|prompting|protocol|regime"
    r"|representation|scheme|score|setting|simulator|solver|strategy|system|task|technique|test|toolkit|training)s?$"
)
_MARKED = r"(\\?(?:text(?:bf|it|sc|rm|tt)|math(?:bf|rm)|emph|underline)\{|\*{1,2})$"
_MARKED_INSIDE = r"(?:bf|it|sc|rm|tt|emph|underline)\{|\*\*"
_FUNCTION_WORD = (
    r"^(?i:a|an|and|as|at|by|for|from|in|into|is|it|its|of|on|or|our|than|that|the|their|these|this|to|using|via|was"
    r"|we|were|which|while|with|are|be|can|has|have)\b"
)


def acronyms(texts: pl.DataFrame) -> pl.DataFrame:
    """Finds the definitions of acronyms.

    Args:
        texts: Columns `row` (unique) and `text` (String; null has none).

    Returns:
        One row per definition: row, name (the short form in the singular), surface, span_start, span_end, expansion,
        expansion_start, expansion_end, in characters of the text, the score of their alignment (1 is the best), and
        the rule; sorted, one at most for a place.
    """
    found = brackets(texts)
    before = pl.concat([long_before_short(found), short_behind_word(found), named(texts), half_open(texts)])
    before = pl.concat([before, _without_kind(before), _without_year(before)])
    behind = pl.concat([short_before_long(found), stands_for(texts)])
    stated = [
        _judged(_aligned(before, whole=False)),
        _judged(_aligned(behind, whole=True)),
    ]
    order = ["row", "span_start", "score", "expansion_end", "expansion_start"]
    return (
        pl.concat(stated)
        .sort(order, descending=[False, False, True, True, False])
        .unique(["row", "span_start"], keep="first", maintain_order=True)
    )


def _without_kind(stated: pl.DataFrame) -> pl.DataFrame:
    """The same definitions without the word that says what is named: `long short-term memory network (LSTM)`."""
    kept = pl.col("long").str.replace(_KIND, "")
    lost = (pl.col("long").str.len_chars() - kept.str.len_chars()).cast(pl.Int64)
    return stated.filter(pl.col("long").str.contains(_KIND)).with_columns(
        long=kept, long_end=pl.col("long_end") - lost, floor=pl.max_horizontal("floor", WITHOUT_KIND)
    )


def _without_year(stated: pl.DataFrame) -> pl.DataFrame:
    """The same definitions without the year of an event: `Workshop on Harbour Maps (WHM-2031)`."""
    return (
        stated.filter(pl.col("surface").str.contains(r"\d\d$"))
        .filter(pl.col("surface").str.contains(_YEAR))
        .with_columns(surface=pl.col("surface").str.replace(_YEAR, "${1}"), floor=pl.lit(SURE))
    )


def _aligned(stated: pl.DataFrame, *, whole: bool) -> pl.DataFrame:
    """Adds what the letters of the short forms stand for: `start` in `long`, and the score."""
    name = pl.col("surface").str.replace(PLURAL, "${1}")
    pairs = (
        stated.with_columns(name=name)
        .with_columns(short=same_length(stated.select(name).to_series()).str.replace_all(r"[^A-Za-z0-9]", ""))
        .filter(
            pl.col("short").str.len_chars().is_between(2, LETTERS),
            pl.col("short").str.contains("[A-Za-z]"),
            ~pl.col("surface").str.contains(_NOT_SHORT),
            pl.col("surface").str.contains(rf"\p{{Lu}}|^.{{1,{LOWER}}}$"),
            ~pl.col("surface").str.contains(r"[_^]"),
            pl.col("long").str.len_chars() > pl.col("short").str.len_chars(),
        )
    )
    if whole:  # the first letters have to be the same, so that few are aligned in vain
        first = [pl.col(one).str.to_lowercase().str.slice(0, 1) for one in ("short", "long")]
        pairs = pairs.filter((first[0] == first[1]) | first[0].str.contains(r"[x\d]"))
    return align(pairs, whole=whole).filter(pl.col("score").is_not_null())


def _judged(aligned: pl.DataFrame) -> pl.DataFrame:
    """Keeps the pairs that are definitions."""
    rest = pl.col("long").str.slice(pl.col("start"))
    begun = pl.col("long").str.slice(0, pl.col("start")).str.extract(_MARKED).fill_null("")
    goes_on = ~begun.str.ends_with("*") | rest.str.contains("*", literal=True)
    read = aligned.with_columns(
        expansion=pl.when(goes_on).then(pl.concat_str(begun, rest)).otherwise(rest),
        capitals=pl.col("short").str.count_matches("[A-Z]"),
        letters=pl.col("short").str.len_chars(),
    ).with_columns(words=pl.col("expansion").str.count_matches(r"[\s/-]+") + 1)
    expansion, letters = pl.col("expansion"), pl.col("letters")
    is_formula = expansion.str.contains(_FORMULA) & ~expansion.str.contains(_MARKED_INSIDE)
    length = expansion.str.len_chars()
    kept = read.filter(
        _is_definition(),
        length > letters,
        ~is_formula,
        expansion.str.count_matches(r"\s") < pl.min_horizontal(letters + 5, letters * 2),
    )
    return kept.select(
        "row",
        "name",
        "surface",
        span_start="short_start",
        span_end=pl.col("short_start") + pl.col("surface").str.len_chars().cast(pl.Int64),
        expansion="expansion",
        expansion_start=pl.col("long_end") - length.cast(pl.Int64),
        expansion_end="long_end",
        score="score",
        rule="rule",
    )


def _is_definition() -> pl.Expr:
    """Whether an aligned pair is a definition, by its score and by how the two forms are written."""
    score, letters, words, capitals = (pl.col(name) for name in ("score", "letters", "words", "capitals"))
    expansion, surface, floor = pl.col("expansion"), pl.col("surface"), pl.col("floor")
    is_sure, is_roman = score >= SURE, surface.str.contains(_ROMAN)
    repeats = expansion.str.to_lowercase().str.starts_with(pl.col("name").str.to_lowercase())
    # a bracket that holds a name in capitals and nothing else needs less; all other pairs need what is usual
    is_titled = (capitals >= 2) & expansion.str.contains(r"^\p{Lu}") & ~repeats
    needed = pl.when(is_titled).then(floor).otherwise(pl.max_horizontal(floor, LIKELY))
    is_dense = (score >= DENSE) & (floor <= LIKELY) & (words * 2 <= letters + 1) & (capitals == letters)
    several = ((score >= needed) | is_dense) & (words > 1) & expansion.str.contains(r"\p{Ll}{3}")
    one = (score >= ONE_WORD) & (floor <= LIKELY) & (words == 1) & (capitals >= 2) & (letters <= 6)
    return (
        pl.when((floor >= SURE) | (capitals == 0))
        .then(is_sure & (letters >= 3) & ~is_roman)
        .when(expansion.str.contains(r"^(?i:and|or)\b"))
        .then(pl.lit(value=False))
        .when(expansion.str.contains(_FUNCTION_WORD) | is_roman)
        .then(is_sure)
        .when(~expansion.str.contains(r"\s"))
        .then((several | one) & (is_sure | expansion.str.contains(r"\p{Ll}{4}")))
        .when((capitals == 1) & surface.str.contains(r"^\p{Lu}\p{Ll}{3}"))
        .then(several & ~repeats)
        .otherwise(several | one)
    )
