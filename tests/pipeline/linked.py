"""Published homes in which every pair, paper and cut is as a test wants it, whatever the rules would say."""

import contextlib
import io
import subprocess
import sys
import unittest.mock
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from assets.publish.warehouse import WAREHOUSE, publish
from pipeline.cli.main import main
from schemas.catalog import TABLES
from schemas.render import column_facts, polars_schema
from tests.frames import dump_id, listing_id

Row = Mapping[str, object]

FILLERS: dict[object, object] = {
    pl.String: "x",
    pl.Boolean: False,
    pl.Float64: 0.0,
    pl.Int64: 1,
    pl.List(pl.String): [],
    pl.Date: date(2025, 3, 1),
}
"""Type -> what stands in a column that may not be empty and that a test says nothing of."""


def paper_id(name: str) -> str:
    return f"p{listing_id(f'paper {name}')[:16]}"


def rows_of(name: str, rows: Sequence[Row]) -> pl.DataFrame:
    """Rows of a table; columns that may not be empty are filled."""
    model = TABLES[name]
    empty = {
        one.name: None if one.nullable else next((value for kind, value in FILLERS.items() if one.dtype == kind), None)
        for one in column_facts(model)
    }
    return pl.DataFrame([{**empty, **row} for row in rows], schema=polars_schema(model))


def pair(one: str, other: str, decision: str, score: float, reason: str = "strong_evidence", **features: object) -> Row:
    """A row of `match_pairs` on two listings by their names."""
    first, second = sorted((listing_id(one), listing_id(other)))
    told = {"decision": decision, "score": score, "reason": reason, "blocked_by": ["title"], "rule_version": "test-1"}
    return {"listing_a": first, "listing_b": second, **told, **features}


def cut(one: str, other: str, reason: str, detail: str) -> Row:
    """A row of `cluster_cuts` on two listings by their names."""
    first, second = sorted((listing_id(one), listing_id(other)))
    return {"listing_a": first, "listing_b": second, "reason": reason, "detail": detail}


def publish_home(
    home: Path,
    papers: Mapping[str, Sequence[str]],
    pairs: Sequence[Row] = (),
    *,
    cuts: Sequence[Row] = (),
    facts: Mapping[str, Row] | None = None,
    aliases: Mapping[str, str] | None = None,
    loose: Sequence[str] = (),
    rejected: Mapping[str, str] | None = None,
    raw: Mapping[str, str] | None = None,
) -> Path:
    """Publishes a home.

    Args:
        home: Its folder.
        papers: Name of each paper -> names of its listings.
        pairs: Rows of `match_pairs`.
        cuts: Rows of `cluster_cuts`.
        facts: Name of a listing -> columns of `clean_listings`.
        aliases: Name of a paper that was merged away -> the paper it leads to.
        loose: Listings of a reference dump: clean, and of no paper.
        rejected: Listings that were turned away -> the reason.
        raw: Name of a listing -> its abstract as the dump has it.
    """
    owner = {listing: paper for paper, members in papers.items() for listing in members}
    names = [*owner, *loose]
    told = {name: {"title": f"On {name}", **(facts or {}).get(name, {})} for name in names}

    def dump_of(name: str) -> str:
        return dump_id("reference" if name in loose else "dump")

    tables: dict[str, list[Row]] = {
        "dumps": [
            {"dump_id": dump_id(name), "uri": f"{name}.txt", "status": "read", "role": role, "format": "bibtex"}
            for name, role in (("dump", "feed"), ("reference", "reference"))
        ],
        "listings": [
            {"listing_id": listing_id(name), "position": place, "page": 1, "dump_id": dump_of(name)}
            | ({"abstract_raw": raw[name]} if raw and name in raw else {})
            for place, name in enumerate([*names, *(rejected or {})], 1)
        ],
        "clean_listings": [
            {
                "listing_id": listing_id(name),
                "dump_id": dump_of(name),
                "record_type": "article",
                "title_search": str(one["title"]).lower(),
                "abstract_search": str(one["abstract"]).lower() if one.get("abstract") else None,
                **one,
            }
            for name, one in told.items()
        ],
        "papers": [{"paper_id": paper_id(name), "title": f"On {members[0]}"} for name, members in papers.items()],
        "paper_listings": [
            {"paper_id": paper_id(paper), "listing_id": listing_id(name), "role": "feed"}
            for name, paper in owner.items()
        ],
        "paper_aliases": [
            {"old_paper_id": paper_id(old), "paper_id": paper_id(new)} for old, new in (aliases or {}).items()
        ],
        "rejected_listings": [
            {"listing_id": listing_id(name), "reason": reason, "stage": "validate"}
            for name, reason in (rejected or {}).items()
        ],
        "match_pairs": list(pairs),
        "cluster_cuts": list(cuts),
    }
    stage = home / "stage"
    stage.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        rows_of(name, tables.get(name, [])).write_parquet(stage / f"{name}.parquet")
    publish({name: stage / f"{name}.parquet" for name in TABLES}, home / WAREHOUSE)
    return home


def call_here(*words: object, answers: str = "") -> subprocess.CompletedProcess[str]:
    """Calls `sheaf` in this process, which is twenty times quicker than in one of its own.

    Args:
        *words: What stands after `sheaf`.
        answers: What is piped in.
    """
    out, err, given = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(3))
    given.write(answers)
    given.seek(0)
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        unittest.mock.patch.object(sys, "argv", ["sheaf", *map(str, words)]),
        unittest.mock.patch.object(sys, "stdin", given),
    ):
        try:
            main()
            code: object = 0
        except SystemExit as ended:
            code = ended.code
    printed = [stream.buffer.getvalue().decode() for stream in (out, err)]
    return subprocess.CompletedProcess(list(map(str, words)), int(str(code or 0)), *printed)
