"""Near-duplicates: which texts are grouped, and that nothing but the texts decides it."""

import numpy as np
import polars as pl
import pytest

from assets.dedupe.signatures import by_numpy, near, shingles
from assets.dedupe.signatures.near import near_duplicates

WORDS = [f"{start}{end}" for start in "bcdfglmnprst" for end in ("an", "ero", "ilis", "ova", "urant", "ystem")]


def made(rng: np.random.Generator, length: int) -> list[str]:
    return list(rng.choice(WORDS, length))


def changed(rng: np.random.Generator, words: list[str], edits: int) -> list[str]:
    """A copy in which words were replaced, left out or put in."""
    copy = list(words)
    for _ in range(edits):
        place = int(rng.integers(len(copy)))
        copy[place : place + int(rng.integers(2))] = made(rng, int(rng.integers(2)))
    return copy


def grouped(texts: list[str | None]) -> list[set[int]]:
    """Groups of more than one, as rows of the texts."""
    frame = near_duplicates(pl.Series([f"{i:05}" for i in range(len(texts))]), pl.Series(texts, dtype=pl.String))
    assert frame["listing_id"].to_list() == [f"{i:05}" for i in range(len(texts))]
    groups = frame.group_by("cluster").agg("listing_id").filter(pl.col("listing_id").list.len() > 1)
    assert (groups["cluster"] == groups["listing_id"].list.min()).all()
    return sorted(({int(name) for name in names} for names in groups["listing_id"]), key=min)


@pytest.mark.parametrize("edits", range(7))
def test_changed_words_do_not_hide_a_copy(edits: int) -> None:
    rng = np.random.default_rng(edits)
    originals = [made(rng, 150) for _ in range(60)]
    copies = [changed(rng, words, edits) for words in originals]
    assert grouped([" ".join(words) for words in originals + copies]) == [{i, i + 60} for i in range(60)]


@pytest.mark.parametrize(
    ("texts", "groups"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([None, "", " ", None], [], id="no text"),
        pytest.param(["one two", "one two"], [], id="two words prove nothing"),
        pytest.param(["one two three", "one two three", "one  two\tthree"], [{0, 1, 2}], id="three words"),
        pytest.param(["a b c d e f", "a b c d e f g h", "a b c d e f g h i j k l m n o"], [{0, 1}], id="a part"),
    ],
)
def test_edges(texts: list[str | None], groups: list[set[int]]) -> None:
    assert grouped(texts) == groups


def test_one_sentence_in_common_joins_nothing() -> None:
    rng = np.random.default_rng(2)
    notice = ["all", "rights", "are", "reserved", "by", "the", "society", "of", "harbour", "pilots"]
    assert grouped([" ".join(made(rng, 60) + notice) for _ in range(400)]) == []


@pytest.mark.parametrize("cap", [2, 10])
def test_a_large_block_is_joined_by_neighbors(monkeypatch: pytest.MonkeyPatch, cap: int) -> None:
    monkeypatch.setattr(near, "BLOCK_CAP", cap)
    rng = np.random.default_rng(4)
    one, other = made(rng, 120), made(rng, 120)
    texts = [" ".join(changed(rng, words, 3)) for words in [one] * 150 + [other] * 150]
    assert grouped(texts) == [set(range(150)), set(range(150, 300))]


def test_equal_texts_cost_a_comparison_each(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def counting(texts: pl.Series, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        compared.append(len(left))
        return shingle_overlap(texts, left, right)

    shingle_overlap = near.shingle_overlap
    monkeypatch.setattr(near, "shingle_overlap", counting)
    assert grouped(["the same text for every record"] * 2_000 + [""] * 2_000) == [set(range(2_000))]
    assert sum(compared) == 2_000


def test_neither_order_nor_threads_nor_batches_show(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    originals = [made(rng, int(rng.integers(3, 60))) for _ in range(80)]
    texts = [" ".join(changed(rng, originals[i % 80], i % 9)) for i in range(320)]
    ids = [f"{number:06}" for number in rng.permutation(320)]
    once = near_duplicates(pl.Series(ids), pl.Series(texts))
    monkeypatch.setattr(shingles, "BATCH_BYTES", 900)
    for threads in (1, 2, 5):
        monkeypatch.setattr(pl, "thread_pool_size", lambda threads=threads: threads)
        order = rng.permutation(320)
        assert near_duplicates(pl.Series(ids).gather(order), pl.Series(texts).gather(order)).equals(once)


def test_without_numba_the_groups_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(6)
    originals = [made(rng, 80) for _ in range(50)]
    texts = pl.Series([" ".join(changed(rng, originals[i % 50], i % 12)) for i in range(200)])
    ids = pl.Series([f"{i:03}" for i in range(200)])
    once = near_duplicates(ids, texts)
    monkeypatch.setattr(shingles, "kernels", lambda _size: by_numpy)
    assert near_duplicates(ids, texts).equals(once)


def test_an_identifier_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="identifier of its own"):
        near_duplicates(pl.Series(["a", "a"]), pl.Series(["one two three", "four"]))
