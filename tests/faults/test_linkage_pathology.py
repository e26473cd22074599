"""Record linkage against sets made to break it: a bounded number of pairs, and nothing merged without proof."""

import numpy as np
import polars as pl
import pytest

from assets.dedupe.groups.cluster import Clustering, cluster
from assets.dedupe.linkage import Compared, compare_records
from assets.dedupe.records import RECORD_SCHEMA
from schemas.match_vocabulary import Decision, MatchReason

COUNT = 100_000
SHUFFLED = np.random.default_rng(0).permutation(COUNT)
NO_JUDGEMENTS = pl.DataFrame(schema={"listing_a": pl.String, "listing_b": pl.String, "verdict": pl.String})

PAIRS_A_RECORD = 60
"""Candidate pairs that a record may bring on average, whatever the set."""


def ids(nodes: np.ndarray) -> pl.Series:
    return pl.Series(nodes).cast(pl.String).str.zfill(32)


def records(count: int, **columns: object) -> pl.DataFrame:
    """Records without any value but the given ones."""
    empty = {name: pl.lit(None, dtype=kind) for name, kind in RECORD_SCHEMA.items()}
    empty["authors"] = pl.lit([], dtype=pl.List(pl.String))
    given = {name: pl.lit(value) if isinstance(value, str) else value for name, value in columns.items()}
    numbered = pl.DataFrame({"listing_id": ids(np.arange(count)), "source": ["one"] * count})
    return numbered.with_columns(**{**empty, "listing_id": "listing_id", "source": "source", **given}).select(
        pl.col(name).cast(kind) for name, kind in RECORD_SCHEMA.items()
    )


def decided(
    left: np.ndarray,
    right: np.ndarray,
    decision: Decision = Decision.MATCH,
    *,
    reason: str = MatchReason.STRONG_EVIDENCE,
) -> pl.DataFrame:
    score = {Decision.MATCH: 0.97, Decision.NO_MATCH: 0.05, Decision.UNSURE: 0.5}[decision]
    return pl.DataFrame(
        {"listing_a": ids(np.minimum(left, right)), "listing_b": ids(np.maximum(left, right))}
    ).with_columns(decision=pl.lit(str(decision)), reason=pl.lit(str(reason)), score=pl.lit(score))


def sizes(found: Clustering) -> list[int]:
    """Sizes of the groups, the largest first."""
    return found.groups.group_by("cluster").len()["len"].sort(descending=True).to_list()


STAR = np.zeros(COUNT - 1, dtype=np.int64), np.arange(1, COUNT)
CHAIN = np.arange(COUNT - 1), np.arange(1, COUNT)
SHUFFLED_CHAIN = SHUFFLED[:-1], SHUFFLED[1:]
cliques = pytest.mark.parametrize("clique", [200, pytest.param(2_000, marks=pytest.mark.slow)])


@pytest.mark.parametrize("edges", [STAR, CHAIN, SHUFFLED_CHAIN], ids=["star", "chain", "shuffled chain"])
def test_a_giant_component_of_likenesses_is_taken_apart_and_told(edges: tuple[np.ndarray, np.ndarray]) -> None:
    found = cluster(records(COUNT), decided(*edges), NO_JUDGEMENTS)
    assert sizes(found)[0] <= 3
    assert found.cuts["reason"].unique().to_list() == ["size_cap"]
    assert found.cuts.height == COUNT - 1 - (COUNT - len(sizes(found)))


@pytest.mark.parametrize("edges", [STAR, CHAIN, SHUFFLED_CHAIN], ids=["star", "chain", "shuffled chain"])
def test_a_giant_component_of_equal_texts_is_one_paper(edges: tuple[np.ndarray, np.ndarray]) -> None:
    pairs = decided(*edges, reason=MatchReason.SAME_TITLE_AND_ABSTRACT)
    found = cluster(records(COUNT), pairs, NO_JUDGEMENTS)
    assert sizes(found) == [COUNT]
    assert found.cuts.is_empty()


@pytest.mark.parametrize("edges", [STAR, CHAIN], ids=["star", "chain"])
def test_every_record_its_own_identifier(edges: tuple[np.ndarray, np.ndarray]) -> None:
    rows = records(COUNT, arxiv_id=ids(np.arange(COUNT)))
    found = cluster(rows, decided(*edges), NO_JUDGEMENTS)
    assert sizes(found)[0] == 1
    assert found.cuts["reason"].value_counts().rows() == [("id_conflict", COUNT - 1)]


def test_one_record_without_identifier_amid_thousands_of_papers() -> None:
    owners = pl.Series([None, *range(1, COUNT)]).cast(pl.String)
    found = cluster(records(COUNT, arxiv_id=owners), decided(*STAR), NO_JUDGEMENTS)
    assert sizes(found)[:2] == [2, 1]


def test_a_star_whose_rays_are_different() -> None:
    ring = decided(np.arange(1, COUNT - 1), np.arange(2, COUNT), Decision.NO_MATCH)
    found = cluster(records(COUNT), pl.concat([decided(*STAR), ring]), NO_JUDGEMENTS)
    assert sizes(found)[0] <= 3


