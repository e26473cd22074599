"""Coverage in SQL: the matrix as people read it, and all empty fields of papers with their reasons."""

import polars as pl

from assets.enrich.coverage.matrix import FIELDS as STATED_FIELDS
from assets.enrich.coverage.missing import FIELDS as PAPER_FIELDS
from schemas.enrich_vocabulary import MissingReason
from schemas.papers import Papers
from schemas.render import polars_schema


def _percent(name: str) -> str:
    return f"max(percent) FILTER (field = '{name}') AS \"{name}\""


def _is_empty(name: str) -> str:
    is_list = isinstance(polars_schema(Papers)[name], pl.List)
    return f'len("{name}") = 0 AS "{name}"' if is_list else f'"{name}" IS NULL AS "{name}"'


COVERAGE_MATRIX = (
    "A format, and the percentage of its listings that have a value, field by field; audit.coverage says it by dump.",
    f"""
    SELECT format, role, max(listing_count) AS listing_count, {", ".join(map(_percent, STATED_FIELDS))}
    FROM (
        SELECT format, role, field, sum(coverage.listing_count)::BIGINT AS listing_count,
               round(100 * sum(parsed_count) / sum(coverage.listing_count), 1) AS percent
        FROM audit.coverage JOIN dumps USING (dump_id) GROUP BY format, role, field
    )
    GROUP BY format, role ORDER BY listing_count DESC, format, role
    """,  # noqa: S608 made of names of columns
)
"""The view `audit.coverage_matrix`: what a row is, and the query."""


def _missing(papers: str) -> str:
    """Lists the empty fields of papers: a query, made of one for rows of `papers`."""
    return f"""
    SELECT paper_id, field, coalesce(reason, '{MissingReason.NOT_STATED}') AS reason, stated, listing_id
    FROM (
        UNPIVOT (SELECT paper_id, {", ".join(map(_is_empty, PAPER_FIELDS))} FROM {papers})
        ON COLUMNS(* EXCLUDE paper_id) INTO NAME field VALUE is_empty
    ) LEFT JOIN audit.missing_values USING (paper_id, field)
    WHERE is_empty
    """  # noqa: S608 made of names of columns


MISSING_VALUES_ALL = (
    "An empty field of a paper, and why it is empty: audit.missing_values, and all that nobody states.",
    _missing("papers"),
)
"""The view `audit.missing_values_all`: what a row is, and the query. Stored, it would have 16 rows a paper."""

WHY_MISSING = f"""
    CREATE MACRO why_missing(id) AS TABLE
    SELECT field, reason, stated, listing_id
    FROM ({_missing("(FROM papers WHERE paper_id = current_paper_id(id))")}) ORDER BY field
"""  # noqa: S608 made of names of columns
"""The macro `why_missing(paper_id)`: the empty fields of one paper, read from its row alone."""
