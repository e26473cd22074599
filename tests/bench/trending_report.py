"""How the trending score orders papers with votes, beside the order of the votes alone.

    python -m tests.bench.trending_report HOME

HOME is a published home whose dumps state votes and their day, such as the answers of a daily-papers API. For every
month: its papers, the rank correlation of attention and votes, how many of the first 30 they have in common, and the
papers that attention brings up most. Last, over all pages: how often attention orders two papers of a page as votes do.
"""

import sys
from pathlib import Path

from assets.publish.warehouse import WAREHOUSE, open_private
from pipeline.cli.output import print_table

FIRST = 30

MONTHS = f"""
    WITH ranked AS (
        SELECT date_trunc('month', last_shown_on)::DATE AS month, title,
               rank() OVER (PARTITION BY month ORDER BY attention_score DESC) AS by_attention,
               rank() OVER (PARTITION BY month ORDER BY trending.votes DESC) AS by_votes
        FROM trending JOIN papers USING (paper_id)
        WHERE trending.votes IS NOT NULL AND last_shown_on IS NOT NULL
    )
    SELECT left(month::VARCHAR, 7), count(*), round(corr(by_attention, by_votes), 3),
           count(*) FILTER (by_attention <= {FIRST} AND by_votes <= {FIRST}),
           left(arg_max(title, by_votes - by_attention) FILTER (by_attention <= {FIRST}), 60)
    FROM ranked GROUP BY month HAVING count(*) > {FIRST} ORDER BY month
"""

PAIRS = """
    WITH shown AS (
        SELECT dump_id, page, paper_id, showings.votes, attention_score
        FROM showings JOIN trending USING (paper_id) WHERE showings.votes IS NOT NULL
    )
    SELECT count(*) AS pairs,
           avg((sign(a.votes - b.votes) = sign(a.attention_score - b.attention_score))::INT) AS agreeing
    FROM shown AS a JOIN shown AS b ON a.dump_id = b.dump_id AND a.page = b.page AND a.paper_id < b.paper_id
    WHERE a.votes <> b.votes
"""


def main() -> None:
    """Prints the report of one home."""
    with open_private(Path(sys.argv[1]) / WAREHOUSE) as connection:
        rows = connection.execute(MONTHS).fetchall()
        [(pairs, agreeing)] = connection.execute(PAIRS).fetchall()
    print_table(["month", "papers", "correlation", f"in both first {FIRST}", "brought up most"], rows)
    if pairs:
        print(f"\n{pairs:,} pairs on one page with different votes: {agreeing:.1%} in the order of the votes")


if __name__ == "__main__":
    main()
