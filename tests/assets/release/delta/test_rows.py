"""Rows: whatever two tables hold, the first and what changed give the second, bit for bit."""

import math
from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.release.delta.apply import apply
from assets.release.delta.compare import FIELDS, columns_of, compare
from assets.release.delta.plan import Way
from assets.release.delta.rows import write_rows
from assets.release.delta.sides import Side, look
from assets.release.snapshot import working_connection
from schemas.catalog import TABLES
from schemas.render import column_facts
from tests import deltas
from tests.frames import table
from tests.releases import paper_id

NUMBERS = st.integers(1, 7)
TEXTS = st.one_of(
    st.none(),
    st.sampled_from(
        ["", "a", "A", "\x00", "NaN", "null", "'; --", "line\u2028end\r", "\u202eevil", "🧑‍🔬", "é", "é", "x" * 5000]
    ),
    st.text(max_size=5),
)
FLOATS = st.sampled_from(
    [None, 0.0, -0.0, math.nan, -math.nan, math.inf, -math.inf, 0.1, 5e-324, 1.7976931348623157e308]
)
LISTS = st.lists(TEXTS, max_size=3)
PAPERS = st.dictionaries(
    NUMBERS,
    st.fixed_dictionaries(
        {
            "title": TEXTS,
            "abstract": TEXTS,
            "authors": LISTS,
            "year": st.sampled_from([None, -(2**63), 0, 2**63 - 1]),
            "published_on": st.sampled_from([None, date(1, 1, 1), date(9999, 12, 31)]),
        }
    ),
)
VECTORS = st.dictionaries(NUMBERS, st.tuples(FLOATS, FLOATS))
NEIGHBORS = st.dictionaries(st.tuples(NUMBERS, NUMBERS), FLOATS)


def frames(papers, vectors, neighbors) -> dict[str, pl.DataFrame]:
    return {
        "papers": table("papers", [{"paper_id": paper_id(number), **row} for number, row in papers.items()]),
        "paper_vectors": table(
            "paper_vectors",
            [{"paper_id": paper_id(number), "vector": [*pair] * 64} for number, pair in vectors.items()],
        ),
        "neighbors": table(
            "neighbors",
            [
                {"paper_id": paper_id(one), "rank": rank, "neighbor_id": "", "similarity": value}
                for (one, rank), value in neighbors.items()
            ],
        ),
    }


DATA = st.builds(frames, PAPERS, VECTORS, NEIGHBORS)


@settings(max_examples=5)
@given(before=DATA, after=DATA)
def test_base_and_rows_give_the_next_table(tmp_path_factory, before, after) -> None:
    follow(tmp_path_factory, before, after)


@pytest.mark.slow
@settings(max_examples=40)
@given(before=DATA, after=DATA)
def test_base_and_rows_give_the_next_table_of_many(tmp_path_factory, before, after) -> None:
    follow(tmp_path_factory, before, after)


def test_rows_that_a_join_gives_in_another_order_are_sorted(tmp_path_factory) -> None:
    """Of seven rows five changed, so that the join goes through those first."""
    before, after = (
        {number: (None, 0.0 if number in some else None) for number in range(1, 8)} for some in ((5, 7), (3, 4, 6))
    )
    follow(tmp_path_factory, frames({}, before, {}), frames({}, after, {}))


def follow(tmp_path_factory, before, after) -> None:
    """Makes the second release from the first and the rows of a delta; raises where a byte differs."""
    home = tmp_path_factory.mktemp("home")
    drafts = [deltas.draft(home, number, tables) for number, tables in enumerate((before, after), 1)]
    old, new = (Side.of(draft.folder, draft.manifest()) for draft in drafts)
    with working_connection(home) as connection:
        for name in before:
            plan, columns = look(connection, name, old, new)
            if columns is None:
                assert old.files[name].sha256 == new.files[name].sha256
                continue
            written = write_rows(connection, name, new.paths[name], columns, plan, home)
            assert (plan.added, plan.removed) == keys(name, before, after)
            apply(connection, name, replace(plan, way=Way.ROWS), drafts[0].folder, home, home / f"{name}.parquet")
            for part in written:
                (home / part).unlink()


def keys(name: str, before, after) -> tuple[int, int]:
    """How many keys only the later and only the earlier has."""
    key = ["paper_id", "rank"] if name == "neighbors" else ["paper_id"]
    old, new = (set(tables[name].select(key).rows()) for tables in (before, after))
    return len(new - old), len(old - new)


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        (0.0, -0.0, 1),
        (math.nan, math.nan, 0),
        (math.nan, None, 1),
        (None, None, 0),
        (None, 0.0, 1),
        (0.1, 0.1, 0),
        (0.1, 0.1 + 2**-56, 1),
    ],
)
@pytest.mark.parametrize("kind", ["scalar", "list"])
def test_numbers_are_equal_when_their_bits_are(tmp_path, before, after, changed, kind) -> None:
    if kind == "list" and after == 0.1 + 2**-56:
        after = 0.2  # a vector holds single precision
    files = []
    for place, value in enumerate((before, after)):
        row = {"paper_id": "p"} | ({"vector": [value] * 128} if kind == "list" else {"rank": 1, "similarity": value})
        files.append(tmp_path / f"{place}.parquet")
        table("paper_vectors" if kind == "list" else "neighbors", [row]).write_parquet(files[-1])
    with working_connection(tmp_path) as connection:
        columns = columns_of(connection, *files, ["paper_id"])
        assert compare(connection, *files, columns).changed == changed


def test_ranges_of_keys_give_what_all_at_once_gives(tmp_path, monkeypatch) -> None:
    rows = [(number, rank) for number in range(1, 40) for rank in range(1, 5)]
    first = {key: 0.5 for key in rows if key[0] % 7}
    second = {key: 0.5 + (key[0] % 5 == 0) for key in rows if key[0] % 6}
    files = []
    for place, neighbors in enumerate((first, second)):
        files.append(tmp_path / f"{place}.parquet")
        frames({}, {}, neighbors)["neighbors"].write_parquet(files[-1])
    found = []
    for at_once in (3, 10, 1000):
        monkeypatch.setattr("assets.release.delta.compare.MOST_ROWS", at_once)
        with working_connection(tmp_path) as connection:
            found.append(compare(connection, *files, columns_of(connection, *files, ["paper_id", "rank"])))
    assert found[0] == found[1] == found[2]
    common = first.keys() & second.keys()
    assert found[0].changed == sum(first[key] != second[key] for key in common)
    assert (found[0].added, found[0].removed) == (len(second.keys() - common), len(first.keys() - common))


@pytest.mark.parametrize("name", TABLES)
def test_no_table_has_a_column_that_deltas_need_for_themselves(name) -> None:
    assert FIELDS not in {facts.name for facts in column_facts(TABLES[name])}
