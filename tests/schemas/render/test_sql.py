import duckdb
import polars as pl
import pytest

from schemas.base import Table, column
from schemas.catalog import TABLES, metadata
from schemas.fields import Moment, Texts
from schemas.render import arrow_schema, column_facts, dagster_columns, duckdb_ddl, polars_schema
from schemas.render.sql import sql_type

MODELS = [pytest.param(name, model, id=name) for name, model in TABLES.items()]


class Awkward(Table):
    """A row's text with a quote ' and a semicolon; -- and a comment."""

    class Config(Table.Config):
        metadata = {"schema": 'odd "schema"', "primary_key": ("order",), "foreign_keys": {}}  # noqa: RUF012 - as elsewhere

    order: int = column(
        "The reader's 'place' in line.", unit="metres", source="the queue; DROP TABLE papers", unique=True
    )
    texts: Texts = column("Texts.")
    at: Moment = column("When.", nullable=True)


@pytest.fixture
def database(tmp_path):
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{tmp_path / 'papers.duckdb'}' AS fresh")
        yield con


def create(con: duckdb.DuckDBPyConnection, name: str, model: type[Table], catalog: str | None) -> None:
    for statement in duckdb_ddl(name, model, catalog=catalog):
        con.execute(statement)


@pytest.mark.parametrize("catalog", [None, "fresh"])
@pytest.mark.parametrize(("name", "model"), MODELS)
def test_the_table_comes_back_as_it_was_declared(database, name, model, catalog) -> None:
    create(database, name, model, catalog)
    rows = database.execute(
        "SELECT column_name, data_type, is_nullable, comment FROM duckdb_columns() "
        "WHERE table_name = ? AND schema_name = ? AND database_name = ? ORDER BY column_index",
        [name, metadata(model)["schema"], catalog or "memory"],
    ).fetchall()
    assert rows == [(facts.name, sql_type(facts.dtype), facts.nullable, facts.comment) for facts in column_facts(model)]
    comments = database.execute("SELECT comment FROM duckdb_tables() WHERE table_name = ?", [name]).fetchall()
    assert comments == [(model.__doc__,)]
    keys = database.execute(
        "SELECT constraint_column_names FROM duckdb_constraints() "
        "WHERE table_name = ? AND constraint_type = 'PRIMARY KEY'",
        [name],
    ).fetchall()
    assert keys == [(list(metadata(model)["primary_key"]),)]


def test_all_tables_fit_in_one_database_twice_the_schema_is_no_error(database) -> None:
    for name, model in TABLES.items():
        create(database, name, model, "fresh")
    assert database.execute("SELECT count(*) FROM duckdb_tables()").fetchone() == (len(TABLES),)


@pytest.mark.parametrize(("name", "model"), MODELS)
def test_an_empty_frame_can_be_inserted(database, name, model) -> None:
    create(database, name, model, None)
    database.register("frame", polars_schema(model).to_frame().to_arrow().cast(arrow_schema(model)))
    database.execute(f'INSERT INTO "{metadata(model)["schema"]}"."{name}" FROM frame')


def test_quotes_in_names_and_texts_are_only_text(database) -> None:
    create(database, 'a "b"; c', Awkward, "fresh")
    comment = database.execute("SELECT comment FROM duckdb_columns() WHERE column_name = 'order'").fetchone()
    assert comment == ("The reader's 'place' in line. Unit: metres. Source: the queue; DROP TABLE papers.",)


def test_keys_and_emptiness_bite_in_the_database(database) -> None:
    create(database, "line", Awkward, "fresh")
    table = 'fresh."odd ""schema""".line'
    database.execute(f"INSERT INTO {table} VALUES (1, ['a'], NULL)")
    with pytest.raises(duckdb.ConstraintException):
        database.execute(f"INSERT INTO {table} VALUES (1, ['a'], NULL)")
    with pytest.raises(duckdb.ConstraintException):
        database.execute(f"INSERT INTO {table} VALUES (2, NULL, NULL)")


@pytest.mark.parametrize(
    ("dtype", "name"),
    [
        pytest.param(pl.String, "VARCHAR", id="class"),
        pytest.param(pl.String(), "VARCHAR", id="instance"),
        pytest.param(pl.List(pl.List(pl.Int64)), "BIGINT[][]", id="list of lists"),
        pytest.param(pl.Array(pl.Float32, 3), "FLOAT[3]", id="vector"),
        pytest.param(pl.Datetime("us", "UTC"), "TIMESTAMP WITH TIME ZONE", id="moment"),
        pytest.param(pl.Datetime("us"), "TIMESTAMP", id="wall clock"),
    ],
)
def test_sql_types(dtype, name) -> None:
    assert sql_type(dtype) == name


def test_an_unknown_type_is_an_error_not_a_guess() -> None:
    with pytest.raises(TypeError, match="Duration"):
        sql_type(pl.Duration("us"))


def test_columns_for_dagster_say_the_same() -> None:
    order, texts, at = dagster_columns(Awkward)
    assert (order.name, order.type, order.nullable, order.unique) == ("order", "BIGINT", False, True)
    assert order.description.endswith("Source: the queue; DROP TABLE papers.")
    assert (texts.type, at.nullable) == ("VARCHAR[]", True)
    title = next(column for column in dagster_columns(TABLES["clean_listings"]) if column.name == "title")
    assert "A title has at least one letter or digit." in title.constraints
    status = next(column for column in dagster_columns(TABLES["dumps"]) if column.name == "status")
    assert status.constraints == ["one of read, rejected"]
