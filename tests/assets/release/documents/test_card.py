"""The card: its numbers are those of its queries, its header is what the hub reads, and no text of others is markup."""

import json
import re
import shutil
from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from markdown_it import MarkdownIt

from assets.release.documents.card_header import features, size_category
from assets.release.layout import MAIN
from schemas.catalog import TABLES, metadata, qualified
from schemas.render import vocabulary_definitions
from tests import releases

ALL = "parquet,jsonl,nested,csv,bibtex,duckdb"
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w])")
HOSTILE = (
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "a | b \\| c",
    "``` \n# not a heading",
    "`code` ``more``",
    "![i](http://evil.example/i.png) https://evil.example",
    "*bold* _so_ ~~gone~~ $x$ &amp; &lt;",
    "---\nlicense: mit\n---",
    "\u202etfel ot thgir\u202c \u2028 \x00\x1b[31m \U0001f600 猫",
    "=cmd|'/c calc'!A1",
    "x" * 5_000,
)


def header_and_body(folder):
    _, header, body = (folder / "README.md").read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(header), body


def shown(folder) -> str:
    """The page as a reader sees it, in HTML."""
    return MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(header_and_body(folder)[1])


def released(folder) -> duckdb.DuckDBPyConnection:
    """The tables of a release, from its database or its Parquet files."""
    if (folder / "papers.duckdb").exists():
        return duckdb.connect(str(folder / "papers.duckdb"), read_only=True)
    connection = duckdb.connect()
    for name in MAIN:
        connection.execute(f"CREATE VIEW {name} AS FROM read_parquet('{folder / name}.parquet')")
    return connection


def plain(value):
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def asked(connection, query: str) -> list[dict]:
    cursor = connection.execute(query)
    names = [told[0] for told in cursor.description]
    return [dict(zip(names, map(plain, row), strict=True)) for row in cursor.fetchall()]


