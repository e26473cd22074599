"""Alignment: the words that letters stand for, and how surely."""

import polars as pl
import pytest

from assets.enrich.terms.alignment import align


def aligned(short: str, long: str, *, whole: bool = False) -> tuple[str | None, float | None]:
    (row,) = align(pl.DataFrame({"short": [short], "long": [long]}), whole=whole).to_dicts()
    return (None if row["start"] is None else long[row["start"] :], row["score"])


@pytest.mark.parametrize(
    ("short", "long", "found", "sure"),
    [
        pytest.param("LLM", "we train large language models", "large language models", True, id="initials"),
        pytest.param("QoS", "the quality of service", "quality of service", True, id="a small word counts"),
        pytest.param("FM", "the flow of moods", "flow of moods", True, id="a small word costs nothing"),
        pytest.param("P2P", "some peer-to-peer", "peer-to-peer", True, id="a digit that is spoken"),
        pytest.param("XAA", "explainable artificial agents", "explainable artificial agents", True, id="ex"),
        pytest.param("LoRA", "of low-rank adaptation", "low-rank adaptation", False, id="beginnings of words"),
        pytest.param("ARC", "Arc and Reasoning Corpus", "Arc and Reasoning Corpus", False, id="noun"),
        pytest.param("QED", "in quantum electrodynamics", "quantum electrodynamics", False, id="inside a word"),
        pytest.param("FAD", "Frêt Ânchor Đistance", None, False, id="a letter without a plain form"),
        pytest.param("XYZ", "large language models", None, False, id="other letters"),
    ],
)  # fmt: skip
def test_long_form(short: str, long: str, found: str | None, sure: bool) -> None:
    text, score = aligned(short, long)
    assert text == found
    assert ((score or 0) >= 0.98) == sure


def test_whole_begins_where_it_is_told() -> None:
    assert aligned("RAG", "retrieval-augmented generation", whole=True)[0] == "retrieval-augmented generation"
    assert aligned("RAG", "the retrieval-augmented generation", whole=True)[0] is None


def test_nothing_to_align() -> None:
    assert align(pl.DataFrame(schema={"short": pl.String, "long": pl.String}), whole=False).is_empty()


def test_each_pair_is_aligned_for_itself() -> None:
    pairs = [
        ("LLM", "large language models"),
        ("RL", "deep reinforcement learning"),
        ("GNN", "graph neural nets"),
        ("AB", "x"),
    ]
    together = align(pl.DataFrame(pairs, schema=["short", "long"], orient="row"), whole=False)
    for row, (short, long) in zip(together.to_dicts(), pairs, strict=True):
        alone = aligned(short, long)
        assert (None if row["start"] is None else long[row["start"] :], row["score"]) == alone
