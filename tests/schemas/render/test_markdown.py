import subprocess
import sys
from pathlib import Path

import pytest

from schemas.catalog import TABLES
from schemas.render import column_facts, markdown_dictionary, vocabulary_definitions
from schemas.render.markdown import Measured, aligned_table

ROOT = Path(__file__).resolve().parents[3]


def test_the_dictionary_in_docs_is_in_step() -> None:
    page = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    assert page == markdown_dictionary(TABLES), "run: python -m schemas.render > docs/tables.md"


def test_the_command_prints_the_dictionary() -> None:
    printed = subprocess.run([sys.executable, "-m", "schemas.render"], cwd=ROOT, capture_output=True, check=True)
    assert printed.stdout.decode("utf-8") == markdown_dictionary(TABLES)


def test_every_column_and_every_definition_is_on_the_page() -> None:
    page = markdown_dictionary(TABLES)
    for model in TABLES.values():
        for facts in column_facts(model):
            assert f"| `{facts.name}`" in page
            assert facts.description in page
            if facts.vocabulary:
                assert f"\n## {facts.vocabulary.__name__}\n" in page
                assert all(meaning in page for meaning in vocabulary_definitions()[facts.vocabulary.__name__].values())


def test_links_lead_to_a_heading_of_the_page() -> None:
    page = markdown_dictionary(TABLES)
    anchors = {line[3:].lower().replace(".", "") for line in page.splitlines() if line.startswith("## ")}
    for part in page.split("](#")[1:]:
        assert part.split(")")[0] in anchors


def test_tables_line_up_but_for_the_last_column() -> None:
    table = aligned_table(("a", "bb"), [("long name", "x|y"), ("s", "some prose")])
    assert table == "| a         | bb |\n| --------- | -- |\n| long name | x\\|y |\n| s         | some prose |\n"


@pytest.mark.parametrize(
    ("filled", "share"),
    [(0, "0 %"), (1, "< 0.1 %"), (200, "2.0 %"), (9_999, "> 99.9 %"), (10_000, "100 %")],
)
def test_what_was_counted_is_told(filled: int, share: str) -> None:
    columns = dict.fromkeys((one.name for one in column_facts(TABLES["ledger"])), filled)
    page = markdown_dictionary({"ledger": TABLES["ledger"]}, "# Counted\n", {"ledger": Measured(10_000, columns)})
    assert page.startswith("# Counted\n")
    assert "\nRows: 10,000.\n" in page
    cells = [line.split(" | ") for line in page.splitlines() if line.startswith("| `rows_in`")]
    assert [row[3].strip() for row in cells] == [share]
