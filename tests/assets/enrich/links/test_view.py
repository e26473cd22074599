import duckdb

from assets.publish.views import VIEWS
from tests.frames import table

PAPER, LISTING = "p" + "0" * 16, "a" * 32
URL, ROOT = "https://github.com/Lumen/Lamp/tree/main", "https://github.com/lumen/lamp"


def test_all_links_of_a_paper_stand_side_by_side() -> None:
    both = {"paper_id": PAPER, "url": URL, "canonical_url": ROOT, "kind": "code", "host": "github.com"}
    found = {**both, "url_raw": URL, "status": "promised", "span_start": 3, "span_end": 3 + len(URL)}
    stated = {**both, "kind": None, "listing_id": LISTING, "position": 1}
    with duckdb.connect() as con:
        for name, row in (("links", found), ("source_links", stated)):
            con.register("rows", table(name, [row]).to_arrow())
            con.execute(f"CREATE TABLE {name} AS FROM rows")
        rows = con.execute(
            f"SELECT canonical_url, kind, status, origin, listing_id FROM ({VIEWS['paper_links'][1]}) ORDER BY origin"
        ).fetchall()
    assert rows == [(ROOT, "code", "promised", "abstract", None), (ROOT, None, None, "source", LISTING)]
