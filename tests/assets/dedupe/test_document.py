"""The page on record linkage: in step with the rules, complete, and its links lead somewhere."""

import re
from functools import cache
from pathlib import Path

import pytest

from assets.dedupe import decide, document_pairs, document_papers
from assets.dedupe.document import linkage_page
from assets.dedupe.document_example import RECORDS
from assets.dedupe.papers import survive
from assets.dedupe.papers.identity_keys import KINDS
from assets.dedupe.weights import PRIOR, WEIGHTS
from schemas.match_vocabulary import BlockingKind, CutReason, Decision, Relation, SurvivalRule

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "linkage.md"


@cache
def made() -> str:
    return linkage_page()


def first_cells(title: str) -> list[str]:
    """What stands in the first column of the tables of a section, without marks of code."""
    section = re.search(rf"^(#+) {title}\n(.*?)(?=^#{{1,3}} |\Z)", made(), re.MULTILINE | re.DOTALL)
    assert section
    rows = re.findall(r"^\| ([^|]*?) +\|", section.group(2), re.MULTILINE)
    return [cell.strip("`") for cell in rows]


def test_page_is_in_step() -> None:
    assert PAGE.read_text(encoding="utf-8") == made(), "python -m assets.dedupe.document > docs/linkage.md"


@pytest.mark.parametrize(
    ("title", "names"),
    [
        pytest.param("Candidates", BlockingKind, id="blocking keys"),
        *(pytest.param(f"{field}_agreement", degrees, id=field) for field, degrees in WEIGHTS.items()),
        pytest.param("Decision", Decision, id="decisions"),
        pytest.param("Decision", {rule.reason for rule in (*decide.RULES, *decide.WEIGHED)}, id="reasons"),
        pytest.param("Groups", CutReason, id="cuts"),
        pytest.param("Values", SurvivalRule, id="survival"),
        pytest.param("Values", map(str, {*survive.PRECEDENCE.values(), survive.PRECEDENCE_OF_OTHERS}), id="ranks"),
        pytest.param("Values", Relation, id="relations"),
        pytest.param("Identity", KINDS, id="identity keys"),
    ],
)
def test_page_names_everything(title, names) -> None:
    assert set(names) <= set(first_cells(title))


@pytest.mark.parametrize("rule", [*decide.RULES, *decide.WEIGHED], ids=lambda rule: rule.summary[:40])
def test_every_rule_says_when_it_applies(rule: decide.Rule) -> None:
    assert rule.summary.endswith(".")
    assert f"| `{rule.decision}`" in made()
    assert rule.summary in made()


def test_rules_are_numbered_in_the_order_in_which_they_are_tried() -> None:
    numbers = [int(cell) for cell in first_cells("Decision") if cell.isdecimal()]
    assert numbers == list(range(1, len(decide.RULES) + len(decide.WEIGHED) + 1))


def test_nothing_is_explained_that_is_not_there() -> None:
    assert set(document_pairs.SURVIVES) == set(BlockingKind)
    assert set(document_pairs.NOTES) <= set(WEIGHTS)
    assert set(document_papers.WITNESSES) == {*survive.PRECEDENCE.values(), survive.PRECEDENCE_OF_OTHERS}
    assert set(document_papers.IDENTITY_KEYS) == set(KINDS)


def test_the_bits_of_the_example_add_up() -> None:
    example = made().split("### An example")[1].split("## Decision")[0]
    rows = re.findall(r"^\| (?:before|`\w+_agreement`).*? \| ([+-]?[\d.]+) ", example, re.MULTILINE)
    bits = [float(number) for number in rows]
    total = re.search(r"\*\*evidence\*\* +\| \*\*([+-][\d.]+)\*\*", example)
    assert total
    assert len(bits) == len(WEIGHTS) + 1
    assert bits[0] == PRIOR
    assert sum(bits) == float(total.group(1))
    assert all(record["title"] in example for record in RECORDS)


def test_what_the_page_leads_to_exists() -> None:
    page = made()
    assert all((ROOT / "docs" / name).exists() for name in re.findall(r"\]\(([\w./-]+)\)", page))
    scripts = re.findall(r"python -m (tests\.bench\.\w+)", page)
    assert scripts
    assert all((ROOT / f"{name.replace('.', '/')}.py").exists() for name in scripts)
    headings = {heading.lower() for heading in re.findall(r"^## (.*)$", page, re.MULTILINE)}
    assert set(re.findall(r"\]\(#(\w+)\)", page)) <= headings


def test_lines_are_set_to_the_width_of_the_house() -> None:
    long = [line for line in made().splitlines() if len(line) > 120 and not line.startswith("|")]
    assert not long
