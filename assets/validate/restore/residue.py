# ruff: noqa: RUF001  characters that look like others are what this module is about
"""What LaTeX left that no rule may repair: lost operators, remainders of commands, brackets without a partner.

A formula that lost a root, a fraction or a tilde reads as another formula, so that it is flagged and never rewritten.
"""

import re

import polars as pl

from assets.validate.restore.greek_words import TERMS
from assets.validate.restore.leaks import KEY
from assets.validate.restore.symbols import longest_first
from assets.validate.rules import Detector, detect_where
from schemas.vocabulary import Flag

# A font command survives rendering only inside another command, which is gone: a tilde, a root, a hat.
_NESTED_FONT = r"(?:^|[^\\])(?:math(?:cal|bb|bf|rm|sf|frak|scr|it)|operatorname|boldsymbol)\{"
# Braces directly behind a number, a letter or a bracket: the denominator of a fraction. A command's are no such thing.
_DENOMINATOR = r"(?:^|[^\\A-Za-z])[A-Za-z]{1,3}\{[^{}\s]|[\d)\]}]\{[^{}\s]"
# Braces around the letter that carries an index: an accent stood on it.
_ACCENTED_BASE = r"(?:^|[^\w}\\^_])\{[A-Za-z]\}[_^]"
# The same bound twice in a sentence that sets one thing against another: one of the two had a root.
_BOUND = r"[OoΩΘ]\([^()]*[A-Za-z][^()]*(?:\([^()]*\)[^()]*)*\)"
_CONTRAST = re.compile(
    r"\b(?:unlike|improv\w+|outperform\w*|instead|reduc\w+|compared|versus|whereas|exponentially|gap|better|faster)\b",
    re.IGNORECASE,
)
_NO_END = re.compile(r"\b(?:w\.r\.t|e\.g|i\.e|etc|vs|resp|cf)\.|\d\.\d")
# x = Ax + Bu: the letter on the left had a dot, or the equation says nothing.
_RATE_OF_CHANGE = r"[a-z] ?= ?(?:-?[A-Z][a-z] ?[+-]|[A-Za-z]\([a-z][,)])"
_SAME_LETTER = re.compile(r"(?<![A-Za-z_(,'^])([a-z]) ?= ?(?:-?[A-Z]\1(?![A-Za-z_^'(]) ?[+-](?!=)|[a-zA-Z]\(\1[,)])")
_COMMANDS = (
    "widetilde", "widehat", "overline", "underline", "operatorname", "mathcal", "mathbb", "mathbf", "mathrm", "mathsf",
    "textbf", "textit", "texttt", "textsc", "boldsymbol", "sqrt", "frac", "binom", "begin", "end", "emph", "underbrace",
)  # fmt: skip
_REMAINDER = (
    rf"\\[A-Za-z]+|(?:{longest_first(_COMMANDS)})\{{"
    r"|(?:^|[^A-Za-z])(?:math(?:cal|bb|bf|rm|sf) [A-Za-z]|(?:sqrt|frac|binom) ?[{\d]"
    r"|wide(?:tilde|hat) |(?:hat|tilde) (?:[b-zB-HJ-Z]|\p{Greek})[^\w])"
)
# The name of a letter that no rule could prove, where it is no term such as `beta version`.
_GREEK = "alpha|beta|gamma|delta|epsilon|varepsilon|theta|lambda|sigma|tau|phi|varphi|omega"
_GREEK_TERM = "|".join(f"{name}[ -]?(?:{'|'.join(after)})" for name, after in TERMS.items())
_GREEK_NAME = re.compile(
    rf"(?<![\w'’.\"“-])(?!{_GREEK_TERM})"
    rf"(?:(?:{_GREEK})(?=[\s,;:)|^/]|-[A-Za-z]|\.\s|\.?$)"
    r"|(?:Gamma|Lambda|Omega|Sigma|Delta)(?=[)^|]|[-–](?:type|shaped|system)))"
)
_SYMBOL_LEFT = r"(?:[α-ωΑ-Ω∞)\]}]|[_^]\w|(?:^|[\s(|=])[A-Z])"
_SYMBOL_RIGHT = r"(?:[α-ωΑ-Ω({-]|\.?\d|[A-Z](?:[^A-Za-z'.-]|$))"
_OPERATOR_NAME = (
    rf"{_SYMBOL_LEFT} (?:times|sim|approx|pm|mp|cup|circ|ll|gg|ge|le|prec|succ|mid|exists|parallel) {_SYMBOL_RIGHT}"
    r"|\d pm \d|[_^(=|] ?(?:pm|mp|circ|exists|parallel|prec|sum|partial)(?:[^A-Za-z]|$)"
    r"|(?:^|[^\w-])(?:psi|phi)?[vV]ert[^a-z]"
)
_REGRET = re.compile(r"\bregrets?\b", re.IGNORECASE)
_LINEAR = re.compile(r"[OΘΩ]\([^()√]*(?<![A-Za-z_^/{])(?<!log )T(?![A-Za-z_^])[^()√]*\)")
_HIDES = re.compile(
    r"\b[OΘΩ](?:\([·.…]?\))? (?:notation )?(?:hides?|hiding|ignores?|ignoring|suppress\w*|omits?|omitting) "
    r"(?:\w+ ){0,3}(?:poly-?)?log"
)
_COMMENT_SIGN = r"[a-z,] %[a-z]{2}"
# A dollar sign before a letter or bracket is no money.
_OPEN_FORMULA = r"(?:^|[\s(\[-])\$ ?[A-Za-z(\[][^\s$]*\$"
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


