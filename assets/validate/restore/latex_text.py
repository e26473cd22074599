# ruff: noqa: RUF001  characters that look like others are what is looked for
r"""LaTeX in text mode: the backslash survived and says for certain what was meant.

Escaped characters, control spaces, fonts, symbols and links. An unknown command stays as it is: an author's own macro
has no meaning outside the paper.
"""

import re
from functools import partial

import polars as pl

from assets.validate.restore.braces import arguments, group_end
from assets.validate.restore.latex_commands import call
from assets.validate.restore.math_groups import drop_groups
from assets.validate.restore.math_marks import Formula, formulas
from assets.validate.restore.symbols import FONT_SWITCHES, FUNCTIONS, MATH_FONTS, SIZES, SPELT_OUT, longest_first
from assets.validate.rules import Rule, rewrite_where
from schemas.vocabulary import RuleFamily

BACKSLASH = r"\\"
ESCAPED = {"%": "%", "&": "&", "_": "_", "#": "#", "$": "$", "{": "{", "}": "}", "|": "‖", "*": "*"}
SPACE_MARKS = ",;:\\"
SPELLED = FUNCTIONS | SPELT_OUT
NESTED_MATH = 4
DEEPEST = 30
"""How deep a command may stand in the arguments of others; a hostile text nests without end."""
REACH = 40
"""Characters before a percent sign that decide about it."""

_CONTROL = re.compile(r"\\([%&_#${}|*,;:\\!/@-]|\s)|\\([~^])\{\}|\\(?=([Α-ωℝ×≤≥∞√∑∏∫∇∈→~≈]))")
_SENTENCE_START = re.compile(r"(?:^|[.!?]['\")\]]?\s)(?:\s|\\[ ,;:\\!/-]|\\?%)*$")
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?")
_ARGUMENT_OF = re.compile(r"\\(?:overset|underset|stackrel|[dtc]?frac|binom|sqrt|href|textcolor)\s?(?:\{[^{}]*\}\s?)?$")
_SWITCH = re.compile(
    rf"\{{\s*\\(?:(?:{longest_first(FONT_SWITCHES | SIZES)})(?![A-Za-z])"
    rf"|(?:{longest_first(MATH_FONTS)})(?![A-Za-z]|\s*\{{))\s*"
)
_LINK = re.compile(r"\\(url|href|footnote|hyperlink|hyperref|thanks)(?=\s*\{)")
_ADDRESS_LIKE = re.compile(r"(?:https?://|www\.)\S+$")


def unescape(text: pl.Expr) -> pl.Expr:
    r"""`50\%`, `Q\&A`, `e.g.\ this`, `non\-linear` -> `50%`, `Q&A`, `e.g. this`, `nonlinear`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column with escaped characters and control spaces as what they print.
    """
    return rewrite_where(text, BACKSLASH, lambda one: _CONTROL.sub(_control, one))


def _control(match: re.Match[str]) -> str:
    """What a command of one character prints; a space only where none stands beside it."""
    mark = match[1]
    if mark is None:
        return str(match[2] or "")  # a second backslash before a command that is printed by now is nothing
    if mark == "%" and _starts_sentence(match.string, match.start()):
        return match[0]  # without its backslash it would read as the beginning of a comment
    if mark in ESCAPED:
        return ESCAPED[mark]
    around = match.string[match.start() - 1 : match.start()] + match.string[match.end() : match.end() + 1]
    return " " if (mark in SPACE_MARKS or mark.isspace()) and not re.search(r"\s", around) else ""


def _starts_sentence(text: str, at: int) -> bool:
    """Whether nothing but spaces and percent signs stands between the end of a sentence, or of nothing, and a place."""
    start = max(0, at - REACH)
    return _SENTENCE_START.search(("x" if start else "") + text[start:at]) is not None


def call_commands(text: pl.Expr) -> pl.Expr:
    r"""`\textbf{Mamba}`, `90{\deg}`, `\eg this` -> `Mamba`, `90°`, `e.g. this`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column with every command that has one meaning as what it prints.
    """
    return rewrite_where(text, BACKSLASH, convert)


def convert(text: str, depth: int = 0) -> str:
    """Replaces the commands in a text, from the left, arguments first; what stands too deep in others stays."""
    if depth > DEEPEST:
        return text
    parts: list[str] = []
    at = 0
    while command := _COMMAND.search(text, at):
        parts.append(text[at : command.start()])
        printed, at = call(command[1], text, command.end(), partial(convert, depth=depth + 1))
        if printed is None:
            printed, at = command[0], command.end()
        elif command[1] in SPELLED and parts[-1][-1:].isalnum():
            printed = f" {printed}"
        elif text.startswith("}", at) and parts[-1].endswith("{") and not parts[-1].endswith(("_{", "^{", "}{")):
            parts[-1], at = parts[-1][:-1], at + 1  # {\deg}: the group only ended the command
        parts.append(printed)
    return "".join((*parts, text[at:]))