def values(rows) -> set[float]:
    """All numbers in rows, also those inside of texts: days, years."""
    found = set()
    for row in rows:
        for value in row.values():
            found |= {float(one) for one in re.findall(r"\d+(?:\.\d+)?", str(value))}
    return found


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A release of papers whose every text is an attack."""
    texts = [
        {"title": text[:400], "abstract": text, "categories": [text, "cs.CL"], "venue": text, "authors": [text]}
        for text in HOSTILE
    ]
    home = releases.make_home(
        tmp_path_factory.mktemp("home"), papers=[{"flags": ["math_loss"], **one} for one in texts]
    )
    return releases.release_of(home, formats=["parquet"]).folder


@pytest.mark.parametrize("formats", [pytest.param("parquet", marks=pytest.mark.slow), ALL])
def test_every_number_is_the_result_of_a_query_that_is_kept_beside_it(release_with, formats) -> None:
    folder = release_with(formats)
    told = json.loads((folder / "statistics.json").read_text(encoding="utf-8"))["statistics"]
    issues = json.loads((folder / "issues.json").read_text(encoding="utf-8"))["issues"]
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    known = values({"size": one["bytes"], "rows": one["rows"]} for one in manifest["files"])
    with released(folder) as connection:
        for name, one in told.items():
            rows = asked(connection, one["query"])
            assert rows == one["rows"], name
            known |= values(rows)
        for issue in issues:
            ids = [row["id"] for row in asked(connection, issue["query"])]
            assert (len(ids), ids[:5]) == (issue["count"], issue["examples"])
            known |= values([{"count": issue["count"], "percent": issue["percent"]}])
        for name in manifest["tables"]:
            known |= values(asked(connection, f"SELECT count(*) AS rows FROM {qualified(name)}"))
    body = header_and_body(folder)[1]
    for words in (*(word for one in vocabulary_definitions().values() for word in one.values()),):
        body = body.replace(words, "")
    body = re.sub(r"(?s)```.*?```|<code>.*?</code>|`[^`]*`|\d{4}-\d\d-\d\d", "", body)
    found = {float(one.replace(",", "")) for one in NUMBER.findall(body)}
    assert found
    assert found <= known


ARROW = {"date32[day]": "date32", "double": "float64", "float": "float32"}
"""Type of Arrow -> what `datasets` calls it, where the names differ."""


def feature(field: pa.Field) -> dict[str, str]:
    is_list = pa.types.is_list(field.type)
    told = str(field.type.value_type if is_list else field.type)
    return {"name": field.name, "list" if is_list else "dtype": ARROW.get(told, told)}


@pytest.mark.parametrize("name", MAIN)
def test_the_features_of_every_table_are_the_types_of_its_file(release_folder, name) -> None:
    assert features(name) == [feature(field) for field in pq.read_schema(release_folder / f"{name}.parquet")]


def test_the_header_tells_rows_and_bytes_of_every_table_that_has_rows(release_folder) -> None:
    header, _ = header_and_body(release_folder)
    infos = {info["config_name"]: info for info in header["dataset_info"]}
    assert set(infos) == {one["config_name"] for one in header["configs"]}
    for name, info in infos.items():
        rows = pq.read_metadata(release_folder / f"{name}.parquet").num_rows
        assert info["splits"][0]["num_examples"] == rows > 0
        assert info["download_size"] == (release_folder / f"{name}.parquet").stat().st_size
        assert info["features"] == features(name)
    assert [one["config_name"] for one in header["configs"] if one.get("default")] == ["papers"]


@pytest.mark.slow
def test_the_hub_reads_the_header(release_folder) -> None:
    from huggingface_hub import DatasetCard  # noqa: PLC0415 slow to import

    data = DatasetCard((release_folder / "README.md").read_text(encoding="utf-8")).data
    assert (data.license, data.language, data.size_categories) == ("other", ["en"], ["n<1K"])
    assert data.pretty_name


@pytest.mark.slow
def test_datasets_loads_every_configuration(release_folder, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    from datasets import Features, load_dataset  # noqa: PLC0415 slow to import

    folder = tmp_path / "copy"
    shutil.copytree(release_folder, folder)
    for one in header_and_body(folder)[0]["configs"]:
        name = one["config_name"]
        rows = load_dataset(str(folder), name, split="train", cache_dir=str(tmp_path / "cache"))
        assert rows.num_rows == pq.read_metadata(folder / f"{name}.parquet").num_rows
        assert rows.features == Features.from_arrow_schema(pq.read_schema(folder / f"{name}.parquet"))
    assert load_dataset(str(folder), split="train", cache_dir=str(tmp_path / "cache")).info.config_name == "papers"


@pytest.mark.parametrize(
    ("count", "name"), [(0, "n<1K"), (999, "n<1K"), (1_000, "1K<n<10K"), (1_000_000, "1M<n<10M"), (10**12, "1B<n<10B")]
)
def test_sizes_have_the_names_of_the_hub(count, name) -> None:
    assert size_category(count) == name


def test_nothing_of_the_dumps_becomes_markup(hostile) -> None:
    page = shown(hostile)
    assert not re.search(r"(?i)<(?!/?(?:h\d|p|table|thead|tbody|tr|t[hd]|ul|li|pre|code|em)\b)[a-z!/]", page)
    assert "evil.example/i.png" in page  # shown as text, in a table or a block
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2028\u2029]", (hostile / "README.md").read_text())


def test_every_row_of_a_table_has_as_many_cells_as_its_head(hostile) -> None:
    for one in re.findall(r"(?s)<table>.*?</table>", shown(hostile)):
        rows = [len(re.findall("<t[hd]", row)) for row in one.split("<tr>")[1:]]
        assert len(set(rows)) == 1


def test_texts_are_shown_as_they_are(hostile) -> None:
    page = shown(hostile)
    for text in (
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        r"a | b \| c",
        "*bold* _so_ ~~gone~~ $x$ &amp;amp; &amp;lt;",
        "cs.CL",
    ):
        assert f"<code>{text}</code>" in page


def test_the_example_is_a_row(hostile) -> None:
    block = re.search(r"(?ms)^(`{3,})json\n(.*?)\n\1$", header_and_body(hostile)[1])
    record = json.loads(block.group(2))
    with released(hostile) as connection:
        title = connection.execute("SELECT title FROM papers WHERE paper_id = ?", [record["paper_id"]]).fetchone()
    assert (record["title"],) == title


def test_the_header_cannot_be_changed_by_a_text(hostile) -> None:
    assert header_and_body(hostile)[0]["license"] == "other"


@pytest.mark.parametrize("formats", [ALL])
def test_the_snippets_run_in_the_folder_of_the_release(release_with, monkeypatch, formats) -> None:
    folder = release_with(formats)
    told = re.findall(r"(?s)```python\n(.*?)```", header_and_body(folder)[1])
    assert told
    monkeypatch.chdir(folder)
    for code in told:
        if "load_dataset" not in code:
            exec(compile(code, "snippet", "exec"), {})  # noqa: S102 that is what readers do with it


def test_snippets_name_only_files_of_the_release(release_folder) -> None:
    blocks = "\n".join(re.findall(r"(?s)```(?:python|sql|r|shell|latex)\n(.*?)```", header_and_body(release_folder)[1]))
    names = set(re.findall(r"papers[\w-]*(?:\.\w+)+", blocks))
    assert names
    assert all((release_folder / name).exists() for name in names)


@pytest.mark.parametrize(
    ("tables", "where"),
    [("papers", None), ("topics,links", None), (None, "year = 2024")],
)
def test_a_part_of_the_tables_has_a_card_of_its_own(release_with, tables, where) -> None:
    folder = release_with(tables=tables, where=where)
    header, body = header_and_body(folder)
    stated = {"papers"} if tables is None else set(tables.split(","))
    filled = {name for name in stated if pq.read_metadata(folder / f"{name}.parquet").num_rows}
    assert filled <= {one["config_name"] for one in header.get("configs", [])}
    assert "None" not in body
    assert body.count("## ") >= 8


def test_every_table_says_what_a_row_is() -> None:
    assert all(TABLES[name].__doc__ and metadata(TABLES[name])["primary_key"] for name in MAIN)
