"""Comma-separated values: RFC 4180 to the letter, harmless in a spreadsheet, and read back equal by everybody."""

import csv
import gzip
import io
import json
import re
import shutil
import subprocess

import duckdb
import pandas as pd
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assets.release.formats import delimited
from assets.release.formats.delimited import cell
from assets.release.manifest import Written
from schemas.catalog import TABLES
from schemas.release_vocabulary import FileRole
from schemas.render import column_facts
from tests.snapshots import HOSTILE_TEXTS, hostile_papers, snapshot_of

NAME = "papers.csv.gz"
FIELD = re.compile(r'"((?:[^"]|"")*)"|([^",\r\n]*)')
FORMULA = re.compile(r"[\s\x00-\x20\u200b-\u200f\ufeff]*[=+\-@|%\t\r\n\uff1d\uff0b\uff0d\uff20]")
Rows = list[list[str | None]]


def grammar(text: str) -> Rows:
    """Records as the grammar of RFC 4180 has them; None for a field without quotes and characters.

    Raises:
        AssertionError: Where the text leaves the grammar.
    """
    rows: Rows = []
    at = 0
    while at < len(text):
        row: list[str | None] = []
        while True:
            found = FIELD.match(text, at)
            assert found
            at = found.end()
            row.append(found[1].replace('""', '"') if found[1] is not None else (found[2] or None))
            if text[at : at + 1] != ",":
                break
            at += 1
        assert text[at : at + 2] == "\r\n", text[at : at + 40]
        at += 2
        rows.append(row)
    return rows


def decoded(text: str | None) -> str | None:
    """A text as it was, from the field that stands for it."""
    return None if text is None else text.removeprefix("'")


def as_papers(rows: list[dict]) -> pl.DataFrame:
    """Fields as they were read, texts all, as a table of papers."""
    columns = {}
    for facts in column_facts(TABLES["papers"]):
        values = [row[facts.name] for row in rows]
        if facts.dtype == pl.String:
            columns[facts.name] = pl.Series(list(map(decoded, values)), dtype=pl.String)
        elif facts.dtype == pl.Date:
            columns[facts.name] = pl.Series(values, dtype=pl.String).str.to_date("%Y-%m-%d")
        elif facts.dtype.base_type() == pl.List:
            columns[facts.name] = pl.Series([json.loads(one) for one in values], dtype=facts.dtype)
        else:
            columns[facts.name] = pl.Series([None if one is None else int(one) for one in values], dtype=facts.dtype)
    return pl.DataFrame(columns)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    papers = [*hostile_papers(), {"title": "Bare"}, {"title": "Empty", "abstract": "", "authors": [""], "venue": ""}]
    found = snapshot_of(tmp_path_factory.mktemp("release") / "1", papers)
    assert delimited.write(found) == [Written(NAME, FileRole.DATA, len(papers), "papers")]
    return found


@pytest.fixture(scope="module")
def papers(snapshot) -> pl.DataFrame:
    return pl.read_parquet(snapshot.tables["papers"])


@pytest.fixture(scope="module")
def text(snapshot) -> str:
    return gzip.decompress((snapshot.folder / NAME).read_bytes()).decode("utf-8")


def test_it_follows_the_grammar(text, papers) -> None:
    header, *rows = grammar(text)
    assert header == papers.columns
    assert as_papers([dict(zip(header, row, strict=True)) for row in rows]).equals(papers)


def test_texts_are_quoted_and_nothing_else(text) -> None:
    first = text.split("\r\n", 2)[1]
    assert first.startswith(f'"p0000000000000001","\'{HOSTILE_TEXTS[0]}",')
    assert first.endswith(
        ',2024,2024-02-29,"day",,,,,,,,,"[""=1+1"",""cs.CL""]","\'=1+1","\'=1+1","\'=1+1","1-2",,,'
        '"article",1,0,1,1,0,,,"[]"'
    )


def test_python_reads_it_back(text, papers) -> None:
    csv.field_size_limit(1_000_000)
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    told = as_papers([{name: value or None for name, value in row.items()} for row in rows])
    assert told.equals(papers)


def test_polars_reads_it_back(snapshot, papers) -> None:
    found = pl.read_csv(snapshot.folder / NAME, infer_schema=False)
    assert as_papers(found.to_dicts()).equals(papers)


def test_pandas_reads_it_back(snapshot, papers) -> None:
    found = pd.read_csv(snapshot.folder / NAME, dtype=str, keep_default_na=False, na_values=[""])
    rows = [{name: None if pd.isna(one) else one for name, one in row.items()} for row in found.to_dict("records")]
    assert as_papers(rows).equals(papers)


def test_duckdb_reads_it_back(snapshot, papers) -> None:
    options = "all_varchar = true, header = true, delim = ',', quote = '\"', escape = '\"', max_line_size = 4000000"
    with duckdb.connect() as connection:
        found = connection.sql(
            f"FROM read_csv('{snapshot.folder / NAME}', {options}, auto_detect = false, "
            f"columns = {dict.fromkeys(papers.columns, 'VARCHAR')})"
        ).pl()
    assert as_papers(found.to_dicts()).equals(papers)


def test_r_reads_it_back(tmp_path) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("Rscript is not installed; the grammar of RFC 4180 is checked above")
    plain = [row for row in hostile_papers() if "\x00" not in row["title"]]  # R's texts cannot hold NUL
    found = snapshot_of(tmp_path / "1", plain)
    delimited.write(found)
    code = (
        "d <- read.csv(gzfile(commandArgs(TRUE)[1]), encoding = 'UTF-8', na.strings = '', colClasses = 'character');"
        "cat(nchar(d$title, 'bytes'), sep = '\\n')"
    )
    told = subprocess.run(["Rscript", "-e", code, found.folder / NAME], capture_output=True, text=True, check=True)
    titles = pl.read_csv(found.folder / NAME, infer_schema=False)["title"]
    assert [int(one) for one in told.stdout.split()] == titles.str.len_bytes().to_list()


@pytest.fixture(scope="module")
def written():
    """From texts to their fields."""
    column = next(facts for facts in column_facts(TABLES["papers"]) if facts.name == "title")
    with duckdb.connect() as connection:

        def fields(texts: list[str | None]) -> list[str | None]:
            table = pl.DataFrame({"title": texts}, schema={"title": pl.String}).with_row_index()
            connection.register("texts", table.to_arrow())
            found = connection.execute(f"SELECT {cell(column)} FROM texts ORDER BY index").fetchall()
            return [value for (value,) in found]

        yield fields


ODD = st.text(st.sampled_from("=+-@|%'\"\t\r\n ,\u200b\u3000\uff1d\uff40a1\x00\x1f\ufeff\u2028"), max_size=6)


@settings(max_examples=40)
@given(texts=st.lists(st.none() | ODD | st.text(max_size=20), min_size=1, max_size=20))
@example(texts=["", "'", "''", "'=", None, "\n", "=", " ", "a"])
def test_it_is_a_bijection_and_no_formula(written, texts) -> None:
    for text, field in zip(texts, written(texts), strict=True):
        if text is None:
            assert field is None
            continue
        ((inside,),) = grammar(field + "\r\n")
        assert inside
        assert decoded(inside) == text
        assert not FORMULA.match(inside)


@pytest.mark.parametrize("text", ["a=b", "2-3", "x'", "mail@x", "(=1)", "[-1]", "π = 3", "\u00a0text", "5 %"])
def test_what_is_no_formula_stays(written, text) -> None:
    assert written([text]) == [f'"{text}"']
