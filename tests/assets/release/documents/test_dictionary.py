import re
from pathlib import Path

import pytest

from assets.release.store import read_manifest
from schemas.catalog import TABLES
from schemas.render import column_facts, definition_of
from schemas.vocabulary import RecordType
from tests.assets.release.documents.conftest import Release


def load(folder: Path) -> str:
    return (folder / "dictionary.md").read_text("utf-8")


def section(text: str, heading: str) -> str:
    return re.split(r"\n##? ", text.split(f"\n## {heading}\n")[1], maxsplit=1)[0]


def test_every_column_of_every_table_is_described(release_folder: Path) -> None:
    text = load(release_folder)
    for name in read_manifest(release_folder).tables:
        told = section(text, name)
        assert TABLES[name].__doc__ in told
        for facts in column_facts(TABLES[name]):
            assert f"| `{facts.name}` " in told
            assert facts.description.replace("|", "\\|") in told


def row(text: str, table: str, column: str) -> list[str]:
    line = next(line for line in section(text, table).splitlines() if line.startswith(f"| `{column}` "))
    return [cell.strip() for cell in line.strip("|").split(" | ")]


@pytest.mark.parametrize(
    ("column", "share"),
    [
        ("title", "100 %"),
        ("abstract", "66.7 %"),
        ("authors", "66.7 %"),
        ("year", "66.7 %"),
        ("doi", "0 %"),
        ("flags", "33.3 %"),
    ],
)
def test_it_says_how_much_is_filled(release_folder: Path, column: str, share: str) -> None:
    assert row(load(release_folder), "papers", column)[3] == share


def test_it_says_how_many_rows_there_are(release_folder: Path) -> None:
    text = load(release_folder)
    assert "\nRows: 3.\n" in section(text, "papers")
    assert "\nRows: 0.\n" in section(text, "topics")
    assert row(text, "topics", "label")[3] == ""


def test_vocabularies_in_use_are_defined(release_folder: Path) -> None:
    told = section(load(release_folder), "RecordType")
    assert all(f"| `{member}` " in told and definition_of(member) in told for member in RecordType)


def test_only_what_is_released_is_described(release_with: Release) -> None:
    text = load(release_with(tables="links"))
    assert "## links" in text
    assert "## LinkKind" in text
    assert "## papers" not in text
    assert "## RecordType" not in text
