"""The matrix as people read it."""

from assets.enrich.coverage.matrix import FIELDS
from assets.enrich.coverage.queries import COVERAGE_MATRIX
from assets.publish.warehouse import open_private
from tests.frames import dump_id, table


def row(dump: str, field: str, parsed: int, count: int) -> dict[str, object]:
    numbers = dict.fromkeys(("not_parsed_count", "ambiguous_count", "conflict_count"), 0)
    return {
        "dump_id": dump_id(dump),
        "field": field,
        "listing_count": count,
        "stated_count": parsed,
        "parsed_count": parsed,
        "share": parsed / count,
        **numbers,
    }


def test_the_percentage_of_each_field_by_format() -> None:
    told = [row("a", "doi", 1, 1), row("a", "venue", 0, 1), row("b", "doi", 1, 7), row("b", "venue", 4, 7)]
    counted = table("coverage", [*told, row("c", "doi", 1, 3)])
    dumps = table(
        "dumps",
        [
            {"dump_id": dump_id("a"), "format": "ris", "role": "feed"},
            {"dump_id": dump_id("b"), "format": "ris", "role": "feed"},
            {"dump_id": dump_id("c"), "format": "ris", "role": "reference"},
        ],
    )
    with open_private() as connection:
        connection.execute("CREATE SCHEMA audit")
        for name, frame in {"audit.coverage": counted, "dumps": dumps}.items():
            connection.register("given", frame.to_arrow())
            connection.execute(f"CREATE TABLE {name} AS FROM given")
            connection.unregister("given")
        connection.execute(f"CREATE VIEW matrix AS {COVERAGE_MATRIX[1]}")
        answer = connection.execute("FROM matrix")
        columns = [column[0] for column in answer.description or []]
        rows = [dict(zip(columns, one, strict=True)) for one in answer.fetchall()]
    assert columns == ["format", "role", "listing_count", *FIELDS]
    shown = [(one["role"], one["listing_count"], one["doi"], one["venue"], one["pmid"]) for one in rows]
    assert shown == [("feed", 8, 25.0, 50.0, None), ("reference", 3, 33.3, None, None)]
