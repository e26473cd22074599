import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from assets.enrich.topics.sampling import sample, spread


def ids(count: int) -> pl.Series:
    return pl.Series("paper_id", [f"p{number:016x}" for number in range(count)])


@given(st.integers(0, 60), st.integers(0, 60), st.randoms(use_true_random=False))
def test_a_sample_does_not_depend_on_the_order(count, size, chance) -> None:
    shuffled = ids(count).to_list()
    chance.shuffle(shuffled)
    chosen = sample(ids(count), size, "a")
    assert sample(pl.Series("paper_id", shuffled, dtype=pl.String), size, "a").equals(chosen)
    assert len(chosen) == min(count, size)
    assert (chosen.name, chosen.is_sorted()) == ("paper_id", True)


def test_who_is_chosen_stays_chosen_when_others_go() -> None:
    before = set(sample(ids(100), 50, "a"))
    after = set(sample(ids(100).filter(pl.Series(range(100)) % 2 == 0), 50, "a"))
    assert before & set(ids(100).gather_every(2)) <= after


def test_numbers_are_even_and_salted() -> None:
    numbers = spread(ids(1000), "a")
    assert 0.4 < (numbers < 2**31).mean() < 0.6
    assert (numbers != spread(ids(1000), "b")).all()
