"""Places: where in a venue a record is: volume, issue and pages, as numbers.

Exports mangle them: `1091-7`, `H1091-H1097`, `pp. 1091-1097.`, `13-May` for pages 5-13 (a spreadsheet took them for a
date), `1)` for the end of a supplement.
"""

import polars as pl

SUPPLEMENT = r"(?i)\bsuppl\w*\.?\s*[0-9]*|\bs[0-9]+\b|\bp(?:t|art)\.?\s*[0-9]+|\bspec\w*\.? no\.?\s*[0-9]*"
MONTHS = {
    "jan": "1", "feb": "2", "mar": "3", "apr": "4", "may": "5", "jun": "6", "jul": "7", "aug": "8", "sep": "9",
    "oct": "10", "nov": "11", "dec": "12",
}  # fmt: skip
AS_A_DATE = rf"^(?:[0-9]{{1,2}}-(?:{'|'.join(MONTHS)})|(?:{'|'.join(MONTHS)})-[0-9]{{1,2}})$"


def place_forms(volume: pl.Series, issue: pl.Series, pages: pl.Series) -> pl.DataFrame:
    """Makes what is compared of volume, issue and pages.

    Args:
        volume: String, as a source has it.
        issue: String.
        pages: String.

    Returns:
        Columns volume, issue, page_first, page_last: Int64, null where there is none. A last page is completed by the
        digits of the first that it leaves out.
    """
    raw = pl.DataFrame({"volume": volume, "issue": issue, "pages": pages}).with_columns(pl.all().fill_null(""))
    without = pl.col("volume").str.replace_all(SUPPLEMENT, " ")
    inner = pl.coalesce(
        pl.when(pl.col("issue") != "").then(pl.col("issue").str.extract(r"([0-9]+)")),
        pl.col("volume").str.extract(r"[0-9]\s*(?:\(|:|, ?no\. ?)\s*([0-9]+)"),
    )
    page = pl.col("pages").str.to_lowercase().str.strip_chars()
    as_date = page.str.contains(AS_A_DATE)
    page = pl.when(as_date).then(page.str.replace_many(MONTHS)).otherwise(page)
    numbers = page.str.extract_all("[0-9]{1,9}").list.eval(pl.element().cast(pl.Int64))
    starts_later = page.str.contains(r"^[a-z]+\s?-\s?[a-z]?[0-9]+$") & ~as_date
    first = pl.when(as_date).then(numbers.list.min()).when(~starts_later).then(numbers.list.first())
    last = (
        pl.when(as_date)
        .then(numbers.list.max())
        .when(starts_later)
        .then(numbers.list.first())
        .otherwise(numbers.list.get(1, null_on_oob=True))
    )
    return raw.select(
        volume=pl.when(~pl.col("volume").str.contains(r"^\s*[0-9]+\)")).then(
            without.str.extract("([0-9]{1,9})").cast(pl.Int64)
        ),
        issue=inner.str.head(9).cast(pl.Int64),
        page_first=first,
        page_last=last,
    ).with_columns(page_last=_completed(pl.col("page_first"), pl.col("page_last")))


def _completed(first: pl.Expr, last: pl.Expr) -> pl.Expr:
    """`1091-7` ends at 1097; what ends before it begins, such as `195-20`, has no end that could be told."""
    size = pl.lit(10).pow(last.cast(pl.String).str.len_chars()).cast(pl.Int64)
    end = pl.when(last < first).then(first - first % size + last).otherwise(last)
    return pl.when((end >= first).fill_null(value=True)).then(end)
