"""The records behind a damaged one: where a lost bracket or quotation mark swallowed them, they are found again.

Sound records of one dump begin alike: after the same blanks, with the same key. A member that is no JSON is cut where
such a beginning stands within it; a sound member never is.
"""

import json
import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from assets.parse.json_scan import BLANKS, KEY, Members, find_members, in_batches, line_spans
from assets.parse.json_structure import CLOSING, OPENING
from assets.parse.reader import Content
from assets.parse.spans import Offsets, Spans
from assets.parse.texts import LARGEST_TEXT

Part = tuple[int, int, bool]
"""Where a record begins and ends, and whether it is still in what holds the damaged one."""

COMPARED = 20
"""Members looked at to see that the beginning of a record stands nowhere within one."""
LONGEST_BEGINNING = 4096
JOINED = b'}{"'
"""Where two records meet on one line; within a string the quotation mark would have a backslash before it."""
SEPARATORS = BLANKS + b","
CLOSES_HOLDER = re.compile(rb'[\]}]\s*(?:,\s*"(?:[^"\\]|\\.)*+"\s*:|[\]}]\s*[,\]}])')
"""What follows the last record where more stands behind the array, as no comma and bracket within one would."""
TOKEN = re.compile(rb'"(?:[^"\\\n]|\\.)*+"?|[{}\[\],]')
STEP = {byte: (byte in OPENING) - (byte in CLOSING) for byte in b'"{}[],'}
FIRST_KEY = re.compile(rb'\{\s*"(?:[^"\\]|\\.)*+"\s*:')


def member_spans(
    content: Content, path: tuple[str, ...] = (), mark: re.Pattern[bytes] | None = None
) -> Iterator[Spans]:
    """Yields what the array or object under a path of keys holds, in batches of about BATCH_BYTES.

    Args:
        content: The dump.
        path: Keys that lead from the top-level object to the array or object; () for the top-level value itself.
        mark: As for `resynchronise`.
    """
    yield from in_batches(resynchronise(content, find_members(content, path), mark).spans)


def line_records(content: Content) -> Iterator[Spans]:
    """Yields the lines that are not blank, in batches of about BATCH_BYTES; cut where a line break was lost."""
    for lines in line_spans(content):
        cuts: list[int] = []
        last = int(lines.ends[-1])
        at = content.find(JOINED, int(lines.starts[0]), last)
        while at >= 0:
            cuts.append(at + 1)
            at = content.find(JOINED, at + 1, last)
        yield from in_batches(_separated(content, lines, np.array(cuts))) if cuts else (lines,)


def resynchronise(content: Content, members: Members, mark: re.Pattern[bytes] | None = None) -> Members:
    """Cuts members that are no JSON where records begin within them.

    Args:
        content: The JSON text in which the members were found.
        members: In order, damaged ones among them.
        mark: Matches the beginning of a record; its first group begins where the record does. Without it, what the
            first member begins with.

    Returns:
        The members, with the parts of damaged ones in their places.
    """
    pattern = mark or _beginning(content, members)
    if pattern is None or not len(members.spans):
        return members
    first, last = int(members.spans.starts[0]), int(members.spans.ends[-1])
    found = np.fromiter((match.start(1) for match in pattern.finditer(content, first, last)), dtype=np.int64)
    rows = np.searchsorted(members.spans.starts, found, side="right") - 1
    is_inside = (found > members.spans.starts[rows]) & (found < members.spans.ends[rows])
    found, rows = found[is_inside], rows[is_inside]
    starts, ends = members.spans.starts.tolist(), members.spans.ends.tolist()
    parts: dict[int, list[Part]] = {}
    for row in np.unique(rows).tolist():
        is_alike = content[starts[row]] == content[first]
        if not (is_alike and is_json(content, starts[row], ends[row])):
            cuts = found[slice(*np.searchsorted(rows, [row, row + 1]))].tolist()
            parts[row] = list(_parts(content, [starts[row], *cuts, ends[row]], is_told=mark is not None))
    return _replaced(members, parts)


