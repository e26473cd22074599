"""Balanced braces: where a group ends and what a command was given. Nothing here knows what a command means."""

import re

LONGEST_GROUP = 2_000
"""Characters; a sentence or two may stand in a group, and a text of opening braces alone must not cost its square."""

_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


def group_end(text: str, start: int) -> int:
    """Where a group ends.

    Args:
        text: Any text.
        start: Offset of an opening brace in it.

    Returns:
        The offset after the closing brace that belongs to it, or -1 if there is none near. Escaped braces do not count.
    """
    depth = 0
    for mark in _BRACE.finditer(text, start, start + LONGEST_GROUP):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth -= 1
            if depth == 0:
                return mark.end()
    return -1


def arguments(text: str, start: int, count: int) -> tuple[list[str], int] | None:
    """The arguments in braces that follow a command.

    Args:
        text: Any text.
        start: Offset after the command's name.
        count: How many arguments the command takes.

    Returns:
        The contents of the groups and the offset after the last one; nothing if fewer groups follow.
    """
    found: list[str] = []
    for _ in range(count):
        while text.startswith(" ", start):
            start += 1
        end = group_end(text, start) if text.startswith("{", start) else -1
        if end < 0:
            return None
        found.append(text[start + 1 : end - 1])
        start = end
    return found, start
