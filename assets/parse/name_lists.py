"""Lists of names in one text: where a value holds all authors of a record, it is split into names.

What stands between names is the same in a whole column, so that the values together tell what one alone cannot:
`Garcia Lopez, Ana Maria` may be two names or one.
"""

import polars as pl

from assets.parse.selective import change_items, change_some

LISTED = r"""(?s)^\s*\[\s*(?:['"].*)?\]\s*$"""
"""A list as Python and JSON write it. It is never evaluated, only cut."""
LIST_ITEM = r"""(?s)'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""
_FULL = r"[^\s,]+(?:\s+[^\s,]+)+(?:,\s*(?i-u:jr|sr)\.?)?"
ENUMERATED = rf"^\s*{_FULL}(?:,\s*{_FULL})*(?:,?\s+(?:and|&)\s+{_FULL})?\s*$"
"""Names of two words or more, one after another."""
_INITIALED = r"(?:[^\s,]+\s+)+(?:\p{Lu}\.?[ -]?){1,4}"
INITIALED = rf"^\s*{_INITIALED}(?:,\s*{_INITIALED})+\s*$"
"""Names that end in initials: `Lee A., Anker B.C.`."""
SPACED = r"^[^,]*\S\s+,\s+\S[^,]*(?:\s+,\s+[^,]*)*$"
"""`a gupta , j widom`: a comma after a space stands between names, never within one."""
GLUED = r"^(?:\p{Lu}[\p{L}'\x{2019}-]+(?: [\p{L}'\x{2019}-]{2,})*(?: \p{Lu}\.(?:-?\p{Lu}\.)*)+){2,}$"
"""`Lee A. B.Ek C.`: the separators were lost, but every name ends in initials, with a stop."""
BETWEEN_GLUED = r"\.(\p{Lu}[\p{Ll}'\x{2019}])"
AND = r"\s+(?:and|AND)\s+"
BEFORE_LAST = r",?\s+(?:and|&)\s+"
BEFORE_SUFFIX = r",\s*((?i-u:jr|sr)\b)"
OUTSIDE_BRACKETS = r"(?:\([^()]*\)|[^,])+"
MARK = "\x1f"
"""Stands between names once they are told apart."""
SEPARATORS = (("|", r"\|"), (";", ";"), ("\n", r"\S\s*\n\s*\S"), ("and", AND))
"""What stands between names wherever it occurs, and how it is found."""


def guess_separator(values: pl.Series) -> str | None:
    """Finds what stands between names, from many values of one column.

    Args:
        values: String, each the names of one record.

    Returns:
        `|`, `;`, a line end, `and` or `,`; null where there is none, or where it cannot be told.
    """
    values = values.filter(~values.str.contains(LISTED))
    for separator, pattern in SEPARATORS:
        if values.str.contains(pattern).any():
            return separator
    several = values.filter(values.str.contains(",", literal=True))
    enumerated = int(several.str.contains(ENUMERATED).sum())
    return "," if enumerated > 2 * (len(several) - enumerated) else None


def split_names(values: pl.Series, separator: str | None) -> pl.Series:
    """Splits values that hold the names of all authors of a record.

    Args:
        values: String: `Lee, Ann; Anker, Bo`, or `Ann Lee, Bo Anker`, or a list as Python and JSON write it.
        separator: What stands between names; where it is null, a value is split only if it can be read in one way.

    Returns:
        List of String, each a name as it is written; an empty list for null.
    """
    is_listed = values.str.contains(LISTED).fill_null(value=False)
    is_spaced = values.str.contains(SPACED).fill_null(value=False) & ~is_listed
    split = _split(values.set(is_listed | is_spaced, None), separator).fill_null([])
    if is_spaced.any():
        split = (
            values.set(~is_spaced, None).str.replace_all(r"\s+,\s+", MARK).str.split(MARK).zip_with(is_spaced, split)
        )
    if is_listed.any():
        split = list_items(values.set(~is_listed, None)).zip_with(is_listed, split)
    return change_items(split, _shown)


def list_items(values: pl.Series) -> pl.Series:
    """The strings in lists as Python and JSON write them; an empty list where there are none."""
    return change_items(values.str.extract_all(LIST_ITEM), _unquoted)


def _split(values: pl.Series, separator: str | None) -> pl.Series:
    """Splits values at a separator, in the way that belongs to it."""
    if separator is None:
        is_many = values.str.contains(INITIALED) | (
            values.str.contains(ENUMERATED) & values.str.contains(r",.*,|\s&\s|,.*\sand\s")
        )
        alone = change_some(values, values.str.contains(GLUED), _marked).str.split(MARK)
        return _at_commas(values).zip_with(is_many.fill_null(value=False), alone)
    if separator == ",":
        return _at_commas(values)
    if separator.strip() == "and":
        is_enumerated = values.str.contains(ENUMERATED) & values.str.contains(",", literal=True)
        between = values.str.replace_all(AND, MARK).str.split(MARK)
        return _at_commas(values).zip_with(is_enumerated.fill_null(value=False), between)
    return values.str.split(separator.strip(" ") or separator)


def _at_commas(values: pl.Series) -> pl.Series:
    """Splits at commas, and at an `and` before the last name; commas in brackets separate nothing."""
    joined = values.str.replace_all(BEFORE_LAST, ", ").str.replace_all(BEFORE_SUFFIX, " $1")
    return joined.str.extract_all(OUTSIDE_BRACKETS)


def _marked(glued: pl.Series) -> pl.Series:
    return glued.str.replace_all(BETWEEN_GLUED, f".{MARK}$1")


def _unquoted(items: pl.Series) -> pl.Series:
    bare = items.str.head(-1).str.tail(-1)
    return change_some(bare, bare.str.contains("\\", literal=True), lambda some: some.str.replace_all(r"\\(.)", "$1"))


def _shown(items: pl.Series) -> pl.Series:
    shown = items.str.strip_chars()
    return shown.set(shown == "", None)
