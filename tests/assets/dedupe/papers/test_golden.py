"""The golden record: what becomes of the chosen values, and what joined the listings."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.dedupe.papers import disagreement, golden, survive
from schemas.papers import Papers
from tests.assets.dedupe.members import PAPER, members
from tests.frames import dump_id, listing_id


def several(rows: pl.DataFrame) -> pl.DataFrame:
    """The records as they are made where values must be chosen."""
    stated = survive.stated_values(rows)
    chosen = survive.choose(stated)
    papers = golden.papers_of_several(rows, chosen, disagreement.conflicts(disagreement.paper_values(stated, chosen)))
    Papers.validate(papers, lazy=True)
    return papers


def test_the_record_carries_every_field() -> None:
    rows = members(
        {
            "authors": ['Ann "A" Lee', "Bo\\b"],
            "year": 2024,
            "published_on": date(2024, 5, 1),
            "arxiv_id": "2405.00001",
            "position": 4,
            "page_date_raw": "May 2, 2024",
        },
        {"dump": "other", "position": 2, "page_date_raw": "2024-05-09"},
        {"dump": "other", "position": 9, "page_date_raw": "May 30", "year": 2023},
    )
    record = several(rows).row(0, named=True)
    assert record["authors"] == ['Ann "A" Lee', "Bo\\b"]
    assert (record["published_on"], record["arxiv_id"]) == (date(2024, 5, 1), "2405.00001")
    assert (record["listing_count"], record["dump_count"], record["best_position"]) == (3, 2, 2)
    assert (record["first_listed_on"], record["last_listed_on"]) == (date(2024, 5, 2), date(2024, 5, 9))
    assert record["conflict_count"] == 1


WORDS = st.one_of(st.none(), st.sampled_from(["10.1/a", "Sea & Tide", 'quoted "word"']))


@settings(max_examples=40, deadline=None)
@given(
    st.fixed_dictionaries(
        {
            "abstract": WORDS,
            "doi": WORDS,
            "venue": WORDS,
            "authors": st.lists(st.sampled_from(["Ann Lee", 'B "b" Ek', ""]), max_size=2),
            "categories": st.lists(st.sampled_from(["x", "y"]), max_size=2),
            "year": st.one_of(st.none(), st.integers(1500, 2200)),
            "published_on": st.one_of(st.none(), st.dates(date(1500, 1, 1), date(2200, 1, 1))),
            "published_precision": st.sampled_from([None, "year", "month", "day"]),
            "flags": st.lists(st.sampled_from(["math_loss"]), max_size=1),
            "page_date_raw": st.sampled_from([None, "Mar 14", "2024-03-14"]),
        }
    )
)
def test_one_listing_needs_no_choice(row: dict[str, object]) -> None:
    rows = members(row)
    papers = golden.papers_of_one(rows)
    Papers.validate(papers, lazy=True)
    assert papers.equals(several(rows))


def test_flags_are_those_of_the_listing_that_gave_the_abstract() -> None:
    rows = members({"abstract": "Long and damaged.", "flags": ["truncated_end"]}, {"abstract": "Whole."})
    assert several(rows).select("abstract", "flags").row(0) == ("Whole.", [])


def test_places() -> None:
    placed = members({"id": "a", "dump": "x", "format": "ris"}, {"id": "b", "paper": "p" + "0" * 16}, texts=False)
    assert placed.select("paper_id", "listing_id", "dump_id", "format", "member_count").rows() == [
        ("p" + "0" * 16, listing_id("b"), dump_id("dump"), "page_text", 1),
        (PAPER, listing_id("a"), dump_id("x"), "ris", 1),
    ]


def pair(names: str, reason: str, decision: str = "match") -> dict[str, str]:
    one, other = sorted(map(listing_id, names))
    return {"listing_a": one, "listing_b": other, "decision": decision, "reason": reason}


def judged(names: str, verdict: str) -> pl.DataFrame:
    return pl.DataFrame([pair(names, "")]).select("listing_a", "listing_b", verdict=pl.lit(verdict))


@pytest.mark.parametrize(
    ("pairs", "judgements", "expected"),
    [
        pytest.param([pair("ab", "same_doi")], [], {"a": "same_doi", "b": "same_doi"}, id="a match"),
        pytest.param(
            [pair("ab", "strong_evidence"), pair("ac", "same_arxiv_id")],
            [],
            {"a": "same_arxiv_id", "b": "strong_evidence", "c": "same_arxiv_id"},
            id="the strongest counts",
        ),
        pytest.param(
            [pair("ab", "same_doi")],
            [judged("ab", "same")],
            {"a": "judged_same", "b": "judged_same"},
            id="people first",
        ),
        pytest.param([pair("ad", "same_doi")], [], {"a": "unclear_evidence", "d": "only_listing"}, id="of two papers"),
        pytest.param(
            [pair("ab", "id_conflict", "no_match")], [judged("ab", "different")], {"a": "unclear_evidence"}, id="others"
        ),
    ],
)
def test_what_joined_a_listing(
    pairs: list[dict[str, str]], judgements: list[pl.DataFrame], expected: dict[str, str]
) -> None:
    placed = members(*({"id": name} for name in "abc"), {"id": "d", "paper": "p" + "1" * 16}, texts=False)
    verdicts = pl.concat([judged("ab", "same").clear(), *judgements])
    found = dict(golden.match_reasons(placed, pl.DataFrame(pairs), verdicts).iter_rows())
    assert found.items() >= {listing_id(name): reason for name, reason in expected.items()}.items()


def test_no_listings_make_no_papers() -> None:
    rows = members({"id": "a"}).clear()
    for papers in (several(rows), golden.papers_of_one(rows)):
        assert papers.is_empty()
        Papers.validate(papers, lazy=True)
