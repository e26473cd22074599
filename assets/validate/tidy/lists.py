# ruff: noqa: RUF001  typographic marks are what is looked for
"""Run-in lists and section labels: what sets off the parts of an abstract.

The number of an item is told from a number in brackets by what stands before it, or by its neighbours in the count.
Bullets and the labels of a structured abstract (`Methods:`) belong to the author; the word Abstract in front of an
abstract does not.
"""

import re

import polars as pl

from assets.validate.rules import Rule
from assets.validate.tidy.lexicon import OPENERS
from assets.validate.tidy.prose import substitute_in_prose
from schemas.vocabulary import RuleFamily

NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
NUMBER = r"(?P<number>\d{1,2}|[ivx]{1,5}|[a-h])"
STOPPED = re.compile(rf"(?<![^\s:;])(?P<item>(?P<opening>\(?)\b{NUMBER}\))\. ?(?=(?P<next>[A-Za-z]))")
AFTER_MARK = re.compile(r"(?:^|[:;.?!])\s*$")
AFTER_REFERENCE = re.compile(r"\b(?:Figs?|Eqs?|Secs?|Refs?|Tabs?|Algs?|Thms?|Nos?)\.\s*$")
"""`see Fig. (2). We show`: a number that something has, not that of an item."""
AFTER_JOINT = re.compile(r"(?:,|\b(?:and|or|that|are|is|by|namely|including))\s*$")
UNSPACED = re.compile(rf"(?<![^\s:;,.(])(?P<opening>\(?)(?<!\w){NUMBER}\)(?=[A-Za-z]{{2,}})")
LABEL = re.compile(
    r"^(?:\W{0,2}(?:Abstract|ABSTRACT|abstract)(?:\s*[:.—–]\s*|\s+[-—–]+\s+|(?:\s+|(?=[A-Z]))(?=(?P<word>[A-Z][a-z]*)\b)))+"
)


def open_item_numbers(text: pl.Expr) -> pl.Expr:
    """Takes the full stop out behind the bracket of an item's number: `(1). there` -> `(1) there`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column, changed where an item starts: after a mark, or before a small letter. A number that ends its
        sentence keeps the stop.
    """

    def decide(found: re.Match[str]) -> str:
        before, small = found.string[: found.start()], found["next"].islower()
        marked = AFTER_MARK.search(before[-12:]) and not AFTER_REFERENCE.search(before[-12:])
        starts = marked or (small and AFTER_JOINT.search(before[-12:]))
        alone = before.count("(") <= before.count(")")
        opens = (starts or small) if found["opening"] else (starts and alone)
        return f"{found['item']} " if opens else found.group()

    return substitute_in_prose(text, rf"(?:^|[\s:;])\(?{NUMBER}\)\. ?[A-Za-z]", STOPPED, decide)


def space_after_item_numbers(text: pl.Expr) -> pl.Expr:
    """Sets a space behind the number of an item, if the number before or after it stands in the same text."""

    def decide(found: re.Match[str]) -> str:
        numbers = _neighbours(found["number"])
        counted = re.search(rf"(?<!\w)\(?(?:{'|'.join(numbers)})\)", found.string) if numbers else None
        return f"{found.group()} " if counted else found.group()

    return substitute_in_prose(text, rf"(?:^|[\s:;,.(]){NUMBER}\)[A-Za-z]{{2}}", UNSPACED, decide)


def _neighbours(number: str) -> list[str]:
    """The numbers before and after a number of a list, whatever the list is counted in."""
    if number.isdecimal():
        return [str(int(number) + step) for step in (-1, 1)]
    found = []
    if number in NUMERALS:
        place = NUMERALS.index(number)
        found += [NUMERALS[at] for at in (place - 1, place + 1) if 0 <= at < len(NUMERALS)]
    if len(number) == 1:
        found += [chr(ord(number) + step) for step in (-1, 1) if "a" <= chr(ord(number) + step) <= "z"]
    return found


def drop_abstract_label(text: pl.Expr) -> pl.Expr:
    """Takes out the label Abstract in front of an abstract; as a word of the first sentence it stays."""

    def decide(found: re.Match[str]) -> str:
        word = found["word"]
        return "" if word is None or word.lower() in OPENERS else found.group()

    return substitute_in_prose(text, "^\\W{0,2}(?i:abstract)", LABEL, decide)


RULES = (
    Rule(
        name="abstract_label",
        family=RuleFamily.TIDY,
        version=1,
        summary="The label of an abstract is no part of it: Abstract: We show -> We show.",
        apply=drop_abstract_label,
        fields=("abstract",),
    ),
    Rule(
        name="item_number_stop",
        family=RuleFamily.TIDY,
        version=2,
        summary="No stop follows the bracket of an item's number: (1). there -> (1) there.",
        apply=open_item_numbers,
    ),
    Rule(
        name="space_after_item_number",
        family=RuleFamily.TIDY,
        version=1,
        summary="A space follows the number of an item: (1)the first, (2)the rest -> (1) the first, (2) the rest.",
        apply=space_after_item_numbers,
    ),
)
