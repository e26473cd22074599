"""Traces: a paper is found in a release in whatever form the release holds it, and not where it only was."""

import gzip
from pathlib import Path

import pyarrow as pa
import pytest

from assets.removals.traces import PIECE, Sought, holds
from tests.frames import listing_id, table
from tests.releases import PAPERS, make_home, paper_id, release_of


def paper(number: int) -> Sought:
    return Sought({paper_id(number)}, {listing_id(paper_id(number))})


@pytest.mark.parametrize("packed", ["", ".gz", ".zst"], ids=["plain", "gzip", "zstd"])
def test_ids_are_found_in_packed_files_and_across_their_pieces(tmp_path: Path, packed: str) -> None:
    text = b"x" * (PIECE - 5) + paper_id(1).encode() + b"\n"
    path = tmp_path / f"papers.jsonl{packed}"
    if packed == ".gz":
        path.write_bytes(gzip.compress(text))
    elif packed == ".zst":
        with pa.output_stream(str(path), compression="zstd") as stream:
            stream.write(text)
    else:
        path.write_bytes(text)
    assert holds(tmp_path, paper(1)) == [path.name]
    assert holds(tmp_path, paper(2)) == []
    assert holds(tmp_path, Sought(())) == []


def test_a_delta_that_names_a_removed_paper_does_not_hold_it(tmp_path: Path) -> None:
    (tmp_path / "delta" / "2025.03.01.1").mkdir(parents=True)
    (tmp_path / "delta" / "2025.03.01.1" / "removed.json").write_text(paper_id(1))
    assert holds(tmp_path, paper(1)) == []


def test_a_release_holds_its_papers_and_no_others(tmp_path: Path) -> None:
    made = release_of(
        make_home(tmp_path, PAPERS[:2]), tables=["papers", "paper_listings", "links"], formats=["parquet"]
    )
    found = holds(made.folder, paper(1))
    assert {"papers.parquet", "paper_listings.parquet", "links.parquet"} <= set(found)
    assert holds(made.folder, paper(3)) == []


@pytest.mark.parametrize(
    ("defect", "files"),
    [pytest.param(None, ["listings.parquet"], id="says something"), pytest.param("removed", [], id="withheld")],
)
def test_a_withheld_listing_is_only_a_place(tmp_path: Path, defect: str | None, files: list[str]) -> None:
    row = {"listing_id": listing_id(paper_id(1)), "title_raw": None if defect else "A Title", "defect": defect}
    table("listings", [row]).write_parquet(tmp_path / "listings.parquet")
    table("rejected_listings", [{"listing_id": listing_id(paper_id(1))}]).write_parquet(tmp_path / "rejected.parquet")
    assert holds(tmp_path, paper(1)) == files


def test_a_database_is_looked_into(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home", PAPERS[:2])
    (tmp_path / "release").mkdir()
    (home / "papers.duckdb").rename(tmp_path / "release" / "papers.duckdb")
    assert holds(tmp_path / "release", paper(2)) == ["papers.duckdb"]
    assert holds(tmp_path / "release", paper(3)) == []
    (tmp_path / "release" / "papers.duckdb").write_bytes(b"no database")
    with pytest.raises(OSError, match=r"papers\.duckdb cannot be opened"):
        holds(tmp_path / "release", paper(3))
