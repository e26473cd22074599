"""Privacy: addresses of people go no further than the reader.

Account names, avatars and submitters are left out by the readers, who know where their format has them; e-mail
addresses can stand in any field and are taken out here. Titles and abstracts are the authors' own words and stay.
"""

import polars as pl

from assets.parse.selective import change_some

REMOVED = "[e-mail removed]"
"""What stands in the place of an e-mail address."""

_MARK = "\ufdd0"
"""Stands after an escape of a JSON text while addresses are looked for, so that its letters are taken for no part of
one; Unicode keeps this character from ever being used in a text."""
_ESCAPE = r'(\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))'
_ADDRESS = rf"[\p{{L}}\p{{N}}._%+'-]+(?:@|\\u0040{_MARK})(?:[\p{{L}}\p{{N}}-]+\.)+\p{{L}}{{2,}}"


def without_addresses(texts: pl.Series) -> pl.Series:
    """Takes e-mail addresses out of texts.

    Args:
        texts: String: any text, or a JSON text; what was valid JSON stays valid.

    Returns:
        The same texts with REMOVED for every address.
    """
    if texts.null_count() == len(texts):
        return texts
    has_sign = texts.str.contains("@", literal=True) | texts.str.contains(r"\u0040", literal=True)
    return change_some(texts, has_sign, _removed)


def _removed(texts: pl.Series) -> pl.Series:
    marked = texts.str.replace_all(_ESCAPE, f"${{1}}{_MARK}")
    return marked.str.replace_all(_ADDRESS, REMOVED).str.replace_all(f"{_ESCAPE}{_MARK}", "$1")
