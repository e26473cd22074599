"""Troubles: what the system or the database says when something cannot be written, as one line for the user."""

import errno
import re

FULL = (errno.ENOSPC, errno.EDQUOT)
"""What the system says of a disk, or a quota, that is full."""
FULL_TEXTS = re.compile(r"no space left on device|disk quota exceeded|out of disk space", re.IGNORECASE)
"""The same where only a text is left of it, as in errors of the database."""
TOO_LARGE_TEXTS = re.compile(r"file too large", re.IGNORECASE)
LONGEST = 300


def in_one_line(error: Exception) -> str:
    """What went wrong, as one line.

    Args:
        error: An error of the system or of the database.
    """
    number = error.errno if isinstance(error, OSError) else None
    if number in FULL or FULL_TEXTS.search(str(error)):
        return "the disk is full; make room and try again (the releases before are untouched)"
    if number == errno.EFBIG or TOO_LARGE_TEXTS.search(str(error)):
        return "a file became larger than this system or a limit allows (the releases before are untouched)"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return (str(error).splitlines() or [type(error).__name__])[0][:LONGEST]