def drop_font_groups(text: pl.Expr) -> pl.Expr:
    r"""`{\it neural {\bf code}}` -> `neural code`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column with the content of each group that only switches the font, nested ones too.
    """
    return rewrite_where(text, BACKSLASH, _drop_font_groups)


def _drop_font_groups(text: str) -> str:
    at = 0
    while switch := _SWITCH.search(text, at):
        end = group_end(text, switch.start())
        at = switch.start() if end > 0 else switch.end()
        if end > 0 and _ARGUMENT_OF.search(text[max(0, switch.start() - REACH) : switch.start()]):
            text = text[: switch.start() + 1] + text[switch.end() :]  # the braces are an argument's
        elif end > 0:
            text = text[: switch.start()] + text[switch.end() : end - 1] + text[end:]
    return text


def open_math(text: pl.Expr) -> pl.Expr:
    r"""`\(n^2\)`, `$k$` -> `n^2`, `k`; `$15 per paper` is money.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column without the marks around inline and displayed mathematics.
    """
    return rewrite_where(text, r"\$|\\[(\[]", _open_math)


def _open_math(text: str) -> str:
    """Opens pairs until none is left: a pair that was opened may have stood between the marks of another one."""
    for _ in range(NESTED_MATH):
        parts, at = [], 0
        for formula in formulas(text):
            parts += [text[at : formula.start], _opened(formula, text)]
            at = formula.end
        if not parts:
            break
        text = "".join((*parts, text[at:]))
    return text


def _opened(formula: Formula, text: str) -> str:
    """What stands between two marks; its spaces only where words would stick together without them."""
    core = drop_groups(formula.inner.strip())
    before, after = text[: formula.start][-1:].isalnum(), text[formula.end : formula.end + 1].isalnum()
    display = formula.end - formula.start - len(formula.inner) == len("$$$$") and text.startswith(
        ("$$", "\\["), formula.start
    )
    opens = before and (display or formula.inner[:1].isspace())
    closes = after and (display or formula.inner[-1:].isspace())
    return f"{' ' if opens else ''}{core}{' ' if closes else ''}"


def open_links(text: pl.Expr) -> pl.Expr:
    r"""`\url{a.org}`, `\href{a.org}{code}`, `it\footnote{a.org}` -> `a.org`, `code (a.org)`, `it (a.org)`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column with links and notes in place.
    """
    return rewrite_where(text, r"\\(?:url|href|footnote|hyper|thanks)", _open_links)


def _open_links(text: str) -> str:
    at = 0
    while link := _LINK.search(text, at):
        two = link[1].startswith("h")
        found = arguments(text, link.end(), 2 if two else 1)
        at = link.end() if found is None else link.start()
        if found is not None:
            given, end = found
            text = text[: link.start()] + _linked(link[1], given, text[: link.start()]) + text[end:]
    return text


def _linked(name: str, given: list[str], before: str) -> str:
    """What a link or note prints, given its arguments and the text before it."""
    if name == "url":
        return f"{' ' if before[-1:].isalnum() or before.endswith(('.', ',')) else ''}{given[0].strip()}"
    if name in {"footnote", "thanks"}:
        return f"{'' if before.endswith((' ', '(')) else ' '}({given[0].strip()})"
    target, label = given[0].strip(), given[1].strip()
    if name != "href":
        return label
    return target if _ADDRESS_LIKE.match(label) or not label else f"{label} ({target})"


RULES = (
    Rule(
        name="latex_inline_math",
        family=RuleFamily.RESTORE,
        version=2,
        summary=r"Marks around mathematics: `\(n^2\)` and `$k/2$` become `n^2` and `k/2`; `$15 per paper` stays.",
        apply=open_math,
    ),
    Rule(
        name="latex_link",
        family=RuleFamily.RESTORE,
        version=1,
        summary=r"A link or note: `\href{https://a.org}{code}` becomes `code (https://a.org)`.",
        apply=open_links,
    ),
    Rule(
        name="latex_old_style_group",
        family=RuleFamily.RESTORE,
        version=2,
        summary=r"A group that switches the font: `{\it neural code}` becomes `neural code`.",
        apply=drop_font_groups,
    ),
    Rule(
        name="latex_command",
        family=RuleFamily.RESTORE,
        version=2,
        summary=r"A command with its backslash: `\textbf{Mamba}` becomes `Mamba`, `90{\deg}` becomes `90°`.",
        apply=call_commands,
    ),
    Rule(
        name="latex_escape",
        family=RuleFamily.RESTORE,
        version=2,
        summary=r"An escaped character or a control space: `50\%` becomes `50%`, `e.g.\ this` becomes `e.g. this`.",
        apply=unescape,
    ),
)
