"""Views and macros that come with the published file: the questions that everybody asks, already written down."""

VIEWS: dict[str, tuple[str, str]] = {
    "listed": (
        "One listing of a paper with the dump, the page and the rank that showed it.",
        """
        SELECT paper_id, papers.title, dumps.uri, listings.page, listings.position, listings.page_date_raw,
               paper_listings.match_reason, listing_id, dump_id
        FROM paper_listings JOIN listings USING (listing_id) JOIN dumps USING (dump_id) JOIN papers USING (paper_id)
        """,
    ),
    "paper_field_values": (
        "Who said what about every paper: paper_values, and the papers that have one listing only.",
        """
        SELECT paper_id, field, value, listing_id, chosen, differs, rule FROM paper_values
        UNION ALL
        SELECT paper_id, field, value, listing_id, true, false, 'only_value'
        FROM (
            UNPIVOT (
                SELECT paper_id, listing_id, papers.title, papers.abstract, papers.arxiv_id, papers.doi, papers.acl_id,
                       papers.openreview_id, papers.pmid, papers.dblp_key, papers.s2_id, papers.openalex_id,
                       papers.venue, papers.volume, papers.issue, papers.pages, papers.language, papers.record_type,
                       papers.year::VARCHAR AS year,
                       left(papers.published_on::VARCHAR, CASE papers.published_precision
                            WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END) AS published_on,
                       CASE WHEN len(papers.authors) > 0 THEN to_json(papers.authors)::VARCHAR END AS authors,
                       CASE WHEN len(papers.categories) > 0 THEN to_json(papers.categories)::VARCHAR END AS categories
                FROM papers JOIN paper_listings USING (paper_id) WHERE listing_count = 1
            ) ON COLUMNS(* EXCLUDE (paper_id, listing_id)) INTO NAME field VALUE value
        )
        """,
    ),
    "conflicts": (
        "A field of a paper in which its listings contradict each other: what was chosen, why, and what else is said.",
        """
        SELECT paper_id, papers.title, field, any_value(value) FILTER (chosen) AS chosen_value,
               any_value(rule) AS rule, count(*) FILTER (NOT differs) AS agreeing_count,
               list(DISTINCT value ORDER BY value) FILTER (differs) AS other_values,
               count(*) FILTER (differs) AS differing_count
        FROM paper_values JOIN papers USING (paper_id)
        GROUP BY paper_id, papers.title, field HAVING bool_or(differs)
        """,
    ),
    "audit.conflicts_by_field": (
        "A field, the papers of which several listings state it, and those whose listings contradict each other.",
        """
        SELECT field, count(*) AS paper_count, count(*) FILTER (differing) AS conflict_count
        FROM (
            SELECT field, bool_or(differs) AS differing FROM paper_values GROUP BY paper_id, field HAVING count(*) > 1
        )
        GROUP BY field ORDER BY conflict_count DESC, field
        """,
    ),
    "audit.funnel": (
        "The account of the whole run: one row per stage, over all dumps.",
        """
        SELECT stage, sum(rows_in)::BIGINT AS rows_in, sum(rows_out)::BIGINT AS rows_out,
               sum(rows_merged)::BIGINT AS rows_merged, sum(rows_rejected)::BIGINT AS rows_rejected
        FROM audit.ledger GROUP BY stage
        ORDER BY list_position(['parse', 'validate', 'dedupe', 'enrich', 'publish'], stage)
        """,
    ),
    "audit.rejects": (
        "What was turned away, by reason: records and whole dumps.",
        """
        SELECT 'listing' AS what, stage, reason, count(*) AS count FROM audit.rejected_listings GROUP BY ALL
        UNION ALL
        SELECT 'dump', 'parse', reason, count(*) FROM dumps WHERE status = 'rejected' GROUP BY ALL
        ORDER BY count DESC, what, reason
        """,
    ),
}
"""Name -> what a row is, and the query."""

MACROS: dict[str, str] = {
    "current_paper_id": """
        CREATE MACRO current_paper_id(id) AS
            coalesce((SELECT paper_id FROM paper_aliases WHERE old_paper_id = id), id)
    """,
}
"""Name -> the statement that creates it."""
