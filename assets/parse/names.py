"""Names of authors: one form, as they are displayed, the given name first.

A comma turns a name round only where what follows it can be a given name; a name that can be read in two ways stays as
it is written.
"""

import polars as pl

from assets.parse.controls import CONTROL, without_controls
from assets.parse.selective import change_items, change_some

_BODY = (
    r"universit\w*|universid\w*|institut\w*|departments?|dept|laborator\w+|labs?|college|school|faculty|collaborations?"
    r"|consortium|group|team|center|centre|committee|council|association|foundation|ministry|agency|organi[sz]ations?"
    r"|network|project|initiative|society|force|academy|hospital|bureau|office"
)
"""Words that the names of bodies have, and those of people do not."""
_COMPANY = r"inc|incorporated|ltd|limited|llc|llp|corp|corporation|company|gmbh|plc|pty"
"""Legal forms that cannot be initials, as `AG` and `B.V.` can."""
_GENERATION = r"[Jj]r|JR\.|[Ss]r|SR\.|Jnr|Snr|[Jj]unior|[Ss]enior|III|2nd|3rd|4th"
_SUFFIX = rf"{_GENERATION}|JR|SR|II|IV|Ph\.?\s?D|PHD|M\.?\s?D|Esq"
_NOBODY = r"and others|others|et\.? al|et\.?al|colleagues|and colleagues|n/?a|none|null|unknown|anonymous"
_PARTICLE = r"of|and|the|for|in|at"
"""English particles; with a capital letter they are names."""


def _word(words: str) -> str:
    """Any of these words; bounded by hand, for the engine is slow with Unicode's boundaries."""
    return rf"(?:^|[\s,.(])(?:{words})(?:[\s,.)]|$)"


IS_ODD = (
    rf"{CONTROL}|"
    r"[()\[\]<>@*;:/&0-9\x{2020}\x{2021}\x{a7}\x{b6}]|[^\S ]|^[\s,]|\s\s|\s,|[\s,]$|,.*,|,\S|^[^\p{L}]*$"
    rf"|{_word(f'{_SUFFIX}|{_PARTICLE}|(?i-u:al|others|colleagues|none|null|unknown|anonymous|na|{_COMPANY}|{_BODY})')}"
)
"""Whatever sets a name apart from `Ann Lee` and `Lee, Ann`."""
TRAILING = (
    r"(?:\s*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\]|<[^<>]*>|[*,;\x{2020}\x{2021}\x{a7}\x{b6}])"
    r"|,?\s+(?i-u:et\.?\s?al\.?|and\s+others|and\s+colleagues)|\s+00[0-9]{2}|\s+\S+@\S+)+$"
)
"""What stands after a name and is none: affiliations in brackets, footnote signs, addresses, `et al.`, and the number
by which DBLP tells namesakes apart."""
IS_NOBODY = rf"^(?:[\[(]?(?i-u:{_NOBODY})[\])]?\.?|\S+@\S+|[^\p{{L}}]*)$"
IS_GENERATION = rf"^(?:{_GENERATION})\.?$"
IS_SUFFIX = rf"^(?:{_SUFFIX})\.?$"
ENDS_IN_GENERATION = rf"^(?P<given>.*\S) (?P<generation>(?:{_GENERATION}|II)\.?)$"
ARE_INITIALS = r"^(?:JR|SR|II|IV|PHD|M\.?\s?D\.?)$"
"""What is a suffix elsewhere; after a comma and alone, the initials that databases write."""
IS_ONE_NAME = r"^(?:\S+|(?:\p{Ll}\S*\s)+.*)$"
"""A family name of one word, or with a particle: no given name is in it."""
IS_BODY_WORD = rf"^(?i-u:{_BODY})$"
IS_NO_GIVEN_NAME = rf"[0-9:;/&]|{_word(f'{_PARTICLE}|(?i-u:{_COMPANY})')}|(?:\S+\s+){{5}}"
"""What no given name has: digits, signs, particles, a legal form, six words."""

PARTS = r"^(?P<family>[^,]+), ?(?P<second>[^,]+)(?:, ?(?P<third>[^,]+))?$"


