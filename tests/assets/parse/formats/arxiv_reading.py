"""What the tests of arXiv's XML formats share: reading a dump, asking who recognises it, damaging one record."""

import json
from types import ModuleType
from typing import Any

import polars as pl

from assets.parse.formats import arxiv_atom, arxiv_rss, arxiv_yearly_xml, oai_pmh
from assets.parse.reader import NO_HINTS, Head, Reader
from schemas.formats import Format
from schemas.vocabulary import RejectReason
from tests.papers import papers

READERS: tuple[Reader, ...] = (arxiv_atom.READER, arxiv_rss.READER, arxiv_yearly_xml.READER, *oai_pmh.READERS)


def read(reader: Reader, content: bytes) -> pl.DataFrame:
    """All records of a dump."""
    return pl.concat(reader.read(content, NO_HINTS))


def rows(reader: Reader, content: bytes) -> list[dict[str, Any]]:
    """All records, without what they do not state, their other fields as an object."""
    found = []
    for row in read(reader, content).drop("page", "position", "byte_start", "byte_end").to_dicts():
        stated = {name: value for name, value in row.items() if value not in (None, [])}
        found.append(stated | {"source_fields": json.loads(row["source_fields"])})
    return found


def only(reader: Reader, content: bytes) -> dict[str, Any]:
    """The only record of a dump."""
    (row,) = rows(reader, content)
    return row


def recognised(content: bytes) -> list[Format]:
    """The formats that a dump may be of."""
    return [reader.format for reader in READERS if reader.recognises(Head(content.lstrip(), is_whole=True))]


def check_round_trip(reader: Reader, writer: ModuleType, start: bytes, end: bytes) -> None:
    """What is written is read, recognised by this reader alone, and every span is the element it should be."""
    written = list(papers(60))
    content, expected = writer.write(written), writer.expected(written)
    assert recognised(content) == [reader.format]
    frame = read(reader, content)
    assert frame.select(expected[0].keys()).to_dicts() == expected
    for begin, stop in frame.select("byte_start", "byte_end").rows():
        element = content[begin:stop]
        assert element.startswith(start)
        assert element.endswith(end)
        assert element.count(start) == 1


def check_damage(reader: Reader, writer: ModuleType, end: bytes) -> None:
    """A record that is damaged, cut or without an end is one reject, and those round it are read as before."""
    written = list(papers(5))
    content = writer.write(written)
    frame = read(reader, content)
    keys = frame["source_key"].to_list()
    begin, stop = frame.select("byte_start", "byte_end").row(2)
    element = content[begin:stop]
    damages = {
        element.replace(b"</title>", b"</tit").replace(b"</dc:title>", b"</dc"): RejectReason.MALFORMED_RECORD,
        element.removesuffix(end): RejectReason.MALFORMED_RECORD,
        element.replace(b"Part 3", b"Part &lol;"): RejectReason.MALFORMED_RECORD,
        element.replace(b"Part 3", b"Part \xff"): RejectReason.INVALID_ENCODING,
        element.replace(b"Part 3", b"Part \x00"): RejectReason.MALFORMED_RECORD,
        element.replace(b"Part 3", b"Part " + b"3" * 4_000_000): RejectReason.RECORD_TOO_LARGE,
    }
    for damaged, defect in damages.items():
        found = read(reader, content.replace(element, damaged))
        assert found["defect"].to_list() == [None, None, defect, None, None], damaged[:80]
        assert found["source_key"].to_list()[3:] == keys[3:]
    found = read(reader, content[: stop - 20])
    assert found["defect"].to_list() == [None, None, RejectReason.TRUNCATED_RECORD]
