"""What references bring to real dumps: `python -m tests.bench.reference_report RAW PACKS [HOME]`.

RAW holds the dumps, PACKS the unpacked folders of real data that serve as references. The whole pipeline runs in HOME
(in a folder that is thrown away, without it; a home that is up to date is taken as it is), and the papers that found a
listing of a reference are counted beside those that equal titles alone would find. What was found beyond equal titles,
what was missed against them, and pairs to be judged by eye can be listed with both sides.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import duckdb
import polars as pl

from assets.home import Home
from assets.publish.runs import peak_memory_bytes
from pipeline import engine
from pipeline.memory import keep_freed_memory
from tests.bench.linkage_misses import print_table

REFERENCES = (
    "arxiv-harvest-jsonl",
    "arxiv-daily-tables",
    "hf-daily-json",
    "hf-weekly-text",
    "acl-anthology-xml",
    "venue-json",
)
TARGETS = {"papers found": 272, "with an arXiv id": 206, "with a source abstract": 204, "with all authors": 160}
"""What has to be reached on the five dumps with these references."""
LETTERS = "regexp_replace(lower({}), '[^a-z0-9]+', '', 'g')"
"""An exact normalised title: the letters and digits of what the dump says, without any rule of ours."""
TELLS = {
    "papers found": "true",
    "with an arXiv id": "arxiv_id IS NOT NULL",
    "with a source abstract": "abstract IS NOT NULL",
    "with all authors": "format <> 'paper_tables' AND len(authors) > 0",
}
"""What a listing of a reference must state to count; tables of papers name the first author alone."""
SHOWN = 400
"""Characters of an abstract to judge by."""


def run(home: Home) -> None:
    """Brings a home up to date, and prints time and memory of each stage."""
    if engine.is_unchanged(home):
        print(f"{home.warehouse} is up to date: no stage was run")
        return
    stages: list[tuple[str, float, int]] = []

    def ended(done: engine.StageDone) -> None:
        stages.append((str(done.stage), round(done.seconds, 1), peak_memory_bytes() // 1_000_000))

    outcome = engine.run(home, ended)
    if not outcome.success:
        sys.exit("; ".join(outcome.faults))
    print_table(pl.DataFrame(stages, schema=["stage", "seconds", "peak MB so far"], orient="row"))


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the tables of the report: listings of feeds and references, who was joined with whom, and by what."""
    connection.execute(
        f"""
        CREATE TEMP TABLE stated AS
        SELECT c.*, l.title_raw, d.format, d.uri, d.role, {LETTERS.format("l.title_raw")} AS letters
        FROM clean_listings c JOIN listings l USING (listing_id) JOIN dumps d ON d.dump_id = c.dump_id;
        CREATE TEMP TABLE placed AS
        SELECT p.paper_id, p.relation, p.match_reason, s.* FROM paper_listings p JOIN stated s USING (listing_id);
        CREATE TEMP TABLE equal_titles AS
        SELECT f.paper_id, f.listing_id AS feed_id, s.*
        FROM (FROM placed WHERE role = 'feed') f JOIN stated s ON s.letters = f.letters AND s.role = 'reference';
        CREATE TEMP TABLE pairs AS
        SELECT listing_a AS feed_id, listing_b AS listing_id, decision, reason, bits FROM audit.match_pairs
        UNION ALL SELECT listing_b, listing_a, decision, reason, bits FROM audit.match_pairs
        """
    )


