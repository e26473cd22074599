import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.publish.search import (
    LONGEST_TERM,
    MOST_POSTINGS,
    SEARCH_MACRO,
    query_terms_sql,
    search_tables,
)
from schemas.catalog import TABLES, qualified
from schemas.render import duckdb_ddl, polars_schema
from schemas.search import SearchPostings, SearchTerms
from tests.frames import table

KETTLES = [
    ("Kettles That Learn", "We teach a kettle to whistle. The kettle learns quickly."),
    ("Whistling in the Dark", "A study of how people whistle in the dark, without any kettle."),
    ("Graphs of Tea Leaves", "Tea leaves form graphs. We read a query from the leaves with GPUs."),
    ("Fréchet Distances of Naïve Teapots", "Few-shot teapots, x² and l₂ norms; a Poincaré map."),
    ("A Paper Without an Abstract", None),
]


def papers(rows: list[tuple[str, str | None]]) -> pl.DataFrame:
    """Papers of the given titles and abstracts, as the warehouse holds them."""
    told = [
        {"paper_id": f"p{place:016x}", "title": title, "abstract": abstract}
        for place, (title, abstract) in enumerate(rows)
    ]
    return table(
        "papers",
        told,
        record_type="article",
        listing_count=1,
        reference_count=0,
        dump_count=1,
        best_position=1,
        conflict_count=0,
    )


def warehouse(found: pl.DataFrame) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    terms, postings = search_tables(found)
    for name, frame in {"papers": found, "search_terms": terms, "search_postings": postings}.items():
        for statement in duckdb_ddl(name, TABLES[name]):
            con.execute(statement)
        con.register("frame", frame.to_arrow())
        con.execute(f"INSERT INTO {qualified(name)} BY NAME FROM frame")
        con.unregister("frame")
    con.execute(SEARCH_MACRO)
    return con


def terms_of(text: str) -> list[str]:
    """The terms by which a paper of this title is found."""
    return search_tables(papers([(text, None)]))[0]["term"].to_list()


@pytest.fixture(scope="module")
def con():
    with warehouse(papers(KETTLES)) as connection:
        yield connection


def titles(con: duckdb.DuckDBPyConnection, query: str | None, results: int = 10) -> list[str]:
    found = con.execute("SELECT title FROM search(?, results := ?)", [query, results]).fetchall()
    return [title for (title,) in found]


def test_tables_satisfy_their_models() -> None:
    terms, postings = search_tables(papers(KETTLES))
    assert SearchTerms.validate(terms, lazy=True).height == terms.height
    assert SearchPostings.validate(postings, lazy=True).height == postings.height
    assert not postings.join(terms, on="term", how="anti").height


def test_scores_are_bm25() -> None:
    terms, postings = search_tables(papers([("Red kettle", "kettle boils"), ("Blue cup", "cup is blue")]))
    kettle = postings.row(by_predicate=(pl.col("term") == "kettle"), named=True)
    # In 1 of 2 papers: idf ln(1 + 1.5/1.5). Counted 3 + 1 times in 8 of 8 and 9 weighted words.
    length = 0.25 + 0.75 * 8 / 8.5
    assert terms.row(by_predicate=(pl.col("term") == "kettle"), named=True)["weight"] == 0.693147
    assert kettle["score"] == pytest.approx(0.693147 * 4 * 2.2 / (4 + 1.2 * length), abs=1e-6)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([], id="no papers"),
        pytest.param([("", None)], id="a paper without words"),
        pytest.param([("…", "---")], id="a paper of marks"),
    ],
)
def test_nothing_to_index(rows) -> None:
    terms, postings = search_tables(papers(rows))
    assert terms.schema == polars_schema(SearchTerms)
    assert postings.schema == polars_schema(SearchPostings)
    assert (terms.height, postings.height) == (0, 0)
    assert titles(warehouse(papers(rows)), "kettle") == []


def test_very_long_words_are_left_out() -> None:
    terms, _ = search_tables(papers([("a" * LONGEST_TERM, "b" * (LONGEST_TERM + 1))]))
    assert terms["term"].to_list() == ["a" * LONGEST_TERM]


def test_the_index_of_a_common_word_is_bounded() -> None:
    rows = [(f"the paper{place}", "the " * (place % 7)) for place in range(MOST_POSTINGS + 50)]
    terms, postings = search_tables(papers(rows))
    the = postings.filter(pl.col("term") == "the")
    assert the.height == MOST_POSTINGS
    assert the["score"].min() >= 0
    assert terms.filter(pl.col("term") == "the")["document_count"].to_list() == [MOST_POSTINGS + 50]
    rare = postings.filter(pl.col("term") == "paper10049")
    assert rare.height == 1


