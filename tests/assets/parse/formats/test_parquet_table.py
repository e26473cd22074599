import io
import json
import random
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assets.parse.formats import parquet_table as reader
from assets.parse.formats.parquet_table import READER
from assets.parse.reader import NO_HINTS, STATEMENT_SCHEMA, Head, Hints, RefusalError
from schemas.vocabulary import DumpReason
from tests.papers import papers
from tests.writers import delimited_table, parquet_table


def read(content: bytes, hints: Hints = NO_HINTS) -> pl.DataFrame:
    return pl.concat(READER.read(content, hints))


def written(columns: dict[str, Any], **options: Any) -> bytes:
    target = io.BytesIO()
    pq.write_table(pa.table(columns), target, **options)
    return target.getvalue()


@pytest.mark.parametrize("group_rows", [1, 7, 1000])
def test_what_is_written_is_read(group_rows: int) -> None:
    given_papers = list(papers(40))
    frame = read(parquet_table.write(given_papers, group_rows=group_rows))
    assert frame.schema == STATEMENT_SCHEMA
    assert frame["defect"].null_count() == 40
    expected = parquet_table.expected(given_papers)
    assert frame.select(expected[0].keys()).to_dicts() == expected


def test_pieces_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    content = parquet_table.write(papers(100))
    whole = read(content)
    monkeypatch.setattr(reader, "BATCH_BYTES", 2000)
    monkeypatch.setattr(reader, "BATCH_ROWS", 16)
    assert read(content).equals(whole)


def test_no_other_format_is_recognised() -> None:
    assert READER.recognises(Head(parquet_table.write(papers(1)), is_whole=True))
    assert not READER.recognises(Head(delimited_table.write(papers(1)), is_whole=True))


def test_other_fields_keep_their_types_and_people_s_accounts_go() -> None:
    user = pa.struct([("name", pa.string()), ("user", pa.struct([("id", pa.string())])), ("hidden", pa.bool_())])
    content = written(
        {
            "title": ["Gulls", "Tides"],
            "authors": pa.array([[{"name": "Ann Lee", "user": {"id": "ann7"}, "hidden": False}], None], pa.list_(user)),
            "submitter": ["ann7", None],
            "score": [1.5, float("nan")],
            "seen": pa.array([0, None], pa.date32()),
            "blob": [b"\xff\x00", b"text"],
            "tags of": pa.array([[("k", 1)], None], pa.map_(pa.string(), pa.int64())),
            "year": [2020.0, None],
            "flag": [True, None],
        }
    )
    frame = read(content)
    assert frame["authors"].to_list() == [["Ann Lee"], []]
    assert frame["published_raw"].to_list() == ["2020", None]
    fields = [json.loads(text) for text in frame["source_fields"]]
    assert fields[0] == {
        "authors": [{"name": "Ann Lee", "hidden": False}],
        "score": 1.5,
        "seen": "1970-01-01",
        "blob": "ff00",
        "tags of": [{"key": "k", "value": 1}],
        "flag": True,
    }
    assert fields[1] == {"blob": "74657874"}


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        (["Lee, Ann; Anker, Bo", "Lee, Ann"], [["Lee, Ann", "Anker, Bo"], ["Lee, Ann"]]),
        ([["Ann Lee", "Bo Anker"], None], [["Ann Lee", "Bo Anker"], []]),
        ([[{"first": "Ann", "last": "Lee"}], []], [["Ann Lee"], []]),
        ([[{"orcid": "0"}], []], [[], []]),
    ],
    ids=["text", "list of texts", "list of parts", "list without names"],
)
def test_authors_may_be_kept_in_any_way(authors: list[Any], names: list[list[str]]) -> None:
    assert read(written({"title": ["Gulls", "Tides"], "authors": authors}))["authors"].to_list() == names


def test_the_manifest_names_columns() -> None:
    content = written({"work": ["Gulls"], "by": ["Ann Lee/Bo Ek"]})
    with pytest.raises(RefusalError) as refusal:
        read(content)
    assert refusal.value.reason is DumpReason.UNKNOWN_FORMAT
    shown = read(content, Hints({"title": "work", "authors": "by"}, separator="/"))
    assert (shown["title_raw"][0], shown["authors"][0].to_list()) == ("Gulls", ["Ann Lee", "Bo Ek"])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PAR1", DumpReason.MALFORMED_SYNTAX),
        (parquet_table.write(papers(5))[:-40], DumpReason.MALFORMED_SYNTAX),
        (b"PAR1" + b"\xff" * 400 + b"\xff\xff\xff\x7fPAR1", DumpReason.MALFORMED_SYNTAX),
        (written({"title": pa.array([], pa.string()), "doi": pa.array([], pa.string())}), DumpReason.NO_RECORDS),
        (written(dict.fromkeys(["title", "doi"], pa.nulls(5_000_000, pa.string()))), DumpReason.TOO_LARGE),
        (written({f"c{at}": [1] for at in range(2000)}), DumpReason.TOO_LARGE),
    ],
    ids=["magic alone", "cut off", "wrong footer", "no rows", "rows from nothing", "thousands of columns"],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused(content: bytes, reason: DumpReason) -> None:
    with pytest.raises(RefusalError) as refusal:
        read(content)
    assert refusal.value.reason is reason


def test_a_damaged_row_group_costs_its_own_rows() -> None:
    content = bytearray(parquet_table.write(papers(30), group_rows=10))
    column = pq.ParquetFile(io.BytesIO(content)).metadata.row_group(1).column(1)
    start = column.dictionary_page_offset or column.data_page_offset
    content[start : start + column.total_compressed_size] = b"\xff" * column.total_compressed_size
    frame = read(bytes(content))
    assert frame["row"].to_list() == list(range(30))
    assert frame["defect"].to_list() == [None] * 10 + ["malformed_record"] * 10 + [None] * 10


def test_text_that_is_not_utf_8_is_a_defect_of_its_row() -> None:
    text = pa.Array.from_buffers(pa.string(), 2, pa.array([b"Gulls", b"Ti\xe9s"]).buffers())
    frame = read(written({"title": text, "doi": ["10.5555/a", None]}))
    assert frame.select("title_raw", "defect").rows() == [("Gulls", None), ("Ti\ufffds", "invalid_encoding")]


def test_a_text_that_is_stated_again_and_again_does_not_fill_the_memory() -> None:
    large, huge = "x" * 900_000, "y" * 2_000_000
    content = written({"title": [large] * 300 + [huge], "doi": ["10.5555/a"] * 301})
    assert len(content) < 1 << 20
    heights, defects = zip(
        *((one.height, one["defect"].count()) for one in READER.read(content, NO_HINTS)), strict=True
    )
    assert sum(heights) == 301
    assert max(heights) < 60
    assert sum(defects) == 1


@pytest.mark.parametrize("seed", range(150))
def test_damage_anywhere_is_survived(seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(parquet_table.write(papers(12), group_rows=6))
    for _ in range(chance.randint(1, 6)):
        content[chance.randrange(4, len(content) - 4)] = chance.randrange(256)
    try:
        frame = read(bytes(content))
    except RefusalError:
        return
    assert frame.schema == STATEMENT_SCHEMA
