"""Values of tables: columns of text become statements; what no statement takes goes to `source_fields` by its name."""

import json
from collections.abc import Mapping, Sequence

import polars as pl

from assets.jsontext import as_json
from assets.parse.formats.bibliography import HOME_PATH
from assets.parse.formats.table_columns import TableColumns
from assets.parse.formats.table_lists import ARE_LINKS, split_links, split_subjects
from assets.parse.name_lists import split_names
from assets.parse.reader import STATEMENT_SCHEMA

NOTED = {"pmid_raw": r"\bPMID:\s*([0-9]{1,8})\b", "arxiv_raw": r"(?i)\barXiv:\s*([a-z.-]*/?[0-9.]{7,}(?:v[0-9]+)?)"}
"""Identifiers that a column of notes may hold by their names, as Zotero's `Extra` does."""
DBLP_KEY = r"^((?:conf|journals|books|phd|reference|series)/[^\s/]+(?:/[^\s/]+)+)$"
FOUR_DIGITS = "[0-9]{4}"
LINKED = {
    "arxiv_raw": r"(?i)\bhttps?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/[a-z./0-9-]+",
    "doi_raw": r"(?i)\bhttps?://(?:dx\.)?doi\.org/10\.[^\s|]+",
    "acl_raw": r"(?i)\bhttps?://(?:www\.)?acl(?:anthology\.org|web\.org/anthology)/(?:[a-z][0-9]{2}-[0-9]{4}|[0-9]{4}\.[a-z0-9_]+-[a-z0-9_]+\.[0-9]+)\b",
    "openreview_raw": r"(?i)\bhttps?://(?:www\.)?openreview\.net/(?:forum|pdf)\?id=[a-z0-9_-]+",
    "pmid_raw": r"(?i)\bhttps?://(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/[0-9]{1,8}\b",
}
"""Identifiers that a link states, where no column does."""


def state(table: pl.DataFrame, columns: TableColumns, separator: str | None) -> dict[str, pl.Series]:
    """States the records of a table.

    Args:
        table: One column per name of `columns`, of String; what is empty is null.
        columns: What they state.
        separator: What stands between the names of several authors, if it is known.

    Returns:
        Columns of the statements but for the place, as many rows as the table has. What is stated verbatim is not
        repeated in `source_fields`; accounts and addresses of people, and paths on their machines, are left out.
    """
    left = {name: table[name] for name in columns.names if name not in columns.personal}
    stated: dict[str, pl.Series] = {}
    for what, sources in columns.stating.items():
        if what in LISTS:
            continue
        values = _first([table[name] for name in sources], FOUR_DIGITS if what in DATES else r"\S")
        stated[what if what in STATEMENT_SCHEMA else f"{what}_raw"] = values
        left |= {name: table[name].set(table[name].eq_missing(values), None) for name in sources}
    if "authors" in columns.stating:
        stated["authors_raw"] = stated.pop("authors")
        stated["authors"] = split_names(stated["authors_raw"], separator)
    for what, split in LISTS.items():
        lists = [split(table[name]) for name in columns.stating.get(what, ())]
        if lists:
            stated[what] = _joined(lists)
        left |= {name: _rest_of(what, table[name]) for name in columns.stating.get(what, ())}
    _state_pages(table, columns, stated, left)
    _state_mentioned(stated, table[columns.notes] if columns.notes else None)
    return {**stated, "source_fields": as_fields(left, table.height)}


def as_fields(columns: Mapping[str, pl.Series], height: int) -> pl.Series:
    """Makes JSON objects of columns.

    Args:
        columns: Name -> String; null, and what shows nothing, is no field.
        height: Number of rows.

    Returns:
        A JSON object for each row.
    """
    fields = []
    for name, values in columns.items():
        shown = values.set(~values.str.contains(r"\S") | values.str.contains(HOME_PATH), None)
        if shown.null_count() < height:
            texts = shown.to_frame("value").select(as_json("value")).to_series()
            fields.append((json.dumps(name, ensure_ascii=False) + ":" + texts).set(shown.is_null(), None))
    if not fields:
        return pl.Series("source_fields", ["{}"], dtype=pl.String).new_from_index(0, height)
    frame = pl.DataFrame([one.alias(str(number)) for number, one in enumerate(fields)])
    joined = pl.concat_str(pl.all(), separator=",", ignore_nulls=True)
    return frame.select(pl.lit("{") + joined + pl.lit("}")).to_series()


def _first(candidates: Sequence[pl.Series], pattern: str) -> pl.Series:
    """The first of several values that has a pattern; the first that is there, where none has it."""
    fitting = [values.set(~values.str.contains(pattern), None) for values in candidates]
    frame = pl.DataFrame([values.alias(str(at)) for at, values in enumerate([*fitting, *candidates])])
    return frame.select(pl.coalesce(pl.all())).to_series()


def _joined(lists: Sequence[pl.Series]) -> pl.Series:
    """Lists one after another, what stands in several of them once."""
    if len(lists) == 1:
        return lists[0]
    frame = pl.DataFrame([one.alias(str(at)) for at, one in enumerate(lists)])
    return frame.select(pl.concat_list(pl.all()).list.unique(maintain_order=True)).to_series()


def _rest_of(what: str, values: pl.Series) -> pl.Series:
    """Values without those that became items of a list: all subjects did, and what was a link."""
    is_taken = values.str.contains(ARE_LINKS) if what == "urls" else values.is_not_null()
    return values.set(is_taken, None)


def _state_pages(
    table: pl.DataFrame, columns: TableColumns, stated: dict[str, pl.Series], left: dict[str, pl.Series]
) -> None:
    """Puts first and last page together, where no column states both."""
    first, last = columns.page_ends
    if first is None or "pages" in stated:
        return
    ends = table[last] if last else pl.Series([None], dtype=pl.String).new_from_index(0, table.height)
    frame = pl.DataFrame({"first": table[first], "last": ends})
    joined = pl.concat_str(
        "first", pl.when(pl.col("first").is_not_null()).then("last"), separator="-", ignore_nulls=True
    )
    stated["pages"] = frame.select(pl.when(joined != "").then(joined)).to_series()
    left[first] = table[first].clear(table.height)
    if last:
        left[last] = ends.set(table[first].is_not_null(), None)


def _state_mentioned(stated: dict[str, pl.Series], notes: pl.Series | None) -> None:
    """States the identifiers that links, notes and keys hold, where no column states them."""
    if "urls" in stated:
        links = stated["urls"].list.join(" ")
        for column, pattern in LINKED.items():
            _fill(stated, column, links.str.extract(f"({pattern})", 1))
    if notes is not None:
        for column, pattern in NOTED.items():
            _fill(stated, column, notes.str.extract(pattern, 1))
    if "source_key" in stated:
        _fill(stated, "dblp_raw", stated["source_key"].str.extract(DBLP_KEY, 1))


def _fill(stated: dict[str, pl.Series], column: str, values: pl.Series) -> None:
    """States values where nothing is stated yet."""
    stated[column] = stated[column].zip_with(stated[column].is_not_null(), values) if column in stated else values


LISTS = {"categories": split_subjects, "urls": split_links}
"""What a record states several of."""
DATES = frozenset({"published", "updated"})