@cliques
def test_a_clique_is_one_paper_however_large(clique: int) -> None:
    found = cluster(records(clique), decided(*np.triu_indices(clique, 1)), NO_JUDGEMENTS)
    assert sizes(found) == [clique]


@cliques
@pytest.mark.parametrize("own", [False, True], ids=["two papers", "every record its own"])
def test_a_clique_with_conflicts(clique: int, *, own: bool) -> None:
    papers = clique if own else 2
    rows = records(clique, arxiv_id=pl.Series(np.arange(clique) % papers).cast(pl.String))
    found = cluster(rows, decided(*np.triu_indices(clique, 1)), NO_JUDGEMENTS)
    assert len(sizes(found)) == papers
    assert found.cuts["reason"].unique().to_list() == ["id_conflict"]


def test_unsure_pairs_join_nothing() -> None:
    found = cluster(records(COUNT), decided(*CHAIN, Decision.UNSURE), NO_JUDGEMENTS)
    assert sizes(found)[0] == 1
    assert found.cuts.is_empty()


@cliques
def test_two_databases_where_everything_matches(clique: int) -> None:
    half = clique // 2
    left, right = np.divmod(np.arange(half * half), half)
    rows = records(clique).with_columns(source=pl.Series(np.arange(clique) < half).cast(pl.String))
    found = cluster(rows, decided(left, right + half), NO_JUDGEMENTS, one_to_one=True)
    assert sizes(found) == [1] * clique, "any pairing is as good as any other"
    assert set(found.cuts["reason"]) == {"ambiguous", "same_source"}


def judged_by_rules(rows: pl.DataFrame) -> tuple[Compared, Clustering]:
    compared = compare_records(rows)
    assert compared.pairs.height <= PAIRS_A_RECORD * rows.height
    return compared, cluster(rows, compared.pairs, NO_JUDGEMENTS)


def made_up(words: int, seed: int) -> pl.Series:
    """Texts of words that never were, no two of them alike."""
    letters = np.random.default_rng(seed).integers(ord("a"), ord("z") + 1, size=(COUNT, words, 9), dtype=np.uint32)
    letters[:, :, 8] = ord(" ")
    return pl.Series(
        letters.reshape(COUNT, -1).view(f"U{9 * words}").ravel().astype(object), dtype=pl.String
    ).str.strip_chars()


def people() -> pl.Series:
    """One author each, no two of one name."""
    return made_up(2, seed=1).str.to_titlecase().reshape((COUNT, 1)).arr.to_list()


INTRODUCTION = {"title": "Introduction", "title_search": "introduction"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "columns",
    [
        pytest.param(INTRODUCTION, id="one title and nothing else"),
        pytest.param({**INTRODUCTION, "year": 2001, "venue": "Harbour Studies"}, id="one title, year and venue"),
        pytest.param({}, id="nothing at all"),
        pytest.param(
            {"title": "", "title_search": "", "abstract": "", "abstract_search": "", "venue": ""}, id="empty fields"
        ),
    ],
)
def test_what_says_nothing_merges_nothing(columns: dict[str, object]) -> None:
    fields = {name: pl.lit(value) for name, value in columns.items()}
    _, found = judged_by_rules(records(COUNT, **fields))
    assert sizes(found)[0] == 1


@pytest.mark.slow
def test_one_title_and_authors_of_their_own_are_different_papers() -> None:
    _, found = judged_by_rules(records(COUNT, **INTRODUCTION, authors=people()))
    assert sizes(found)[0] == 1


@pytest.mark.slow
def test_one_abstract_under_titles_of_their_own_is_no_proof() -> None:
    abstract = "the abstract of this article is not available in the database of the publisher at present"
    titles = "notes on " + made_up(3, seed=2)
    rows = records(
        COUNT, title=titles, title_search=titles, abstract=abstract, abstract_search=abstract, authors=people()
    )
    _, found = judged_by_rules(rows)
    assert sizes(found)[0] == 1


@pytest.mark.slow
def test_one_giant_block_of_titles_that_begin_alike() -> None:
    titles = "a report on the state of the harbour and its boats in the year of the great flood by " + made_up(
        2, seed=2
    )
    _, found = judged_by_rules(records(COUNT, title=titles, title_search=titles, year=2001, authors=people()))
    assert sizes(found)[0] == 1


@pytest.mark.slow
def test_one_paper_listed_thousands_of_times_is_one_paper() -> None:
    count = 3_000
    text = "we count the gulls of one harbour through a winter and compare them with the gulls of another harbour"
    rows = records(
        count,
        title="Counting the Gulls of Two Harbours",
        title_search="counting the gulls of two harbours",
        abstract=text,
        abstract_search=text,
        authors=pl.lit(["Ada Anker", "Bo Brandt"]),
        year=2001,
    )
    _, found = judged_by_rules(rows)
    assert sizes(found) == [count]
