import numpy as np
import polars as pl
import pytest

from assets.enrich.topics.labels import TERMS, label_terms


def labelled(*topics: list[str]) -> list[list[str]]:
    """The terms of topics, given their texts."""
    texts = pl.Series([text for topic in topics for text in topic], dtype=pl.String)
    numbers = np.repeat(np.arange(len(topics)), [len(topic) for topic in topics])
    found = label_terms(texts, numbers)
    return [found.filter(pl.col("topic") == number)["term"].to_list() for number in range(len(topics))]


OTHER = ["A harbour at dusk.", "The harbour master.", "No harbour without a tide."]


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        pytest.param(["a copper kettle sings", "my copper kettle", "one copper kettle"], "copper kettle", id="phrase"),
        pytest.param(["kettles sing", "Two kettles", "a kettle boils"], "kettles", id="the spelling of most papers"),
        pytest.param(["KTL boils", "a KTL", "the KTL of tea"], "KTL", id="case of most papers"),
        pytest.param(["leaf-to-cup tea", "a leaf-to-cup", "some leaf-to-cup"], "leaf-to-cup", id="tied by hyphens"),
        pytest.param(["a pot of tea", "my pot of tea", "one pot of tea"], "pot of tea", id="of"),
        pytest.param(["kettle. Copper", "kettle. Copper", "kettle. Copper"], "Copper", id="a stop parts"),
        pytest.param(["we propose a kettle", "we propose a kettle"], "kettle", id="words of abstracts tell nothing"),
        pytest.param(["the keeper's kettle", "a keeper's kettle"], "keeper's kettle", id="possessive inside"),
        pytest.param(["naïve Bayes pots", "naïve Bayes cups"], "naïve Bayes", id="accents are shown"),
    ],
)
def test_first_term(texts, first) -> None:
    assert labelled(texts, OTHER)[0][0] == first


def test_what_is_in_all_topics_labels_none_first() -> None:
    kettles, harbours = labelled(["tea kettle", "tea kettle"], ["tea harbour", "tea harbour"])
    assert (kettles[0], harbours[0]) == ("tea kettle", "tea harbour")
    only_tea = labelled(["tea kettle pot", "tea kettle"], ["harbour tea", "tea tide"])
    assert only_tea[0][0] != "tea"


def test_no_word_is_in_two_terms() -> None:
    terms = labelled(["copper kettle lid and kettle spout", "copper kettle lid, kettle spout"], OTHER)[0]
    words = [word for term in terms for word in term.split()]
    assert len(words) == len(set(words))


def test_a_word_of_one_paper_is_no_term() -> None:
    assert labelled(["kettle", "spout"], OTHER) == [[], ["harbour"]]


def test_at_most_so_many_terms() -> None:
    text = ". ".join(f"kettle{letter}" for letter in "abcdefghijklmnop")
    assert len(labelled([text, text], OTHER)[0]) == TERMS


def test_the_order_of_the_texts_changes_nothing() -> None:
    texts = ["a copper kettle", "Copper kettles", "copper Kettle", *OTHER]
    topic = np.array([0, 0, 0, 1, 1, 1])
    straight = label_terms(pl.Series(texts), topic)
    assert label_terms(pl.Series(texts[::-1]), topic[::-1].copy()).equals(straight)
