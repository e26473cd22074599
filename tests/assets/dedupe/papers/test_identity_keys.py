"""What a paper is known by from run to run."""

import polars as pl
import pytest

from assets.dedupe.papers.identity_keys import KINDS, identity_keys
from tests.frames import clean

LONG = "Counting Gulls from the Harbour"


def kinds_of(**row: object) -> list[str]:
    return identity_keys(clean({"id": "a", **row}))["kind"].to_list()


@pytest.mark.parametrize(
    ("row", "kinds"),
    [
        pytest.param({}, ["text", "listing"], id="title and abstract"),
        pytest.param({"abstract": None}, ["listing"], id="a title alone proves nothing"),
        pytest.param({"abstract": ""}, ["listing"], id="nor with an empty abstract"),
        pytest.param(
            {"doi": "10.1/a", "arxiv_id": "2401.00001", "pmid": "7"},
            ["arxiv", "doi", "pmid", "text", "listing"],
            id="identifiers first",
        ),
        pytest.param(
            {"title": LONG, "abstract": None, "authors": ["A. Lee"], "year": 2020}, ["work", "listing"], id="a work"
        ),
        pytest.param(
            {"title": LONG, "abstract": None, "authors": ["A. Lee"], "year": 2020, "dblp_key": "x/y"},
            ["dblp", "listing"],
            id="an identifier is stronger than the work",
        ),
        pytest.param({"title": LONG, "abstract": None, "authors": ["A. Lee"]}, ["listing"], id="no year"),
        pytest.param({"title": LONG, "abstract": None, "year": 2020}, ["listing"], id="no author"),
        pytest.param({"title": LONG, "abstract": None, "authors": [" "], "year": 2020}, ["listing"], id="blank author"),
        pytest.param(
            {"title": "Introduction", "abstract": None, "authors": ["A. Lee"], "year": 2020},
            ["listing"],
            id="a title that says nothing",
        ),
    ],
)
def test_kinds(row: dict[str, object], kinds: list[str]) -> None:
    assert kinds_of(**row) == kinds


def test_every_kind_is_in_its_key() -> None:
    keys = identity_keys(clean({"id": "a", "doi": "10.1/a"}, {"id": "b", "abstract": None}))
    assert keys.filter(~pl.col("key").str.starts_with(pl.col("kind").cast(pl.String) + ":")).is_empty()
    assert set(KINDS) >= set(keys["kind"])


def test_a_work_is_the_same_however_its_given_names_are_written() -> None:
    names = [["Ann Lee", "Bo"], ["A. LEE"], ["Lee"]]
    rows = clean(
        *({"id": str(n), "title": LONG, "abstract": None, "authors": one, "year": 2020} for n, one in enumerate(names))
    )
    assert identity_keys(rows).filter(pl.col("kind") == "work")["key"].n_unique() == 1


def test_title_and_abstract_are_told_apart() -> None:
    rows = clean({"id": "a", "title": "A", "abstract": "b c"}, {"id": "b", "title": "A b", "abstract": "c"})
    assert identity_keys(rows).filter(pl.col("kind") == "text")["key"].n_unique() == 2


def test_no_records() -> None:
    assert identity_keys(clean({"id": "a"}).clear()).is_empty()
