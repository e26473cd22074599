"""JSON records become statements: a mapping says which field is which column, DuckDB in memory takes them out.

What is JSON is what RFC 8259 says, and nothing more: no NaN, no comma before a bracket. A record that is none is
marked and the others go on. Numbers keep their value, integers of any length their digits.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import duckdb
import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types

from assets.parse.json_query import JsonMapping, query
from assets.parse.json_scan import BLANKS
from assets.parse.json_structure import is_unfinished
from assets.parse.paragraphs import release
from assets.parse.reader import STATEMENT_SCHEMA, Content, RefusalError, statements
from assets.parse.spans import Spans
from assets.parse.texts import decode_spans
from schemas.vocabulary import DumpReason, RejectReason

Bools = npt.NDArray[np.bool_]

SLICE = 4096
"""Records that a thread of DuckDB takes at once; it gives them back in their order."""
DEEPEST = 100
"""Levels of a record beyond which it is taken for an attack: real ones have ten."""
LAX = r"(?i),\s*[}\]]|[:,\[]\s*-?(?:nan|inf|infinity)\s*[,}\]]"
"""What DuckDB takes for JSON and is none; also found in strings, so it only tells where to look closely."""
STRING = re.compile(r'"(?:[^"\\]|\\.)*+"?')
SURROGATE = re.compile("[\ud800-\udfff]")
NOT_BRACKETS = re.compile(r"[^\[\]{}]+")


def read_spans(content: Content, batches: Iterable[Spans], mapping: JsonMapping) -> Iterator[pl.DataFrame]:
    """Reads records, each one a span.

    Args:
        content: The dump that the spans refer to.
        batches: Spans in order, one JSON text each.
        mapping: Where the columns are.

    Yields:
        A frame of STATEMENT_SCHEMA for each batch, positions running on from 1. `defect` says where a record is too
        large, not UTF-8, stops before its end, is no JSON object, or has a field twice.

    Raises:
        RefusalError: NO_RECORDS, if there are no spans.
    """
    position = 1
    for spans in filter(len, batches):
        texts = decode_spans(content, spans)
        release(content, int(spans.starts[0]), int(spans.ends[-1]))
        columns = extract(texts.values, mapping)
        is_malformed = columns["is_malformed"].to_numpy()
        is_truncated = np.zeros(len(spans), dtype=np.bool_)
        last = len(spans) - 1
        if is_malformed[last] and not texts.is_cut[last]:
            start, end = int(spans.starts[last]), int(spans.ends[last])
            is_truncated[last] = is_last(content, end) and is_unfinished(content[start:end])
        defect = first_defect(
            {
                RejectReason.RECORD_TOO_LARGE: texts.is_cut,
                RejectReason.INVALID_ENCODING: texts.is_invalid,
                RejectReason.TRUNCATED_RECORD: is_truncated,
                RejectReason.MALFORMED_RECORD: is_malformed,
                RejectReason.DUPLICATE_KEYS: columns["has_duplicates"].to_numpy(),
            }
        )
        yield statements(
            {name: columns[name] for name in columns.columns if name in STATEMENT_SCHEMA}
            | {
                "position": np.arange(position, position + len(spans)),
                "byte_start": spans.starts,
                "byte_end": spans.ends,
                "defect": defect,
            }
        )
        position += len(spans)
    if position == 1:
        raise RefusalError(DumpReason.NO_RECORDS, "The dump holds no record.")


def extract(texts: pl.Series, mapping: JsonMapping) -> pl.DataFrame:
    """Takes the mapped fields out of JSON texts.

    Args:
        texts: String; one record each, whatever it holds.
        mapping: Where the columns are.

    Returns:
        One row per text: the mapped columns (null where the text is no JSON object), `source_fields`, and whether it
        `is_malformed` or `has_duplicates` among its fields.
    """
    is_sound = pl.Series(texts.str.starts_with("{").to_numpy() & ~_lax(texts) & ~_deep(texts))
    sound = pl.select(record=pl.when(is_sound).then(texts))
    whole = sound.to_arrow()
    slices = pa.Table.from_batches(whole.to_batches(max_chunksize=SLICE), whole.schema)
    session = _session().cursor()
    session.register("records", slices)
    try:
        found: pl.DataFrame = session.sql(query(mapping), params={"common": _keys_of_first(sound["record"])}).pl()
    finally:
        session.close()
    return found


def _keys_of_first(records: pl.Series) -> list[str]:
    """The keys of the first record, in its order; none where it is no object, or has a key twice."""
    records = records.drop_nulls()
    try:
        pairs = json.loads(records[0], object_pairs_hook=list, parse_int=str) if len(records) else []
    except (ValueError, RecursionError):
        return []
    keys = [str(key) for key, _ in pairs]
    is_text = not SURROGATE.search("".join(keys))  # half a pair, which DuckDB takes for no text
    return keys if is_text and len(set(keys)) == len(keys) else []


def first_defect(defects: Mapping[RejectReason, Bools]) -> pl.Series:
    """The first reason that applies to each row, null where none does.

    Args:
        defects: Reason -> which rows it applies to, the reason to be told before others first.
    """
    told = pl.Series([None], dtype=pl.String).new_from_index(0, len(next(iter(defects.values()))))
    for reason, rows in reversed(list(defects.items())):
        if rows.any():
            told = told.scatter(np.flatnonzero(rows), str(reason))
    return told


def is_last(content: Content, end: int) -> bool:
    """Whether nothing but blanks follows."""
    while piece := content[end : end + 4096]:
        if piece.strip(BLANKS):
            return False
        end += len(piece)
    return True


@cache
def _session() -> duckdb.DuckDBPyConnection:
    """A database in memory that loads nothing from anywhere; made when it is first needed."""
    session = duckdb.connect()
    threads = f"threads = {pl.thread_pool_size()}"
    for setting in ("autoinstall_known_extensions = false", "autoload_known_extensions = false", threads):
        session.execute(f"SET {setting}")
    return session


def _lax(texts: pl.Series) -> Bools:
    """Which texts are JSON to DuckDB only."""
    is_lax = texts.str.contains(LAX).to_numpy().copy()
    for row in np.flatnonzero(is_lax).tolist():
        try:
            json.loads(texts[row], parse_constant=_refuse, parse_int=str, parse_float=str)
            is_lax[row] = False
        except ValueError:
            pass  # it is malformed for DuckDB too, or lax
        except RecursionError:
            is_lax[row] = True
    return is_lax


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _deep(texts: pl.Series) -> Bools:
    """Which texts are nested deeper than any record, where the brackets in strings do not count."""
    brackets = texts.str.count_matches("[", literal=True) + texts.str.count_matches("{", literal=True)
    is_deep = (brackets > DEEPEST).to_numpy().copy()
    for row in np.flatnonzero(is_deep).tolist():
        bare = NOT_BRACKETS.sub("", STRING.sub("", texts[row])).encode()
        steps = np.where(np.isin(np.frombuffer(bare, np.uint8), list(b"[{")), 1, -1)
        is_deep[row] = len(steps) > 0 and np.cumsum(steps).max() > DEEPEST
    return is_deep
