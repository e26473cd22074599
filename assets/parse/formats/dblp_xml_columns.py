"""Plain records of DBLP become columns, all at once: the same that `dblp_xml_record.state` says of them one by one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types

from assets.parse.formats.date_parts import joined_date
from assets.parse.formats.dblp_xml_record import (
    ARXIV_JOURNAL,
    ARXIV_LINK,
    DOI_AT_PUBLISHER,
    DOI_LINK,
    ENTITIES,
    HOME_PAGES,
    HOMONYM,
    LISTED,
    PERSON,
    SINGLE,
    WEB,
)
from assets.parse.formats.dblp_xml_scan import CODE, NAMES, Bools, Codes, Records
from assets.parse.reader import statements
from assets.parse.spans import Spans
from assets.parse.texts import Texts, decode_spans
from schemas.vocabulary import RejectReason

_VALUE = r'"[^"<&\\\t\n]*"'
RECORD_ATTRIBUTES = (
    rf"^(?: mdate={_VALUE} key={_VALUE}| key={_VALUE} mdate={_VALUE}| key={_VALUE})(?: publtype={_VALUE})?$"
)
"""Attributes of a record as DBLP writes them; all others are left to the parser."""
CHILD_ATTRIBUTES = rf"^ [a-z]+={_VALUE}$"
_NUMBERED = re.compile(r"&#(?:(x)([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
_NEEDS_ESCAPE = r'[\x00-\x1f"\\]'


def plain_frame(data: bytes, records: Records) -> tuple[pl.DataFrame, Bools]:
    """Makes the statements of plain records.

    Args:
        data: The stretch that the records were found in.
        records: What was found.

    Returns:
        A frame of STATEMENT_SCHEMA with one row per record, offsets counted from the stretch; and which of its rows
        hold: the others turned out not to be plain.
    """
    children = _Children.of(data, records)
    head_texts = decode_spans(data, records.attributes)
    heads = head_texts.values
    is_plain = records.is_plain & ~(head_texts.is_invalid | head_texts.is_cut)
    is_plain &= heads.str.contains(RECORD_ATTRIBUTES).to_numpy()
    keys = heads.str.extract(rf" key=({_VALUE})", 1).str.strip_chars('"')
    kinds = pl.Series(NAMES, dtype=pl.String).gather(records.kinds)
    is_person = ((kinds == PERSON) | keys.str.starts_with(HOME_PAGES).fill_null(value=False)).to_numpy()
    is_plain &= children.are_plain(is_person)
    names = children.lists("author", np.ones(len(kinds), dtype=np.bool_))
    links = children.lists("ee", ~is_person)
    single = {name: children.first(name) for name in SINGLE}
    work = pl.Series(~is_person)
    frame = statements(
        {
            "position": np.arange(1, len(kinds) + 1),
            "byte_start": records.spans.starts,
            "byte_end": records.spans.ends,
            "source_key": keys,
            "title_raw": single["title"],
            "authors_raw": _unless_empty(names.list.join("; ")),
            "authors": children.lists("author", np.ones(len(kinds), dtype=np.bool_), without=HOMONYM),
            "type_raw": kinds,
            "published_raw": _only(work, _dates(single["year"], single["month"])),
            "doi_raw": children.first("ee", DOI_LINK, ~is_person),
            "arxiv_raw": _arxiv_ids(children.first("ee", ARXIV_LINK, ~is_person), single, work),
            "dblp_raw": _only(work, keys),
            "venue": _only(work, _either(single["journal"], single["booktitle"])),
            **{column: _only(work, single[name]) for column, name in _SAME.items()},
            "urls": links,
            "source_fields": _source_fields(children, heads, is_person),
            "defect": _only(~work, pl.repeat(str(RejectReason.NOT_A_WORK), len(kinds), eager=True)),
        }
    )
    return frame, is_plain


_SAME = {"volume": "volume", "issue": "number", "pages": "pages"}


@dataclass(frozen=True)
class _Children:
    """The children of plain records, in order."""

    count: int
    """Number of records."""
    owners: Codes
    names: Codes
    texts: pl.Series
    attributes: pl.Series
    """What stands in the start tag after the name; empty for most."""
    is_sound: Bools
    """Whether the text could be read."""

    @classmethod
    def of(cls, data: bytes, records: Records) -> "_Children":
        """Decodes them."""
        texts, is_sound = _resolved(decode_spans(data, records.texts))
        attributes, are_sound = _attributes(data, records.child_attributes)
        return cls(len(records.spans), records.owners, records.names, texts, attributes, is_sound & are_sound)

    def are(self, *names: str) -> Bools:
        """Which of them have one of these names."""
        return np.isin(self.names, [CODE[name] for name in names])

    def are_plain(self, is_person: Bools) -> Bools:
        """Which records are plain with regard to their children."""
        has_attributes = (self.attributes != "").to_numpy()
        is_work = ~is_person[self.owners]
        is_single = self.are(*SINGLE)
        is_link = self.are("ee")
        is_wrong = ~self.is_sound | (self.texts == "").to_numpy() & has_attributes
        is_wrong[has_attributes] |= ~self._where(has_attributes).str.contains(CHILD_ATTRIBUTES).to_numpy()
        is_wrong |= is_work & is_single & has_attributes
        is_wrong |= is_work & self.are("url") & _starts_with(self.texts, WEB)
        is_wrong |= is_work & is_link & self.texts.str.contains(f"^{DOI_AT_PUBLISHER}").to_numpy()
        places = self.owners[is_single & is_work] * len(NAMES) + self.names[is_single & is_work]
        repeated = np.flatnonzero(np.bincount(places, minlength=1) > 1) // len(NAMES)
        plain = np.ones(self.count, dtype=np.bool_)
        plain[self.owners[is_wrong]] = False
        plain[repeated] = False
        return plain

    def _where(self, mask: Bools) -> pl.Series:
        return self.attributes.filter(pl.Series(mask))

    def first(self, name: str, like: str = "", of: Bools | None = None) -> pl.Series:
        """Of each record the first text under a name that matches a pattern from its start; null without one."""
        rows = np.flatnonzero(self.are(name) if of is None else self.are(name) & of[self.owners])
        if like:
            rows = rows[self.texts.gather(rows).str.contains(f"^{like}").to_numpy()]
        owners, first = np.unique(self.owners[rows], return_index=True)
        chosen = np.full(self.count, -1, dtype=np.int64)
        chosen[owners] = rows[first]
        places = pl.Series(chosen).set(pl.Series(chosen < 0), None)
        return self.texts.gather(places)

    def lists(self, name: str, of: Bools, without: str = "") -> pl.Series:
        """Of each record all texts under a name."""
        rows = np.flatnonzero(self.are(name) & of[self.owners])
        texts = self.texts.gather(rows)
        if without:
            texts = texts.str.replace(without, "")
        offsets = np.searchsorted(self.owners[rows], np.arange(self.count + 1))
        items = texts.to_arrow(compat_level=pl.CompatLevel.newest())
        return pl.Series(values=pa.LargeListArray.from_arrays(pa.array(offsets, pa.int64()), items))


def _attributes(data: bytes, spans: Spans) -> tuple[pl.Series, Bools]:
    """What stands in start tags, almost always nothing; and whether it could be read."""
    rows = np.flatnonzero(spans.lengths > 0)
    given = decode_spans(data, Spans(spans.starts[rows], spans.ends[rows]))
    texts = pl.Series([""], dtype=pl.String).new_from_index(0, len(spans))
    is_sound = np.ones(len(spans), dtype=np.bool_)
    is_sound[rows] = ~(given.is_invalid | given.is_cut)
    return texts.scatter(rows, given.values) if len(rows) else texts, is_sound


def _resolved(decoded: Texts) -> tuple[pl.Series, Bools]:
    """Texts with their entities resolved, and whether that is all that had to be done."""
    texts = decoded.values
    is_sound = ~(decoded.is_invalid | decoded.is_cut)
    rows = texts.str.contains("&", literal=True).arg_true()
    if len(rows):
        some = texts.gather(rows).str.replace_many(list(ENTITIES), list(ENTITIES.values()))
        numbered = some.str.contains("&#", literal=True).arg_true()
        resolved = [_NUMBERED.sub(_character, text) for text in some.gather(numbered).to_list()]
        some = some.scatter(numbered, pl.Series(resolved, dtype=pl.String)) if resolved else some
        is_resolved = some.str.count_matches("&", literal=True) == some.str.count_matches("&amp;", literal=True)
        is_sound[rows.to_numpy()[~is_resolved.to_numpy()]] = False
        texts = texts.scatter(rows, some.str.replace_all("&amp;", "&", literal=True))
    return texts, is_sound & (texts == texts.str.strip_chars()).to_numpy()


def _character(match: re.Match[str]) -> str:
    """The character with a number; the reference itself, where it is one that XML forbids or that needs care."""
    code = int(match[2], 16) if match[1] else int(match[3])
    return chr(code) if 0x100 <= code < 0xD800 or 0xE000 <= code < 0xFFFE else match[0]


def _source_fields(children: _Children, heads: pl.Series, is_person: Bools) -> pl.Series:
    """What is in no column, as JSON: children in the order of their names' first appearance, then attributes."""
    has_attributes = (children.attributes != "").to_numpy()
    is_listed, is_single = children.are(*LISTED), children.are(*SINGLE)
    is_rich = np.zeros((children.count, len(NAMES)), dtype=np.bool_)
    is_rich[children.owners[has_attributes], children.names[has_attributes]] = True
    has_journal = np.zeros(children.count, dtype=np.bool_)
    has_journal[children.owners[children.are("journal")]] = True
    is_kept = ~is_listed & ~is_single | is_listed & is_rich[children.owners, children.names]
    is_kept |= children.are("url") | children.are("booktitle") & has_journal[children.owners]
    rows = np.flatnonzero(is_kept & ~is_person[children.owners])
    kept = pl.DataFrame(
        {
            "owner": children.owners[rows],
            "name": children.names[rows],
            "value": _json_values(children.texts.gather(rows), children.attributes.gather(rows)),
        }
    )
    named = (
        kept.group_by("owner", "name", maintain_order=True)
        .agg("value")
        .with_columns(pl.col("name").replace_strict(range(len(NAMES)), list(NAMES), return_dtype=pl.String))
    )
    lists = pl.col("value").list.join(", ")
    value = pl.when(pl.col("value").list.len() > 1).then(pl.format("[{}]", lists)).otherwise(lists)
    parts = named.select("owner", pl.format('"{}": {}', "name", value).alias("part"))
    told = parts.group_by("owner", maintain_order=True).agg(pl.col("part").str.join(", "))
    others = heads.str.replace(rf" key={_VALUE}", "").str.replace_all(rf" ([a-z]+)=({_VALUE})", ', "@${1}": $2')
    fields = pl.Series([""], dtype=pl.String).new_from_index(0, children.count)
    fields = fields.scatter(told["owner"], ", " + told["part"]) if len(told) else fields
    inside = (fields + others).str.slice(2)
    return pl.select(pl.format("{{{}}}", pl.when(pl.Series(is_person)).then(pl.lit("")).otherwise(inside))).to_series()


