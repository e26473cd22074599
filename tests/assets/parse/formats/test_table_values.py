import json

import polars as pl
import pytest

from assets.parse.formats.table_columns import assign
from assets.parse.formats.table_values import state


def stated(separator: str | None = None, **values: str | None) -> dict[str, object]:
    """What a table of one row states; a space in a name is written as two underscores."""
    named = {name.replace("__", " "): [value] for name, value in values.items()}
    table = pl.DataFrame(named, schema=dict.fromkeys(named, pl.String))
    found = {name: column[0] for name, column in state(table, assign(list(named)), separator).items()}
    lists = {name: value.to_list() if isinstance(value, pl.Series) else value for name, value in found.items()}
    return {name: value for name, value in lists.items() if value not in (None, [])}


def rest(**values: str | None) -> dict[str, str]:
    return dict(json.loads(str(stated(**values)["source_fields"])))


def test_the_most_telling_column_is_stated_and_the_others_are_kept() -> None:
    found = stated(title="Gulls", Date="2020-05-17", year="2020", journal="Tides", venue="Harbour")
    assert (found["published_raw"], found["venue"]) == ("2020-05-17", "Tides")
    assert json.loads(str(found["source_fields"])) == {"year": "2020", "venue": "Harbour"}


def test_a_date_without_a_year_leaves_the_place_to_one_with_it() -> None:
    found = stated(title="Gulls", date="in press", year="2020")
    assert found["published_raw"] == "2020"
    assert json.loads(str(found["source_fields"])) == {"date": "in press"}


def test_first_and_last_page_become_pages() -> None:
    assert stated(title="Gulls", start_page="12", end_page="19") == {
        "title_raw": "Gulls",
        "pages": "12-19",
        "source_fields": "{}",
    }
    assert stated(title="Gulls", start_page="e12", end_page=None)["pages"] == "e12"
    assert rest(title="Gulls", start_page=None, end_page="19") == {"end_page": "19"}


@pytest.mark.parametrize(
    ("raw", "subjects"),
    [
        ("cs.CL stat.ML", ["cs.CL", "stat.ML"]),
        ("gulls; *tides (spring, neap); ropes", ["gulls", "*tides (spring, neap)", "ropes"]),
        ("gulls, tides (spring, neap), ropes", ["gulls", "tides (spring, neap)", "ropes"]),
        ("['gulls', 'tides, ropes']", ["gulls", "tides, ropes"]),
        ("old gulls", ["old gulls"]),
    ],
)
def test_subjects_are_cut_where_it_is_certain(raw: str, subjects: list[str]) -> None:
    assert stated(title="Gulls", keywords=raw)["categories"] == subjects


def test_links_are_split_and_what_is_none_is_kept() -> None:
    found = stated(
        title="Gulls", url="https://a.example/x; http://b.example", ee="db/gulls.html", pdf_url="https://a.example/x"
    )
    assert found["urls"] == ["https://a.example/x", "http://b.example"]
    assert json.loads(str(found["source_fields"])) == {"ee": "db/gulls.html"}


@pytest.mark.parametrize(
    ("values", "column", "identifier"),
    [
        ({"url": "http://arxiv.org/abs/1706.03762v1"}, "arxiv_raw", "http://arxiv.org/abs/1706.03762v1"),
        ({"url": "https://doi.org/10.5555/a.b(1)"}, "doi_raw", "https://doi.org/10.5555/a.b(1)"),
        ({"url": "https://aclanthology.org/P19-1001.pdf"}, "acl_raw", "https://aclanthology.org/P19-1001"),
        ({"link": "https://openreview.net/forum?id=rJl-b3RcF7"}, "openreview_raw", "https://openreview.net/forum?id=rJl-b3RcF7"),
        ({"Extra": "Place: Harbour PMID: 123 PMCID: PMC4"}, "pmid_raw", "123"),
        ({"extra": "arXiv:1706.03762 [cs]"}, "arxiv_raw", "1706.03762"),
        ({"key": "conf/tide/Ann20"}, "dblp_raw", "conf/tide/Ann20"),
        ({"url": "https://doi.org/10.5555/b", "doi": "10.5555/a"}, "doi_raw", "10.5555/a"),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_links_notes_and_keys_state_identifiers(values: dict[str, str], column: str, identifier: str) -> None:
    assert stated(title="Gulls", **values)[column] == identifier


def test_accounts_and_paths_are_left_out_and_all_else_is_kept_verbatim() -> None:
    kept = rest(
        title="Gulls",
        submitter="Ann",
        file__attachments="/home/ann/gulls.pdf",
        note='=1+1 "x"\n',
        blank=" ",
        other=None,
    )
    assert kept == {"note": '=1+1 "x"\n'}
