# ruff: noqa: RUF001  typographic marks are what is looked for
"""Font commands that lost their backslash: `textbf{Gen}erative`, `{bf 1}_n`, `mathcal{O}(n)`, `scriptsizeFoo`.

Rendering removes a font command with its argument, so that one which is left stood inside another command. Where that
was a font too, nothing is missing; inside a formula it may have been a root or a tilde, which a detector flags.
"""

import re

import polars as pl

from assets.validate.protect import outside_addresses, substitute
from assets.validate.restore.braces import group_end
from assets.validate.restore.symbols import DOUBLE_STRUCK, longest_first
from assets.validate.rules import Rule, rewrite_where
from schemas.vocabulary import RuleFamily

GLUED_FONTS: tuple[str, ...] = (
    "textbf",
    "textit",
    "texttt",
    "textsc",
    "textsf",
    "textrm",
    "textsl",
    "textnormal",
    "boldsymbol",
    "mathbf",
)
GLUED_FONTS += (
    "mathrm",
    "mathsf",
    "mathtt",
    "mathit",
    "mathfrak",
    "mathscr",
    "mathcal",
    "mathbb",
    "mathds",
    "operatorname",
)
"""Names that no word contains: they may stand in the middle of one."""
SEPARATE_FONTS = (
    "text",
    "emph",
    "underline",
    "mbox",
    "bm",
    "uline",
    "red",
    "blue",
    "green",
    "orange",
    "purple",
    "magenta",
    "teal",
)
"""Names that a word may end with; a colour is what rendering leaves of `\\textcolor`."""
SWITCHES = (
    "bf",
    "rm",
    "it",
    "em",
    "sc",
    "tt",
    "sf",
    "cal",
    "sl",
    "mathcal",
    "mathbb",
    "mathbf",
    "mathrm",
    "mathsf",
    "mathit",
)
SMALL_SIZES = ("scriptscriptstyle", "scriptstyle", "scriptsize", "footnotesize")
SIZES = (*SMALL_SIZES, "normalsize", "displaystyle", "textstyle")
NESTED_FONTS = 3

_FONT = re.compile(
    rf"(?:({longest_first(GLUED_FONTS)})\s?|(?<![A-Za-z])({longest_first(SEPARATE_FONTS)}))\{{([^{{}}]*)\}}"
)
# What an argument of a formula's font may hold without doubt: one name, perhaps with an index.
_ONE_NAME = re.compile(r"[A-Za-z]+[\d']*(?:_\w|_\{\w+\})?|\W?\d+|[^\x00-\x7f]")
_SWITCH = re.compile(rf"\{{\s?(?:{longest_first((*SWITCHES, *SIZES))})\s+(?=[^{{}}\s])")
_SWITCH_BEFORE_LETTER = re.compile(
    r"(?<![A-Za-z\\{])(?P<font>math(?:cal|bb|bf|rm|sf|frak|scr)|bf) (?P<letter>[A-Za-z0-9])(?![A-Za-z0-9.])"
    r"|(?<![A-Za-z\\])cal (?P<script>[A-Z])(?![A-Za-z0-9'’.-])"
    r"|(?<![A-Za-z\\{])bm (?P<bold>[A-Za-z])(?![A-Za-z0-9])"
)
# A capital in a smaller size inside a word, as in s{\scriptsize T}yle: plain text shows it as a small letter.
_SMALL_CAPITAL = re.compile(rf"(?<![A-Za-z])(?:{longest_first(SMALL_SIZES)})\s?([A-Z])(?=[A-Z][a-z])")
_SIZE = re.compile(rf"(?<![A-Za-z])(?:{longest_first(SIZES)})(?:\s(?=[a-zA-Z])|(?=[A-Z]))")


def drop_fonts(text: pl.Expr) -> pl.Expr:
    """`textbf{Gen}erative`, `{rm poly}(n)`, `mathcal O(n)` -> `Generative`, `poly(n)`, `O(n)`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column without font commands whose argument is whole.
    """
    trigger = (
        r"[a-z]\{|\{[a-z]{2,18} |\{ ?math|math(?:cal|bb|bf|rm|sf|frak|scr) |^(?:cal|bm) |"
        r"[^a-z](?:bf|cal|bm) [A-Za-z0-9](?:[^A-Za-z]|$)"
    )
    return rewrite_where(text, trigger, outside_addresses(_drop_fonts))


def _drop_fonts(text: str) -> str:
    """Groups that switch the font first, then commands with an argument, from the inside."""
    text = _drop_switches(text)
    for _ in range(NESTED_FONTS):
        text = _FONT.sub(_drop_font, text)
    return _SWITCH_BEFORE_LETTER.sub(_drop_bare_switch, text)


def _drop_switches(text: str) -> str:
    """The content of groups that switch the font; an index keeps its braces."""
    at = 0
    while switch := _SWITCH.search(text, at):
        start, end = switch.start(), group_end(text, switch.start())
        at = start if end > 0 else switch.end()
        if end > 0:
            inner = text[switch.end() : end - 1].rstrip()
            kept = f"{{{inner}}}" if text[:start].endswith(("_", "^")) else inner
            text = text[:start] + kept + text[end:]
    return text


def _drop_font(match: re.Match[str]) -> str:
    """The argument of a font; as it is where a formula's font holds more than one name."""
    name, inner = match[1] or match[2], match[3]
    if name in {"mathcal", "mathbb", "mathscr", "mathfrak"} and not _ONE_NAME.fullmatch(inner):
        return match[0]
    return DOUBLE_STRUCK.get(inner, inner) if name in {"mathbb", "mathds"} else inner


def _drop_bare_switch(match: re.Match[str]) -> str:
    letter = str(match["letter"] or match["script"] or match["bold"])
    return DOUBLE_STRUCK.get(letter, letter) if match["font"] == "mathbb" else letter


def drop_sizes(text: pl.Expr) -> pl.Expr:
    """`displaystyle sum`, `Inference scriptsizeFLaws` -> `sum`, `Inference fLaws`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column without commands for the size of letters; a capital that they made small is a small letter.
    """
    small = (_SMALL_CAPITAL, lambda match: str(match[1]).lower())
    return substitute(text, longest_first(SIZES), small, (_SIZE, ""))


RULES = (
    Rule(
        name="lost_font_command",
        family=RuleFamily.RESTORE,
        version=2,
        summary="A font command without its backslash: `textbf{Gen}erative` becomes `Generative`.",
        apply=drop_fonts,
    ),
    Rule(
        name="lost_size_command",
        family=RuleFamily.RESTORE,
        version=1,
        summary="A size command without its backslash: `scriptsizeFLaws` becomes `fLaws`; `small models` stays.",
        apply=drop_sizes,
    ),
)