def lost_root(text: pl.Expr) -> pl.Expr:
    """Whether a sentence sets a bound against the same bound: `O(n) instead of O(n)` had a root in one of them.

    Args:
        text: String column, after the rules.

    Returns:
        Boolean column.
    """
    return detect_where(text, _BOUND, _repeats_bound)


def _repeats_bound(text: str) -> bool:
    """Whether one sentence has a contrast and a bound twice."""
    for sentence in re.split(r"[.?!] ", _NO_END.sub(lambda found: found[0].replace(".", " "), text)):
        bounds = re.findall(_BOUND, sentence)
        if len(set(bounds)) < len(bounds) and _CONTRAST.search(sentence):
            return True
    return False


def lost_dot(text: pl.Expr) -> pl.Expr:
    """Whether an equation gives a letter by itself: in `x = Ax + Bu` a dot stood on the first one.

    Args:
        text: String column, after the rules.

    Returns:
        Boolean column.
    """
    return detect_where(text, _RATE_OF_CHANGE, lambda one: _SAME_LETTER.search(one) is not None)


def lost_accent(text: pl.Expr) -> pl.Expr:
    """Whether a bound is said to hide logarithms and has no tilde, or a regret grows with the time itself.

    The regret of guessing grows with T; whoever states a bound states a root of it.

    Args:
        text: String column, after the rules.

    Returns:
        Boolean column.
    """
    return detect_where(text, r"[rR]egret|hid|ignor|suppress|omit", _says_too_much)


def _says_too_much(text: str) -> bool:
    sentences = re.split(r"[.?!] ", _NO_END.sub(lambda found: found[0].replace(".", " "), text))
    return any(
        _HIDES.search(one) or (_REGRET.search(one) and "linear" not in one and _LINEAR.search(one)) for one in sentences
    )


def has_name(text: pl.Expr) -> pl.Expr:
    """Whether the name of a letter or sign is left that no rule could prove: `a trade-off beta, which`, `S ll A`.

    Args:
        text: String column, after the rules.

    Returns:
        Boolean column.
    """
    greek = detect_where(text, _GREEK + "|Gamma|Lambda|Omega|Sigma|Delta", lambda one: bool(_GREEK_NAME.search(one)))
    return greek | text.str.contains(_OPERATOR_NAME)


def has_remainder(text: pl.Expr) -> pl.Expr:
    r"""Whether commands, comment signs or citation keys are left: `\method`, `sqrt{n}{m}`, `by smith2020deep`.

    Args:
        text: String column, after the rules.

    Returns:
        Boolean column.
    """
    return text.str.contains(rf"{_REMAINDER}|{_COMMENT_SIGN}|{_LEFTOVER_KEY}|{_OPEN_FORMULA}")


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
        flag=Flag.MATH_LOSS,
        version=1,
        summary="The same bound twice in a sentence that contrasts them: `unlike the O(n) bound, ours is O(n)`.",
        detect=lost_root,
    ),
    Detector(
        flag=Flag.MATH_LOSS,
        version=1,
        summary="An equation that gives a letter by itself lost the dot on the first: `x = Ax + Bu`.",
        detect=lost_dot,
    ),
    Detector(
        flag=Flag.MATH_LOSS,
        version=1,
        summary="A regret of O(T), or an O that hides logarithms: one lost a root, the other a tilde.",
        detect=lost_accent,
    ),
    Detector(
        flag=Flag.MATH_RESIDUE,
        version=1,
        summary="The name of a letter or sign that no rule could prove: `a trade-off beta, which`, `S ll A`.",
        detect=has_name,
        fields=("abstract",),
    ),
    Detector(
        flag=Flag.MATH_RESIDUE,
        version=2,
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
