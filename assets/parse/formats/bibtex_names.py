"""Names in BibTeX: joined by `and`, groups kept together, `and others` no name."""

import re

from assets.parse.formats.bibtex_latex import readable

_AND = re.compile(r"\s+and(?=\s)", re.IGNORECASE)
_MARK = re.compile(r"\\.|[{}]|\s(?:and)(?=\s)", re.IGNORECASE | re.DOTALL)
_OTHERS = re.compile(r"others\.?|et\.? al\.?", re.IGNORECASE)


def split_names(text: str) -> list[str]:
    """The names of a list of authors.

    Args:
        text: `Lee, Ann and {Barnes and Noble} and von Bo, Jr, Cid and others`.

    Returns:
        One name each as it would be printed, in the order in which its parts are written; `others` left out.
    """
    text = " ".join(text.split())
    parts = _AND.split(f"{text} ") if "{" not in text else _split_outside_groups(text)
    names = (" ".join(readable(part, in_full=True).split()) for part in parts)
    return [name for name in names if name and not _OTHERS.fullmatch(name)]


def _split_outside_groups(text: str) -> list[str]:
    """Splits at `and` where it is in no group."""
    parts, start, depth = [], 0, 0
    for mark in _MARK.finditer(text):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth -= 1
        elif mark[0][0] != "\\" and depth <= 0:
            parts.append(text[start : mark.start()])
            start = mark.end()
    return [*parts, text[start:]]