@given(st.permutations(range(len(KETTLES))))
@settings(max_examples=20, deadline=None)
def test_the_order_of_the_papers_changes_nothing(order) -> None:
    found = papers(KETTLES)
    for first, second in zip(search_tables(found), search_tables(found[list(order)]), strict=True):
        assert first.equals(second)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        pytest.param("kettle", "Kettles That Learn", id="title counts for more"),
        pytest.param("KETTLES", "Kettles That Learn", id="case and plural"),
        pytest.param("frechet", "Fréchet Distances of Naïve Teapots", id="accent in the paper"),
        pytest.param("Poincaré", "Fréchet Distances of Naïve Teapots", id="accent in both"),
        pytest.param("naïve", "Fréchet Distances of Naïve Teapots", id="diaeresis"),
        pytest.param("few shot", "Fréchet Distances of Naïve Teapots", id="hyphen in the paper"),
        pytest.param("few-shot", "Fréchet Distances of Naïve Teapots", id="hyphen in both"),
        pytest.param("gpu", "Graphs of Tea Leaves", id="plural in the paper"),
        pytest.param("queries", "Graphs of Tea Leaves", id="plural in the query"),
        pytest.param("kettle zzzunknown", "Kettles That Learn", id="unknown word is ignored"),
        pytest.param("  kettle,\n(kettle)  ", "Kettles That Learn", id="marks and spaces"),
    ],
)
def test_best_hit(con, query, first) -> None:
    assert titles(con, query)[0] == first


@pytest.mark.parametrize("query", ["", " ", "zzzunknown", "!?", None])
def test_no_hit(con, query) -> None:
    assert titles(con, query) == []


def test_columns_and_reasons(con) -> None:
    columns = [name for name, *_ in con.execute("DESCRIBE FROM search('kettle')").fetchall()]
    assert columns == ["paper_id", "score", "title", "year", "terms"]
    (terms,) = con.execute("SELECT terms FROM search('dark KETTLES unknown whistles whistle') LIMIT 1").fetchone()
    assert terms == ["dark", "kettle", "whistle"]


def test_no_more_than_asked_for(con) -> None:
    assert len(titles(con, "a the of kettle", results=2)) == 2
    assert titles(con, "a kettle", results=0) == []


def test_ties_are_in_order_of_the_identifier() -> None:
    with warehouse(papers([("Same words", "here"), ("Same words", "here"), ("Same words", "here")])) as con:
        ids = [paper for (paper,) in con.execute("SELECT paper_id FROM search('words')").fetchall()]
    assert ids == sorted(ids)
    assert len(ids) == 3


@pytest.mark.parametrize(
    "query",
    [
        "'; DROP TABLE victims; --",
        "%",
        "kettle' OR '1'='1",
        '"kettle" AND (SELECT 1)',
        "\\",
        "\\1 $1 ${1}",
        "[^",
        ".*",
        "\x00kettle",
        "é\x00kettle",
        "😀 kettle",
        "kettle " * 2000,
    ],
)
def test_a_query_is_only_text(con, query) -> None:
    before = con.execute("SELECT count(*) FROM papers").fetchone()
    found = con.execute("SELECT terms FROM search(?)", [query]).fetchall()
    assert all(terms and set(terms) <= set(terms_of(query)) for (terms,) in found)
    assert bool(found) == ("kettle" in query)
    literal = query.replace("'", "''")
    assert "\x00" in query or con.execute(f"SELECT terms FROM search('{literal}')").fetchall() == found
    assert con.execute("SELECT count(*) FROM papers").fetchone() == before


TERMS_SQL = query_terms_sql("?")
LETTERS = st.sampled_from("aesiuyxgELS 019'-_/.,;%()[]`\"\\$^~éèêëàâäñöüßçøåœæłñÉÑÖŁÅ²³₂⁻¹αβΓ–—’“×≤ℓ")  # noqa: RUF001 - they are meant
TEXTS = st.one_of(st.text(LETTERS, max_size=60), st.text(st.characters(codec="latin-1"), max_size=60))


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_sql_folds_a_query_as_the_kernel_folds_a_paper(con, text) -> None:
    found = con.execute(TERMS_SQL, [text]).fetchall()
    assert sorted(term for (term,) in found if len(term) <= LONGEST_TERM) == terms_of(text)
