import datetime
import json
import math
from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from assets.release.documents.croissant import three_numbers
from assets.release.store import read_manifest
from assets.release.versions import version_key
from schemas.catalog import TABLES, metadata
from schemas.release_vocabulary import FileRole
from schemas.render import column_facts
from tests.assets.release.documents.conftest import Release

SUBSETS = {
    "all-tables": {},
    "papers-only": {"tables": "papers"},
    "without-papers": {"tables": "dumps,listings,pages"},
    "some-papers": {"where": "year >= 2024 AND title NOT LIKE '%</script>%'"},
    "csv-only": {"formats": "csv"},
    "several-formats": {"formats": "parquet,jsonl,nested,csv,bibtex,duckdb"},
}


def load(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "croissant.json").read_bytes())
    return found


def test_every_data_file_is_described(release_folder: Path) -> None:
    told = {one["@id"]: one for one in load(release_folder)["distribution"]}
    files = [file for file in read_manifest(release_folder).files if file.role in {FileRole.DATA, FileRole.SAMPLE}]
    assert [*told] == [file.path for file in files]
    for file in files:
        assert (told[file.path]["sha256"], told[file.path]["contentSize"]) == (file.sha256, f"{file.bytes} B")
        assert (release_folder / told[file.path]["contentUrl"]).is_file()


def test_every_column_of_every_table_is_described(release_folder: Path) -> None:
    sets = {one["@id"]: one for one in load(release_folder)["recordSet"]}
    manifest = read_manifest(release_folder)
    assert [*sets] == [*manifest.tables]
    for name, one in sets.items():
        assert [field["name"] for field in one["field"]] == [facts.name for facts in column_facts(TABLES[name])]
        assert all(field["description"] and field["dataType"] for field in one["field"])
        assert one["description"] == TABLES[name].__doc__


def test_keys_and_references_are_told(release_folder: Path) -> None:
    sets = {one["@id"]: one for one in load(release_folder)["recordSet"]}
    assert sets["papers"]["key"] == {"@id": "papers/paper_id"}
    assert sets["links"]["key"] == [{"@id": "links/paper_id"}, {"@id": "links/span_start"}]
    for name, one in sets.items():
        told = {field["name"]: field["dct:references"]["@id"] for field in one["field"] if "dct:references" in field}
        wanted = metadata(TABLES[name])["foreign_keys"]
        assert told == {column: target.replace(".", "/") for column, target in wanted.items()}


def test_a_table_that_is_not_released_is_not_referred_to(release_with: Release) -> None:
    told = load(release_with(tables="links"))
    assert [one["@id"] for one in told["recordSet"]] == ["links"]
    assert "dct:references" not in json.dumps(told)


def test_nothing_of_an_address_leaks(release_folder: Path) -> None:
    assert "s3cr3t" not in (release_folder / "croissant.json").read_text("utf-8")


VERSIONS = [
    "2024.12.31.99",
    "2025.01.02.9",
    "2025.01.02.10",
    "2025.01.10.1",
    "2025.01.31.4",
    "2025.02.01.1",
    "2025.11.02.1",
]


@pytest.mark.parametrize(("earlier", "later"), list(pairwise(VERSIONS)))
def test_versions_keep_their_order(earlier: str, later: str) -> None:
    assert version_key(three_numbers(earlier)) < version_key(three_numbers(later))


def test_a_version_has_three_numbers_without_leading_zeros() -> None:
    assert three_numbers("2026.01.02.10") == "2026.102.10"


@pytest.mark.slow
@pytest.mark.parametrize("subset", SUBSETS.values(), ids=SUBSETS)
def test_mlcroissant_finds_no_fault(release_with: Release, subset: dict[str, str]) -> None:
    dataset = import_module("mlcroissant").Dataset(str(release_with(**subset) / "croissant.json"))
    issues = dataset.metadata.ctx.issues
    assert (set(issues.errors), set(issues.warnings)) == (set(), set())


@pytest.mark.slow
def test_the_context_is_that_of_mlcroissant(release_folder: Path) -> None:
    context = import_module("mlcroissant._src.core.context")
    newest = context.Context(conforms_to=context.CroissantVersion.V_1_1)
    assert load(release_folder)["@context"] == import_module("mlcroissant._src.core.rdf").make_context(newest)


@pytest.mark.slow
@pytest.mark.parametrize("subset", SUBSETS.values(), ids=SUBSETS)
def test_mlcroissant_reads_the_same_records_as_the_parquet(release_with: Release, subset: dict[str, str]) -> None:
    folder = release_with(**subset)
    tables = [one["@id"] for one in load(folder).get("recordSet", [])]
    assert set(tables) == {path.stem for path in folder.glob("*.parquet")}
    assert_same_records(folder, tables)


@pytest.mark.slow
@pytest.mark.real
def test_records_of_real_papers_are_read_back(real_release: Path) -> None:
    assert_same_records(real_release, [one["@id"] for one in load(real_release)["recordSet"]])


def assert_same_records(folder: Path, tables: list[str]) -> None:
    """Reads all tables through one data set, twice, as a reader may."""
    dataset = import_module("mlcroissant").Dataset(str(folder / "croissant.json"))
    for name in [*tables, *tables]:
        wanted = pl.read_parquet(folder / f"{name}.parquet").to_dicts()
        assert list(records(dataset, name)) == wanted, name


def records(dataset: Any, name: str) -> Iterator[dict[str, Any]]:
    """The records of a table, with what mlcroissant makes of texts and days made texts and days again."""
    days = {facts.name for facts in column_facts(TABLES[name]) if facts.dtype == pl.Date}
    for record in dataset.records(name):
        plain = {identifier.removeprefix(f"{name}/"): as_plain(value) for identifier, value in record.items()}
        yield {column: day(value) if column in days else value for column, value in plain.items()}


def as_plain(value: Any) -> Any:
    if isinstance(value, list):
        return [as_plain(one) for one in value]
    if isinstance(value, bytes):
        return value.decode()
    if hasattr(value, "to_pydatetime"):
        return value.to_pydatetime()
    return None if isinstance(value, float) and math.isnan(value) else value


def day(value: datetime.datetime | None) -> datetime.date | None:
    return None if value is None else value.date()
