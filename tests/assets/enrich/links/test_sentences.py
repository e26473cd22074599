import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.enrich.links.sentences import split_sentences


def split(*texts: str) -> pl.DataFrame:
    return split_sentences(pl.DataFrame({"row": range(len(texts)), "title": ["Lamps"] * len(texts), "text": texts}))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("It shines. We sell it.", ["It shines. ", "We sell it."], id="stop"),
        pytest.param("Why? (See below.) End!", ["Why? ", "(See below.) ", "End!"], id="brackets"),
        pytest.param("It has 3.5 parts.", ["It has 3.5 parts."], id="number"),
        pytest.param("See lamp.org/A.txt for it.", ["See lamp.org/A.txt for it."], id="link"),
        pytest.param("Lamps, e.g. Torches, burn.", ["Lamps, e.g. Torches, burn."], id="abbreviation"),
        pytest.param("It shines.We sell it.", ["It shines.", "We sell it."], id="no space"),
        pytest.param("Built on v2.Core of it.", ["Built on v2.", "Core of it."], id="number without a space"),
        pytest.param("ADE20K.code is here.", ["ADE20K.code is here."], id="name"),
        pytest.param("A title\n\nA text", ["A title\n\n", "A text"], id="paragraph"),
        pytest.param("", [""], id="empty"),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert split(text)["sentence"].to_list() == sentences


@given(st.lists(st.text(st.sampled_from("aB.!? \n)é(3\u201d\ufdd0"), max_size=40), min_size=1, max_size=30))
def test_sentences_together_are_the_text(texts: list[str]) -> None:
    found = split(*texts).group_by("row", maintain_order=True).agg("start", "sentence")
    for text, starts, sentences in zip(texts, found["start"], found["sentence"], strict=True):
        assert "".join(sentences) == text.replace("\ufdd0", "\ufffd")
        for start, sentence in zip(starts, sentences, strict=True):
            assert text[start : start + len(sentence)].replace("\ufdd0", "\ufffd") == sentence
