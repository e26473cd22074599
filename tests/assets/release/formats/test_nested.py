"""Nested papers: everything of a paper inside it, in order, whatever is done at once; and samples that are parts."""

import json
from hashlib import sha256

import polars as pl
import pytest

from assets.parse.unpack import zstd
from assets.release.formats import nested
from assets.release.formats.belongings import DETAILS, belongings
from assets.release.layout import MAIN, SAMPLE_SIZES
from assets.release.snapshot import Selection
from schemas.catalog import TABLES
from schemas.release_vocabulary import FileRole
from schemas.render import column_facts, polars_schema
from tests.frames import dump_id, listing_id, table
from tests.releases import paper_id
from tests.snapshots import belongings_of, hostile_papers, many_papers, snapshot_of

NAME = "papers-nested.jsonl.zst"
LISTS = (
    *("listings", "values", "aliases", "splits", "text_repairs", "links", "source_links", "release_claims", "terms"),
    *("quantities", "neighbors", "showings", "outliers"),
)
OBJECTS = ("topics", "category_suggestions", "trending", "quality")
SIZES = {"1k": 3, "10k": 7}


def objects(path) -> list[dict]:
    return [json.loads(line) for line in lines_of(path)]


def lines_of(path) -> list[bytes]:
    return zstd.decompress(path.read_bytes()).split(b"\n")[:-1]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    papers = many_papers(3)
    names = [paper_id(number) for number in (1, 2, 3)]
    found = snapshot_of(tmp_path_factory.mktemp("release") / "1", papers, **belongings_of(names))
    nested.write(found)
    return found


@pytest.fixture(scope="module")
def papers(snapshot) -> list[dict]:
    return objects(snapshot.folder / NAME)


def test_every_paper_has_every_key(papers) -> None:
    columns = list(polars_schema(TABLES["papers"]))
    for paper in papers:
        assert set(paper) == {*columns, *LISTS, *OBJECTS}
        assert list(paper)[: len(columns)] == columns
        assert all(isinstance(paper[name], list) for name in LISTS)
        assert all(paper[name] is None or isinstance(paper[name], dict) for name in OBJECTS)


def test_the_columns_of_a_paper_are_those_of_the_table(snapshot, papers) -> None:
    expected = pl.read_parquet(snapshot.tables["papers"]).to_dicts()
    assert [{name: paper[name] for name in expected[0]} for paper in papers] == expected


def test_no_key_of_a_table_is_a_column_of_papers() -> None:
    names = [one.name for one in belongings(MAIN)]
    assert len({*names, *polars_schema(TABLES["papers"])}) == len(names) + len(TABLES["papers"].to_schema().columns)


def test_every_table_of_papers_is_in_them() -> None:
    of_papers = {name for name in MAIN if any(one.name == "paper_id" for one in column_facts(TABLES[name]))}
    assert {one.table for one in belongings(MAIN)} == of_papers - {"papers", "paper_vectors"}


def test_no_detail_hides_a_column() -> None:
    assert set(DETAILS) <= {one.table for one in belongings(MAIN)}
    for one in belongings(MAIN):
        names = [facts.name for facts in one.columns()]
        assert len(set(names)) == len(names), one.table


def test_a_listing_says_where_it_stands(papers) -> None:
    assert papers[1]["listings"] == [
        {
            "listing_id": listing_id(paper_id(2)),
            "role": "feed",
            "relation": "same",
            "match_reason": "only_listing",
            "dump_id": dump_id("d"),
            "page": 1,
            "position": 2,
            "locator": "2-3",
            "page_date_raw": None,
            "source_key": None,
            "uri": "pages.txt",
            "format": "page_text",
        }
    ]


def test_lists_are_in_the_order_of_the_key(papers) -> None:
    assert [one["span_start"] for one in papers[0]["terms"]] == [1, 5]
    assert [one["old_paper_id"] for one in papers[0]["aliases"]] == ["pffffffffffffff01", "pffffffffffffff02"]
    assert [one["position"] for one in papers[0]["source_links"]] == [9, 10]
    assert [one["name"] for one in papers[2]["terms"]] == ["b"]
    assert papers[1]["terms"] == []


def test_numbers_come_back_as_they_were(papers) -> None:
    expected = {"topic_id": "t00000001", "similarity": 0.1 + 0.2, "margin": 5e-324, "label": "gulls, maps"}
    assert papers[0]["topics"] == expected
    assert papers[1]["topics"] is None


def test_what_is_no_number_of_json_is_null(tmp_path) -> None:
    rows = [
        {"paper_id": paper_id(1), "rank": rank, "neighbor_id": paper_id(2), "similarity": value}
        for rank, value in enumerate([float("nan"), float("inf"), 0.5], 1)
    ]
    found = snapshot_of(tmp_path / "1", many_papers(2), neighbors=table("neighbors", rows))
    nested.write(found)
    assert [one["similarity"] for one in objects(found.folder / NAME)[0]["neighbors"]] == [None, None, 0.5]


