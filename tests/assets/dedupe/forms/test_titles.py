"""Titles: what is taken off, what is read out of them, and what is not."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.dedupe.forms.titles import bare_title, title_forms
from assets.validate.search_form import search_forms
from tests.assets.dedupe.references import HOSTILE, TEXTS


def forms_of(*titles: str | None) -> pl.DataFrame:
    named = pl.Series("title", titles, dtype=pl.String)
    return title_forms(named, search_forms(named))


def form_of(title: str, name: str) -> object:
    return forms_of(title)[name].item()


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        pytest.param("Counting Gulls [Review]", "Counting Gulls", id="a review"),
        pytest.param("Counting Gulls [Review] [31 refs]", "Counting Gulls", id="two notes"),
        pytest.param("Counting Gulls (author's transl)", "Counting Gulls", id="a translation"),
        pytest.param("Counting Gulls (see comment)", "Counting Gulls", id="a comment"),
        pytest.param("Counting Gulls [abstract no. 12]", "Counting Gulls", id="an abstract"),
        pytest.param("Counting Gulls [Erratum appears in Sea. 2001;3(2):11]", "Counting Gulls", id="brackets within"),
        pytest.param("Counting Gulls [Erratum appears in Sea. 2001", "Counting Gulls", id="a bracket that stays open"),
        pytest.param("Counting Gulls [in German] Möwen", "Counting Gulls ", id="a language, and the original"),
        pytest.param("Gulls of <i>Larus</i> &amp; kin", "Gulls of Larus & kin", id="markup and an entity"),
        pytest.param("K<inf>Ca</inf>3.1", "KCa3.1", id="markup within a word"),
        pytest.param("Gulls &amp;amp; kin", "Gulls & kin", id="an entity escaped twice"),
        pytest.param("Gulls&#x2014;kin", "Gulls—kin", id="an entity in hexadecimal digits"),
    ],
)
def test_what_databases_add_is_taken_off(title: str, bare: str) -> None:
    assert bare_title(pl.Series([title])).to_list() == [bare]


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("Counting Gulls (in the North)", id="a bracket of the author's"),
        pytest.param("Reviews of gulls", id="the word outside brackets"),
        pytest.param("[Review]", id="nothing but a note"),
        pytest.param("<kernel> + <model>", id="nothing but what looks like markup"),
        pytest.param("German", id="a language outside brackets"),
        pytest.param("Gulls where x < y and z > y", id="signs that are no markup"),
        pytest.param("AT&T and gulls", id="an ampersand that is no entity"),
        pytest.param("Gulls &bogus; kin", id="an entity that there is none of"),
    ],
)
def test_what_authors_wrote_stays(title: str) -> None:
    assert bare_title(pl.Series([title])).to_list() == [title]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Counting Gulls", "COUNTING  gulls.", id="case, spaces, punctuation"),
        pytest.param("Gull-based nets", "Gullbased nets", id="a hyphen"),
        pytest.param("Naïve gulls", "Naive gulls", id="accents"),
        pytest.param("Counting Gulls [Review]", "Counting Gulls", id="a note"),
        pytest.param("H<sub>2</sub>O", "H2O", id="an index"),
    ],
)
def test_titles_that_are_equal(one: str, other: str) -> None:
    assert form_of(one, "title_key") == form_of(other, "title_key")


@pytest.mark.parametrize(
    ("title", "numbers"),
    [
        pytest.param("Gulls", "", id="none"),
        pytest.param("Gulls, part II", "2", id="roman"),
        pytest.param("Gulls, part two", "2", id="in a word after part"),
        pytest.param("Gulls, part 2", "2", id="in digits"),
        pytest.param("Gulls, part 002", "2", id="with zeros before"),
        pytest.param("Phase I of gulls", "1", id="a letter after phase"),
        pytest.param("I and the gulls", "", id="a letter elsewhere"),
        pytest.param("Two gulls", "", id="a word elsewhere"),
        pytest.param("12 gulls of 7 winters", "12 7", id="several"),
        pytest.param("7 winters, 12 gulls", "12 7", id="in another order"),
        pytest.param("Phase 0 of gulls", "0", id="zero is a number"),
        pytest.param("GullNet++", "++", id="a successor"),
    ],
)
def test_numbers(title: str, numbers: str) -> None:
    assert str(form_of(title, "title_numbers")).strip() == numbers


@pytest.mark.parametrize(
    ("title", "are_years"),
    [
        pytest.param("Gulls in 2008", True, id="a year"),
        pytest.param("Gulls 1998 to 2008", True, id="two years"),
        pytest.param("Gulls in 2008, part 2", False, id="a year and a part"),
        pytest.param("Gulls at 2500 metres", False, id="a number that is no year"),
        pytest.param("GullNet++ in 2008", False, id="a successor"),
        pytest.param("Gulls", False, id="no number"),
    ],
)
def test_numbers_that_are_years(title: str, are_years: bool) -> None:
    assert form_of(title, "numbers_are_years") is are_years


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        pytest.param("Erratum: Counting Gulls", "correction", id="an erratum"),
        pytest.param("Counting Gulls: Corrigendum", "correction", id="at the end"),
        pytest.param("Retracted: Counting Gulls", "correction", id="a retraction"),
        pytest.param("Correcting the count of gulls", None, id="no correction"),
        pytest.param("Reply to Anker", "reply", id="a reply"),
        pytest.param("Author's reply", "reply", id="an author's"),
        pytest.param("Response to Anker", "reply", id="a response"),
        pytest.param("Response of gulls", "reply", id="a response of"),
        pytest.param("Response rates of gulls", None, id="no reply"),
        pytest.param("Comment on Counting Gulls", "comment", id="a comment"),
        pytest.param("Editorial", "comment", id="an editorial"),
        pytest.param("Letters of gulls", None, id="no letter to an editor"),
        pytest.param("Book review of Gulls", "review", id="a review of a book"),
        pytest.param("A review of gulls", None, id="a survey"),
        pytest.param("Counting Gulls", None, id="a paper"),
    ],
)
def test_what_is_written_about_another_paper(title: str, kind: str | None) -> None:
    assert form_of(title, "title_kind") == kind


@pytest.mark.parametrize(
    ("title", "name"),
    [
        pytest.param("GullNet: Counting Birds", "gullnet", id="a name"),
        pytest.param("GULL-Net++: Counting Birds", "gullnet", id="folded"),
        pytest.param("Counting gulls: a survey", None, id="two words"),
        pytest.param("Introduction: gulls", None, id="a word of generic titles"),
        pytest.param("GullNet", None, id="no colon"),
        pytest.param("ab: gulls", None, id="too short for a name"),
    ],
)
def test_name_of_a_method(title: str, name: str | None) -> None:
    assert form_of(title, "title_name") == name


@pytest.mark.parametrize(
    ("title", "is_generic"),
    [
        pytest.param("Editorial", True, id="one word"),
        pytest.param("Introduction to the special issue, 12", True, id="with a number"),
        pytest.param("", True, id="nothing at all"),
        pytest.param("Introduction to gulls", False, id="a word that tells"),
    ],
)
def test_generic_titles(title: str, is_generic: bool) -> None:
    assert form_of(title, "is_generic") is is_generic


def test_words_that_tell() -> None:
    assert set(form_of("The gulls of gulls, 1997", "title_telling")) >= {"gulls"}
    assert not {"1997", "of", ""} & set(form_of("The gulls of gulls, 1997", "title_telling"))


@given(titles=st.lists(st.none() | TEXTS, max_size=6))
@settings(max_examples=8, deadline=None)
def test_a_form_depends_on_its_title_alone(titles: list[str | None]) -> None:
    told = pl.col("title_telling").list.sort()
    together = forms_of(*titles).with_columns(told)
    assert together.height == len(titles)
    alone = [forms_of(title).with_columns(told) for title in titles]
    assert together.equals(pl.concat([forms_of().with_columns(told), *alone]))
    assert together.drop("title_name", "title_kind").null_count().sum_horizontal().item() == 0


@pytest.mark.parametrize(
    "title", [pytest.param(text * (20_000 // max(len(text), 1)), id=repr(text[:12])) for text in HOSTILE]
)
def test_very_long_and_hostile_titles(title: str) -> None:
    assert forms_of(title).height == 1
