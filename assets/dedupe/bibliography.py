"""Bibliography: a file of references in any format that dumps come in becomes records for linkage.

Formats, identifiers and names are read by `assets.parse`, as for the pipeline; nothing is cleaned, for the matcher
folds what it compares. What only matters here: a record has an identifier of its own, and a year that may be untidy.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from assets.dedupe.loose_names import loosely_split
from assets.dedupe.records import ID_COLUMNS, RECORD_SCHEMA
from assets.parse.detect import choose_reader
from assets.parse.formats import json_records
from assets.parse.identifiers import COLUMN_OF
from assets.parse.json_head import head_of, json_head
from assets.parse.reader import Content, Hints, Reader, RefusalError
from assets.parse.statements import read_statements
from assets.validate.search_form import search_forms
from schemas.vocabulary import DumpReason, RejectReason

RECORD_ID = "record_id"
SHOWN = 100
"""Characters of an identifier that are told."""
SOURCE_NAMES = ("source", "Source", "SOURCE", "database", "Database", "DB", "remote-database-name")
"""Fields that name the database that a record comes from, the most telling first."""
TEXTS = ("source_key", "title_raw", "abstract_raw", "authors_raw", "published_raw", "venue", "volume", "issue", "pages")
STATED = frozenset((*TEXTS, "authors", *(f"{name}_raw" for name in COLUMN_OF)))
"""Columns of statements that records are made of."""
HINTS = Hints(columns={"title": "title"}, wanted=STATED | {RECORD_ID, *SOURCE_NAMES})
"""A table may have a title and nothing else that tells a bibliography; here it was said that it is one."""
YEAR = r"(?:^|[^0-9])((?:1[5-9]|20)[0-9]{2})(?:[^0-9]|$)"
"""The first year in a text that a paper can have: 1500 to 2099."""
STILL_COMPARED = (RejectReason.INVALID_ENCODING,)
"""Defects that leave the fields of a record apart and legible but for some characters."""
COMPARED = tuple(name for name in RECORD_SCHEMA if name not in ("listing_id", "source"))


class BibliographyError(Exception):
    """Records cannot be linked: one line that says what to do."""


@dataclass(frozen=True)
class Bibliography:
    """The records of one file."""

    name: str
    """The file, or the member of an archive."""
    format: str
    records: pl.DataFrame
    """Columns RECORD_SCHEMA, in the order of the file; `listing_id` is the record's own identifier, or else
    `<name>:<n>`."""
    defects: pl.DataFrame
    """Columns record_id and defect (a RejectReason): what cannot be read in full. Unless it is for its encoding, such a
    record is compared with nothing."""
    unnamed_count: int
    """Records without an identifier of their own."""


def read_bibliography(content: Content, name: str, *, numbered: bool = False) -> Bibliography:
    """Reads the records of a file.

    Args:
        content: The file after unpacking.
        name: What it is called, in the identifiers of records that have none.
        numbered: Whether identifiers are made from the places of the records, whatever the file states.

    Returns:
        The records, each with an identifier; whether identifiers repeat is not checked.

    Raises:
        RefusalError: If the content is no bibliography, or holds no record.
    """
    reader = _reader(content)
    parts, defects, unnamed, before = [], [], 0, 0
    for statements in reader.read(content, HINTS):
        ids, is_named = _record_ids(statements, name, before, numbered=numbered)
        part = _records(statements, ids, name)
        parts.append(part)
        is_defect = statements["defect"].is_not_null()
        defects.append(pl.DataFrame({RECORD_ID: ids, "defect": statements["defect"]}).filter(is_defect))
        unnamed += len(ids) - int(is_named.sum())
        before += statements.height
    if not before:
        raise RefusalError(DumpReason.NO_RECORDS, f"The format is {reader.format}, but there is no record.")
    return Bibliography(name, str(reader.format), pl.concat(parts), pl.concat(defects), unnamed)


def together(bibliographies: Iterable[Bibliography]) -> pl.DataFrame:
    """Puts the records of several files together.

    Args:
        bibliographies: What was read.

    Returns:
        Columns RECORD_SCHEMA, one row per record, sorted by listing_id.

    Raises:
        BibliographyError: If two records have the same identifier.
    """
    read = list(bibliographies)
    records = pl.concat([one.records for one in read]).sort("listing_id")
    repeated = records.filter(pl.col("listing_id") == pl.col("listing_id").shift())["listing_id"]
    if len(repeated):
        first = repeated[0]
        places = [
            f"{one.name} (record {row + 1:,})"
            for one in read
            for row in (one.records["listing_id"] == first).arg_true().to_list()
        ]
        more = repeated.n_unique() - 1
        raise BibliographyError(
            f"the record_id {first[:SHOWN]!r} stands twice, in {places[0]} and {places[1]}"
            + (f", and {more:,} others too" if more else "")
            + "; make them unique, or name the records by their place in the file with --number"
        )
    return records


def _reader(content: Content) -> Reader:
    """The reader for the content; of a table, and of JSON, it is enough to have a title."""
    try:
        return choose_reader(content, HINTS)
    except RefusalError as refusal:
        found = json_head(head_of(content)) if refusal.reason is DumpReason.UNKNOWN_FORMAT else None
        if found is None or not any(isinstance(record.get("title"), str) for record in found.objects):
            raise
        return json_records.READER


def _record_ids(statements: pl.DataFrame, name: str, before: int, *, numbered: bool) -> tuple[pl.Series, pl.Series]:
    """An identifier for each record, and whether it is its own."""
    stated = statements["source_key"]
    in_fields = _field(statements["source_fields"], RECORD_ID)  # formats of their own make no key of it
    stated = in_fields.zip_with(in_fields.is_not_null(), stated)
    is_named = stated.str.contains(r"\S").fill_null(value=False) & ~pl.Series([numbered])
    places = statements.select(pl.format("{}:{}", pl.lit(name), pl.int_range(before + 1, before + pl.len() + 1)))
    return stated.zip_with(is_named, places.to_series()).alias(RECORD_ID), is_named


def _records(statements: pl.DataFrame, ids: pl.Series, name: str) -> pl.DataFrame:
    """The records of a frame of statements."""
    read = read_statements(statements)
    fields = statements["source_fields"]
    sources = [_field(fields, field).alias(field) for field in SOURCE_NAMES]
    stated_year = statements["published_raw"].str.extract(YEAR, 1).cast(pl.Int64)
    title, abstract = _shown(statements["title_raw"]), _shown(statements["abstract_raw"])
    columns = {
        "listing_id": ids,
        "source": pl.DataFrame(sources).select(pl.coalesce(pl.all(), pl.lit(name))).to_series(),
        "title": title,
        "authors": _authors(statements, read["authors"]),
        "year": read["published_on"].dt.year().cast(pl.Int64).fill_null(stated_year),
        "venue": read["venue"],
        "volume": read["volume"],
        "issue": read["issue"],
        "pages": read["pages"],
        "abstract": abstract,
        "title_search": search_forms(title),
        "abstract_search": search_forms(abstract),
        "rendered": pl.Series([None], dtype=pl.String).new_from_index(0, len(abstract)),
        **{column: read[column] for column in ID_COLUMNS},
    }
    is_told = statements["defect"].is_null() | statements["defect"].is_in(list(map(str, STILL_COMPARED)))
    return (
        pl.DataFrame({column: columns[column] for column in RECORD_SCHEMA}, schema=RECORD_SCHEMA)
        .with_columns(pl.when(is_told).then(pl.col(COMPARED)))
        .with_columns(pl.col("authors").fill_null([]))
    )


def _authors(statements: pl.DataFrame, names: pl.Series) -> pl.Series:
    """Names of authors as the readers have them, and what they left together taken apart as far as it can be."""
    texts = _shown(statements["authors_raw"])
    is_unsplit = (statements["authors"].list.len() == 0) & texts.is_not_null()
    if is_unsplit.any():
        frame = pl.DataFrame({"text": texts, "names": names, "is_unsplit": is_unsplit})
        names = frame.select(pl.when("is_unsplit").then(pl.concat_list("text")).otherwise("names")).to_series()
    return loosely_split(names, statements["authors"])


def _field(fields: pl.Series, name: str) -> pl.Series:
    """The text of a field that no statement took, null where there is none."""
    has_it = fields.str.contains(f'"{name}"', literal=True).fill_null(value=False)
    if not has_it.any():
        return pl.Series(name, [None], dtype=pl.String).new_from_index(0, len(fields))
    found = fields.set(~has_it, None).str.json_path_match(f'$["{name}"]')
    return found.set(found.str.contains(r"^\s*(?:[\[{]|$)"), None)


def _shown(texts: pl.Series) -> pl.Series:
    """Texts, null where there is nothing to see."""
    return texts.set(~texts.str.contains(r"\S").fill_null(value=False), None)
