"""The example on the page about record linkage: two made-up records, compared when the page is written."""

import polars as pl

from assets.dedupe.document_pairs import bits_of_evidence
from assets.dedupe.hindsight import as_if_compared, bits_of
from assets.dedupe.records import RECORD_SCHEMA
from assets.dedupe.weights import PRIOR, WEIGHTS
from assets.validate.search_form import search_form
from schemas.render.markdown import aligned_table, code_names

RECORDS = (
    {
        "title": "Ledgers of the Northern Ferry: Notes from a Crossing",
        "authors": ["Bo Anker", "Carla Ek"],
        "year": 2001,
        "venue": "Annals of Small Weather",
        "volume": "12",
        "pages": "5-9",
    },
    {
        "title": "The ledgers of the northern ferry",
        "authors": ["B. Anker", "C. Ek"],
        "year": 2001,
        "venue": "Ann. Small Weather",
        "volume": "12",
        "pages": "5-9",
    },
)
SHOWN = ("title", "authors", "year", "venue", "volume", "pages")


def section() -> str:
    """The example as Markdown: both records, what each field weighs, and what was decided."""
    pair = as_if_compared(_records()).row(0, named=True)
    stated = [(name, *(_shown(record[name]) for record in RECORDS)) for name in SHOWN]
    columns = [f"{field}_agreement" for field in WEIGHTS]
    weights = [(f"`{name}`", bits_of_evidence(bits_of(name, pair[name]) or 0), f"`{pair[name]}`") for name in columns]
    told = [
        ("before anything is compared", f"{PRIOR:+g}", ""),
        *weights,
        ("**evidence**", f"**{pair['bits']:+g}**", ""),
    ]
    return f"""### An example

{aligned_table(("", "one record", "the other"), stated)}
They share keys of these kinds: {code_names(pair["blocked_by"])}.

{aligned_table(("field", "bits", "degree"), told)}
The decision is `{pair["decision"]}` because of `{pair["reason"]}`, with a score of {pair["score"]:.6f}.
"""


def _records() -> pl.DataFrame:
    """Columns RECORD_SCHEMA."""
    rows = [{"listing_id": f"{place}" * 32, **record} for place, record in enumerate(RECORDS)]
    return pl.DataFrame(rows, schema=RECORD_SCHEMA).with_columns(
        title_search=search_form(pl.col("title")), abstract_search=pl.lit("")
    )


def _shown(value: object) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)
