# ruff: noqa: RUF001, RUF002  characters that look like others are what this module is about
"""Braces that only LaTeX needed: `N{+}D`, `x_{i}`, `{model size}`.

Braces that an author may have printed stay: sets, templates, code. So do braces behind a letter or a number: they are
what is left of a fraction, which a detector flags.
"""

import re

import polars as pl

from assets.validate.protect import outside_addresses, substitute
from assets.validate.restore.braces import group_end
from assets.validate.restore.symbols import AMBIGUOUS, OPERATORS, longest_first
from assets.validate.rules import Rule, rewrite_where
from schemas.vocabulary import RuleFamily

NAMED = (
    "times",
    "to",
    "in",
    "le",
    "ge",
    "leq",
    "geq",
    "neq",
    "sim",
    "approx",
    "cdot",
    "pm",
    "mp",
    "ll",
    "gg",
    "rightarrow",
)
_CHARACTER = OPERATORS | AMBIGUOUS
# A named operator closes up with a number or a symbol after it, as the braces were to make it.
_NAMED = re.compile(
    rf"(?<=[A-Za-z0-9)\]}}])\{{({longest_first(NAMED)})\}}(?: (?=\d|[A-Za-z](?![A-Za-z])|infty|∞|[Α-Ωα-ω]))?"
)
_PLAIN = re.compile(r"\{(times|leq|geq|neq|approx|cdot|rightarrow|sim(?=\} ?\d))\}(?: (?=\d))?")
_SIGN = re.compile(r"(?<![_^{])\{(--?-?|[+=<>:,;/*|.~·×≤≥≈±→∈])\}")
_SCRIPT = re.compile(r"(?<=[_^])\{([A-Za-z0-9*+†⋆∘⊤′∞∥♮⊥•-]|[Α-Ωα-ωϑφℓ])\}(?=[^\w{]|_|\^|$)")
_BASE = re.compile(r"(?<![\w}\\])\{([A-Za-zΑ-Ωα-ω])\}(?=[_^])")
_OPEN = re.compile(r"(?<![\w}\\_^$)\]|])\{(?=[A-Za-z\"'(`])")
_LETTERS = re.compile(
    r"(?<![\w}\\_^{])\{([A-Z][A-Za-z]{0,20})\}(?=[a-z]|[A-Z]{2}|-[A-Za-z])|(?<=[a-z]-)\{([A-Z][A-Za-z]{0,20})\}"
)
# A word of prose: names of functions and of what fractions are made of have fewer letters, or are named.
_WORD = re.compile(r"(?<![A-Za-z])(?!choose|sqrt|frac|text|script|over )[A-Za-z][a-z]{3,}")
_CODE = re.compile(r"[{}=<>\\_^$|@#]|\":|':|^[\"'(\[]|::|;$")


def close_operators(text: pl.Expr) -> pl.Expr:
    """`N{+}D`, `64{times}64`, `D{to} infty` -> `N+D`, `64×64`, `D→infty`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column without braces whose only purpose was to close up an operator.
    """

    def named(match: re.Match[str]) -> str:
        return _CHARACTER[match[1]]

    return substitute(
        text,
        rf"\{{(?:[-+=<>:,;/*|.~·×≤≥≈±→∈]|{longest_first(NAMED)})",
        (_PLAIN, named),
        (_NAMED, named),
        (_SIGN, r"\1"),
    )


def drop_script_braces(text: pl.Expr) -> pl.Expr:
    """`x_{i}`, `{p}_i` -> `x_i`, `p_i`; `x_{10}` stays.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column without braces around a single character above, below or before an index.
    """
    return substitute(text, r"[_^]\{.\}|\}[_^]", (_SCRIPT, r"\1"), (_BASE, r"\1"))


def drop_bare_groups(text: pl.Expr) -> pl.Expr:
    """`by {model size}, and` -> `by model size, and`; `{0, 1}`, `{red, green}` and `a {noun}` stay.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column without the braces around groups of running words.
    """
    return rewrite_where(text, r"\{[A-Za-z\"'(`]", outside_addresses(_drop_bare_groups))


def _drop_bare_groups(text: str) -> str:
    if "</" in text:
        return text  # a template with tags: its braces are for what is filled in
    text = _LETTERS.sub(lambda match: match[1] or match[2], text)
    at = 0
    while opened := _OPEN.search(text, at):
        start = opened.start()
        end = group_end(text, start)
        at = start + 1
        if end > 0 and _is_prose(text[start + 1 : end - 1]) and not text[end : end + 1].isalnum():
            text = text[:start] + text[start + 1 : end - 1] + text[end:]
            at = start
    return text


def _is_prose(inner: str) -> bool:
    """Whether what stands in braces is running text: words without a list of items, or an item as long as a clause."""
    items = inner.split(",")
    words = [len(item.split()) for item in items]
    wordy = _WORD.search(inner) is not None and not _CODE.search(inner)
    return wordy and ((len(items) == 1 and words[0] > 1) or max(words) > 4)


RULES_CLOSE = (
    Rule(
        name="spacing_brace",
        family=RuleFamily.RESTORE,
        version=2,
        summary="Braces that closed up an operator: `64{times}64` becomes `64×64`, `N{+}D` becomes `N+D`.",
        apply=close_operators,
    ),
)
RULES_DROP = (
    Rule(
        name="script_brace",
        family=RuleFamily.RESTORE,
        version=2,
        summary="Braces around one character of an index: `x_{i}` becomes `x_i`; `x_{10}` stays.",
        apply=drop_script_braces,
    ),
    Rule(
        name="bare_group",
        family=RuleFamily.RESTORE,
        version=1,
        summary="Braces around running words: `by {model size}, and` becomes `by model size, and`; `{0, 1}` stays.",
        apply=drop_bare_groups,
    ),
)
