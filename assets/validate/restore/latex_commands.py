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
    SPELT_OUT,
    TEXT_FONTS,
    WRAPPERS,
)

SYMBOLS = GREEK | AMBIGUOUS | OPERATORS | SIGNS
FONTS = TEXT_FONTS | MATH_FONTS | FONT_SWITCHES | SIZES | WRAPPERS
DELIMITERS = frozenset(f"{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m"))
LISTS = frozenset(
    ("itemize", "enumerate", "description", "quote", "quotation", "center", "abstract", "equation", "align", "math")
)
ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}

FRACTIONS = frozenset(("frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"))
AROUND = {
    "norm": ("‖", "‖"), "abs": ("|", "|"), "ket": ("|", "⟩"), "bra": ("⟨", "|"), "braket": ("⟨", "⟩"),
    "ceil": ("⌈", "⌉"), "floor": ("⌊", "⌋"), "set": ("{", "}"),
}  # fmt: skip
"""Commands that packages and nearly every author define as brackets round their argument."""
STACKED = {"overset": "^", "stackrel": "^", "underset": "_"}
"""What these set above or below a sign stands beside it as its index."""
MICRO = re.compile(r"mu(m|s|K|g|W|A|V|F|H|L|l|N|J|M|Hz|eV|rad|mol|Pa)$")
"""The command of the letter μ and a unit, in one word: no such command exists."""
GLUED_GREEK = re.compile(r"(Lambda|Delta|Sigma|Omega|Gamma|Psi|Phi|Theta)([A-Z]{2,})$")

_ONE_TERM = re.compile(r"(?:[\w.]|[^\x00-\x7f])+(?:[_^](?:\{[^{}]*\}|\w))*|[A-Za-z]+\([^()]*\)|\([^()]*\)")
_ROOT_DEGREE = re.compile(r"\s*\[(\w{1,3})\]")
_COLOUR = re.compile(
    r"(?:red|blue|green|black|white|gray|grey|orange|purple|magenta|cyan|teal|brown|violet|pink)[!\d]*"
)
_TOKEN = re.compile(r"\s*(\\[A-Za-z]+|[A-Za-z])(?![A-Za-z])")
_ARGUMENT = re.compile(r"\s*(\\[A-Za-z]+(?![A-Za-z])|[A-Za-z](?![A-Za-z])|\d)")
_LONE_LETTER = re.compile(r"\s*([A-Z])(?![A-Za-z])")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|TM)$")
_CODE = re.compile(r"\{x?([0-9A-Fa-f]{2,5})\}")
_ACCENTED_WORD = re.compile(r"([^\W_]{1,3})((?:[_^](?:\{[^{}]*\}|\w))*)")
_NEGATED = re.compile(r"\s*(\\[A-Za-z]+|[=<>∈⊂⊆⊇≡≤≥~])")

Printed = tuple[str | None, int]


def term(text: str) -> str:
    """A term that can stand beside a sign of division or after a root: in brackets unless it is one."""
    text = text.strip()
    return text if _ONE_TERM.fullmatch(text) else f"({text})"


def fraction(above: str, below: str) -> str:
    """`a+b` and `c` -> `(a+b)/c`."""
    return f"{term(above)}/{term(below)}"


def accented(name: str, letter: str) -> str | None:
    """A letter under an accent of mathematics, as one character where Unicode has it.

    Each of a few letters is given the accent, and an index none; nothing for longer texts.
    """
    if len(letter) == 1:
        return unicodedata.normalize("NFC", letter + MATH_ACCENTS[name])
    word = _ACCENTED_WORD.fullmatch(letter)
    if word is None:
        return None
    return unicodedata.normalize("NFC", "".join(one + MATH_ACCENTS[name] for one in word[1])) + word[2]


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
    if name in FONTS:
        return _font(name, text, at, convert)
    if name in DELIMITERS or name in {"left", "right", "middle"}:
        return "", at + text.startswith(".", at)
    if name in SPELT_OUT or (name in FUNCTIONS and not (name == "deg" and not text.startswith(("(", "_", " "), at))):
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
        if name in {"mathbb", "mathds", "Bbb"} and (letter := _LONE_LETTER.match(text, at)):
            return DOUBLE_STRUCK.get(letter[1], letter[1]), letter.end()
        rest = text[at:]
        return (None, at) if rest.lstrip(" ").startswith("{") else ("", len(text) - len(rest.lstrip(" ")))
    inner = convert(found[0][0])
    return (DOUBLE_STRUCK.get(inner, inner) if name in {"mathbb", "mathds", "Bbb"} else inner), found[1]


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


