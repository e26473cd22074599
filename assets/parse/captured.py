"""When a dump was captured: as the manifest says, or by the name of its file, or by the time when it was last written.

The date line on a page is no help: it states no year, and it is the page's date, not the copy's.
"""

import re
from datetime import UTC, datetime, timedelta

from assets.parse.folder import RawFile
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


def capture_moment(file: RawFile, member: str = "") -> tuple[datetime, CapturedFrom] | tuple[None, None]:
    """Says when a dump was captured, and how that is known.

    Args:
        file: The file that holds it.
        member: Its path in the file, with `!/` before a path within another container; empty for the file itself.

    Returns:
        A moment in UTC with whole seconds, and what told it; (None, None) where nothing did. A member's own name comes
        before that of the archive.
    """
    if file.settings.captured_at is not None:
        return file.settings.captured_at, CapturedFrom.MANIFEST
    for path in (*reversed(member.split("!/")), file.uri):
        moment = moment_in_name(path.rpartition("/")[2])
        if moment is not None:
            return moment, CapturedFrom.FILE_NAME
    if file.mtime is not None:
        try:
            return EPOCH + timedelta(seconds=int(file.mtime)), CapturedFrom.MTIME
        except OverflowError:
            pass
    return None, None


def moment_in_name(name: str) -> datetime | None:
    """The first date in the name of a file, with the time after it, if there is one.

    Args:
        name: Name of the file, without its folder.

    Returns:
        A moment in UTC; None where no date stands by itself.
    """
    for date in DATE.finditer(name):
        time = TIME.match(name, date.end())
        if time is None and name[date.end() : date.end() + 1].isalpha():
            continue
        clock = [int(part) for part in (time.groups() if time else ()) if part]
        hour, minute, second = (*clock, 0, 0, 0)[:3]
        try:
            return datetime(int(date[1]), int(date[3]), int(date[4]), hour, minute, second, tzinfo=UTC)
        except ValueError:  # the 31st of February, 25 o'clock
            continue
    return None
