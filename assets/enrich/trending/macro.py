"""The score in SQL: papers in their order, and the score as of any day, from the published tables alone."""

from assets.enrich.trending.score import (
    COMMENTS_WEIGHT,
    DIGITS,
    HALF_LIFE_DAYS,
    LEAST_RANK_WEIGHT,
    MICRO,
    PAGES_WEIGHT,
    VOTES_WEIGHT,
)

ORDER = f"age_days IS NULL, log2(attention_score) - coalesce(age_days, 0) / {HALF_LIFE_DAYS} DESC, paper_id"
"""The order of the score, also where the score itself has become too small to tell one from the other; papers whose age
is not known come last, since nothing says that they are new."""

TRENDING_PAPERS = (
    "A paper that pages showed, its rank by score, and why; those whose age is not known come after all others.",
    f"""
    SELECT row_number() OVER (ORDER BY {ORDER}) AS rank,
           paper_id, papers.title, score, as_of,
           concat_ws(', ',
               CASE WHEN trending.best_position IS NULL THEN 'shown'
                    WHEN page_count = 1 THEN 'rank ' || trending.best_position
                    ELSE 'best rank ' || trending.best_position END
                   || ' on ' || page_count || CASE WHEN page_count = 1 THEN ' page' ELSE ' pages' END,
               votes || CASE WHEN votes = 1 THEN ' vote' ELSE ' votes' END,
               comment_count || CASE WHEN comment_count = 1 THEN ' comment' ELSE ' comments' END,
               CASE age_basis
                   WHEN 'shown' THEN 'last shown on ' || last_shown_on
                   WHEN 'published' THEN 'published ' || left(papers.published_on::VARCHAR,
                        CASE published_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END)
                   ELSE 'on no known day' END) AS why
    FROM trending JOIN papers USING (paper_id) ORDER BY rank
    """,  # noqa: S608 made of numbers and names of columns
)
"""The view `trending_papers`: what a row is, and the query."""

TRENDING_AS_OF = f"""
    CREATE MACRO trending_as_of(day) AS TABLE
    WITH seen AS (
        SELECT *, CASE WHEN rank IS NULL THEN {LEAST_RANK_WEIGHT}
                  ELSE greatest({LEAST_RANK_WEIGHT}, 1 / log2(1 + rank)) END AS weight
        FROM showings
        WHERE shown_on <= day::DATE
           OR (shown_on IS NULL AND coalesce((SELECT max(as_of) FROM trending) <= day::DATE, true))
    ), counted AS (
        SELECT paper_id, count(*) AS page_count, min(rank) AS best_position,
               sum(round(weight * {MICRO})::BIGINT)::BIGINT / {MICRO} AS rank_weight,
               arg_max(votes, (coalesce(shown_on, DATE '0001-01-01'), votes)) FILTER (votes IS NOT NULL) AS votes,
               arg_max(comment_count, (coalesce(shown_on, DATE '0001-01-01'), comment_count))
                   FILTER (comment_count IS NOT NULL) AS comment_count,
               min(shown_on) AS first_shown_on, max(shown_on) AS last_shown_on
        FROM seen GROUP BY paper_id
    ), aged AS (
        SELECT counted.*, papers.title,
               coalesce(last_shown_on, published_on) AS since,
               CASE WHEN since IS NOT NULL THEN greatest(0, date_diff('day', since, day::DATE)) END AS age_days,
               {PAGES_WEIGHT} + CASE WHEN votes IS NULL THEN 0 ELSE {VOTES_WEIGHT} END
                   + CASE WHEN comment_count IS NULL THEN 0 ELSE {COMMENTS_WEIGHT} END AS weights
        FROM counted JOIN papers USING (paper_id)
    ), parted AS (
        SELECT *, round({PAGES_WEIGHT} * log2(1 + rank_weight) / weights, {DIGITS}) AS pages_contribution,
               round({VOTES_WEIGHT} * log10(1 + votes) / weights, {DIGITS}) AS votes_contribution,
               round({COMMENTS_WEIGHT} * log10(1 + comment_count) / weights, {DIGITS}) AS comments_contribution
        FROM aged
    ), scored AS (
        SELECT *, round(pages_contribution + coalesce(votes_contribution, 0) + coalesce(comments_contribution, 0),
                        {DIGITS}) AS attention_score
        FROM parted
    )
    SELECT paper_id, title,
           round(attention_score * CASE WHEN age_days IS NULL THEN 1 ELSE pow(0.5, age_days / {HALF_LIFE_DAYS}) END,
                 {DIGITS}) AS score,
           attention_score, page_count, best_position, votes, comment_count, pages_contribution, votes_contribution,
           comments_contribution, first_shown_on, last_shown_on, age_days
    FROM scored ORDER BY {ORDER}
"""  # noqa: S608 made of numbers and names of columns
"""The macro `trending_as_of(day)`: pages until that day alone count. A page whose day is not known counts from the
newest day that the dumps prove; the votes of a page are those that it had when it was captured."""
