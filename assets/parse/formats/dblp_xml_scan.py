"""Plain records of DBLP, found by the positions of `<` and `>` alone: three times as fast as a parser.

A record is plain if it is nothing but a row of known elements that hold text. Whatever could be anything else is not
plain, and is left to the parser.
"""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assets.parse.formats.dblp_xml_record import RECORDS
from assets.parse.spans import Offsets, Spans
from assets.parse.xml_records import LARGEST_RECORD

Bools = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]

CHILDREN = (
    "author",
    "editor",
    "title",
    "booktitle",
    "pages",
    "year",
    "address",
    "journal",
    "volume",
    "number",
    "month",
    "url",
    "ee",
    "cdrom",
    "cite",
    "publisher",
    "note",
    "crossref",
    "isbn",
    "series",
    "school",
    "chapter",
    "publnr",
    "stream",
    "rel",
)
"""The elements of dblp.dtd within a record."""
NAMES = (*sorted(RECORDS), *CHILDREN)
"""All elements: a name's code is its place here."""
CODE = {name: code for code, name in enumerate(NAMES)}
UNKNOWN = -1
MOST_TAGS = 1_000_000
"""Tags of a stretch that are looked at; 8 MB of DBLP have 400,000."""
LONGEST_NAME = 16
"""Bytes of a name that are looked at, in two words of eight."""

_SORTED = sorted(NAMES, key=lambda name: int.from_bytes(name.encode()[:8], "little"))
_FIRST_WORDS = np.array([int.from_bytes(name.encode()[:8], "little") for name in _SORTED], dtype=np.uint64)
_SECOND_WORDS = np.array([int.from_bytes(name.encode()[8:], "little") for name in _SORTED], dtype=np.uint64)
_CODES = np.array([CODE[name] for name in _SORTED])
_FIRST_MASKS = np.array([(1 << 8 * min(size, 8)) - 1 for size in range(LONGEST_NAME + 1)], dtype=np.uint64)
_SECOND_MASKS = np.array([(1 << 8 * max(size - 8, 0)) - 1 for size in range(LONGEST_NAME + 1)], dtype=np.uint64)
_IS_LETTER = np.zeros(256, dtype=np.bool_)
_IS_LETTER[ord("a") : ord("z") + 1] = True
_IS_ODD = np.zeros(256, dtype=np.bool_)
_IS_ODD[:32] = True
_IS_ODD[[*b"\t\n"]] = False
"""Bytes that XML forbids, or changes."""
_IS_BLANK = np.zeros(256, dtype=np.bool_)
_IS_BLANK[[*b" \t\n"]] = True
_FORBIDDEN = re.compile(rb"\]\]>|\xef\xbf[\xbe\xbf]")
"""What XML forbids beyond that."""
_LESS, _GREATER, _SLASH, _BLANK = b"<>/ "


@dataclass(frozen=True)
class Records:
    """The records at the beginning of a stretch; offsets count from its start."""

    spans: Spans
    """Where each is."""
    kinds: Codes
    """Code of the name of each."""
    attributes: Spans
    """What stands in the start tag of each, after its name."""
    is_plain: Bools
    """Whether each is plain, as far as its bytes tell."""
    owners: Codes
    """Of each child: index of the record; children of records that are not plain are left out."""
    names: Codes
    """Of each child: code of its name."""
    child_attributes: Spans
    """Of each child: what stands in its start tag, after its name."""
    texts: Spans
    """Of each child: where its text is."""

    @property
    def end(self) -> int:
        """Offset after the last of them."""
        return int(self.spans.ends[-1])


@dataclass(frozen=True)
class _Tags:
    """All tags of a stretch up to the first that cannot be understood."""

    starts: Offsets
    ends: Offsets
    """Offset of the `>`."""
    is_end: Bools
    is_closed: Bools
    """Whether it is start and end in one."""
    name_ends: Offsets
    words: tuple[Words, Words]
    """The name as two words."""
    codes: Codes
    depths: Codes
    """Elements around the tag: 0 for the start and the end of a record."""


def scan_records(data: bytes, *, has_high_bytes: bool) -> Records | None:
    """Finds the records at the beginning of a stretch.

    Args:
        data: A part of a dump that begins between two records, or just within the root.
        has_high_bytes: Whether bytes from 0x80 on are UTF-8; else a record with such bytes is not plain.

    Returns:
        All records before the first thing that is not in order, of which only the parser can tell what it is: a
        comment, a record within a record, an end tag too many. None if that is the first thing.
    """
    codes = np.frombuffer(data, dtype=np.uint8)
    tags = _tags(data, codes)
    begins = np.flatnonzero((tags.depths == 0) & ~tags.is_end)
    closes = np.flatnonzero((tags.depths == 0) & tags.is_end)[: len(begins)]
    begins = begins[: len(closes)]
    is_same = _same_name(tags, begins, closes)
    if not is_same.all():
        first = int(np.argmin(is_same))
        begins, closes = begins[:first], closes[:first]
    if not len(begins):
        return None
    return _records(data, codes, tags, begins, closes, has_high_bytes=has_high_bytes)