def display_names(authors: pl.Series) -> pl.Series:
    """Puts names into the form in which they are displayed.

    Args:
        authors: List of String, one name each, in either order: `Ann Lee`, `Lee, Ann`, `Lee, Jr., Ann`.

    Returns:
        List of String: `Ann Lee Jr.`; what is no name is dropped, the order and repeated names stay.
    """
    return change_items(authors, _displayed)


def _displayed(names: pl.Series) -> pl.Series:
    is_odd = names.str.contains(IS_ODD)
    has_comma = names.str.contains(",", literal=True)
    return change_some(change_some(names, has_comma & ~is_odd, _turned), is_odd, _untangled)


def _turned(names: pl.Series) -> pl.Series:
    """`Lee, Ann` the other way round."""
    halves = names.str.split_exact(", ", 1).struct.unnest()
    return halves.select(pl.concat_str("field_1", "field_0", separator=" ")).to_series()


def _untangled(names: pl.Series) -> pl.Series:
    """The same for names that may have suffixes, brackets, signs and spaces, or be no names."""
    shown = _without_trailing(_in_order(_without_trailing(without_controls(names))))
    return shown.set(shown.str.contains(IS_NOBODY), None)


def _without_trailing(names: pl.Series) -> pl.Series:
    """Names without what stands after them, unless that is all there is."""
    folded = (
        names.str.replace_all(r"\s+", " ")
        .str.replace_all(" ,", ",", literal=True)
        .str.strip_chars()
        .str.strip_chars_start(" ,;")
    )
    bare = folded.str.replace(TRAILING, "").str.strip_chars()
    return bare.zip_with(bare != "", folded)


def _in_order(names: pl.Series) -> pl.Series:
    """Names with family name, suffix and given name in the order in which they are displayed.

    The name of a body stays, unless the source cut it up like a person's: `Team, Harbour`, or `Harbour Study, Group`.
    """
    parts = names.to_frame("name").with_columns(pl.col("name").str.extract_groups(PARTS).alias("parts")).unnest("parts")
    late = (
        pl.when(pl.col("third").is_null()).then(pl.col("second").str.extract_groups(ENDS_IN_GENERATION)).alias("late")
    )
    parts = parts.with_columns(late).unnest("late")
    family, second, third = pl.col("family"), pl.col("second"), pl.col("third")
    parts = parts.with_columns(
        is_pair=third.is_null(),
        is_body=pl.col("name").str.contains(_word(f"(?i-u:{_BODY})")) & family.str.contains(" ", literal=True),
        ends_in_body=second.str.contains(IS_BODY_WORD),
        are_initials=second.str.contains(ARE_INITIALS) & family.str.contains(IS_ONE_NAME),
        second_is_generation=second.str.contains(IS_GENERATION),
        second_is_suffix=second.str.contains(IS_SUFFIX),
        third_is_suffix=third.str.contains(IS_SUFFIX),
        second_is_given=_is_given(second),
        third_is_given=_is_given(third),
        given_is_given=_is_given(pl.col("given")),
    )
    ordered = (
        pl.when("is_pair", pl.col("ends_in_body") | pl.col("second_is_generation"))
        .then(_joined("family", "second"))
        .when("is_body")
        .then("name")
        .when("is_pair", "given_is_given")
        .then(_joined("given", "family", "generation"))
        .when("is_pair", pl.col("are_initials") | pl.col("second_is_given"))
        .then(_joined("second", "family"))
        .when("second_is_suffix", "third_is_given")
        .then(_joined("third", "family", "second"))
        .when("third_is_suffix", "second_is_given")
        .then(_joined("second", "family", "third"))
        .otherwise("name")
    )
    return parts.select(ordered).to_series()


def _joined(*parts: str) -> pl.Expr:
    return pl.concat_str(*parts, separator=" ")


def _is_given(part: pl.Expr) -> pl.Expr:
    """Whether a part can be a given name."""
    return ~part.str.contains(IS_NO_GIVEN_NAME) & ~part.str.contains(IS_SUFFIX) & part.str.contains(r"\p{L}")
