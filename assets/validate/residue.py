"""What LaTeX left that no rule may repair: lost operators, remainders of commands, brackets without a partner.

A formula that lost a root, a fraction or a tilde reads as another formula, so that it is flagged and never rewritten.
"""

import polars as pl

from assets.validate.leaks import KEY
from assets.validate.rules import Detector
from assets.validate.symbols import longest_first
from schemas.vocabulary import Flag

# A font command survives rendering only inside another command, which is gone: a tilde, a root, a hat.
_NESTED_FONT = r"(?:^|[^\\])(?:math(?:cal|bb|bf|rm|sf|frak|scr|it)|operatorname|boldsymbol)\{"
# Braces directly behind a number, a letter or a bracket: the denominator of a fraction. A command's are no such thing.
_DENOMINATOR = r"(?:^|[^\\A-Za-z])[A-Za-z]{1,3}\{[^{}\s]|[\d)\]}]\{[^{}\s]"
# Braces around the letter that carries an index: an accent stood on it.
_ACCENTED_BASE = r"(?:^|[^\w}\\^_])\{[A-Za-z]\}[_^]"
_COMMANDS = (
    "widetilde", "widehat", "overline", "underline", "operatorname", "mathcal", "mathbb", "mathbf", "mathrm", "mathsf",
    "textbf", "textit", "texttt", "textsc", "boldsymbol", "sqrt", "frac", "binom", "begin", "end", "emph", "underbrace",
)  # fmt: skip
_REMAINDER = (
    rf"\\[A-Za-z]+|(?:{longest_first(_COMMANDS)})\{{"
    r"|(?:^|[^A-Za-z])(?:math(?:cal|bb|bf|rm|sf) [A-Za-z]|(?:sqrt|frac|binom) ?[{\d]"
    r"|wide(?:tilde|hat) |(?:hat|tilde) (?:[b-zB-HJ-Z]|\p{Greek})[^\w])"
)
_COMMENT_SIGN = r"[a-z,] %[a-z]{2}"
_LEFTOVER_KEY = rf"(?:^|[\s~,;(\[]){KEY}(?:[\s,;.)\]]|$)"
_INTERVAL = r"[(\[]\s?[-+\w.∞^/]+\s?,\s?[-+\w.∞^/]+\s?[)\]]"
_PAIR = r"\([^()\[\]{}]*\)|\[[^()\[\]{}]*\]|\{[^()\[\]{}]*\}"
# What is no bracket: enumerators, faces, a bracket in quotation marks.
_NO_BRACKET = r"(?:^|[\s,;:.])(?:\d{1,2}|[A-Za-z]|[ivxIVX]{1,5})[)\]]|[:;]-?[()]|['\"`][()\[\]{}]['\"`]"
_BRACKET = r"[()\[\]{}]"
_DEPTH = 4
"""How deep brackets may stand in each other."""


def lost_command(text: pl.Expr) -> pl.Expr:
    """Whether a command round a formula is gone: `mathcal{O}(n)` had a tilde or a root, `{p}_i` a hat.

    Args:
        text: String column, before the rules.

    Returns:
        Boolean column.
    """
    return text.str.contains(rf"{_NESTED_FONT}|{_ACCENTED_BASE}")


def lost_fraction(text: pl.Expr) -> pl.Expr:
    """Whether braces stand where the lower half of a fraction does: `1{2}`, `N^2d^2{M}`.

    Args:
        text: String column, after the rules.

    Returns:
        Boolean column.
    """
    return text.str.contains(_DENOMINATOR)


def has_remainder(text: pl.Expr) -> pl.Expr:
    r"""Whether commands, comment signs or citation keys are left: `\method`, `sqrt{n}{m}`, `by smith2020deep`.

    Args:
        text: String column, after the rules.

    Returns:
        Boolean column.
    """
    return text.str.contains(rf"{_REMAINDER}|{_COMMENT_SIGN}|{_LEFTOVER_KEY}")


def has_odd_bracket(text: pl.Expr) -> pl.Expr:
    """Whether a bracket has no partner, enumerators and half-open intervals aside.

    Args:
        text: String column, after the rules.

    Returns:
        Boolean column.
    """
    rest = text.str.replace_all(_INTERVAL, " ")
    for _ in range(_DEPTH):
        rest = rest.str.replace_all(_PAIR, " ")
    return rest.str.replace_all(_NO_BRACKET, " ").str.contains(_BRACKET)


DETECTORS = (
    Detector(
        flag=Flag.MATH_LOSS,
        version=1,
        summary="A command round a formula is gone: `mathcal{O}(n)` had a tilde or a root, `{p}_i` a hat.",
        detect=lost_command,
        on_raw=True,
    ),
    Detector(
        flag=Flag.MATH_LOSS,
        version=1,
        summary="Braces where the lower half of a fraction stood: `1{2}`, `N^2d^2{M}`.",
        detect=lost_fraction,
    ),
    Detector(
        flag=Flag.MATH_RESIDUE,
        version=1,
        summary=r"A remainder that no rule understands: `\method`, `sqrt{n}{m}`, `by smith2020deep`.",
        detect=has_remainder,
    ),
    Detector(
        flag=Flag.LOST_BRACKET,
        version=1,
        summary="A bracket without a partner: `a network (ResNet`; `1)` and `(0, 1]` are none.",
        detect=has_odd_bracket,
    ),
    Detector(
        flag=Flag.REPLACEMENT_CHARACTER,
        version=1,
        summary="U+FFFD stands where a character was lost before.",
        detect=lambda text: text.str.contains("\ufffd", literal=True),
        on_raw=True,
    ),
)
