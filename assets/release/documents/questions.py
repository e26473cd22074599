"""Questions: what the documents of a release tell in numbers, each with the query that gives them.

The tables are those of the release, under the names they have in its database; all are in `main` where they have no
other schema. A share is a percentage with one decimal, rounded by the query, so that it is told as it was asked.
"""

from assets.release.documents.question import (
    BEFORE,
    EXCERPT,
    HOST,
    NAMED,
    NOT_STATED,
    PLACE,
    YEARS,
    Question,
    fill,
    shares,
)
from schemas.render.sql import literal
from schemas.vocabulary import Stage

QUESTIONS: tuple[Question, ...] = (
    Question("papers", "How many papers there are.", "SELECT count(*) AS papers FROM papers", "papers"),
    Question(
        "listings",
        "How many records were found in the dumps, and how many of them passed every check.",
        """
        SELECT count(*) AS listings, count(clean_listings.listing_id) AS valid,
               count(*) - count(clean_listings.listing_id) AS rejected,
               round(100 * (count(*) - count(clean_listings.listing_id)) / greatest(count(*), 1), 1) AS rejected_percent
        FROM listings LEFT JOIN clean_listings USING (listing_id)
        """,
        "listings",
    ),
    Question(
        "merged",
        "How many listings belong to papers, how many of feeds joined another one, and how many of references a paper.",
        """
        SELECT count(*) AS listings, count(*) FILTER (role = 'feed') - count(DISTINCT paper_id) AS duplicates,
               count(*) FILTER (role = 'reference') AS of_references
        FROM paper_listings
        """,
        "listings",
    ),
    Question(
        "paper_sizes",
        "How many papers have one listing only, how many more, and how many listings the most frequent has.",
        """
        SELECT count(*) FILTER (listing_count + reference_count = 1) AS single,
               count(*) FILTER (listing_count + reference_count > 1) AS several,
               count(*) FILTER (reference_count > 0) AS with_reference,
               max(listing_count + reference_count) AS most
        FROM papers
        """,
        "papers",
    ),
    Question(
        "dumps",
        "How many raw files went in, of feeds and of references, and how many were turned away.",
        """
        SELECT count(*) AS dumps, count(*) FILTER (role = 'feed') AS feeds,
               count(*) FILTER (role = 'reference') AS "references",
               count(*) FILTER (status = 'rejected') AS turned_away, sum(size_bytes)::BIGINT AS bytes
        FROM dumps
        """,
        "dumps",
    ),
    Question(
        "sources",
        "Where the dumps came from: what they are good for, their format, and the server or that they were files.",
        f"""
        SELECT role, format, {HOST} AS host, count(*) AS dumps, sum(listing_count)::BIGINT AS listings,
               sum(size_bytes)::BIGINT AS bytes
        FROM dumps GROUP BY role, format, host ORDER BY role, listings DESC, format, host
        """,
        "dumps",
    ),
    Question(
        "largest_feeds",
        "The feeds that list the most papers, and the share of all papers that each of them lists.",
        f"""
        SELECT {PLACE} AS value, count(*) AS listings, count(DISTINCT paper_id) AS papers,
               round(100 * count(DISTINCT paper_id) / (SELECT count(*) FROM papers), 1) AS percent
        FROM paper_listings JOIN clean_listings USING (listing_id) JOIN dumps USING (dump_id)
        WHERE paper_listings.role = 'feed'
        GROUP BY dump_id, uri ORDER BY papers DESC, value, dump_id LIMIT {NAMED}
        """,
        "papers",
    ),
    Question(
        "formats",
        "How many papers the feeds of each format list; a paper can be in several.",
        """
        SELECT format AS value, count(DISTINCT paper_id) AS papers,
               round(100 * count(DISTINCT paper_id) / (SELECT count(*) FROM papers), 1) AS percent
        FROM paper_listings JOIN clean_listings USING (listing_id) JOIN dumps USING (dump_id)
        WHERE paper_listings.role = 'feed' GROUP BY format ORDER BY papers DESC, format
        """,
        "papers",
    ),
    Question(
        "days",
        "The days that pages showed: how many pages have one, the first, the last, and how many different ones.",
        """
        SELECT count(*) AS pages, count(listed_on) AS dated, min(listed_on) AS first_day, max(listed_on) AS last_day,
               count(DISTINCT listed_on) AS days
        FROM pages
        """,
        "pages",
    ),
    Question(
        "years",
        "When the papers appeared, as far as a listing proves it.",
        """
        SELECT min(year) AS first_year, max(year) AS last_year, count(DISTINCT year) AS years, count(year) AS papers
        FROM papers
        """,
        "papers",
    ),
    Question(
        "papers_by_year",
        "How many papers appeared in each of the newest years, before them, and in no year that is proved.",
        f"""
        WITH counted AS (SELECT year, count(*) AS papers FROM papers GROUP BY year),
        ranked AS (SELECT *, row_number() OVER (ORDER BY year DESC NULLS LAST) AS place FROM counted)
        SELECT CASE WHEN year IS NULL THEN '{NOT_STATED}' WHEN place > {YEARS} THEN '{BEFORE}'
                    ELSE year::VARCHAR END AS value,
               sum(papers)::BIGINT AS papers,
               round(100 * sum(papers) / (SELECT count(*) FROM papers), 1) AS percent
        FROM ranked GROUP BY value ORDER BY min(place)
        """,
        "papers",
    ),
    Question("fill", "How many papers have a value in each column that may be empty.", fill(), "papers"),
    Question("languages", "The languages of title and abstract.", shares("language"), "papers"),
    Question("record_types", "What kinds of records the papers are.", shares("record_type"), "papers"),
    Question(
        "categories",
        "The subjects that sources state most often; a paper can have several.",
        f"""
        SELECT category AS value, count(DISTINCT paper_id) AS papers,
               round(100 * count(DISTINCT paper_id) / (SELECT count(*) FROM papers), 1) AS percent
        FROM (SELECT paper_id, unnest(categories) AS category FROM papers)
        GROUP BY category ORDER BY papers DESC, category LIMIT {NAMED}
        """,
        "papers",
    ),
    Question(
        "match_reasons",
        "What joined listings to the others of their paper.",
        """
        SELECT match_reason AS value, count(*) AS listings FROM paper_listings
        GROUP BY match_reason ORDER BY listings DESC, match_reason
        """,
        "listings",
    ),
    Question(
        "conflicts",
        "How many papers have listings that contradict each other in at least one field.",
        """
        SELECT count(*) FILTER (conflict_count > 0) AS papers,
               round(100 * count(*) FILTER (conflict_count > 0) / count(*), 1) AS percent
        FROM papers
        """,
        "papers",
    ),
    Question(
        "flagged",
        "How many papers carry a flag: damage that was seen in the text and is left in it.",
        """
        SELECT count(*) FILTER (len(flags) > 0) AS papers,
               round(100 * count(*) FILTER (len(flags) > 0) / count(*), 1) AS percent
        FROM papers
        """,
        "papers",
    ),
    Question(
        "repaired",
        "How many listings had damage in title or abstract that a rule undid.",
        """
        SELECT count(*) FILTER (len(repairs) > 0) AS listings,
               round(100 * count(*) FILTER (len(repairs) > 0) / greatest(count(*), 1), 1) AS percent
        FROM clean_listings
        """,
        "listings",
    ),
    Question(
        "repairs",
        "The cleaning rules that changed the most listings.",
        f"""
        SELECT rule AS value, count(*) AS listings
        FROM (SELECT unnest(repairs) AS rule FROM clean_listings)
        GROUP BY rule ORDER BY listings DESC, rule LIMIT {NAMED}
        """,
        "listings",
    ),
    Question(
        "texts_restored",
        "How many damaged texts gave way to the source that they were made of, for how many papers.",
        "SELECT count(*) AS texts, count(DISTINCT paper_id) AS papers FROM text_repairs",
        "texts",
    ),
    Question(
        "abstract_length",
        "How long the abstracts are.",
        """
        SELECT quantile_disc(abstract_words, 0.05) AS low, quantile_disc(abstract_words, 0.5) AS median,
               quantile_disc(abstract_words, 0.95) AS high
        FROM quality WHERE abstract_words IS NOT NULL
        """,
        "words",
    ),
    Question(
        "links",
        "The links in the abstracts: what they lead to, and whether it was there or only promised.",
        "SELECT kind, status, count(*) AS links FROM links GROUP BY ALL ORDER BY links DESC, kind, status",
        "links",
    ),
    Question("aliases", "Identifiers that were merged away.", "SELECT count(*) AS aliases FROM paper_aliases", "ids"),
    Question(
        "funnel",
        "What became of the records, stage by stage: in = out + merged + rejected.",
        f"""
        SELECT role, stage, sum(rows_in)::BIGINT AS rows_in, sum(rows_out)::BIGINT AS rows_out,
               sum(rows_merged)::BIGINT AS rows_merged, sum(rows_rejected)::BIGINT AS rows_rejected,
               sum(rows_unused)::BIGINT AS rows_unused
        FROM audit.ledger GROUP BY role, stage
        ORDER BY role, list_position([{", ".join(literal(one) for one in Stage)}], stage)
        """,
        "records",
    ),
    Question(
        "example",
        "The paper that most listings state, to show what a row looks like.",
        f"""
        SELECT * REPLACE (CASE WHEN len(abstract) > {EXCERPT} THEN abstract[:{EXCERPT}] || '…' ELSE abstract END
                          AS abstract,
                          CASE WHEN len(abstract_tex) > {EXCERPT} THEN abstract_tex[:{EXCERPT}] || '…'
                          ELSE abstract_tex END AS abstract_tex)
        FROM papers ORDER BY listing_count + reference_count DESC, len(flags), paper_id LIMIT 1
        """,
    ),
)
"""Everything that is asked of a release, in the order in which `statistics.json` tells it."""
