"""References: records for linkage of which a test names what matters, and what becomes of two of them."""

from collections.abc import Sequence

import polars as pl
from hypothesis import strategies as st

from assets.dedupe.features import compare
from assets.dedupe.forms import forms
from assets.dedupe.records import RECORD_SCHEMA
from assets.validate.search_form import search_forms

Row = dict[str, object]

FIRST, SECOND = "a", "b"
HOSTILE = (
    "",
    " ",
    "\x00",
    "\x1b[2J\x1b]0;owned\x07",
    "\u202egnp.exe",
    "\ufeff",
    "e\u0301\u0301\u0301",
    "深度 学习",
    "'); DROP TABLE papers; --",
    '=HYPERLINK("x")',
    "<script>alert(1)</script>",
    "&#0;&#x110000;&#xD800;&amp;amp;&bogus;",
    "((((([[[[[",
    "$\\frac{1}{2$ {{{",
    "../../etc/passwd",
    "1" * 40,
    "++++ ++",
    "a" * 300,
    "(a) " * 60,
    "ii iii iv part one",
)  # fmt: skip
"""Texts that were never meant for a field, and yet stand in one."""

TEXTS = st.sampled_from(HOSTILE) | st.text(max_size=12)
ROWS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["Counting Gulls", "Counting Gulls: Part II", "Editorial"]) | TEXTS,
        "authors": st.lists(st.sampled_from(["Ada Anker", "A. Anker", "Bo Ekholm"]) | TEXTS, max_size=4),
        "year": st.integers(-1, 3) | st.sampled_from([2019, 2020, 9999]),
        "venue": st.sampled_from(["J Harb Eng", "Journal of Harbour Engineering", "arXiv"]) | TEXTS,
        "volume": st.sampled_from(["7", "8"]) | TEXTS,
        "issue": st.sampled_from(["2"]) | TEXTS,
        "pages": st.sampled_from(["100-9", "100-109", "13-May"]) | TEXTS,
        "abstract": st.sampled_from(["Gulls were counted by night and by day.", "Gulls were counted."]) | TEXTS,
        "arxiv_id": st.sampled_from(["2401.00001", "2401.00002"]),
        "doi": st.sampled_from(["10.5555/a", "10.48550/arxiv.2401.00001"]),
    },
)
"""What a source may state of a work: something, nothing, or nonsense."""


def records(rows: Sequence[Row]) -> pl.DataFrame:
    """Records, in the order given; `listing_id` is the place in the alphabet, then a number, unless it is named."""
    names = [chr(ord("a") + at) if at < 26 else f"z{at:06}" for at in range(len(rows))]
    empty: Row = {**dict.fromkeys(RECORD_SCHEMA), "source": "library", "authors": []}
    stated = pl.DataFrame(
        [{**empty, "listing_id": name, **row} for name, row in zip(names, rows, strict=True)], schema=RECORD_SCHEMA
    )
    return stated.with_columns(
        title_search=search_forms(stated["title"]), abstract_search=search_forms(stated["abstract"])
    )


def features(*cases: tuple[Row, Row]) -> pl.DataFrame:
    """The features of pairs of records, one row a case, all compared at once; a single pair is `a` and `b`."""
    names = [(f"{at:04} a", f"{at:04} b") if len(cases) > 1 else (FIRST, SECOND) for at in range(len(cases))]
    rows = [
        {**row, "listing_id": name}
        for both, ids in zip(cases, names, strict=True)
        for row, name in zip(both, ids, strict=True)
    ]
    pairs = pl.DataFrame(names, schema={"listing_a": pl.String, "listing_b": pl.String}, orient="row")
    return compare(pairs.with_columns(blocked_by=pl.lit(["title"], dtype=pl.List(pl.String))), forms(records(rows)))
