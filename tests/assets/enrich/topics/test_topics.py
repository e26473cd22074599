import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.enrich.topics.space import fit, project
from assets.enrich.topics.topics import counted, find_topics, place, topic_count
from schemas.render import polars_schema
from schemas.topics import PaperTopics, Topics
from tests.assets.enrich.topics.themes import THEMES, papers


def with_vectors(rows: pl.DataFrame) -> pl.DataFrame:
    """Papers that have a vector, with it."""
    known, points = project(rows, fit(rows))
    return rows.filter(pl.Series(known)).with_columns(vector=pl.Series(points, dtype=pl.Array(pl.Float32, 128)))


def tables(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    told = with_vectors(rows)
    found = find_topics(told, told.height)
    placed = place(told.select("paper_id", "vector"), found)
    return counted(found, placed.lazy()), placed


@pytest.fixture(scope="module")
def made():
    return tables(papers(24))


def test_themes_are_topics(made) -> None:
    topics, placed = made
    assert topics.height == 3
    beside = placed.join(papers(24), on="paper_id")
    assert beside.group_by("topic_id").agg(pl.col("theme").n_unique())["theme"].to_list() == [1, 1, 1]
    for label, topic_id in topics.select("label", "topic_id").iter_rows():
        theme = beside.filter(pl.col("topic_id") == topic_id)["theme"][0]
        assert all(set(term.lower().split()) <= set(THEMES[theme]) for term in label.split(", "))


def test_tables_satisfy_their_models(made) -> None:
    topics, placed = made
    assert Topics.validate(topics.select(polars_schema(Topics).names()), lazy=True).height == 3
    assert PaperTopics.validate(placed.select(polars_schema(PaperTopics).names()), lazy=True).height == 24
    assert topics["paper_count"].to_list() == [8, 8, 8]
    assert topics["stability"].min() > 0.75
    assert topics["topic_id"].is_sorted()


def test_a_topic_keeps_its_id_while_its_label_has_the_same_terms(made) -> None:
    topics, _ = made
    again, _ = tables(papers(24).head(22))
    kept = again.join(topics, on="topic_id", how="semi")
    terms = {frozenset(label.lower().split(", ")) for label in topics["label"]}
    assert all(frozenset(label.lower().split(", ")) in terms for label in kept["label"])


def test_labels_of_equal_terms_have_ids_of_their_own() -> None:
    same = pl.concat([papers(1)] * 40).with_columns(paper_id=pl.format("p{}", pl.int_range(40).cast(pl.String)))
    topics, placed = tables(same.with_columns(vector=pl.lit(0)).drop("vector"))
    assert topics["topic_id"].n_unique() == topics.height
    assert placed.height in (0, 40)


@pytest.mark.parametrize("count", [0, 1, 9])
def test_too_few_papers_for_topics(count) -> None:
    topics, placed = tables(papers(count))
    assert topics.is_empty()
    assert placed.is_empty()
    assert topics.schema == polars_schema(Topics)


@pytest.mark.parametrize(("papers", "topics"), [(0, 1), (27, 4), (407, 14), (100_000, 200), (10**7, 200)])
def test_topic_count(papers, topics) -> None:
    assert topic_count(papers) == topics


@given(st.randoms(use_true_random=False))
@settings(max_examples=3)
def test_running_again_changes_nothing(chance) -> None:
    rows = papers(30, seed=5)
    order = list(range(30))
    chance.shuffle(order)
    assert tables(rows[order].sort("paper_id"))[0].equals(tables(rows)[0])


@given(st.randoms(use_true_random=False))
@settings(max_examples=3, deadline=None)
def test_which_ids_papers_have_changes_nothing(chance) -> None:
    rows = papers(30, seed=5)
    ids = rows["paper_id"].to_list()
    chance.shuffle(ids)
    renamed = dict(zip(rows["paper_id"], ids, strict=True))
    topics, placed = tables(rows)
    others, moved = tables(rows.with_columns(paper_id=pl.Series(ids)).sort("paper_id"))
    assert others.equals(topics)
    assert moved.equals(placed.with_columns(pl.col("paper_id").replace_strict(renamed)).sort("paper_id"))
