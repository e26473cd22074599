import json
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from assets.release.documents.plain_json import to_json
from schemas.papers import Papers
from schemas.render import column_facts
from tests.assets.release.documents.conftest import Release
from tests.assets.release.documents.test_croissant import SUBSETS
from tests.frames import dump_id, table
from tests.releases import frames, make_home, release_of


def load(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "dataset.jsonld").read_bytes())
    return found


def test_what_search_engines_ask_for_is_there(release_folder: Path) -> None:
    told = load(release_folder)
    assert (told["@context"], told["@type"]) == ("https://schema.org/", "Dataset")
    assert 50 <= len(told["description"]) <= 5_000
    asked = {"name", "identifier", "version", "datePublished", "license", "creator", "keywords", "distribution"}
    assert asked <= told.keys()
    assert {one["@type"] for one in told["distribution"]} == {"DataDownload"}
    assert told["inLanguage"] == ["en"]


def test_every_column_of_papers_is_a_variable(release_folder: Path) -> None:
    told = [(one["name"], one["description"]) for one in load(release_folder)["variableMeasured"]]
    assert told == [(facts.name, facts.description) for facts in column_facts(Papers)]


def test_without_papers_there_are_no_variables(release_with: Release) -> None:
    told = load(release_with(tables="dumps,listings,pages"))
    assert not {"variableMeasured", "size", "temporalCoverage", "inLanguage"} & told.keys()


def test_it_can_be_pasted_into_a_page(release_folder: Path) -> None:
    text = (release_folder / "dataset.jsonld").read_text("utf-8")
    assert not set(text) & set("<>&\u2028\u2029")
    assert "s3cr3t" not in text
    assert load(release_folder)["isBasedOn"][0]["name"] == 's3://bucket/</script><b>"x"\u2028&amp;\n{Ü}.zip!/a|b.txt'


@pytest.mark.slow
def test_many_dumps_are_counted_not_named(tmp_path: Path) -> None:
    plain = frames()["dumps"].to_dicts()[0]
    dumps = table("dumps", [{**plain, "dump_id": dump_id(str(n)), "uri": f"{n}.txt"} for n in range(130)])
    home = make_home(tmp_path, dumps=dumps.vstack(frames()["dumps"]).sort("dump_id"))
    told = load(release_of(home, tables=["papers"], formats=["parquet"]).folder)["isBasedOn"]
    assert len(told) == 101
    assert told[-1]["name"] == "31 more dumps, all named in manifest.json"


@pytest.mark.parametrize(
    "text", ["</script>", "<!--", "]]>", "&lt;", "\u2028", '"\\', "\x00\x1f", "naïve 猫 \U0001f600"]
)
def test_texts_survive_the_escapes(text: str) -> None:
    written = to_json({"text": text})
    assert json.loads(written) == {"text": text}
    assert not set(written) & set("<>&\u2028\u2029")


@pytest.mark.slow
@pytest.mark.parametrize("subset", SUBSETS.values(), ids=SUBSETS)
def test_it_is_json_ld(release_with: Release, subset: dict[str, str]) -> None:
    rdflib = import_module("rdflib")
    folder = release_with(**subset)
    told = {**load(folder), "@context": {"@vocab": "https://schema.org/"}}  # what the address stands for, offline
    graph = rdflib.Graph().parse(data=json.dumps(told), format="json-ld")
    schema = rdflib.Namespace("https://schema.org/")
    (dataset,) = graph.subjects(rdflib.RDF.type, schema.Dataset)
    hashes = {
        str(found)
        for file in graph.objects(dataset, schema.distribution)
        for found in graph.objects(file, schema.sha256)
    }
    assert hashes == {one["sha256"] for one in told["distribution"]}
    assert len(list(graph.objects(dataset, schema.variableMeasured))) == len(told.get("variableMeasured", []))


@pytest.mark.slow
def test_days_come_before_years(tmp_path: Path) -> None:
    days = [{"page": day, "listed_on": date(2025, 2, day)} for day in (3, 9)]
    pages = table("pages", days, dump_id=dump_id("d"), listing_count=1, dated_count=0)
    home = make_home(tmp_path, pages=pages)
    assert (
        load(release_of(home, tables=["pages"], formats=["parquet"]).folder)["temporalCoverage"]
        == "2025-02-03/2025-02-09"
    )
