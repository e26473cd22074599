r"""The marks around mathematics: which pairs of `$`, `$$`, `\(` and `\[` enclose a formula, and which signs are money.

A pair of dollar signs is taken only if what stands between them reads as a formula. A sum of money begins with a digit
and goes on in words; between two sums stand words, or the second sign is followed by a digit.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_INLINE = 600
LONGEST_DISPLAY = 1_500
"""Characters of a formula; what is longer is two signs that do not belong together."""

_MARK = re.compile(r"\\[(\[]|\\.|\$\$?", re.DOTALL)
_BRACKETED = {r"\(": r"\)", r"\[": r"\]"}
_STRUCTURE = re.compile(r"\\[A-Za-z%{,|]|[_^{=<>|]")
"""What only a formula has."""
_WORD = re.compile(r"(?<![A-Za-z\\])(?:[A-Za-z][a-z]{2,}|an|as|at|by|if|in|is|it|of|on|or|to|us|vs|we)(?![A-Za-z])")
_COMMAND = re.compile(r"\\[A-Za-z]+\*?(?:\s?\{[^{}]*\}){0,3}|[_^]\s?\{[^{}]*\}")
_FUNCTIONS = "arg argmax argmin max min log ln exp sup inf lim sin cos tan det dim ker rank poly mod th"
_FUNCTION = frozenset(_FUNCTIONS.split())
_TOKEN = re.compile(r"[A-Za-z][A-Za-z\d'*+-]{0,29}$")
"""A name of one token: `opt`, `XYZ`, `n'`."""
_TERMS = re.compile(r"(?:[A-Za-z]{1,3}(?![A-Za-z])|[^A-Za-z$\\])+$")
"""Letters that are no words, numbers and signs: `(V, d)`, `k/2`, `SU(2)`."""
_CALL = re.compile(r"[A-Za-z]{0,12}[(\[][^\s$]{1,30}[)\]]$")
"""A name with its argument: `sign(x)`, `O(nm)`, `(ii)`."""
_NUMBER = re.compile(r"\.?\d")
_NAME = re.compile(r"[A-Za-z]+")
_MEASURE = re.compile(r"[\d.,]+[A-Za-z]{1,3}$")
_AMOUNT = re.compile(r"[\d.,]+\s?[A-Za-z]{0,2}$")
"""What could be a sum of money, if it stood behind one sign."""
MOST_WORDS = 3
"""Words of prose in a formula: `x \text{ if } y`, `a for all b`."""


@dataclass(frozen=True)
class Formula:
    """A formula and its marks in a text; offsets in characters."""

    start: int
    """Of the opening mark."""
    end: int
    """After the closing mark."""
    inner: str
    """What stands between them."""


def formulas(text: str) -> Iterator[Formula]:
    """Finds the formulas of a text, from the left.

    Args:
        text: Any text.

    Yields:
        Formulas that do not overlap, in order.
    """
    at = 0
    while opened := _MARK.search(text, at):
        mark, at = opened[0], opened.end()
        if mark in _BRACKETED:
            found = _closed(text, opened, _BRACKETED[mark], LONGEST_DISPLAY)
        elif mark == "$$":
            found = _closed(text, opened, "$$", LONGEST_DISPLAY)
            found = found if found and _STRUCTURE.search(found.inner) else None
        elif mark == "$":
            found = _dollars(text, opened.start())
        else:
            continue
        if found:
            yield found
            at = found.end
        elif mark == "$$":
            at = opened.start() + 1


def _closed(text: str, opened: re.Match[str], mark: str, longest: int) -> Formula | None:
    """A formula up to its closing mark, if that is near and another one does not open before it."""
    end = text.find(mark, opened.end(), opened.end() + longest)
    if end < 0 or not text[opened.end() : end].strip() or opened[0] in text[opened.end() : end]:
        return None
    return Formula(opened.start(), end + len(mark), text[opened.end() : end])


def _dollars(text: str, start: int) -> Formula | None:
    """A formula between two single signs."""
    end = start + 1
    while (end := text.find("$", end, start + LONGEST_INLINE)) >= 0 and _is_escaped(text, end):
        end += 1
    if end < 0:
        return None
    inner = text[start + 1 : end]
    beside = text[start - 1 : start], text[end + 1 : end + 2]
    return Formula(start, end + 1, inner) if _is_formula(inner, *beside) else None


def _is_escaped(text: str, at: int) -> bool:
    """Whether an odd number of backslashes stands before a place."""
    before = text[max(0, at - 8) : at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _is_formula(inner: str, before: str, after: str) -> bool:
    """Whether a formula stands between two signs, given the characters beside them."""
    core = inner.strip()
    number = _NUMBER.match(core) is not None
    if not core or (number and after.isdigit()):
        return False  # $5-$10
    words = _words(core)
    spaced = core != inner
    if _STRUCTURE.search(core):
        most = 1 if spaced or (number and "\\" in core) else 0 if number else MOST_WORDS
        return words <= most or not re.search(r"\s", core)
    if before.isalnum() and not _may_follow_letter(core, before, spaced=spaced):
        return False
    if number:
        return (not words or _MEASURE.match(inner) is not None) and _is_quantity(core, inner, after)
    return (not words and _is_terms(core)) or (not spaced and bool(_TOKEN.match(core) or _CALL.match(core)))


def _may_follow_letter(core: str, before: str, *, spaced: bool) -> bool:
    """Whether a formula may stand right behind a letter or digit; `US$` and `A$` are currencies."""
    symbol = len(core) == 1 and core.isalpha()
    return symbol or (not spaced and (core[0] in "([" or (before.islower() and core.isdigit())))


def _is_quantity(core: str, inner: str, after: str) -> bool:
    """Whether a text that begins with a number is no sum of money that another sign follows."""
    ends = core[-1].isalnum() or core[-1] in ")]%'" or (core[-1] in ".,;" and not after.isalnum())
    return (
        ends
        and (_is_terms(core) or _MEASURE.match(core) is not None)
        and not (inner[-1].isspace() and _AMOUNT.match(core) is not None)
    )


def _is_terms(core: str) -> bool:
    """Whether all letters are symbols or names of functions."""
    return _TERMS.match(_NAME.sub(lambda name: "f" if name[0] in _FUNCTION else name[0], core)) is not None


def _words(core: str) -> int:
    """How many words of prose a text between two signs has; names of functions and what commands hold are none."""
    return sum(word not in _FUNCTION for word in _WORD.findall(_COMMAND.sub(" ", core)))
