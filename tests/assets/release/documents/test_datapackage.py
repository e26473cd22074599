import json
from importlib import import_module
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from assets.release.store import read_manifest
from schemas.catalog import TABLES
from schemas.release_vocabulary import FileRole
from schemas.render import column_facts
from tests.assets.release.documents.conftest import Release
from tests.assets.release.documents.test_croissant import SUBSETS


def load(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_bytes())
    return found


def test_every_data_file_is_a_resource(release_folder: Path) -> None:
    told = {one["path"]: one for one in load(release_folder)["resources"]}
    files = [file for file in read_manifest(release_folder).files if file.role in {FileRole.DATA, FileRole.SAMPLE}]
    assert [*told] == [file.path for file in files]
    for file in files:
        assert (told[file.path]["hash"], told[file.path]["bytes"]) == (f"sha256:{file.sha256}", file.bytes)
    assert len({one["name"] for one in told.values()}) == len(told)


def test_every_column_of_every_table_has_a_field(release_folder: Path) -> None:
    for one in load(release_folder)["resources"]:
        facts = column_facts(TABLES[one["path"].removesuffix(".parquet")])
        fields = one["schema"]["fields"]
        assert [(field["name"], field["description"]) for field in fields] == [(one.name, one.comment) for one in facts]


@pytest.mark.slow
def test_a_bibliography_has_no_columns(release_with: Release) -> None:
    resources = {one["path"]: one for one in load(release_with(formats="jsonl,csv,bibtex"))["resources"]}
    assert {path: "schema" in one for path, one in resources.items()} == {
        "papers.bib": False,
        "papers.csv.gz": True,
        "papers.jsonl.zst": True,
    }


def test_references_lead_to_resources_that_are_there(release_folder: Path) -> None:
    resources = {one["name"]: one for one in load(release_folder)["resources"]}
    keys = [key for one in resources.values() for key in one["schema"].get("foreignKeys", [])]
    assert len(keys) > 20
    for key in keys:
        target = resources[key["reference"]["resource"]]
        assert key["reference"]["fields"] == target["schema"]["primaryKey"]


def test_dumps_are_named_without_secrets(release_folder: Path) -> None:
    assert [one["title"] for one in load(release_folder)["sources"]] == [
        's3://bucket/</script><b>"x"\u2028&amp;\n{Ü}.zip!/a|b.txt'
    ]


@pytest.mark.slow
@pytest.mark.parametrize("subset", SUBSETS.values(), ids=SUBSETS)
def test_frictionless_finds_no_fault(release_with: Release, subset: dict[str, str]) -> None:
    report = import_module("frictionless").validate(str(release_with(**subset) / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "note"])


@pytest.mark.slow
def test_frictionless_notices_a_changed_file(release_with: Release, tmp_path: Path) -> None:
    folder = release_with()
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "papers.parquet").open("r+b") as file:
        file.write(b"!")
    report = import_module("frictionless").validate(str(tmp_path / "datapackage.json"))
    assert report.flatten(["type"]) == [["hash-count"]]


@pytest.mark.slow
def test_frictionless_reads_the_papers(release_with: Release) -> None:
    folder = release_with(formats="parquet,csv")
    rows = (
        import_module("frictionless")
        .Package(str(folder / "datapackage.json"))
        .get_table_resource("papers.csv.gz")
        .read_rows()
    )
    wanted = pl.read_parquet(folder / "papers.parquet")
    text = [name for name, dtype in wanted.schema.items() if dtype == pl.String]
    for name in wanted.columns:
        found = [row[name] for row in rows]
        if name in text:
            found = [None if value is None else value.removeprefix("'") for value in found]
        assert found == wanted[name].to_list(), name


@pytest.mark.slow
@pytest.mark.real
def test_frictionless_finds_no_fault_in_real_papers(real_release: Path) -> None:
    report = import_module("frictionless").validate(str(real_release / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "note"])[:20]
