"""Small snapshots of releases, written without a warehouse, and papers that every format has to live with."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from assets.release.layout import MAIN
from assets.release.snapshot import Selection, Snapshot
from schemas.catalog import TABLES, metadata
from tests.frames import listing_id, table
from tests.releases import PAPERS, Row, frames

HOSTILE_TEXTS = (
    "=1+1",
    '  =HYPERLINK("http://x")',
    "\t@SUM(A1)",
    "\u200b+1",
    "\uff1dcmd|'/c calc'!A1",
    "-2 degrees",
    "'quoted' from the start",
    "''",
    "'",
    "|pipe",
    "%percent% & #hash $5 and $6 a_b {x} }{ ~ ^2 \\cite{a} \\",
    "---'''``` ?` !` ,, << >>",
    "@article{key, title = {x}} @string(a",
    "two\nlines\r\nand\rmore\n@misc{inner, title = {",
    'with "quotes", commas; and ""doubled"" ones',
    "line\u2028separator\u2029paragraph\x85next\x0bvertical",
    "bidi \u202eevil\u202c and \u2066isolate\u2069",
    "emoji \U0001f9d1\u200d\U0001f52c, combining e\u0301, \ufeffmark",
    "<b>markup</b> &amp; [link](javascript:x) `code` | table |",
    "'; DROP TABLE papers; --",
    "../../etc/passwd",
    "NULL",
    "null",
    "NaN",
    "true",
    "007",
    "1e5",
    "2020-01-01",
    "x" * 100_000,
    "nothing\x00here\x01\x1f\x7f",
)
"""Texts that mean something to one program or another."""


def hostile_papers() -> list[Row]:
    """A paper for each of these texts, which says it wherever a paper says something."""
    return [
        {
            "title": text,
            "abstract": f"{text} {text}",
            "authors": [text, "Ada Anker"],
            "first_author": text,
            "categories": [text, "cs.CL"],
            "venue": text,
            "volume": text[:100],
            "issue": text[:100],
            "pages": "1-2",
            "year": 2024,
            "published_on": date(2024, 2, 29),
            "published_precision": "day",
        }
        for text in HOSTILE_TEXTS
    ]


def snapshot_of(
    folder: Path,
    papers: Sequence[Row] = PAPERS,
    *,
    selection: Selection | None = None,
    threads: int | None = None,
    **changed: pl.DataFrame,
) -> Snapshot:
    """Writes the tables of a data set of these papers as those of a release; tables may be replaced by name."""
    chosen = selection or Selection()
    work = folder / ".work"
    work.mkdir(parents=True)
    tables = {**frames(papers), **changed}
    paths: dict[str, Path] = {}
    for name in chosen.tables if selection else MAIN:
        paths[name] = folder / f"{name}.parquet"
        rows = tables[name]
        (rows.sort(list(metadata(TABLES[name])["primary_key"])) if rows.height else rows).write_parquet(paths[name])
    counts = {name: tables[name].height for name in paths}
    kind = Snapshot if threads is None else type("Threaded", (Snapshot,), {"connect": _connect_with(threads)})
    return kind(folder, work, chosen, paths, counts)


def _connect_with(threads: int) -> Any:
    def connect(self: Snapshot, **settings: str) -> duckdb.DuckDBPyConnection:
        return Snapshot.connect(self, threads=str(threads), **settings)

    return connect


def many_papers(count: int) -> list[Row]:
    """Plain papers, for what depends on how many there are."""
    return [{"title": f"Paper {number}", "abstract": f"Gulls, part {number}.", "year": 2024} for number in range(count)]


def belongings_of(names: Sequence[str]) -> Mapping[str, pl.DataFrame]:
    """Rows of several tables for the papers of these identifiers, in no order."""
    first, second = names[0], names[-1]
    return {
        "terms": table(
            "terms",
            [
                {"paper_id": second, "kind": "method", "name": "b", "surface": "b", "span_start": 9, "span_end": 10},
                {"paper_id": first, "kind": "method", "name": "z", "surface": "z", "span_start": 5, "span_end": 6},
                {"paper_id": first, "kind": "method", "name": "a", "surface": "a", "span_start": 1, "span_end": 2},
            ],
            rule="r",
        ),
        "paper_aliases": table(
            "paper_aliases",
            [
                {"old_paper_id": "pffffffffffffff02", "paper_id": first, "since": date(2025, 1, 2)},
                {"old_paper_id": "pffffffffffffff01", "paper_id": first, "since": date(2025, 1, 1)},
            ],
        ),
        "topics": table(
            "topics",
            [{"topic_id": "t00000001", "label": "gulls, maps", "terms": ["gulls"]}],
            paper_count=1,
            cohesion=0.1,
            stability=0.3,
        ),
        "paper_topics": table(
            "paper_topics", [{"paper_id": first, "topic_id": "t00000001", "similarity": 0.1 + 0.2, "margin": 5e-324}]
        ),
        "source_links": table(
            "source_links",
            [
                {"paper_id": first, "listing_id": listing_id(first), "position": place, "url": f"https://x.org/{place}"}
                for place in (10, 9)
            ],
        ),
    }
