"""Writes Parquet tables, and says what their reader should state."""

import io
import json
from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tests.papers import Paper

AUTHOR = pa.struct([("given", pa.string()), ("family", pa.string()), ("email", pa.string())])
SCHEMA = pa.schema(
    [
        ("id", pa.int64()),
        ("title", pa.string()),
        ("authors", pa.list_(AUTHOR)),
        ("abstract", pa.string()),
        ("published", pa.date32()),
        ("doi", pa.string()),
        ("arxiv_id", pa.string()),
        ("venue", pa.string()),
        ("volume", pa.float64()),
        ("issue", pa.int16()),
        ("pages", pa.string()),
        ("categories", pa.list_(pa.string())),
        ("upvotes", pa.int64()),
        ("num_comments", pa.int64()),
        ("scores", pa.map_(pa.string(), pa.float64())),
    ]
)


def write(papers: Iterable[Paper], *, group_rows: int = 10_000) -> bytes:
    """One row for each paper."""
    target = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([_row(one) for one in papers], SCHEMA), target, row_group_size=group_rows)
    return target.getvalue()


def expected(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What the reader should state of each paper."""
    return [
        {
            "position": row + 1,
            "row": row,
            "byte_start": None,
            "source_key": str(one.number),
            "title_raw": one.title,
            "authors": one.names,
            "authors_raw": json.dumps(one.names, separators=(",", ":"), ensure_ascii=False),
            "abstract_raw": one.abstract,
            "published_raw": one.published.isoformat(),
            "doi_raw": one.doi,
            "arxiv_raw": one.arxiv_id,
            "venue": one.venue,
            "volume": one.volume,
            "issue": one.issue,
            "pages": one.pages,
            "categories": list(one.categories),
            "votes_raw": str(one.votes),
            "comments_raw": str(one.comments),
        }
        for row, one in enumerate(papers)
    ]


def _row(paper: Paper) -> dict[str, Any]:
    return {
        "id": paper.number,
        "title": paper.title,
        "authors": [{"given": given, "family": family, "email": "a@b.example"} for given, family in paper.authors],
        "abstract": paper.abstract,
        "published": paper.published,
        "doi": paper.doi,
        "arxiv_id": paper.arxiv_id,
        "venue": paper.venue,
        "volume": float(paper.volume),
        "issue": int(paper.issue),
        "pages": paper.pages,
        "categories": list(paper.categories),
        "upvotes": paper.votes,
        "num_comments": paper.comments,
        "scores": {"wave": paper.number / 2},
    }