def _argument(text: str, at: int, convert: Callable[[str], str]) -> Printed:
    """An argument in braces or as the next token, converted."""
    if found := arguments(text, at, 1):
        return convert(found[0][0]), found[1]
    token = _ARGUMENT.match(text, at)
    return (convert(token[1]), token.end()) if token else (None, at)


def _two(text: str, at: int, convert: Callable[[str], str]) -> tuple[str, str, int] | None:
    """Two arguments and where the second one ends."""
    one, middle = _argument(text, at, convert)
    other, end = _argument(text, middle, convert)
    return None if one is None or other is None else (one, other, end)


def _structure(name: str, text: str, at: int, convert: Callable[[str], str]) -> Printed:
    """What is built from arguments."""
    for build in (_mathematics, _layout, _spelling):
        printed = build(name, text, at, convert)
        if printed[0] is not None:
            return printed
    return None, at


def _mathematics(name: str, text: str, at: int, convert: Callable[[str], str]) -> Printed:  # noqa: PLR0911  one case each
    """Fractions, roots, accents, brackets, signs above signs."""
    if name in FRACTIONS and (two := _two(text, at, convert)):
        return fraction(*two[:2]), two[2]
    if name == "sqrt":
        return _root(text, at, convert)
    if name in MATH_ACCENTS:
        return _accent(name, text, at, convert)
    if name in AROUND and (found := arguments(text, at, 1)):
        return convert(found[0][0]).strip().join(AROUND[name]), found[1]
    if name in STACKED and (two := _two(text, at, convert)):
        index, base, end = two
        return f"{base}{STACKED[name]}{index if len(index) == 1 else f'{{{index}}}'}", end
    if name in {"binom", "dbinom", "tbinom"} and (two := _two(text, at, convert)):
        return f"({two[0]} choose {two[1]})", two[2]
    if name == "pmod" and (found := arguments(text, at, 1)):
        return f"(mod {convert(found[0][0])})", found[1]
    return (None, at) if name != "not" else _negated(text, at, convert)


def _root(text: str, at: int, convert: Callable[[str], str]) -> Printed:
    """A root of an argument in braces or of the next token; one without a sign of its own is a power."""
    degree = _ROOT_DEGREE.match(text, at)
    inner, end = _argument(text, degree.end() if degree else at, convert)
    if inner is None:
        return None, at
    sign = ROOTS.get(degree[1] if degree else "")
    return (sign + term(inner) if sign else f"{term(inner)}^{{1/{degree[1] if degree else 2}}}"), end


def _negated(text: str, at: int, convert: Callable[[str], str]) -> Printed:
    r"""`\not\in` -> `∉`, where Unicode has the sign."""
    sign = _NEGATED.match(text, at)
    struck = unicodedata.normalize("NFC", convert(sign[1]) + "\u0338") if sign else ""
    return (struck, sign.end()) if sign and len(struck) == 1 else (None, at)


def _layout(name: str, text: str, at: int, convert: Callable[[str], str]) -> Printed:  # noqa: PLR0911  one case each
    """Raised text, colours, lists, spaces."""
    if name in {"textsuperscript", "textsubscript"} and (found := arguments(text, at, 1)):
        inner, mark = convert(found[0][0]), "^" if name == "textsuperscript" else "_"
        plain = bool(_ORDINAL.match(inner))
        return (inner if plain else mark + (inner if len(inner) == 1 else f"{{{inner}}}")), found[1]
    if name == "textcolor" and (found := arguments(text, at, 2)):
        return convert(found[0][1]), found[1]
    if name in {"hspace", "vspace", "label", "phantom", "hphantom", "vphantom"} and (found := arguments(text, at, 1)):
        return "", found[1]
    if name == "color" and (found := arguments(text, at, 1)) and _COLOUR.fullmatch(found[0][0]):
        return "", found[1]
    if name in {"begin", "end"} and (found := arguments(text, at, 1)) and found[0][0].rstrip("*") in LISTS:
        return "", found[1]
    if name in {"underbrace", "overbrace"} and (found := arguments(text, at, 1)):
        return convert(found[0][0]), found[1]
    return None, at


def _spelling(name: str, text: str, at: int, _: Callable[[str], str]) -> Printed:
    """Characters by their code, and names that no command has: a letter and a unit, a letter and an acronym."""
    if name == "unicode" and (code := _CODE.match(text, at)):
        character = chr(int(code[1], 16))
        return (character, code.end()) if character.isprintable() else (None, at)
    if micro := MICRO.match(name):
        return f"μ{micro[1]}", at
    if glued := GLUED_GREEK.match(name):
        return GREEK[glued[1]] + glued[2], at
    return None, at
