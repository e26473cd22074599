"""Question: what it is to ask a release something, and the pieces of SQL that several questions share."""

from dataclasses import dataclass

import polars as pl

from schemas.papers import Papers
from schemas.render import ColumnFacts, column_facts
from schemas.render.sql import identifier


@dataclass(frozen=True)
class Question:
    """One thing that can be asked of a release."""

    name: str
    """Its name in `statistics.json`."""
    meaning: str
    """What the answer tells, as one sentence."""
    query: str
    """The query, on the tables of the release."""
    unit: str | None = None
    """What is counted."""


NOT_STATED = "not stated"
"""Stands for an empty value in an answer."""
OTHER = "all others"
"""Stands for the values that are too rare to be named."""
BEFORE = "before"
"""Stands for the years that are too long ago to be named."""
OUR_WORDS = (NOT_STATED, OTHER, BEFORE)
NAMED = 12
"""Values that a list names one by one; the rest is counted together."""
YEARS = 10
"""Years that are counted one by one, the newest first."""
EXCERPT = 280
"""Characters of a long text in an example."""

PLACE = "regexp_replace(regexp_replace(uri, '://[^/@]*@', '://'), '[?#][^/!]*=[^/!]*', '', 'g')"
"""Where a dump was found, without a password or a signature that may be in its address."""
HOST = "coalesce(nullif(regexp_extract(uri, '^[A-Za-z0-9+.-]+://(?:[^/@]*@)?([^/:?#]+)', 1), ''), 'files')"
"""The server that a dump came from, or that it was a file."""


def is_filled(facts: ColumnFacts) -> str:
    """The condition that a column has a value: not empty, and no empty text or list."""
    name = identifier(facts.name)
    if isinstance(facts.dtype, pl.List):
        return f"len({name}) > 0"
    return f"{name} <> ''" if facts.dtype == pl.String else f"{name} IS NOT NULL"


def optional_columns() -> list[ColumnFacts]:
    """The columns of `papers` that may be empty, in their order; flags aside, which are best empty."""
    facts = [one for one in column_facts(Papers) if one.nullable or isinstance(one.dtype, pl.List)]
    return [one for one in facts if one.name != "flags"]


def fill(papers: str = "papers") -> str:
    """The query that counts, for the title and each column of papers that may be empty, the papers with a value.

    Args:
        papers: What holds the papers in SQL.
    """
    facts = [one for one in column_facts(Papers) if one.name == "title"] + optional_columns()
    counts = ", ".join(f"count(*) FILTER ({is_filled(one)}) AS {identifier(one.name)}" for one in facts)
    return f"""
    SELECT field, filled, round(100 * filled / total, 1) AS percent
    FROM (
        UNPIVOT (SELECT count(*) AS total, {counts} FROM {papers})
        ON COLUMNS(* EXCLUDE total) INTO NAME field VALUE filled
    )
    """


def shares(column: str) -> str:
    """The most frequent values of a column of papers, and the rest together."""
    return f"""
    WITH counted AS (
        SELECT coalesce({column}, '{NOT_STATED}') AS value, count(*) AS papers FROM papers GROUP BY value
    ), ranked AS (
        SELECT *, row_number() OVER (ORDER BY papers DESC, value) AS place FROM counted
    )
    SELECT CASE WHEN place <= {NAMED} THEN value ELSE '{OTHER}' END AS value, sum(papers)::BIGINT AS papers,
           round(100 * sum(papers) / (SELECT count(*) FROM papers), 1) AS percent
    FROM ranked GROUP BY ALL ORDER BY min(place)
    """
