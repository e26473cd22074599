import pytest

from assets.parse.formats.table_columns import KNOWN, PERSONAL, assign, folded
from assets.parse.reader import Hints


@pytest.mark.parametrize("name", ["Publication Year", " publication_year", "PublicationYear", "PUBLICATION-YEAR\ufeff"])
def test_names_are_compared_by_their_letters(name: str) -> None:
    assert folded(name) == "publicationyear"


def test_no_name_states_two_things() -> None:
    names = [folded(name) for known in KNOWN.values() for name in known.split()]
    personal = {folded(name) for name in PERSONAL.split()}
    assert not personal & set(names)
    assert {name for name in names if names.count(name) > 1} == set()


def test_columns_state_what_they_are_called() -> None:
    columns = assign(
        ["Key", "Item Type", "Author", "Title", "Publication Title", "DOI", "Date", "Publication Year", "ISSN"]
    )
    assert columns.stating == {
        "title": ("Title",),
        "authors": ("Author",),
        "published": ("Date", "Publication Year"),
        "doi": ("DOI",),
        "source_key": ("Key",),
        "venue": ("Publication Title",),
        "type": ("Item Type",),
    }


def test_columns_without_a_name_or_with_one_twice_get_one_of_their_own() -> None:
    columns = assign(["", "title", "title", " ", "Title", "column 1"])
    assert columns.names == ("column 1", "title", "title (2)", "column 4", "Title", "column 1 (2)")
    assert columns.stating == {"title": ("title",)}


def test_the_manifest_comes_before_known_names() -> None:
    hints = Hints({"title": "Heading", "abstract": "no such", "doi_raw": "title"})
    assert assign(["title", "heading", "abstract"], hints).stating == {
        "title": ("heading",),
        "doi": ("title",),
        "abstract": ("abstract",),
    }


def test_accounts_and_addresses_are_personal() -> None:
    assert assign(["title", "Submitter", "E-Mail", "user_id"]).personal == {"Submitter", "E-Mail", "user_id"}
