"""Characters that show nothing and may mislead: control characters, and those that turn the direction of writing.

The source's own words keep them, as evidence; values that are read from these words do not.
"""

import polars as pl

from assets.parse.selective import change_items, change_some

_BLANKS = r"[\t\n\r\x0b\x0c\x1c-\x1f\x{85}\x{2028}\x{2029}]"
"""Controls that separate words."""
_TURNS = r"\x{202a}-\x{202e}\x{2066}-\x{2069}"
CONTROL = rf"[\x00-\x1f\x7f-\x{{9f}}\x{{2028}}\x{{2029}}{_TURNS}]"
"""Any of them."""
_IS_UNCLEAR = rf"{CONTROL}|^\s|\s$|^$"


def without_controls(texts: pl.Series) -> pl.Series:
    """Takes control characters and direction overrides out of texts, and the space around them.

    Args:
        texts: String.

    Returns:
        The same texts; a line end or tab became one space, every other control is gone. What shows nothing is null.
    """
    if texts.null_count() == len(texts):
        return texts
    return change_some(texts, texts.str.contains(_IS_UNCLEAR), _cleared)


def list_without_controls(lists: pl.Series) -> pl.Series:
    """Does the same for every item of lists; an item that shows nothing is dropped."""
    return change_items(lists, without_controls)


def _cleared(texts: pl.Series) -> pl.Series:
    shown = texts.str.replace_all(rf"\s*{_BLANKS}\s*", " ").str.replace_all(CONTROL, "").str.strip_chars()
    return shown.set(shown == "", None)