def test_hostile_texts_are_inside_unharmed(tmp_path) -> None:
    found = snapshot_of(tmp_path / "1", hostile_papers())
    nested.write(found)
    expected = pl.read_parquet(found.tables["papers"])
    assert [paper["title"] for paper in objects(found.folder / NAME)] == expected["title"].to_list()


def test_how_many_are_put_together_at_once_changes_nothing(snapshot, monkeypatch) -> None:
    expected = (snapshot.folder / NAME).read_bytes()
    monkeypatch.setattr(nested, "RANGE", 2)
    nested.write(snapshot)
    assert (snapshot.folder / NAME).read_bytes() == expected


@pytest.mark.parametrize(
    ("tables", "keys", "told"),
    [
        (["papers"], set(), set()),
        (["papers", "paper_listings", "dumps"], {"listings"}, set()),
        (["papers", "paper_listings", "listings"], {"listings"}, {"position", "dump_id"}),
        (["papers", "paper_vectors", "links"], {"links"}, set()),
    ],
    ids=["papers", "no places", "places", "no vectors"],
)
def test_of_what_is_not_selected_nothing_is_told(tmp_path, tables, keys, told) -> None:
    chosen = Selection.of(tables, ["nested"], None)
    found = snapshot_of(tmp_path / "1", many_papers(2), selection=chosen)
    nested.write(found)
    paper = objects(found.folder / NAME)[0]
    assert set(paper) - set(polars_schema(TABLES["papers"])) == keys
    if "listings" in keys:
        assert told <= set(paper["listings"][0])
        assert "uri" not in paper["listings"][0]


def test_without_papers_the_files_are_empty(tmp_path) -> None:
    found = snapshot_of(tmp_path / "1", [])
    assert {one.rows for one in nested.write(found)} == {0}
    assert lines_of(found.folder / NAME) == []


def sampled(folder, count: int, formats: list[str] | None = None):
    found = snapshot_of(folder, many_papers(count), selection=Selection.of(None, formats, None))
    return found, nested.write(found)


@pytest.mark.parametrize("count", [5, 20])
def test_a_sample_is_a_part_of_the_next(tmp_path, monkeypatch, count) -> None:
    monkeypatch.setattr("assets.release.formats.nested.SAMPLE_SIZES", SIZES)
    monkeypatch.setattr("assets.release.formats.samples.SAMPLE_SIZES", SIZES)
    found, written = sampled(tmp_path / "1", count)
    whole = lines_of(found.folder / NAME)
    small, large = (lines_of(found.folder / "samples" / f"papers-{name}.jsonl.zst") for name in SIZES)
    assert (len(small), len(large), len(whole)) == (min(3, count), min(7, count), count)
    assert set(small) <= set(large) <= set(whole)
    assert all(part == sorted(part) for part in (small, large, whole))
    ranked = sorted((paper_id(number) for number in range(1, count + 1)), key=lambda one: sha256(one.encode()).digest())
    assert {json.loads(line)["paper_id"] for line in small} == set(ranked[:3])
    roles = {one.path: (one.role, one.rows) for one in written}
    assert roles == {
        NAME: (FileRole.DATA, count),
        "samples/papers-1k.jsonl.zst": (FileRole.SAMPLE, min(3, count)),
        "samples/papers-10k.jsonl.zst": (FileRole.SAMPLE, min(7, count)),
        "samples/papers-1k.parquet": (FileRole.SAMPLE, min(3, count)),
        "samples/papers-10k.parquet": (FileRole.SAMPLE, min(7, count)),
    }


def test_a_sample_changes_by_new_papers_alone(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("assets.release.formats.nested.SAMPLE_SIZES", SIZES)
    monkeypatch.setattr("assets.release.formats.samples.SAMPLE_SIZES", SIZES)
    parts = []
    for count in (20, 30):
        found, _ = sampled(tmp_path / str(count), count, ["nested"])
        parts.append({one["paper_id"] for one in objects(found.folder / "samples" / "papers-10k.jsonl.zst")})
    old = {paper_id(number) for number in range(1, 21)}
    assert parts[1] & old <= parts[0]


def test_samples_as_parquet_have_the_papers_of_the_others(tmp_path) -> None:
    found, _ = sampled(tmp_path / "1", 5, ["parquet", "nested"])
    for name in SAMPLE_SIZES:
        rows = pl.read_parquet(found.folder / "samples" / f"papers-{name}.parquet")
        assert rows.equals(pl.read_parquet(found.tables["papers"]))
    other, _ = sampled(tmp_path / "2", 5, ["nested"])
    assert not list(other.folder.glob("samples/*.parquet"))
