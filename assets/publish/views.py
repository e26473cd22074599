"""Views and macros that come with the published file: the questions that everybody asks, already written down."""

from assets.enrich.coverage.queries import COVERAGE_MATRIX, MISSING_VALUES_ALL, WHY_MISSING
from assets.enrich.trending.macro import TRENDING_AS_OF, TRENDING_PAPERS

VIEWS: dict[str, tuple[str, str]] = {
    "listed": (
        "One listing of a paper with the dump, the page and the rank that showed it.",
        """
        SELECT paper_id, papers.title, dumps.uri, listings.page, listings.position, listings.page_date_raw,
               paper_listings.match_reason, listing_id, dump_id
        FROM paper_listings JOIN listings USING (listing_id) JOIN dumps USING (dump_id) JOIN papers USING (paper_id)
        WHERE paper_listings.role = 'feed'
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
                       papers.first_author, papers.code_url,
                       papers.year::VARCHAR AS year,
                       left(papers.published_on::VARCHAR, CASE papers.published_precision
                            WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END) AS published_on,
                       CASE WHEN len(papers.authors) > 0 THEN to_json(papers.authors)::VARCHAR END AS authors,
                       CASE WHEN len(papers.categories) > 0 THEN to_json(papers.categories)::VARCHAR END AS categories
                FROM papers JOIN paper_listings USING (paper_id)
                WHERE listing_count + reference_count = 1
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
    "audit.reference_use": (
        "A dump of references: how many of its listings belong to a paper, and what the papers took from it.",
        """
        SELECT dump_id, uri, format, listing_count, coalesce(matched_count, 0) AS matched_count,
               coalesce(paper_count, 0) AS paper_count, coalesce(value_count, 0) AS value_count,
               coalesce(chosen_count, 0) AS chosen_count, coalesce(differing_count, 0) AS differing_count
        FROM dumps LEFT JOIN (
            SELECT dump_id, count(DISTINCT listing_id) AS matched_count, count(DISTINCT paper_id) AS paper_count,
                   count(field) AS value_count, count(field) FILTER (chosen) AS chosen_count,
                   count(field) FILTER (differs) AS differing_count
            FROM paper_listings JOIN clean_listings USING (listing_id)
                 LEFT JOIN paper_values USING (paper_id, listing_id)
            WHERE role = 'reference' GROUP BY dump_id
        ) USING (dump_id)
        WHERE dumps.role = 'reference' ORDER BY chosen_count DESC, uri, dump_id
        """,
    ),
    "audit.funnel": (
        "The account of the whole run: one row per role and stage, over all dumps.",
        """
        SELECT role, stage, sum(rows_in)::BIGINT AS rows_in, sum(rows_out)::BIGINT AS rows_out,
               sum(rows_merged)::BIGINT AS rows_merged, sum(rows_rejected)::BIGINT AS rows_rejected,
               sum(rows_unused)::BIGINT AS rows_unused
        FROM audit.ledger GROUP BY role, stage
        ORDER BY role, list_position(['parse', 'validate', 'dedupe', 'enrich', 'publish'], stage)
        """,
    ),
    "audit.quality_by_source": (
        "A dump and the texts of the papers that it lists: medians, and how many papers are outliers in what.",
        """
        WITH listed AS (
            SELECT DISTINCT dump_id, paper_id FROM paper_listings JOIN clean_listings USING (listing_id)
        )
        SELECT dump_id, dumps.uri, dumps.format, count(*) AS paper_count,
               count(*) FILTER (len(outliers) > 0) AS outlier_count,
               round(count(*) FILTER (len(outliers) > 0) / count(*), 4) AS outlier_share,
               any_value(counted) AS outliers, count(abstract_words) AS abstract_count,
               median(title_characters) AS title_characters, median(abstract_words) AS abstract_words,
               round(median(surprise), 3) AS surprise, round(median(lexical_diversity), 3) AS lexical_diversity,
               round(median(compression_ratio), 3) AS compression_ratio,
               sum(residue_count)::BIGINT AS residue_count, median(stated_count) AS stated_count
        FROM quality JOIN listed USING (paper_id) JOIN dumps USING (dump_id) LEFT JOIN (
            SELECT dump_id, histogram(outlier) AS counted FROM outliers JOIN listed USING (paper_id) GROUP BY dump_id
        ) USING (dump_id)
        GROUP BY dump_id, dumps.uri, dumps.format ORDER BY outlier_share DESC, dumps.uri, dump_id
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
    "paper_links": (
        "One link of a paper, from its abstract or as a source states it beside the abstract.",
        """
        SELECT paper_id, url, canonical_url, kind, status, host, repository, 'abstract' AS origin, NULL AS listing_id
        FROM links
        UNION ALL
        SELECT paper_id, url, canonical_url, kind, NULL, host, repository, 'source', listing_id
        FROM source_links
        """,
    ),
    "trending_papers": TRENDING_PAPERS,
    "audit.missing_values_all": MISSING_VALUES_ALL,
    "audit.coverage_matrix": COVERAGE_MATRIX,
}
"""Name -> what a row is, and the query."""

MACROS: dict[str, str] = {
    "current_paper_id": """
        CREATE MACRO current_paper_id(id) AS
            coalesce((SELECT paper_id FROM paper_aliases WHERE old_paper_id = id), id)
    """,
    "related": """
        CREATE MACRO related(id) AS TABLE
            SELECT rank, similarity, neighbor_id AS paper_id, papers.title, papers.year, papers.arxiv_id
            FROM neighbors JOIN papers ON papers.paper_id = neighbor_id
            WHERE neighbors.paper_id = current_paper_id(id)
            ORDER BY rank
    """,
    "trending_as_of": TRENDING_AS_OF,
    "why_missing": WHY_MISSING,
}
"""Name -> the statement that creates it."""
