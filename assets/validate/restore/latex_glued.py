# ruff: noqa: RUF001  characters that look like others are what this module is about
"""Names of commands that are glued to each other or to a letter: `deltale C`, `nLvarepsilon`, `Oleft(n)`.

In the source a backslash parted them. A run of letters is taken apart only if all of it is names of commands and at
most two single letters, and if one of the names is no part of any word.
"""

import re

import polars as pl

from assets.validate.protect import outside_addresses, substitute
from assets.validate.restore.latex_math import BEFORE_SYMBOL, KEEP_SPACE
from assets.validate.restore.symbols import FUNCTIONS, GREEK, GREEK_VARIANTS, OPERATORS, longest_first
from assets.validate.rules import Rule, rewrite_where
from schemas.vocabulary import RuleFamily

ANCHORS = (OPERATORS.keys() | GREEK_VARIANTS.keys()) - {"forall", "notin", "odot", "lvert", "rvert", "lVert", "rVert"}
"""Names that are in no word, or only with more than two letters beside them; `noting` and `culvert` have fewer."""
LONG_GREEK = frozenset(name for name in GREEK if len(name) > 3)
SMALL = {"le": "≤", "ge": "≥", "in": "∈", "to": "→", "times": "×", "circ": "∘", "sim": "~", "cup": "∪", "cap": "∩"}
"""Names that count beside a long Greek name only."""
FEW_LETTERS = 2
CHARACTERS = OPERATORS | SMALL | GREEK

_NAMES = re.compile(rf"cdot(?=sum)|{longest_first(CHARACTERS.keys() | FUNCTIONS)}|[A-Za-z]")
_RUN = re.compile(
    rf"(?<![A-Za-z\\])(?:[A-Za-z]*(?:{longest_first(ANCHORS)})[A-Za-z]*|[A-Za-z]{{0,2}}(?:{longest_first(LONG_GREEK)})[A-Za-z]+"
    r"|circ[A-Z][a-z]+|circtimes)(?![A-Za-z])( ?)"
)
_GLUED_LOG = re.compile(r"(?<![A-Za-z\\])([adeg-rt-uw-zA-Z])(log|ln)(?= [a-zA-Z](?![a-zA-Z])|[(^|{]|_\d| \()")
_OPEN = re.compile(r"(?:left|right)|(?<=[A-Z\d)}\]^_])[bB]igg?[lrm]?|(?<=Omega)[bB]igg?[lrm]?|(?<=Theta)[bB]igg?[lrm]?")
_DELIMITER = re.compile(r" ?(?:[(\[{|)\]}⟨⟩⌊⌋⌈⌉‖]|l(?:angle|floor|ceil|Vert)|r(?:angle|floor|ceil|Vert))")
_FORMULA = re.compile(
    r"[\d_^=+*<>|{}≤≥]|(?<![A-Za-z])[b-zB-HJ-Z](?![A-Za-z])|log|(?:" + longest_first(LONG_GREEK) + ")"
)
# A letter glued to a relation needs something to relate to: `Ineq-Comp` is a name.
_BEFORE = re.compile(rf" ?{BEFORE_SYMBOL}| ?[b-zB-HJ-Z](?:times|cap|cup)|[,.;)\]]")
_FUNCTION_BEFORE = re.compile(r"(?:[A-Z]|Omega|Theta|poly)$")
OPENING = "([{|⟨⌊⌈‖l"
CLOSING = ")]}|⟩⌋⌉‖r"


def part_names(text: pl.Expr) -> pl.Expr:
    """`deltale C`, `C_{Phicirc Psi}`, `nlog n` -> `δ≤C`, `C_{Φ∘Psi}`, `n log n`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column with runs of names as the characters they stand for.
    """
    plain = longest_first(ANCHORS - {"approx", "equiv"})  # these two begin common words
    greek = longest_first(LONG_GREEK)
    trigger = (
        rf"(?:{plain})[A-Za-z]|[A-Za-z](?:{plain})|[A-Za-z](?:approx|equiv)[^ai]|(?:{greek})[A-Za-z]|circ[A-Z]|circtimes"
        r"|[^A-Za-z][A-Za-z](?:log|ln)[ (^|{_]"
    )
    return substitute(text, trigger, (_RUN, _part), (_GLUED_LOG, r"\1 \2"))


