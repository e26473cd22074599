"""Real JSON dumps: every record counted, and every field beside what Python's own parser finds in the same bytes."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from assets.parse.formats import arxiv_harvest, arxiv_snapshot, json_records, venue_json
from assets.parse.json_head import head_of
from assets.parse.reader import NO_HINTS, Reader
from assets.parse.statements import read_statements

pytestmark = pytest.mark.real
Packs = Callable[[str], Path]

READERS = (arxiv_snapshot.READER, arxiv_harvest.READER, venue_json.READER, json_records.READER)
BENCHMARKS = {
    "cardiac": 8948,
    "cora": 1295,
    "cytology_screening": 1856,
    "dblp-acm": 4910,
    "diabetes": 1845,
    "respiratory": 1988,
}


def frames(path: Path, reader: Reader) -> Iterator[pl.DataFrame]:
    content = path.read_bytes()
    assert [one.format for one in READERS if one.recognises(head_of(content))] == [reader.format]
    for frame in reader.read(content, NO_HINTS):
        assert frame["defect"].drop_nulls().to_list() == []
        yield frame


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def check_nothing_is_lost(
    frame: pl.DataFrame, records: list[dict[str, Any]], columns: dict[str, str], elsewhere: set[str]
) -> None:
    """Every field is in its column, or in `source_fields` as it was, but for some that the test looks at itself."""
    assert len(frame) == len(records)
    fields = [json.loads(text) for text in frame["source_fields"]]
    for field, column in columns.items():
        stated = zip(frame[column].fill_null(""), fields, records, strict=True)
        assert [
            value for value, left, record in stated if value != (record.get(field) or "") and field not in left
        ] == []
    for left, record in zip(fields, records, strict=True):
        assert all(record[name] == value for name, value in left.items())
        assert record.keys() - columns.keys() - elsewhere <= left.keys()


def test_the_snapshot(packs: Packs) -> None:
    path = packs("arxiv-formats") / "kaggle_snapshot_200" / "arxiv-metadata-oai-snapshot.json"
    (frame,) = frames(path, arxiv_snapshot.READER)
    records = list(lines(path))
    assert len(frame) == 200
    columns = {
        "title": "title_raw",
        "abstract": "abstract_raw",
        "doi": "doi_raw",
        "journal-ref": "venue",
        "id": "source_key",
    }
    check_nothing_is_lost(frame, records, columns, {"submitter", "authors", "authors_parsed", "categories"})
    assert [doi for doi in frame["doi_raw"].drop_nulls() if " " in doi] == []
    assert frame["authors_raw"].to_list() == [record["authors"] for record in records]
    names = [[" ".join(filter(None, (given, *parts))) for *parts, given in _turned(record)] for record in records]
    assert frame["authors"].to_list() == names
    assert frame["categories"].to_list() == [record["categories"].split() for record in records]
    versions = [record["versions"] for record in records]
    ids = [record["id"] + known[-1]["version"] for record, known in zip(records, versions, strict=True)]
    assert frame["arxiv_raw"].to_list() == ids
    assert frame["published_raw"].to_list() == [known[0]["created"] for known in versions]
    listed = read_statements(frame)
    assert listed["arxiv_id"].to_list() == [record["id"] for record in records]
    assert listed["published_on"].null_count() == 0
    assert listed["invalid_ids"].list.len().sum() == 0


def _turned(record: dict[str, Any]) -> list[tuple[str, ...]]:
    """Family name, suffix, given names of each author."""
    return [(family, suffix, given) for family, given, suffix, *_ in record["authors_parsed"]]


@pytest.mark.slow
def test_the_harvests(packs: Packs) -> None:
    paths = [path for path in sorted(packs("arxiv-harvest-jsonl").rglob("*.jsonl")) if path.stat().st_size]
    found = pl.concat([frame for path in paths for frame in frames(path, arxiv_harvest.READER)])
    records = [record for path in paths for record in lines(path)]
    assert (len(paths), len(found)) == (493, 43_165)
    columns = {"title": "title_raw", "abstract": "abstract_raw", "created": "published_raw"}
    for field, column in columns.items():
        assert found[column].to_list() == [record[field] for record in records]
    assert found["arxiv_raw"].to_list() == [record.get("url") or record["meta"]["link"] for record in records]
    left = [{key: value for key, value in record.items() if key not in {*columns, "url"}} for record in records]
    assert [json.loads(text) for text in found["source_fields"]] == left
    listed = read_statements(found.select(pl.all()))
    assert listed["arxiv_id"].null_count() == listed["arxiv_version"].null_count() == 0
    assert listed["published_on"].null_count() == 0


@pytest.mark.slow
def test_the_proceedings(packs: Packs) -> None:
    columns = {
        "title": "title_raw",
        "abstract": "abstract_raw",
        "year": "published_raw",
        "doi": "doi_raw",
        "bibtex_key": "source_key",
        "openreview_url": "openreview_raw",
        "volume": "volume",
        "number": "issue",
        "pages": "pages",
    }
    count, refused = Counter[str](), Counter[str]()
    for path in sorted(packs("venue-json").glob("*.json*")):
        records = list(lines(path)) if path.suffix == ".jsonl" else json.loads(path.read_bytes())["papers"]
        found = pl.concat(frames(path, venue_json.READER))
        check_nothing_is_lost(found, records, columns, {"authors", "venue", "venue_name"})
        assert found["venue"].to_list() == [record.get("venue_name") or record["venue"] for record in records]
        names = [[f"{one['given']} {one['family']}".strip() for one in record["authors"]] for record in records]
        assert found["authors"].to_list() == names
        listed = read_statements(found)
        assert listed["doi"].drop_nulls().len() == sum(1 for record in records if record["doi"])
        assert found["openreview_raw"].drop_nulls().len() == sum(1 for record in records if record["openreview_url"])
        refused.update(text for texts in listed["invalid_ids"] for text in texts)
        count[path.suffix] += len(found)
    assert count == {".json": 56_279, ".jsonl": 3421}
    assert len(refused) <= 7  # of 30,209: forums whose name could be a word


@pytest.mark.parametrize("name", BENCHMARKS)
def test_the_benchmarks(packs: Packs, name: str) -> None:
    path = packs("dedupe-benchmarks") / name / "records.jsonl"
    found = pl.concat(frames(path, json_records.READER))
    records = list(lines(path))
    assert len(found) == BENCHMARKS[name]
    columns = {
        "record_id": "source_key",
        "title": "title_raw",
        "authors": "authors_raw",
        "venue": "venue",
        "year": "published_raw",
        "volume": "volume",
        "number": "issue",
        "pages": "pages",
        "doi": "doi_raw",
        "abstract": "abstract_raw",
    }
    check_nothing_is_lost(found, records, columns, {"url"})
    joined = found["urls"].list.join(" ").to_list()
    assert joined == [" ".join((record.get("url") or "").split()) for record in records]
    has_authors = found["authors_raw"].is_not_null()
    assert (found["authors"].list.len() > 0).equals(has_authors)


def test_pairs_of_records_are_no_records(packs: Packs) -> None:
    for path in sorted((packs("dedupe-benchmarks") / "dblp-scholar").glob("*.jsonl")):
        assert not any(reader.recognises(head_of(path.read_bytes())) for reader in READERS)


def test_labelled_records(packs: Packs) -> None:
    (frame,) = frames(packs("ris-endnote") / "asreview" / "tests" / "demo_data.json", json_records.READER)
    assert len(frame) == 100
    assert frame["abstract_raw"].null_count() == 1


def test_other_json_is_left_alone(packs: Packs) -> None:
    others = [*packs("hf-daily-json").glob("*.json"), *packs("arxiv-daily-tables").rglob("*.json")]
    others += (packs("arxiv-formats") / "arxiv_search_docmeta").rglob("*.json")
    assert [path.name for path in others if any(one.recognises(head_of(path.read_bytes())) for one in READERS)] == []