def _tags(data: bytes, codes: npt.NDArray[np.uint8]) -> _Tags:
    starts = np.flatnonzero(codes == _LESS)[:MOST_TAGS]
    closings = np.flatnonzero(codes == _GREATER)
    at = np.searchsorted(closings, starts)
    starts = starts[at < len(closings)]
    ends = closings[at[at < len(closings)]]
    second = codes[starts + 1]
    is_end = second == _SLASH
    is_closed = (codes[ends - 1] == _SLASH) & ~is_end
    name_starts = starts + 1 + is_end
    sizes, words = _names(data, name_starts)
    known = _codes(words, sizes)
    deltas = np.where(is_end, -1, np.where(is_closed, 0, 1))
    after = np.cumsum(deltas)
    depths = after - np.where(is_end, 0, deltas)
    is_record = (known >= 0) & (known < len(RECORDS))
    is_wrong = (sizes == 0) | (after < 0) | (ends > np.append(starts[1:], len(data)))
    is_wrong |= (is_record != (depths == 0)) | is_closed & (depths == 0)
    stop = int(np.argmax(is_wrong)) if is_wrong.any() else len(starts)
    first, second_word = words
    return _Tags(
        starts[:stop],
        ends[:stop],
        is_end[:stop],
        is_closed[:stop],
        (name_starts + sizes)[:stop],
        (first[:stop], second_word[:stop]),
        known[:stop],
        depths[:stop],
    )


def _names(data: bytes, starts: Offsets) -> tuple[Codes, tuple[Words, Words]]:
    """Lengths of names, and their letters as two words; a name without end in sight has the length 0."""
    padded = np.frombuffer(data + bytes(LONGEST_NAME + 2), dtype=np.uint8)
    letters = np.lib.stride_tricks.sliding_window_view(padded, LONGEST_NAME)[starts]
    sizes = np.argmin(_IS_LETTER[letters], axis=1)
    first, second = letters.view("<u8").T
    return sizes, (first & _FIRST_MASKS[sizes], second & _SECOND_MASKS[sizes])


def _codes(words: tuple[Words, Words], sizes: Codes) -> Codes:
    """Codes of names; UNKNOWN for all others."""
    first, second = words
    at = np.minimum(np.searchsorted(_FIRST_WORDS, first), len(_SORTED) - 1)
    is_known = (_FIRST_WORDS[at] == first) & (_SECOND_WORDS[at] == second) & (sizes > 0)
    return np.where(is_known, _CODES[at], UNKNOWN)


def _same_name(tags: _Tags, one: Offsets, other: Offsets) -> Bools:
    """Whether start tags and end tags have the same names, and the end tags nothing but their names."""
    first, second = tags.words
    is_bare = tags.name_ends[other] == tags.ends[other]
    return np.asarray((first[one] == first[other]) & (second[one] == second[other]) & is_bare)


def _records(
    data: bytes,
    codes: npt.NDArray[np.uint8],
    tags: _Tags,
    begins: Offsets,
    closes: Offsets,
    *,
    has_high_bytes: bool,
) -> Records:
    """Records between start tags and end tags of depth 0, and their children."""
    spans = Spans(tags.starts[begins], tags.ends[closes] + 1)
    end = int(spans.ends[-1])
    is_plain = spans.lengths <= LARGEST_RECORD
    inner = np.arange(len(tags.starts)) < closes[-1]
    inner[begins] = inner[closes] = False
    owners = np.searchsorted(begins, np.arange(len(tags.starts)), side="right") - 1
    is_deep = inner & ((tags.depths > 1) | tags.is_closed | (tags.codes == UNKNOWN))
    is_plain[owners[is_deep]] = False
    odd = np.flatnonzero(_IS_ODD[codes[:end]] if has_high_bytes else _IS_ODD[codes[:end]] | (codes[:end] >= 128))
    if b"]]>" in data or b"\xef\xbf" in data:
        odd = np.append(odd, [match.start() for match in _FORBIDDEN.finditer(data, 0, end)]).astype(np.int64)
    is_plain[np.maximum(np.searchsorted(spans.starts, odd, side="right") - 1, 0)] = False
    ones = np.flatnonzero(inner & ~tags.is_end & is_plain[owners])
    others = ones + 1  # of a plain record: tags of depth 1 come in pairs
    is_broken = ~tags.is_end[others] | ~_same_name(tags, ones, others)
    is_broken |= ~_is_blank(codes, tags.ends[ones - 1] + 1, tags.starts[ones])
    is_broken |= ~_is_blank(codes, tags.ends[others] + 1, tags.starts[others + 1])
    is_broken |= ~_begins_well(codes, tags, ones)
    is_plain[owners[ones[is_broken]]] = False
    is_plain &= _begins_well(codes, tags, begins)
    ones = ones[is_plain[owners[ones]]]
    return Records(
        spans=spans,
        kinds=tags.codes[begins],
        attributes=Spans(tags.name_ends[begins], tags.ends[begins]),
        is_plain=is_plain,
        owners=owners[ones],
        names=tags.codes[ones],
        child_attributes=Spans(tags.name_ends[ones], tags.ends[ones]),
        texts=Spans(tags.ends[ones] + 1, tags.starts[ones + 1]),
    )


def _begins_well(codes: npt.NDArray[np.uint8], tags: _Tags, at: Offsets) -> Bools:
    """Whether a blank or the end of the tag follows a name."""
    return np.asarray((tags.name_ends[at] == tags.ends[at]) | (codes[tags.name_ends[at]] == _BLANK))


def _is_blank(codes: npt.NDArray[np.uint8], starts: Offsets, ends: Offsets) -> Bools:
    """Whether stretches hold nothing but blanks; almost all are one line end, or empty."""
    is_blank = (starts >= ends) | ((ends - starts == 1) & _IS_BLANK[codes[np.minimum(starts, len(codes) - 1)]])
    rest = np.flatnonzero(~is_blank & (ends - starts > 1))
    if len(rest):
        blanks_before = np.concatenate(([0], np.cumsum(_IS_BLANK[codes], dtype=np.int64)))
        count = blanks_before[ends[rest]] - blanks_before[starts[rest]]
        is_blank[rest] = count == ends[rest] - starts[rest]
    return np.asarray(is_blank)