def counted(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Columns measure, found (by the pipeline), equal_titles, target; one row per measure."""
    rows = []
    for measure, tells in TELLS.items():
        found, equal = (
            connection.execute(
                f"SELECT count(DISTINCT paper_id) FROM {table} WHERE role = 'reference' AND {tells}"
            ).fetchall()[0][0]
            for table in ("placed", "equal_titles")
        )
        rows.append((measure, found, equal, TARGETS[measure]))
    return pl.DataFrame(rows, schema=["measure", "found", "equal_titles", "target"], orient="row")


def show(connection: duckdb.DuckDBPyConnection, head: str, query: str) -> None:
    """Prints the answer to a query as a table."""
    print(f"\n{head}")
    print_table(connection.sql(query).pl())


def report(connection: duckdb.DuckDBPyConnection) -> None:
    """Prints what references brought."""
    print("\npapers that have a listing of a reference, beside equal titles alone")
    print_table(counted(connection))
    show(
        connection,
        "fields of the papers that have a value",
        """
        SELECT count(*) AS papers, count(arxiv_id) AS arxiv_id, count(doi) AS doi, count(acl_id) AS acl_id,
               count(openreview_id) AS openreview_id, count(*) FILTER (len(authors) > 0) AS authors,
               count(first_author) AS first_author, count(published_on) AS published_on, count(venue) AS venue,
               count(*) FILTER (len(categories) > 0) AS categories, count(code_url) AS code_url FROM papers
        """,
    )
    show(
        connection,
        "use of the references, by format",
        """
        SELECT format, count(*) AS dumps, sum(listing_count)::BIGINT AS listings, sum(matched_count)::BIGINT AS matched,
               sum(value_count)::BIGINT AS "values", sum(chosen_count)::BIGINT AS chosen,
               sum(differing_count)::BIGINT AS differing
        FROM audit.reference_use GROUP BY format ORDER BY chosen DESC, format
        """,
    )
    show(connection, "contradictions", "FROM audit.conflicts_by_field WHERE conflict_count > 0")
    show(
        connection,
        "papers whose page lost mathematics",
        """
        SELECT count(*) AS papers, count(*) FILTER (has_source) AS with_a_source_abstract,
               count(*) FILTER (has_proof) AS with_a_proof, count(*) FILTER (NOT is_left) AS repaired,
               count(*) FILTER (has_source AND is_left) AS left_beside_a_source
        FROM (
            SELECT paper_id, any_value(list_contains(papers.flags, 'math_loss')) AS is_left,
                   bool_or(placed.role = 'reference' AND placed.abstract IS NOT NULL) AS has_source,
                   paper_id IN (SELECT paper_id FROM text_repairs WHERE field = 'abstract') AS has_proof
            FROM papers JOIN placed USING (paper_id) GROUP BY paper_id
            HAVING bool_or(placed.role = 'feed' AND list_contains(placed.flags, 'math_loss'))
        )
        """,
    )
    show(connection, "proofs of texts", "SELECT field, proof, count(*) AS texts FROM text_repairs GROUP BY ALL")
    show(
        connection,
        "days of the pages",
        """
        SELECT dumps.uri, pages.page_date_raw, listed_on, proof, missing_reason, proof_published_on,
               left(stated.title, 50) AS proved_by
        FROM pages JOIN dumps USING (dump_id) LEFT JOIN stated ON stated.listing_id = proof_listing_id
        WHERE dumps.role = 'feed' ORDER BY uri, page
        """,
    )


def print_new(connection: duckdb.DuckDBPyConnection) -> None:
    """Prints the papers that were found although no title is equal."""
    print("\n--- found beyond equal titles")
    beyond = "SELECT DISTINCT paper_id FROM placed WHERE role = 'reference' EXCEPT SELECT paper_id FROM equal_titles"
    for (paper_id,) in connection.execute(f"{beyond} ORDER BY paper_id").fetchall():
        print_paper(connection, paper_id, "true")


def print_misses(connection: duckdb.DuckDBPyConnection) -> None:
    """Prints the pairs of equal titles that were not joined: of papers without any reference first."""
    print("\n--- not joined in spite of equal titles")
    rows = connection.execute(
        f"""
        SELECT equal_titles.paper_id IN (SELECT paper_id FROM placed WHERE role = 'reference') AS is_found,
               any_value(coalesce(pairs.decision, 'not compared')), any_value(pairs.reason), any_value(pairs.bits),
               feed.title, equal_titles.title, equal_titles.format, equal_titles.uri,
               left(feed.abstract, {SHOWN}), left(equal_titles.abstract, {SHOWN})
        FROM equal_titles JOIN stated AS feed ON feed.listing_id = feed_id
        LEFT JOIN pairs ON pairs.feed_id = equal_titles.feed_id AND pairs.listing_id = equal_titles.listing_id
        WHERE equal_titles.listing_id NOT IN (SELECT listing_id FROM placed)
        GROUP BY ALL ORDER BY is_found, feed.title, equal_titles.uri
        """
    ).fetchall()
    for is_found, decision, reason, bits, title, other, form, uri, abstract, source in rows:
        head = "found by another listing" if is_found else "MISSED"
        print(f"\n{head}: {decision} {reason or ''} {bits if bits is not None else ''} {form} {uri}")
        print(f"  page      {title}\n  reference {other}\n  page      {abstract}\n  reference {source}")


def print_to_judge(connection: duckdb.DuckDBPyConnection, count: int) -> None:
    """Prints what a person should judge: all joins of differing titles, and some of the others."""
    print("\n--- to judge: the title of a reference is another one")
    differing = """
        SELECT DISTINCT r.paper_id FROM placed r WHERE r.role = 'reference' AND r.letters NOT IN
            (SELECT f.letters FROM placed f WHERE f.role = 'feed' AND f.paper_id = r.paper_id)
    """
    for (paper_id,) in connection.execute(f"{differing} ORDER BY ALL").fetchall():
        print_paper(
            connection,
            paper_id,
            "letters NOT IN (SELECT letters FROM placed f WHERE f.role = 'feed' AND f.paper_id = placed.paper_id)",
        )
    print(f"\n--- to judge: {count} of the others")
    others = f"SELECT DISTINCT paper_id FROM placed WHERE role = 'reference' AND paper_id NOT IN ({differing})"
    for (paper_id,) in connection.execute(f"{others} ORDER BY md5(paper_id) LIMIT {count}").fetchall():
        print_paper(connection, paper_id, "true")


def print_paper(connection: duckdb.DuckDBPyConnection, paper_id: str, wanted: str) -> None:
    """Prints a paper and its listings of references, each with what joined it to a listing of a feed."""
    feed = "SELECT listing_id, uri, title, abstract FROM placed WHERE role = 'feed' AND paper_id = ? ORDER BY uri"
    listed = connection.execute(feed, [paper_id]).fetchall()
    print(f"\n{paper_id}  {listed[0][2]}")
    references = connection.execute(
        f"""
        SELECT uri, format, relation, title, authors[:4], arxiv_id, year, left(abstract, {SHOWN}), any_value(told)
        FROM placed LEFT JOIN (
            SELECT listing_id, string_agg(DISTINCT decision || ' ' || reason || ' ' || bits::VARCHAR, ', ') AS told
            FROM pairs WHERE feed_id IN (SELECT listing_id FROM placed WHERE role = 'feed') GROUP BY listing_id
        ) USING (listing_id)
        WHERE role = 'reference' AND paper_id = ? AND {wanted} GROUP BY ALL ORDER BY uri
        """,
        [paper_id],
    ).fetchall()
    for uri, form, relation, title, authors, arxiv_id, year, _, told in references:
        print(f"  {form} {uri}: {title}\n      {authors} {arxiv_id} {year} {relation}; {told or 'through another'}")
    print(f"  page      {(listed[0][3] or '')[:SHOWN]}")
    for text in dict.fromkeys(row[7] for row in references if row[7]):
        print(f"  reference {text}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("raw", type=Path, help="folder of dumps")
    parser.add_argument("packs", type=Path, help="folder of unpacked packs")
    parser.add_argument("home", type=Path, nargs="?", help="home to run in, kept afterwards")
    parser.add_argument("--misses", action="store_true", help="list pairs of equal titles that were not joined")
    parser.add_argument("--new", action="store_true", help="list papers found beyond equal titles")
    parser.add_argument("--judge", type=int, metavar="N", help="list joins of differing titles, and N of the others")
    options = parser.parse_args()
    keep_freed_memory()
    with tempfile.TemporaryDirectory() as scratch:
        references = [str(options.packs / name) for name in REFERENCES]
        home = Home(path=str(options.home or scratch), raw=[str(options.raw)], reference=references)
        run(home)
        with duckdb.connect(str(home.warehouse), read_only=True) as connection:
            prepare(connection)
            report(connection)
            if options.new:
                print_new(connection)
            if options.misses:
                print_misses(connection)
            if options.judge is not None:
                print_to_judge(connection, options.judge)
    return 0


if __name__ == "__main__":
    sys.exit(main())
