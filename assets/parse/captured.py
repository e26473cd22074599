"""When a dump was captured: from the name of its file, or else from the time when the file was last written.

The date line on a page is no help: it states no year, and it is the page's date, not the copy's.
"""

import re
from datetime import UTC, datetime, timedelta

from schemas.vocabulary import CapturedFrom

DATE = re.compile(r"(?<![0-9A-Za-z])((?:19|20)[0-9]{2})([-_.]?)([0-9]{2})\2([0-9]{2})(?![0-9])")
"""A date that stands by itself: digits within a hash or a longer number are none."""
TIME = re.compile(
    r"(?:[Tt]([0-9]{2})[-_.:]?([0-9]{2})(?:[-_.:]?([0-9]{2}))?"  # T1015, T10:15:00
    r"|[_ .-]([0-9]{2})[-_.:]([0-9]{2})(?:[-_.:]([0-9]{2}))?"  # _10-15, -10:15:00
    r"|[_ .-]([0-9]{2})([0-9]{2})([0-9]{2}))[Zz]?(?![0-9A-Za-z])"  # _101500; _1015 may be a running number
)
"""A time right after the date; taken for UTC."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def capture_moment(name: str, mtime: float | None) -> tuple[datetime, CapturedFrom] | tuple[None, None]:
    """Says when a dump was captured, and how that is known.

    Args:
        name: Name of the file, without its folder.
        mtime: When the file was last written, in seconds since 1970; None where that is not known.

    Returns:
        A moment in UTC with whole seconds, and what told it; (None, None) where nothing did.
    """
    for date in DATE.finditer(name):
        time = TIME.match(name, date.end())
        if time is None and name[date.end() : date.end() + 1].isalpha():
            continue
        clock = [int(part) for part in (time.groups() if time else ()) if part]
        hour, minute, second = (*clock, 0, 0, 0)[:3]
        try:
            moment = datetime(int(date[1]), int(date[3]), int(date[4]), hour, minute, second, tzinfo=UTC)
        except ValueError:  # the 31st of February, 25 o'clock
            continue
        return moment, CapturedFrom.FILE_NAME
    if mtime is not None:
        try:
            return EPOCH + timedelta(seconds=int(mtime)), CapturedFrom.MTIME
        except OverflowError:
            pass
    return None, None
