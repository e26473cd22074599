"""From clean listings to decided pairs and groups."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.dedupe.linkage import Linkage, link
from assets.dedupe.records import of_listings
from schemas.matches import MatchPairs
from tests.frames import clean, listing_id


def linked(rows: pl.DataFrame) -> Linkage:
    return link(of_listings(rows.lazy()))


def pairs_of(rows: pl.DataFrame) -> pl.DataFrame:
    return linked(rows).compared.pairs


def groups_of(rows: pl.DataFrame) -> set[frozenset[str]]:
    grouped = linked(rows).groups.group_by("cluster").agg("listing_id")
    return {frozenset(members) for members in grouped["listing_id"].to_list()}


def named(*groups: str) -> set[frozenset[str]]:
    return {frozenset(listing_id(name) for name in group) for group in groups}


@pytest.mark.parametrize(
    ("one", "other", "decision", "reason"),
    [
        pytest.param({}, {}, "match", "same_title_and_abstract", id="equal texts"),
        pytest.param({"title": "A TITLE"}, {}, "match", "same_title_and_abstract", id="equal but for case"),
        pytest.param(
            {"arxiv_id": "2401.00001"},
            {"arxiv_id": "2401.00002"},
            "no_match",
            "id_conflict",
            id="equal, other arXiv ids",
        ),
        pytest.param({"doi": "10.1/a"}, {"doi": "10.1/b"}, "no_match", "id_conflict", id="equal, other DOIs"),
        pytest.param(
            {"arxiv_id": "2401.00001", "abstract": "First."},
            {"arxiv_id": "2401.00001", "abstract": "Second.", "title": "New"},
            "match",
            "same_arxiv_id",
            id="one arXiv id, rewritten text",
        ),
        pytest.param(
            {"doi": "10.1/a", "abstract": "First."},
            {"doi": "10.1/a", "abstract": "Second."},
            "match",
            "same_doi",
            id="one DOI, same title",
        ),
        pytest.param(
            {"doi": "10.1/a", "abstract": "First."},
            {"doi": "10.1/a", "abstract": "Second.", "title": "Other"},
            "unsure",
            "titles_differ",
            id="one DOI, nothing else in common",
        ),
        pytest.param(
            {"arxiv_id": "2401.00001", "doi": "10.1/a"},
            {"arxiv_id": "2401.00001", "doi": "10.1/b"},
            "match",
            "same_arxiv_id",
            id="one arXiv id, a DOI each: preprint and publication",
        ),
    ],
)
def test_decision_on_a_pair(one: dict[str, object], other: dict[str, object], decision: str, reason: str) -> None:
    pairs = pairs_of(clean({"id": "a", **one}, {"id": "b", **other}))
    assert pairs.select("decision", "reason").rows() == [(decision, reason)]
    MatchPairs.validate(pairs, lazy=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"abstract": None}, {"abstract": None}, id="equal titles without abstracts prove nothing"),
        pytest.param({"abstract": ""}, {"abstract": ""}, id="nor do empty ones"),
        pytest.param({"title": "Introduction"}, {"title": "Introduction", "abstract": "Other."}, id="generic title"),
        pytest.param(
            {"title": "A", "abstract": "b c"}, {"title": "A b", "abstract": "c"}, id="words across the border"
        ),
    ],
)
def test_pairs_that_are_no_match(one: dict[str, object], other: dict[str, object]) -> None:
    assert "match" not in pairs_of(clean({"id": "a", **one}, {"id": "b", **other}))["decision"]


def test_a_paper_in_many_dumps_is_one_group() -> None:
    assert len(groups_of(clean(*({"id": str(number)} for number in range(120))))) == 1


def test_a_listing_without_an_id_does_not_chain_two_papers() -> None:
    rows = clean(
        {"id": "a", "arxiv_id": "2401.00001"},
        {"id": "b"},
        {"id": "c", "arxiv_id": "2401.00002"},
        {"id": "d", "arxiv_id": "2401.00002", "abstract": "Second version."},
    )
    a, c, d = (listing_id(name) for name in "acd")
    (with_a,) = (group for group in groups_of(rows) if a in group)
    assert not with_a & {c, d}
    assert any({c, d} <= group for group in groups_of(rows))


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.sampled_from([None, "2401.00001", "2401.00002"])), min_size=1, max_size=12
    ),
    st.randoms(use_true_random=False),
)
def test_groups_do_not_depend_on_the_order(texts: list[tuple[int, str | None]], random: object) -> None:
    rows = clean(*({"id": str(n), "title": f"T{t}", "arxiv_id": a} for n, (t, a) in enumerate(texts)))
    shuffled = rows.sample(fraction=1, shuffle=True, seed=random.randrange(2**32))
    assert pairs_of(rows).equals(pairs_of(shuffled))
    assert linked(rows).groups.equals(linked(shuffled).groups)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from([None, "2401.00001", "2401.00002"])), max_size=12))
def test_no_group_holds_two_ids_of_a_kind(texts: list[tuple[int, str | None]]) -> None:
    rows = clean(*({"id": str(n), "title": f"T{t}", "arxiv_id": a} for n, (t, a) in enumerate(texts)))
    grouped = linked(rows).groups.join(rows, on="listing_id").group_by("cluster")
    assert grouped.agg(pl.col("arxiv_id").drop_nulls().n_unique())["arxiv_id"].max() in (None, 0, 1)
