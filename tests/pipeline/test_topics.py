"""Vectors, neighbors and topics of the samples, as an analyst asks for them."""

import csv
import io
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.pipeline.conftest import SAMPLES, Sheaf


def rows(sheaf: Sheaf, home: Path, query: str) -> list[dict[str, str]]:
    done = sheaf("sql", query, "--home", home, "--format", "csv")
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_related_papers(sheaf: Sheaf, published: Path) -> None:
    one = "(SELECT paper_id FROM papers WHERE title LIKE 'Quiet Tokens%')"
    related = rows(sheaf, published, f"FROM related({one}) SELECT rank, similarity, title")
    assert [int(row["rank"]) for row in related] == list(range(1, len(related) + 1))
    similarities = [float(row["similarity"]) for row in related]
    assert similarities == sorted(similarities, reverse=True)
    assert 0 < len(related) <= 10
    assert not any(row["title"].startswith("Quiet Tokens") for row in related)


def test_topics_are_named_and_counted(sheaf: Sheaf, published: Path) -> None:
    query = """
        SELECT label, paper_count, count(paper_id) AS counted, stability
        FROM topics JOIN paper_topics USING (topic_id) GROUP BY ALL
    """
    topics = rows(sheaf, published, query)
    assert len(topics) > 1
    for topic in topics:
        assert topic["paper_count"] == topic["counted"]
        assert topic["label"]
        assert 0 <= float(topic["stability"]) <= 1


def test_without_stated_categories_none_is_suggested(sheaf: Sheaf, published: Path) -> None:
    query = (
        "SELECT (SELECT count(*) FROM category_suggestions) AS papers, count(*) AS learned FROM audit.category_model"
    )
    assert rows(sheaf, published, query) == [{"papers": "0", "learned": "0"}]


def test_an_unknown_kind_of_vectors_is_a_wrong_command(sheaf: Sheaf, tmp_path: Path) -> None:
    done = sheaf("run", "--raw", SAMPLES, "--home", tmp_path, "--vectors", "magic")
    assert (done.returncode, done.stdout) == (2, "")
    assert "use one of tfidf, static" in done.stderr


@pytest.mark.skipif(find_spec("wordllama") is not None, reason="the optional package is installed")
def test_static_vectors_without_their_package_say_what_to_install(sheaf: Sheaf, tmp_path: Path) -> None:
    done = sheaf("run", "--raw", SAMPLES, "--home", tmp_path, "--vectors", "static")
    assert done.returncode == 1
    assert "pip install 'papersheaf[embeddings]'" in done.stderr
    assert not (tmp_path / "papers.duckdb").exists()
