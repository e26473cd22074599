"""Small tables of papers for the tests of the enrich step."""

import polars as pl


def papers(*abstracts: str | None, title: str = "A Lantern for Every Lighthouse") -> pl.DataFrame:
    rows = [(f"p{number:016x}", title, abstract) for number, abstract in enumerate(abstracts)]
    return pl.DataFrame(rows, schema={"paper_id": pl.String, "title": pl.String, "abstract": pl.String}, orient="row")
