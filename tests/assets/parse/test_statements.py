from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.parse.privacy import REMOVED
from assets.parse.reader import STATEMENT_SCHEMA, statements
from assets.parse.statements import GIVEN_LATER, read_statements
from schemas.listings import Listings
from schemas.render import polars_schema


def read(**columns: object) -> dict[str, object]:
    """The one listing of a record that states these columns."""
    row = {"position": 1, "byte_start": 0, "byte_end": 9, **columns}
    return read_statements(statements({name: [value] for name, value in row.items()})).row(0, named=True)


def validated(read: pl.DataFrame) -> pl.DataFrame:
    """The rows as they will stand in `listings`."""
    ids = pl.int_range(pl.len()).cast(pl.String)
    full = read.with_columns(listing_id=ids.str.zfill(32), dump_id=pl.lit("0" * 64))
    return Listings.validate(full.select(polars_schema(Listings).names()))


def test_the_columns_are_those_of_listings_in_their_order() -> None:
    frame = read_statements(statements({"position": [], "byte_start": []}))
    expected = {name: dtype for name, dtype in polars_schema(Listings).items() if name not in GIVEN_LATER}
    assert list(frame.schema.items()) == list(expected.items())


@pytest.mark.parametrize(
    ("place", "locator"),
    [({"byte_start": 10, "byte_end": 25}, "10-25"), ({"byte_start": None, "byte_end": None, "row": 7}, "row 7")],
)
def test_the_locator_finds_the_record(place: dict[str, int | None], locator: str) -> None:
    assert read(**place)["locator"] == locator


def test_the_source_s_own_words_stay() -> None:
    words = " ann@b.cd\x00\u202e \n"
    shown = read(title_raw=words, abstract_raw=words, page_date_raw=words, type_raw=words, source_key=words)
    assert {shown[name] for name in ("title_raw", "abstract_raw", "page_date_raw", "type_raw", "source_key")} == {words}


def test_addresses_go_from_authors_and_other_fields() -> None:
    shown = read(authors_raw="Ann <ann@b.cd>", authors=["Ann Lee <ann@b.cd>"], source_fields='{"note":"ann@b.cd"}')
    assert shown["authors_raw"] == f"Ann <{REMOVED}>"
    assert shown["authors"] == ["Ann Lee"]
    assert shown["source_fields"] == f'{{"note":"{REMOVED}"}}'


def test_values_show_no_control_characters() -> None:
    shown = read(
        venue=" Harbour\n  Studies\x00 ",
        volume="\u202e7",
        issue=" ",
        pages="1\u20135",
        categories=["cs.CL\x07", "", "x"],
    )
    assert [shown[name] for name in ("venue", "volume", "issue", "pages")] == ["Harbour Studies", "7", None, "1\u20135"]
    assert shown["categories"] == ["cs.CL", "x"]


def test_only_links_that_a_browser_may_open_stay() -> None:
    good = ["https://a.example/x", "HTTP://B.example", "www.c.example", "ftp://d.example/f"]
    bad = ["javascript:alert(1)", "data:text/html,x", "mailto:ann@b.cd", "c.example", "", "https://", "file:///etc/x"]
    assert read(urls=[*bad, *good, *bad])["urls"] == good


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("12", 12),
        ("12.0", 12),
        (" 0 ", 0),
        ("+3", 3),
        ("-1", None),
        ("NaN", None),
        ("1e400", None),
        ("9" * 40, None),
        ("1.5", None),
        ("", None),
        (None, None),
    ],
)
def test_votes_are_whole_and_not_negative(raw: str | None, number: int | None) -> None:
    shown = read(votes_raw=raw, comments_raw=raw)
    assert (shown["votes"], shown["comment_count"]) == (number, number)


def test_an_update_is_stated_in_full_or_not_at_all() -> None:
    assert read(updated_raw="2020-05-17", published_raw="May 2020")["updated_on"] == date(2020, 5, 17)
    shown = read(updated_raw="2020-05", published_raw="May 2020")
    assert shown["updated_on"] is None
    assert (shown["published_on"], shown["published_precision"]) == (date(2020, 5, 1), "month")


_TEXT = st.text().map(lambda text: text.encode(errors="replace").decode())
_OPTIONAL = st.none() | _TEXT
_TEXTS = [name for name, dtype in STATEMENT_SCHEMA.items() if dtype == pl.String and name != "defect"]
_LISTS = [name for name, dtype in STATEMENT_SCHEMA.items() if dtype == pl.List(pl.String)]
_ROW = st.fixed_dictionaries(dict.fromkeys(_TEXTS, _OPTIONAL) | {name: st.lists(_OPTIONAL) for name in _LISTS})


@settings(max_examples=40, deadline=None)
@given(st.lists(_ROW, min_size=1, max_size=5))
def test_any_statements_become_valid_listings(rows: list[dict[str, object]]) -> None:
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    numbers = list(range(1, len(rows) + 1))
    shown = read_statements(statements({"position": numbers, "byte_start": numbers, "byte_end": numbers, **columns}))
    assert validated(shown)["title_raw"].to_list() == columns["title_raw"]
