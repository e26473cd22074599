"""The search index of some papers is what it would be if all of their words fitted into memory."""

from pathlib import Path

import pytest

from assets.publish.search import search_tables
from assets.release import index
from assets.release.snapshot import working_connection
from tests.frames import table
from tests.works import work


@pytest.mark.parametrize("count", [0, 1, 60])
@pytest.mark.parametrize("at_once", [1, 7, 50_000])
def test_portions_of_terms_make_one_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int, at_once: int
) -> None:
    monkeypatch.setattr(index, "PAPERS_AT_ONCE", at_once)
    monkeypatch.setattr(index, "SLICE", 25)
    made = [work(number) for number in range(count)]
    papers = table(
        "papers",
        [{"paper_id": f"p{at:016x}", "title": one.title, "abstract": one.abstract} for at, one in enumerate(made)],
    )
    papers.write_parquet(tmp_path / "papers.parquet")
    with working_connection(tmp_path) as connection:
        index.index_papers(connection, f"FROM read_parquet('{tmp_path / 'papers.parquet'}')")
        terms = connection.sql("FROM temp.search_terms ORDER BY term").pl()
        postings = connection.sql("FROM temp.search_postings ORDER BY term, paper_id").pl()
    expected_terms, expected_postings = search_tables(papers)
    assert terms.equals(expected_terms)
    assert postings.equals(expected_postings)
