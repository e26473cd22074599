"""The links in the abstracts: found, made usable, and told apart by what they lead to.

This module puts the steps in order. Where a link begins and ends is in `starts` and `spans`, its usable form
in `urls`, its sentence in `words`, its kind and status in `kinds`.
"""

import polars as pl

from assets.enrich.links.kinds import with_kinds
from assets.enrich.links.spans import find_spans
from assets.enrich.links.urls import usable
from assets.enrich.links.words import with_words
from schemas.enrichment import Links
from schemas.render.frames import polars_schema

_OPENING = r"(?:[\s$`{]|\\textcolor\{\w+\}|\\[A-Za-z]+\*?|[a-z]+\{)*"
LABEL = rf"^[.,]?\}}?\$?\{{{_OPENING}$"
"""Between an address and its label: `url}{label`, `url{label`, `url}{\\texttt{label`."""
MARKDOWN = r"^[`*.]?\]\(\s?<?$"
"""Between a label and its address: `[label](address)`."""
CLOSE = r"^[\s(){}\[\]<>$]{0,3}$"
"""Between two mentions that stand side by side: `url (url)`."""


def links(papers: pl.DataFrame) -> pl.DataFrame:
    """Finds the links in the abstracts of papers.

    Args:
        papers: Columns paper_id (unique), title, abstract (null has no links), and any others; cleaned or raw text.

    Returns:
        One row per link, with the columns and types of `Links`, sorted by paper_id and span_start. Spans count
        characters, stay inside the abstract, do not overlap, and hold `url_raw`. An address and its label, as TeX and
        Markdown write them, are one link. What only looks like a link is left out.
    """
    texts = papers.select("paper_id", "title", text="abstract").sort("paper_id").with_row_index("row")
    found = usable(find_spans(texts))
    found = found.join(texts.select("row", "paper_id", "title", "text"), on="row", maintain_order="left")
    length = pl.col("span_end") - pl.col("span_start")
    found = _without_labels(found.with_columns(url_raw=pl.col("text").str.slice(pl.col("span_start"), length)))
    described = with_kinds(with_words(found.drop("text"), texts))
    schema = polars_schema(Links)
    return described.select(list(schema)).cast(schema).sort("paper_id", "span_start")


def _without_labels(found: pl.DataFrame) -> pl.DataFrame:
    """Drops links that only repeat, as a label, the link beside them.

    A label that differs from its address is dropped as well: what is followed is the address.
    """
    key = pl.col("url").str.to_lowercase().str.replace(r"^\w+://(?:www\.)?", "").str.strip_chars_end("/")
    gap = pl.col("text").str.slice(pl.col("last_end"), pl.col("span_start") - pl.col("last_end"))
    beside = (
        found.with_columns(key=key)
        .with_columns(
            last_end=pl.col("span_end").shift(1).over("row"),
            last_key=pl.col("key").shift(1).over("row"),
        )
        .with_columns(gap=gap)
    )
    same = pl.col("key") == pl.col("last_key")
    repeated = pl.col("gap").str.contains(CLOSE) & ~pl.col("gap").str.contains(MARKDOWN) & same
    is_label = (pl.col("gap").str.contains(LABEL) | repeated).fill_null(value=False)
    next_gap, next_key = pl.col("gap").shift(-1).over("row"), pl.col("key").shift(-1).over("row")
    has_address = next_gap.str.contains(MARKDOWN)
    begun_twice = (next_gap == "") & next_key.str.starts_with(pl.col("key")) & (next_key != pl.col("key"))
    is_forerunner = (has_address | begun_twice).fill_null(value=False)
    return beside.filter(~is_label & ~is_forerunner).select(found.columns)
