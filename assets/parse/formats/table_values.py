"""Values of tables: columns of text become statements; what no statement takes goes to `source_fields` by its name."""

import json
from collections.abc import Callable, Mapping, Sequence

import polars as pl

from assets.jsontext import as_json
from assets.parse.formats.bibliography import HOME_PATH
from assets.parse.formats.parquet_values import as_text, author_names
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
        table: One column per name of `columns`, of types that JSON has; what is empty is null.
        columns: What they state.
        separator: What stands between the names of several authors, if it is known.

    Returns:
        Columns of the statements but for the place, as many rows as the table has. What is stated verbatim is not
        repeated in `source_fields`; accounts and addresses of people, and paths on their machines, are left out.
    """
    left = {name: table[name] for name in columns.names if name not in columns.personal}
    stated: dict[str, pl.Series] = {}
    for what, sources in columns.stating.items():
        if what in LISTS or what == "authors":
            continue
        texts = {name: as_text(table[name]) for name in sources}
        values = _first(list(texts.values()), FOUR_DIGITS if what in DATES else r"\S")
        stated[what if what in STATEMENT_SCHEMA else f"{what}_raw"] = values
        left |= {name: _unless(texts[name].eq(values), table[name]) for name in sources if _is_plain(table[name])}
    for what, split in LISTS.items():
        lists = [_list_of(table[name], split) for name in columns.stating.get(what, ())]
        if lists:
            stated[what] = _joined(lists)
        left |= {name: _rest_of(what, table[name]) for name in columns.stating.get(what, ())}
    _state_authors(table, columns, separator, stated, left)
    _state_pages(table, columns, stated, left)
    _state_mentioned(stated, as_text(table[columns.notes]) if columns.notes else None)
    return {**stated, "source_fields": as_fields(left, table.height)}


def as_fields(columns: Mapping[str, pl.Series], height: int) -> pl.Series:
    """Makes JSON objects of columns.

    Args:
        columns: Name -> values of types that JSON has; null, and what shows nothing, is no field.
        height: Number of rows.

    Returns:
        A JSON object for each row.
    """
    fields = []
    for name, values in columns.items():
        shown = values
        if values.dtype == pl.String:
            shown = _unless(~values.str.contains(r"\S") | values.str.contains(HOME_PATH), values)
        if shown.null_count() < height:
            texts = shown.alias("value").to_frame().select(as_json("value")).to_series()
            key = json.dumps(name, ensure_ascii=False)
            fields.append(_unless(shown.is_null() | texts.is_in(["[]", "null"]), key + ":" + texts))
    if not fields:
        return pl.Series("source_fields", ["{}"], dtype=pl.String).new_from_index(0, height)
    frame = pl.DataFrame([one.alias(str(number)) for number, one in enumerate(fields)])
    joined = pl.concat_str(pl.all(), separator=",", ignore_nulls=True)
    return frame.select(pl.lit("{") + joined + pl.lit("}")).to_series()


def _is_plain(values: pl.Series) -> bool:
    return not values.dtype.is_nested()


def _unless(is_meant: pl.Series, values: pl.Series) -> pl.Series:
    """Values, but null where something is the case."""
    is_kept = pl.when(~is_meant.fill_null(value=False).alias("is_meant"))
    return values.alias("value").to_frame().select(is_kept.then("value")).to_series()


def _list_of(values: pl.Series, split: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Values as lists of texts: split, where they are texts themselves."""
    return values if values.dtype == pl.List(pl.String) else split(as_text(values))


def _first(candidates: Sequence[pl.Series], pattern: str) -> pl.Series:
    """The first of several values that has a pattern; the first that is there, where none has it."""
    fitting = [_unless(~values.str.contains(pattern), values) for values in candidates]
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
    if values.dtype == pl.List(pl.String):
        is_link = pl.element().str.contains(ARE_LINKS)
        are_left = values.list.eval(pl.element().filter(~is_link)) if what == "urls" else values
        return _unless((are_left.list.len() == 0) | pl.Series([what != "urls"]), are_left)
    if not _is_plain(values):
        return values
    return _unless(values.str.contains(ARE_LINKS) if what == "urls" else values.is_not_null(), values)


def _state_authors(
    table: pl.DataFrame,
    columns: TableColumns,
    separator: str | None,
    stated: dict[str, pl.Series],
    left: dict[str, pl.Series],
) -> None:
    """States the names of authors from the first column that has any."""
    sources = columns.stating.get("authors", ())
    if not sources:
        return
    for name in sources:
        values = table[name]
        names = author_names(values)
        if names is None:
            stated["authors_raw"] = as_text(values)
            stated["authors"] = split_names(stated["authors_raw"], separator)
        else:
            stated["authors_raw"] = _unless(
                values.is_null(), names.alias("value").to_frame().select(as_json("value")).to_series()
            )
            stated["authors"] = names
        if stated["authors"].list.len().sum():
            break
    if values.dtype == pl.List(pl.String) or _is_plain(values):
        left[name] = _unless(values.is_not_null(), values)


def _state_pages(
    table: pl.DataFrame, columns: TableColumns, stated: dict[str, pl.Series], left: dict[str, pl.Series]
) -> None:
    """Puts first and last page together, where no column states both."""
    first, last = columns.page_ends
    if first is None or "pages" in stated:
        return
    begins = as_text(table[first])
    ends = as_text(table[last]) if last else begins.clear(len(begins))
    frame = pl.DataFrame({"first": begins, "last": ends})
    pages = pl.concat_str(
        "first", pl.when(pl.col("first").is_not_null()).then("last"), separator="-", ignore_nulls=True
    )
    stated["pages"] = frame.select(pl.when(pages != "").then(pages)).to_series()
    left |= {name: _unless(begins.is_not_null(), table[name]) for name in (first, last) if name}


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
