"""Records: clean listings in the shape that is compared, and what a page and its source have in common."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.dedupe.records import ID_COLUMNS, KEY_DIGITS, RECORD_SCHEMA, of_listings, rendered_key, with_rendered
from assets.validate.restore.render import render
from tests.assets.dedupe.references import HOSTILE
from tests.frames import clean, dump_id, listing_id, table

SOURCE = (
    r"We count $\sim$1,400 gulls of \textbf{three} harbours, find $\alpha \geq 0.5$ in \emph{two} of them, and show "
    r"that 50\% of all bells in small rooms are rung by $\mathcal{G}$ulls."
)
LONG = "The gulls of three harbours were counted by night and by day in two winters, as were the bells. " * 2


def keys_of(*texts: str | None) -> list[str | None]:
    return rendered_key(pl.Series("abstract_raw", texts, dtype=pl.String)).to_list()


def shown(text: str) -> str:
    return str(pl.DataFrame({"text": [text]}).select(render(pl.col("text"))).item())


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(shown(SOURCE), id="as a page shows it"),
        pytest.param(SOURCE.replace(" ", "\n  "), id="broken into lines"),
        pytest.param(SOURCE.upper(), id="in capitals"),
        pytest.param(SOURCE.replace(",", "").replace(".", ". "), id="other marks"),
    ],
)
def test_one_abstract_has_one_key(other: str) -> None:
    first, second = keys_of(SOURCE, other)
    assert first is not None
    assert first == second


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(SOURCE.replace("1,400", "1,500"), id="another number"),
        pytest.param(f"{SOURCE} More.", id="a word more"),
    ],
)
def test_another_abstract_has_another(other: str) -> None:
    first, second = keys_of(SOURCE, other)
    assert None is not first != second


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(None, id="missing"),
        pytest.param("", id="empty"),
        pytest.param("Too short to tell.", id="short"),
        pytest.param("a" * 99, id="one letter too few"),
        pytest.param("\u6df1 " * 500, id="no letters that a page and a source must share"),
        pytest.param("$" * 500, id="signs alone"),
    ],
)
def test_short_texts_have_none(text: str | None) -> None:
    assert keys_of(text, LONG)[0] is None
    assert keys_of(LONG, text)[1] is None


def test_a_key_is_a_hash_that_stays() -> None:
    assert keys_of("a" * 100) == ["380853467729041ce36dd617ae1bd799"]
    assert len("380853467729041ce36dd617ae1bd799") == KEY_DIGITS


@given(texts=st.lists(st.none() | st.sampled_from([LONG, SOURCE, *HOSTILE]), max_size=6))
@settings(max_examples=8, deadline=None)
def test_a_key_depends_on_its_text_alone(texts: list[str | None]) -> None:
    assert keys_of(*texts) == [key for text in texts for key in keys_of(text)]


def test_records_of_listings() -> None:
    ids = dict.fromkeys(ID_COLUMNS, "7")
    rows = clean({"id": "b", "title": "Bells"}, {"id": "a", "dump": "other", "authors": ["Ada Anker"], **ids})
    records = of_listings(rows.lazy())
    assert records.schema == pl.Schema(RECORD_SCHEMA)
    assert records["listing_id"].to_list() == sorted([listing_id("a"), listing_id("b")])
    told = records.filter(listing_id=listing_id("a")).row(0, named=True)
    assert (told["source"], told["authors"], told["rendered"]) == (dump_id("other"), ["Ada Anker"], None)
    assert {name: told[name] for name in ID_COLUMNS} == ids


def test_no_listings() -> None:
    records = of_listings(clean().lazy())
    assert (records.height, records.schema) == (0, pl.Schema(RECORD_SCHEMA))
    assert with_rendered(records, table("listings", []).lazy()).schema == records.schema


def test_what_rendering_leaves_is_of_the_abstract_as_the_dump_has_it() -> None:
    records = of_listings(clean({"id": "a"}, {"id": "b"}, {"id": "c"}).lazy()).reverse()
    raw = {"a": SOURCE, "b": shown(SOURCE), "elsewhere": LONG}
    listings = table("listings", [{"listing_id": listing_id(name), "abstract_raw": text} for name, text in raw.items()])
    added = with_rendered(records, listings.lazy())
    assert added.drop("rendered").equals(records.drop("rendered"))
    keys = dict(added.select("listing_id", "rendered").rows())
    assert keys == {listing_id("a"): keys_of(SOURCE)[0], listing_id("b"): keys_of(SOURCE)[0], listing_id("c"): None}
