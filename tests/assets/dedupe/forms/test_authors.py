"""Authors: names of any order and abbreviation share words, keys or stems."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.dedupe.forms.authors import MOST_WORDS, author_forms
from tests.assets.dedupe.references import TEXTS


def forms_of(*lists: list[str | None] | None) -> pl.DataFrame:
    return author_forms(pl.Series("authors", lists, dtype=pl.List(pl.String)))


def form_of(names: list[str | None] | None) -> dict[str, object]:
    return forms_of(names).row(0, named=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Ada Brandt", "Brandt, Ada", id="order"),
        pytest.param("Ada Brandt", "A. Brandt", id="an initial"),
        pytest.param("Ada Brandt", "Brandt A", id="an initial behind"),
        pytest.param("Ada Carla Brandt", "Brandt AC", id="glued initials"),
        pytest.param("Łucja Gómez", "Lucja Gomez", id="accents"),
        pytest.param("Ada van Brandt", "A. Brandt", id="a particle left out"),
        pytest.param("Ada Brandt-Ekholm", "A. Ekholm", id="half a double name"),
        pytest.param("O'Brandt, Ada", "Ada O\u2019Brandt", id="an apostrophe"),
        pytest.param("Ada Brandt Jr.", "A. Brandt", id="a suffix"),
    ],
)
def test_one_person_shares_a_key(one: str, other: str) -> None:
    assert set(form_of([one])["author_keys"]) & set(form_of([other])["author_keys"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Ada Brandt", "Carla Brandt", id="another given name"),
        pytest.param("A. Brandt", "C. Brandt", id="another initial"),
        pytest.param("Ada Brandt", "Ada Ekholm", id="another family name"),
    ],
)
def test_two_people_share_none(one: str, other: str) -> None:
    assert not set(form_of([one])["author_keys"]) & set(form_of([other])["author_keys"])


@pytest.mark.parametrize(
    ("names", "words"),
    [
        pytest.param(["Ada Brandt", "Bo Brandt"], ["ada", "bo", "brandt"], id="distinct and sorted"),
        pytest.param(["A. Brandt"], ["brandt"], id="without initials"),
        pytest.param(["Ada Brandt", "et al."], ["ada", "brandt"], id="without et al"),
        pytest.param(["BRANDT JA"], ["brandt", "ja"], id="capitals throughout tell no initials"),
        pytest.param(["\u674e \u660e"], ["\u660e", "\u674e"], id="names of one letter in a script that has them"),
        pytest.param(["Brandt JA"], ["brandt"], id="capitals behind a name do"),
        pytest.param([None, "", "  ", "Ada Brandt"], ["ada", "brandt"], id="without what is no name"),
        pytest.param([], [], id="none"),
        pytest.param(None, [], id="missing"),
        pytest.param(["and", "X", "?"], [], id="nothing that is a name"),
    ],
)
def test_words(names: list[str | None] | None, words: list[str]) -> None:
    form = form_of(names)
    assert form["author_words"] == words
    assert form["author_text"] == " ".join(words)


@pytest.mark.parametrize(
    ("names", "count", "given"),
    [
        pytest.param(["Ada Brandt", "Bo Ekholm"], 2, True, id="given names"),
        pytest.param(["A. Brandt", "B. Ekholm"], 2, False, id="initials"),
        pytest.param(["Ada Brandt", "B. Ekholm"], 2, False, id="half of them"),
        pytest.param(["Ada Brandt", "Bo Ekholm", "C. Castell"], 3, True, id="most of them"),
        pytest.param(["Ada Brandt", "et al."], 1, True, id="others are no person"),
        pytest.param([], 0, False, id="none"),
    ],
)
def test_people(names: list[str | None], count: int, given: bool) -> None:
    form = form_of(names)
    assert (form["author_count"], form["has_given_names"]) == (count, given)


def test_the_first_author_is_the_first_who_has_a_name() -> None:
    assert form_of(["?", "Ekholm, Bo", "Ada Brandt"])["author_first"] == ["bo", "ekholm"]


def test_stems_survive_a_misread_end() -> None:
    assert form_of(["Lindqvist"])["author_stems"] == form_of(["Lindquist"])["author_stems"] == ["lind"]


def test_a_list_in_one_name_has_words_and_no_keys() -> None:
    few, many = (form_of([" ".join(f"name{n}" for n in range(count))]) for count in (MOST_WORDS, MOST_WORDS + 1))
    assert len(few["author_keys"]) == MOST_WORDS  # every other name begins with n
    assert (many["author_keys"], len(many["author_words"])) == ([], MOST_WORDS + 1)


@pytest.mark.parametrize(
    "names",
    [
        pytest.param([" ".join(f"name{n}" for n in range(10_000))], id="a name of ten thousand words"),
        pytest.param([f"Ada Name{n}" for n in range(50_000)], id="fifty thousand names"),
        pytest.param(["a" * 100_000], id="a name of a hundred thousand letters"),
    ],
)
def test_lists_of_any_size_stay_in_proportion(names: list[str | None]) -> None:
    form = form_of(names)
    words = sum(len(str(name).split()) for name in names)
    assert len(form["author_words"]) <= words
    assert len(form["author_keys"]) <= MOST_WORDS * words


@given(lists=st.lists(st.none() | st.lists(st.none() | st.sampled_from(["Ada Brandt", "B. Li"]) | TEXTS, max_size=4)))
@settings(max_examples=8, deadline=None)
def test_a_form_depends_on_its_list_alone(lists: list[list[str | None] | None]) -> None:
    together = forms_of(*lists)
    assert together.height == len(lists)
    assert together.equals(pl.concat([forms_of(), *(forms_of(one) for one in lists)]))
    assert together.null_count().sum_horizontal().item() == 0


@given(names=st.lists(st.sampled_from(["Ada Brandt", "B. Li", "Ekholm, Bo"]) | TEXTS, max_size=5), data=st.data())
@settings(max_examples=8, deadline=None)
def test_only_the_first_depends_on_the_order_of_names(names: list[str | None], data: st.DataObject) -> None:
    again = data.draw(st.permutations(names))
    assert forms_of(names).drop("author_first").equals(forms_of(again).drop("author_first"))