def _separated(content: Content, lines: Spans, cuts: Offsets) -> Spans:
    """The lines, those that are no JSON cut where records meet in them."""
    parts: dict[int, list[Part]] = {}
    rows = np.searchsorted(lines.starts, cuts, side="right") - 1
    for row in np.unique(rows).tolist():
        start, end = int(lines.starts[row]), int(lines.ends[row])
        if not is_json(content, start, end):
            within = cuts[slice(*np.searchsorted(rows, [row, row + 1]))].tolist()
            parts[row] = [(begin, stop, True) for begin, stop in pairwise([start, *within, end])]
    return _replaced(Members(lines, np.zeros(len(lines), dtype=np.int64), [None]), parts).spans


def is_json(content: Content, start: int, end: int) -> bool:
    """Whether a member is sound, and no larger than a record may be."""
    if end - start > LARGEST_TEXT:
        return False
    text = content[start:end]
    try:
        json.loads(b"{" + text + b"}" if text[:1] == b'"' and KEY.match(text) else text, parse_int=str)
    except (ValueError, RecursionError):
        return False
    return True


def _beginning(content: Content, members: Members) -> re.Pattern[bytes] | None:
    """What every record of a dump begins with, and no sound one holds; None where there is no such thing."""
    starts, ends = members.spans.starts[:COMPARED].tolist(), members.spans.ends[:COMPARED].tolist()
    if not starts:
        return None
    at = starts[0]
    before = content[max(0, at - LONGEST_BEGINNING) : at]
    blanks = before[len(before.rstrip(BLANKS)) :]
    first, found = content[at : at + 1], FIRST_KEY.match(content[at : at + LONGEST_BEGINNING])
    alike = (place for place in zip(starts, ends, strict=True) if content[place[0] : place[0] + 1] == first)
    sound = [slice(start + 1, end) for start, end in alike if is_json(content, start, end)]
    beginnings = [(blanks, first)] if b"\n" in blanks and sound else []
    beginnings += [(blanks, found[0]), (b"", found[0])] if found else []
    for gap, beginning in beginnings:
        pattern = re.compile(re.escape(gap) + b"(" + re.escape(beginning) + b")")
        if not any(pattern.search(content[place]) for place in sound) and pattern.search(content, at + 1):
            return pattern
    return None


def _parts(content: Content, cuts: list[int], *, is_told: bool) -> Iterator[Part]:
    """Yields the records within a damaged member.

    Args:
        content: The JSON text.
        cuts: Where the member begins, where records begin within it, and where it ends.
        is_told: Whether records are told by a mark, so that what holds them may end and another begin.
    """
    damaged = content[cuts[0] : cuts[1]].rstrip(SEPARATORS)
    if damaged:
        yield cuts[0], cuts[0] + len(damaged), True
    is_held = True
    for start, stop in pairwise(cuts[1:]):
        end = _end_of_value(content, start, stop)
        rest = content[end:stop].strip(SEPARATORS)
        closes = rest[:1] in (b"}", b"]")
        yield start, end if closes or not rest else start + len(content[start:stop].rstrip(SEPARATORS)), is_held
        if closes and CLOSES_HOLDER.match(rest):
            is_held = False
            if not is_told:
                return


def _end_of_value(content: Content, start: int, end: int) -> int:
    """Where the value, or `"key": value`, ends that begins at `start`; `end` where it is not finished.

    Token by token: most records have a few dozen, too few for `json_structure`.
    """
    depth = 0
    for found in TOKEN.finditer(content, start, end):
        step = STEP[found[0][0]]
        if depth + step < 1 and (step or found[0] == b","):
            return found.end() if depth else found.start()
        depth += step
    return end


def _replaced(members: Members, parts: dict[int, list[Part]]) -> Members:
    """The members with parts in the place of some of them."""
    if not parts:
        return members
    repeats = np.array([len(parts.get(row, " ")) for row in range(len(members.spans))])
    starts, ends = np.repeat(members.spans.starts, repeats), np.repeat(members.spans.ends, repeats)
    places = np.cumsum(repeats) - repeats
    holders = np.repeat(members.holders, repeats)
    for row, cut in parts.items():
        at = slice(places[row], places[row] + len(cut))
        starts[at], ends[at] = [start for start, _, _ in cut], [end for _, end, _ in cut]
        holders[at][[not is_held for _, _, is_held in cut]] = -1
    return Members(Spans(starts, ends), holders, members.names)
