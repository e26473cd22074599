"""Authors as arXiv writes them in one text: names after each other, with affiliations in brackets."""

import re
from html import unescape

LONGEST_AUTHORS = 200_000
"""Characters of such a text beyond which it is something else: 5,000 names have 100,000."""
DEEPEST_BRACKETS = 8
LONGEST_SUFFIX = 4
_BRACKETS = re.compile(r"\([^()]*\)")
_BETWEEN = re.compile(r"\s*[,;:]\s*(?:and\s+)?|\s+(?:and|&)\s+")
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
_ON_BEHALF = re.compile(r"(?:for|on behalf of)\s+(?:the\s+)?", re.IGNORECASE)
_ANCHOR = re.compile(r"<a\s[^<>]*>([^<>]*)</a>")


def split_authors(text: str) -> list[str]:
    """The names in a list of authors.

    Args:
        text: Such as `Ann Lee (1), Bo Ek Jr. and C. Ro ((1) Institute of Tides, Bergen)`.

    Returns:
        One name each; affiliations are left out, and a suffix stays with its name.
    """
    names: list[str] = []
    for part in _BETWEEN.split(_without_brackets(" ".join(text[:LONGEST_AUTHORS].split()))):
        name = " ".join(part.split())
        if behalf := _ON_BEHALF.match(name):
            name = name[behalf.end() :]
        if names and len(name) <= LONGEST_SUFFIX and _SUFFIX.fullmatch(name):
            names[-1] += f" {name}"
        elif name:
            names.append(name)
    return names


def _without_brackets(text: str) -> str:
    """A text without what stands in round brackets, and in brackets within these."""
    for _ in range(DEEPEST_BRACKETS):
        if "(" not in text:
            break
        text = _BRACKETS.sub(" ", text)
    return text


def linked_authors(text: str) -> list[str]:
    """The names in a list of authors that may be HTML, each of them a link."""
    if anchors := _ANCHOR.findall(text[:LONGEST_AUTHORS]):
        return [name for anchor in anchors if (name := " ".join(unescape(anchor).split()))]
    return split_authors(text)