def _part(match: re.Match[str]) -> str:
    """A run taken apart, or as it is; the space after it only ended the last name, if that is an operator."""
    run = match[0].rstrip(" ")
    names = _NAMES.findall(run)
    letters = sum(len(name) == 1 for name in names)
    if len(names) < 2 or letters > FEW_LETTERS or not _is_formula(names):
        return match[0]
    relates = names[-1] in OPERATORS and names[-1] not in KEEP_SPACE
    if letters == len(names) - 1 and relates and not _BEFORE.match(match.string, match.end()):
        return match[0]
    parts: list[str] = []
    for name in names:
        spaced = name in FUNCTIONS and parts and parts[-1][-1].isalnum()
        parts.append(f" {name}" if spaced else CHARACTERS.get(name, name))
    closes = names[-1] in SMALL or (names[-1] in OPERATORS and names[-1] not in KEEP_SPACE)
    return "".join(parts) + ("" if closes else match[1])


def _is_formula(names: list[str]) -> bool:
    """Whether one of the names proves that a run is none of a language's words."""
    if any(name in ANCHORS for name in names) or names == ["circ", "times"]:
        return True
    if all(name in GREEK for name in names) and names != ["alpha", "beta"]:
        return True
    return any(name in LONG_GREEK for name in names) and any(name in SMALL or name in FUNCTIONS for name in names)


def drop_delimiter_sizes(text: pl.Expr) -> pl.Expr:
    """`Oleft(n^{1.5}dright)` -> `O(n^{1.5}d)`; `the left (or right) side` stays.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column without the commands that set the size of brackets.
    """
    return rewrite_where(text, r"(?:left|right|[bB]igg?[lrm]?) ?[(\[{|)\]}lr]", outside_addresses(_drop_sizes))


def _drop_sizes(text: str) -> str:
    """Pairs `left` with `right` from the inside; a pair goes if it is glued to a name or holds a formula."""
    opened: list[re.Match[str]] = []
    cut: list[tuple[int, int]] = []
    for size in _OPEN.finditer(text):
        delimiter = _DELIMITER.match(text, size.end())
        if delimiter is None:
            continue
        mark = delimiter[0].strip()[0]
        if size[0] == "left" and mark in OPENING:
            opened.append(size)
        elif size[0] == "right" and mark in CLOSING and opened:
            left = opened.pop()
            glued = left.start() > 0 and not text[left.start() - 1].isspace()
            if glued or _FORMULA.search(text, left.end() + 1, size.start()):
                cut += [left.span(), size.span()]
        elif size[0] not in {"left", "right"}:
            cut.append(size.span())
    # What is still open is a formula cut off, if it is glued to the name of a function.
    cut += [left.span() for left in opened if _FUNCTION_BEFORE.search(text[max(0, left.start() - 8) : left.start()])]
    starts, ends = [0], []
    for start, end in sorted(cut):
        ends.append(start)
        starts.append(end)
    return "".join(text[start:end] for start, end in zip(starts, [*ends, len(text)], strict=True))


RULES = (
    Rule(
        name="lost_delimiter_size",
        family=RuleFamily.RESTORE,
        version=1,
        summary="The size of a bracket: `Oleft(n^2dright)` becomes `O(n^2d)`; `the left (or right) side` stays.",
        apply=drop_delimiter_sizes,
    ),
    Rule(
        name="glued_math_names",
        family=RuleFamily.RESTORE,
        version=2,
        summary="Names glued to each other: `deltale C` becomes `δ≤C`, `nlog n` becomes `n log n`; `Ineq-Comp` stays.",
        apply=part_names,
    ),
)
