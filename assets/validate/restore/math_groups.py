r"""Braces inside a formula that only hold a group together: `{\tilde O}(n)`, `\log{n}`, `{a \over b}`.

They print nothing, and once the backslashes are gone nobody can tell them from the braces of a set, which the source
escapes. Braces that a command or an index takes stay for the rules that know the command.
"""

import re

from assets.validate.restore.braces import group_end
from assets.validate.restore.latex_commands import fraction
from assets.validate.restore.symbols import (
    AMBIGUOUS,
    FONT_SWITCHES,
    FUNCTIONS,
    GREEK,
    IGNORED,
    OPERATORS,
    SIZES,
    SPACES,
)

PRINTS_ALONE = GREEK.keys() | OPERATORS.keys() | AMBIGUOUS.keys() | FUNCTIONS | SPACES | IGNORED | SIZES
"""Commands that take no argument: braces after them are a group."""

_BRACE = re.compile(r"\\.|\{", re.DOTALL)
_COMMAND_BEFORE = re.compile(r"\\([A-Za-z]+)\*?\s*$")
_SWITCHES = re.compile(rf"\s*\\(?:{'|'.join(sorted(FONT_SWITCHES))}|math[a-z]+)(?![A-Za-z])(?!\s*\{{)")
_OVER = re.compile(r"\\(over|choose)(?![A-Za-z])")


def drop_groups(formula: str) -> str:
    r"""`{W}_q + \log{n} + {a+b \over c}` -> `W_q + \log n + (a+b)/c`.

    Args:
        formula: What stands between two marks of mathematics.

    Returns:
        The same without the braces of groups; of one with unbalanced braces, as much as can be told.
    """
    at = 0
    while found := _BRACE.search(formula, at):
        start, at = found.start(), found.end()
        if found[0] != "{" or _is_taken(formula[:start]):
            continue
        end = group_end(formula, start)
        inner = formula[start + 1 : end - 1] if end > 0 else ""
        if end < 0 or _SWITCHES.match(inner):
            continue
        printed = _printed(inner)
        ends_command = _COMMAND_BEFORE.search(formula[:start]) and printed[:1].isalnum()
        formula = f"{formula[:start]}{' ' if ends_command else ''}{printed}{formula[end:]}"
        at = start
    return formula


def _is_taken(before: str) -> bool:
    """Whether a group is the argument of what stands before it."""
    stripped = before.rstrip()
    command = _COMMAND_BEFORE.search(before)
    if command:
        return command[1] not in PRINTS_ALONE
    return stripped.endswith(("_", "^", "}", "]")) and not stripped.endswith(("\\}", "\\_"))


def _printed(inner: str) -> str:
    r"""What a group prints: itself, a fraction (`a \over b`) or a choice (`n \choose k`)."""
    divided = _OVER.split(inner)
    if len(divided) != len(("above", "name", "below")):
        return inner
    above, name, below = (part.strip() for part in divided)
    if "{" in above.replace("\\{", "") or "{" in below.replace("\\{", ""):
        return f"({above})/({below})" if name == "over" else inner
    return fraction(above, below) if name == "over" else f"({above} choose {below})"
