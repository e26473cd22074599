import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from assets.enrich.topics.sampling import sample, spread, text_key, text_keys


def ids(count: int) -> pl.Series:
    return pl.Series("text_key", [f"{number:032x}" for number in range(count)], dtype=pl.String)


def chosen_of(keys: pl.Series, size: int) -> pl.Series:
    return sample(pl.DataFrame({"text_key": keys, "paper_id": keys.str.reverse()}), size, "a")["text_key"]


@given(st.integers(0, 60), st.integers(0, 60), st.randoms(use_true_random=False))
def test_a_sample_does_not_depend_on_the_order(count, size, chance) -> None:
    shuffled = ids(count).to_list()
    chance.shuffle(shuffled)
    chosen = chosen_of(ids(count), size)
    assert chosen_of(pl.Series(shuffled, dtype=pl.String), size).equals(chosen)
    assert len(chosen) == min(count, size)
    assert chosen.is_sorted()


def test_the_key_of_a_text_is_that_of_title_and_abstract() -> None:
    rows = [
        ("p1", "A tide", "of letters"),
        ("p2", "A tide", None),
        ("p3", "A tide", ""),
        ("p4", "A tide of", "letters"),
    ]
    papers = pl.DataFrame(rows, schema=["paper_id", "title", "abstract"], orient="row")
    keys = text_key(papers)
    assert keys.n_unique() == 3
    assert keys[1] == keys[2]
    assert text_keys(papers.lazy()).equals(papers.select("paper_id", keys))


def test_who_is_chosen_stays_chosen_when_others_go() -> None:
    before = set(chosen_of(ids(100), 50))
    after = set(chosen_of(ids(100).filter(pl.Series(range(100)) % 2 == 0), 50))
    assert before & set(ids(100).gather_every(2)) <= after


def test_numbers_are_even_and_salted() -> None:
    numbers = spread(ids(1000), "a")
    assert 0.4 < (numbers < 2**31).mean() < 0.6
    assert (numbers != spread(ids(1000), "b")).all()
