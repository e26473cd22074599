"""Small data sets that were published without a run, and releases of them."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from assets.publish import warehouse
from assets.publish.ledger import ledger
from assets.publish.search import search_tables
from assets.release.build import Released, release
from assets.release.snapshot import Selection
from schemas.catalog import TABLES
from tests.frames import clean, dump_id, listing_id, table

Row = dict[str, Any]
Frames = dict[str, pl.DataFrame]

PAPERS: tuple[Row, ...] = (
    {
        "title": "Counting Gulls with Two Cameras",
        "abstract": "We count gulls. Code: https://github.com/harbour/gulls. It is 4.7 times faster.",
        "authors": ["Ada Anker", "Bo Brandt"],
        "first_author": "Ada Anker",
        "year": 2024,
        "arxiv_id": "2403.00001",
        "categories": ["cs.CV"],
        "venue": "Harbour Studies",
        "language": "en",
        "first_listed_on": date(2025, 2, 21),
        "last_listed_on": date(2025, 2, 22),
    },
    {
        "title": '=HYPERLINK("x") and 50% of {Umbrellas} & <b>Ropes</b>',
        "abstract": 'Lines\nbreak, "quotes" stand, a | b, `code`, it\'s @home; naïve 猫 \U0001f600.',
        "flags": ["math_loss"],
        "language": "en",
    },
    {"title": "Maps without an Abstract", "authors": ["Carla Castell"], "first_author": "Carla Castell", "year": 2023},
)
"""Papers that a data set has unless it is told to have others: a plain one, a nasty one, a bare one."""


def paper_id(number: int) -> str:
    """The identifier of the paper of a number, from 1."""
    return f"p{number:016x}"


def frames(papers: Sequence[Row] = PAPERS) -> Frames:
    """Every table of a data set of one dump with these papers, a listing each; a row may name its own `paper_id`."""
    named: list[Row] = [{"paper_id": paper_id(number), **row} for number, row in enumerate(papers, 1)]
    names = [row["paper_id"] for row in named]
    found: Frames = {name: table(name, []) for name in TABLES}
    found["dumps"] = table(
        "dumps",
        [{"dump_id": dump_id("d"), "uri": "pages.txt", "format": "page_text", "compression": "none", "role": "feed"}],
        size_bytes=900,
        page_count=1,
        listing_count=len(named),
        status="read",
        captured_at=datetime(2025, 2, 22, tzinfo=UTC),
        captured_from="mtime",
    )
    places = [
        {"listing_id": listing_id(name), "position": place, "locator": f"{place}-{place + 1}"}
        for place, name in enumerate(names, 1)
    ]
    texts = [{"title_raw": row["title"], "abstract_raw": row.get("abstract")} for row in named]
    found["listings"] = table(
        "listings",
        [{**place, **text} for place, text in zip(places, texts, strict=True)],
        dump_id=dump_id("d"),
        page=1,
        source_fields="{}",
    )
    cleaned = ("title", "abstract", "authors", "year", "arxiv_id", "doi", "categories", "venue", "language", "flags")
    found["clean_listings"] = clean(
        *({"id": row["paper_id"], "dump": "d", "abstract": None, **_part(row, cleaned)} for row in named)
    )
    found["papers"] = table(
        "papers",
        named,
        record_type="article",
        listing_count=1,
        reference_count=0,
        dump_count=1,
        best_position=1,
        conflict_count=0,
    )
    found["paper_listings"] = table(
        "paper_listings",
        [{"paper_id": name, "listing_id": listing_id(name)} for name in names],
        match_reason="only_listing",
        role="feed",
        relation="same",
    )
    found["links"] = table("links", [link for row in named for link in _links(row)], kind="code", status="stated")
    found["neighbors"] = table(
        "neighbors",
        [{"paper_id": one, "neighbor_id": other} for one, other in zip(names, names[1:] + names[:1], strict=True)],
        rank=1,
        similarity=0.5,
    )
    found["search_terms"], found["search_postings"] = search_tables(found["papers"])
    found["ledger"] = ledger(
        found["dumps"],
        found["listings"].lazy(),
        found["clean_listings"].lazy(),
        found["rejected_listings"].lazy(),
        found["paper_listings"],
        found["papers"],
    )
    found["runs"] = table("runs", [_run(len(named))])
    return {name: found[name].sort(found[name].columns[0]) if found[name].height else found[name] for name in found}


def _part(row: Row, columns: Sequence[str]) -> Row:
    return {name: value for name, value in row.items() if name in columns}


def _links(row: Row) -> list[Row]:
    """The links of an abstract, found the plain way."""
    text, found = row.get("abstract") or "", []
    start = text.find("https://")
    if start >= 0:
        url = text[start:].split()[0].rstrip(".")
        found.append(
            {"paper_id": row["paper_id"], "url": url, "url_raw": url, "host": url.split("/")[2], "span_start": start}
            | {"span_end": start + len(url)}
        )
    return found


def _run(count: int) -> Row:
    return {
        "run_id": "run",
        "started_at": datetime(2025, 3, 1, tzinfo=UTC),
        "seconds": 1.0,
        "peak_memory_bytes": 1,
        "fingerprint": "0" * 64,
        "parameters": json.dumps({"raw": ["/somewhere"], "reference": [], "without_rules": []}),
        "versions": json.dumps({"papersheaf": "0", "polars": "0"}),
        "dump_count": 1,
        "found_count": count,
        "parsed_count": count,
        "valid_count": count,
        "merged_count": 0,
        "rejected_count": 0,
        "reference_count": 0,
        "paper_count": count,
    }


def publish(home: Path, tables: Frames) -> Path:
    """Publishes tables as the data set of a home; returns the home."""
    stage = home / "stage"
    stage.mkdir(parents=True, exist_ok=True)
    paths = {name: stage / f"{name}.parquet" for name in tables}
    for name, rows in tables.items():
        rows.write_parquet(paths[name])
    warehouse.publish(paths, home / warehouse.WAREHOUSE)
    return home


def make_home(home: Path, papers: Sequence[Row] = PAPERS, **changed: pl.DataFrame) -> Path:
    """Publishes a data set of these papers in a folder; tables may be replaced by name. Returns the folder."""
    return publish(home, {**frames(papers), **changed})


def release_of(home: Path, *, day: int = 1, force: bool = False, **selection: Any) -> Released:
    """Releases what a home has published, on a day of March 2025; what is selected as in Selection.of."""
    chosen = Selection.of(selection.get("tables"), selection.get("formats"), selection.get("where"))
    now = datetime(2025, 3, day, 12, tzinfo=UTC)
    return release(home, home / warehouse.WAREHOUSE, chosen, now, force=force)