def _json_values(texts: pl.Series, attributes: pl.Series) -> pl.Series:
    """Texts as JSON; as objects where they have an attribute."""
    needs = texts.str.contains(_NEEDS_ESCAPE)
    if needs.any():
        escaped = texts.str.replace_many(["\\", '"', "\n", "\t"], ["\\\\", '\\"', "\\n", "\\t"])
        texts = escaped.zip_with(needs, texts)
    frame = pl.DataFrame({"text": texts, "attributes": attributes})
    attribute = pl.col("attributes").str.replace(rf"^ ([a-z]+)=({_VALUE})$", '"@${1}": $2')
    plain = pl.format('"{}"', "text")
    return frame.select(
        pl.when(pl.col("attributes") == "").then(plain).otherwise(pl.format('{{{}, "#text": {}}}', attribute, plain))
    ).to_series()


def _arxiv_ids(links: pl.Series, single: dict[str, pl.Series], work: pl.Series) -> pl.Series:
    """Links to arXiv, or the volume of the journal that stands for it."""
    volume = single["volume"]
    is_arxiv = work & (single["journal"] == ARXIV_JOURNAL) & volume.str.starts_with("abs/") & links.is_null()
    return (
        links.set(is_arxiv.fill_null(value=False), None)
        if not is_arxiv.any()
        else (volume.str.strip_prefix("abs/").zip_with(is_arxiv.fill_null(value=False), links))
    )


def _dates(years: pl.Series, months: pl.Series) -> pl.Series:
    """Years, and months with them where they are stated."""
    rows = months.is_not_null().arg_true()
    dates = _unless_empty(years)
    if not len(rows):
        return dates
    pairs = zip(years.gather(rows).to_list(), months.gather(rows).to_list(), strict=True)
    return dates.scatter(rows, pl.Series([joined_date(year or "", month) for year, month in pairs], dtype=pl.String))


def _either(one: pl.Series, other: pl.Series) -> pl.Series:
    return one.zip_with((one != "").fill_null(value=False), other)


def _unless_empty(texts: pl.Series) -> pl.Series:
    return texts.set(texts == "", None)


def _only(mask: pl.Series, values: pl.Series) -> pl.Series:
    return values.set(~mask, None)


def _starts_with(texts: pl.Series, beginnings: Sequence[str]) -> Bools:
    begins: Bools = np.logical_or.reduce([texts.str.starts_with(beginning).to_numpy() for beginning in beginnings])
    return begins
