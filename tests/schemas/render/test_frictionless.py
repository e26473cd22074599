import json
import re

import polars as pl
import pytest

from schemas.base import Table, column
from schemas.catalog import TABLES, metadata
from schemas.fields import PAPER_ID
from schemas.render import column_facts
from schemas.render.frictionless import frictionless_type, table_schema
from schemas.vocabulary import Role


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_a_schema(name: str) -> None:
    told = table_schema(TABLES[name], {other: f"{other}.parquet" for other in TABLES})
    assert [field["name"] for field in told["fields"]] == [one.name for one in column_facts(TABLES[name])]
    assert tuple(told["primaryKey"]) == metadata(TABLES[name])["primary_key"]
    wanted = metadata(TABLES[name])["foreign_keys"]
    assert {key["fields"][0]: key["reference"]["resource"] for key in told.get("foreignKeys", [])} == {
        one: f"{target.partition('.')[0]}.parquet" for one, target in wanted.items()
    }
    assert json.loads(json.dumps(told)) == told


class Examples(Table):
    """One example."""

    id: str = column("Its name.", unique=True, str_matches=PAPER_ID)
    url: str = column("A link.", str_matches="^https?://", nullable=True)
    role: str = column("A role.", isin=list(Role))
    share: float = column("A share.", in_range={"min_value": 0, "max_value": 1})
    count: int = column("A count.", gt=0, le=9, nullable=True)
    beginning: str = column("A text.", str_startswith="a.b", nullable=True)


def constraints(name: str) -> dict[str, object]:
    fields = {field["name"]: field for field in table_schema(Examples, {})["fields"]}
    found: dict[str, object] = fields[name].get("constraints", {})
    return found


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("id", {"required": True, "unique": True, "pattern": "p[0-9a-f]{16}"}),
        ("url", {"pattern": "https?://.*"}),
        ("role", {"required": True, "enum": ["feed", "reference"]}),
        ("share", {"required": True, "minimum": 0, "maximum": 1}),
        ("count", {"exclusiveMinimum": 0, "maximum": 9}),
        ("beginning", {"pattern": r"a\.b.*"}),
    ],
)
def test_checks_become_constraints(name: str, told: dict[str, object]) -> None:
    assert constraints(name) == told


def test_a_pattern_holds_for_the_whole_text() -> None:
    assert re.fullmatch(str(constraints("url")["pattern"]), "https://example.org/a")
    assert not re.fullmatch(str(constraints("id")["pattern"]), "p0123456789abcdef0")


def test_an_unknown_type_is_named() -> None:
    with pytest.raises(TypeError, match="Struct"):
        frictionless_type(pl.Struct({"a": pl.String}))
