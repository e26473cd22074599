r"""What a LaTeX command prints: fonts, symbols, fractions, roots, accents over symbols.

A command whose meaning the text alone does not hold (an author's macro, a reference, a citation) prints nothing here.
"""

import re
import unicodedata
from collections.abc import Callable

from assets.validate.restore.braces import arguments
from assets.validate.restore.symbols import (
    AMBIGUOUS,
    DOUBLE_STRUCK,
    FONT_SWITCHES,
    FUNCTIONS,
    GREEK,
    IGNORED,
    MATH_ACCENTS,
    MATH_FONTS,
    OPERATORS,
    SIGNS,
    SIZES,
    SPACES,
    TEXT_FONTS,
)

SYMBOLS = GREEK | AMBIGUOUS | OPERATORS | SIGNS
DELIMITERS = frozenset(f"{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m"))
LISTS = frozenset(
    ("itemize", "enumerate", "description", "quote", "quotation", "center", "abstract", "equation", "align", "math")
)
ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}

_ONE_TERM = re.compile(r"(?:[\w.]|[^\x00-\x7f])+(?:[_^](?:\{[^{}]*\}|\w))*|[A-Za-z]+\([^()]*\)|\([^()]*\)")
_ROOT_DEGREE = re.compile(r"\[(\w)\]")
_COLOUR = re.compile(
    r"(?:red|blue|green|black|white|gray|grey|orange|purple|magenta|cyan|teal|brown|violet|pink)[!\d]*"
)
_TOKEN = re.compile(r"\s*(\\[A-Za-z]+|[A-Za-z])(?![A-Za-z])")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|TM)$")

Printed = tuple[str | None, int]


def term(text: str) -> str:
    """A term that can stand beside a sign of division or after a root: in brackets unless it is one."""
    text = text.strip()
    return text if _ONE_TERM.fullmatch(text) else f"({text})"


def fraction(above: str, below: str) -> str:
    """`a+b` and `c` -> `(a+b)/c`."""
    return f"{term(above)}/{term(below)}"


def accented(name: str, letter: str) -> str | None:
    """A letter under an accent of mathematics, as one character where Unicode has it; nothing for longer texts."""
    return unicodedata.normalize("NFC", letter + MATH_ACCENTS[name]) if len(letter) == 1 else None


def call(name: str, text: str, at: int, convert: Callable[[str], str]) -> Printed:
    """What a command prints.

    Args:
        name: Name of the command.
        text: The text it stands in.
        at: Offset after its name.
        convert: Replaces the commands in an argument.

    Returns:
        What it prints and the offset after its arguments; nothing, and an offset without meaning, if it is unknown.
    """
    if name in TEXT_FONTS or name in MATH_FONTS or name in FONT_SWITCHES or name in SIZES:
        return _font(name, text, at, convert)
    if name in DELIMITERS or name in {"left", "right", "middle"}:
        return "", at + text.startswith(".", at)
    if name in FUNCTIONS and not (name == "deg" and not text.startswith(("(", "_", " "), at)):
        return name, at
    if name in SYMBOLS:
        return _symbol(name, text, at)
    if name in SPACES or name in IGNORED:
        at += 2 if text.startswith("{}", at) else 0
        beside = text.startswith((" ", ".", ",", ")"), at) or name in IGNORED
        return "" if beside else " ", at
    return _structure(name, text, at, convert)


def _font(name: str, text: str, at: int, convert: Callable[[str], str]) -> Printed:
    """The argument of a font command; without one, the command goes with the spaces that end its name."""
    found = arguments(text, at, 1)
    if found is None:
        rest = text[at:]
        return (None, at) if rest.lstrip(" ").startswith("{") else ("", len(text) - len(rest.lstrip(" ")))
    inner = convert(found[0][0])
    return (DOUBLE_STRUCK.get(inner, inner) if name == "mathbb" else inner), found[1]


def _symbol(name: str, text: str, at: int) -> Printed:
    """The character of a symbol; empty braces, the stop after an abbreviation and the space before a number go."""
    if name == "S" and not text[at : at + 2].strip("~ {}")[:1].isdigit():
        return None, at
    at += 2 if text.startswith("{}", at) else 0
    printed = SYMBOLS[name]
    if printed.endswith(".") and text.startswith(".", at):
        at += 1
    if name == "textasciitilde" and text.startswith(" ", at) and text[at + 1 : at + 2].isdigit():
        at += 1
    return printed, at


def _accent(name: str, text: str, at: int, convert: Callable[[str], str]) -> Printed:
    """The letter under an accent, in braces or as the next token."""
    if found := arguments(text, at, 1):
        return accented(name, convert(found[0][0])), found[1]
    token = _TOKEN.match(text, at)
    return (accented(name, convert(token[1])), token.end()) if token else (None, at)


def _structure(name: str, text: str, at: int, convert: Callable[[str], str]) -> Printed:  # noqa: PLR0911  one case each
    """What is built from arguments: fractions, roots, accents, raised text, colours, lists."""
    if name in {"frac", "dfrac", "tfrac"} and (found := arguments(text, at, 2)):
        return fraction(*map(convert, found[0])), found[1]
    if name == "sqrt":
        degree = _ROOT_DEGREE.match(text, at)
        found = arguments(text, degree.end() if degree else at, 1)
        sign = ROOTS.get(degree[1] if degree else "")
        return (sign + term(convert(found[0][0])), found[1]) if sign and found else (None, at)
    if name in MATH_ACCENTS:
        return _accent(name, text, at, convert)
    if name in {"textsuperscript", "textsubscript"} and (found := arguments(text, at, 1)):
        inner, mark = convert(found[0][0]), "^" if name == "textsuperscript" else "_"
        plain = bool(_ORDINAL.match(inner))
        return (inner if plain else mark + (inner if len(inner) == 1 else f"{{{inner}}}")), found[1]
    if name == "textcolor" and (found := arguments(text, at, 2)):
        return convert(found[0][1]), found[1]
    if name in {"hspace", "vspace", "label"} and (found := arguments(text, at, 1)):
        return "", found[1]
    if name == "color" and (found := arguments(text, at, 1)) and _COLOUR.fullmatch(found[0][0]):
        return "", found[1]
    if name in {"begin", "end"} and (found := arguments(text, at, 1)) and found[0][0].rstrip("*") in LISTS:
        return "", found[1]
    return None, at
