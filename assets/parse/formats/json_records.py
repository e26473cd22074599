"""Any other JSON of papers: objects, one a line or in an array, whose keys are those of a table of papers.

The fallback after all particular formats. CSL-JSON, as reference managers export it, is one of its kinds.
"""

from collections.abc import Iterator
from html import unescape
from typing import Any

import polars as pl

from assets.parse.formats import (
    arxiv_document,
    arxiv_harvest,
    arxiv_snapshot,
    crossref,
    daily_papers_json,
    openalex,
    semantic_scholar,
    venue_json,
)
from assets.parse.formats.json_people import IS_NAME, PERSON, personal_fields
from assets.parse.formats.table_columns import are_of_papers, assign
from assets.parse.json_head import head_of, json_head, record_spans
from assets.parse.json_query import JsonMapping
from assets.parse.json_records import read_spans
from assets.parse.name_lists import AND, guess_separator, split_names
from assets.parse.reader import STATEMENT_SCHEMA, Content, Head, Hints, Reader
from assets.parse.selective import change_some
from schemas.formats import Format

PARTICULAR = (
    arxiv_snapshot,
    arxiv_harvest,
    venue_json,
    daily_papers_json,
    openalex,
    crossref,
    semantic_scholar,
    arxiv_document,
)
"""Formats whose records have the keys of a table too, and more."""
SPLIT = {
    "categories": (r"\s*;\s*|,\s+", ""),
    "urls": (r"[\s,;|]+((?:https?|ftp)://)", r"\1"),
}
"""Column of a list -> what stands between its items in one text, and what of that stays."""
IN_PARTS = "issued"
"""Key under which CSL-JSON has the date, as `{"date-parts": [[2020, 7, 1]]}`."""
ENTITY = "&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});"
"""A character as HTML writes it: its semicolon separates nothing."""
ODD = frozenset("\"'\\{}")
"""What a key does not hold that is looked for."""

_PARTS = [f'{{$.{IN_PARTS}."date-parts"[0][{at}]}}' for at in range(3)]
_DATE = f"concat_ws('-', {_PARTS[0]}, lpad({_PARTS[1]}, 2, '0'), lpad({_PARTS[2]}, 2, '0'))"
_DATES = f"nullif({_DATE}, ''), {{$.{IN_PARTS}.raw}}, {{$.{IN_PARTS}.literal}}"


def recognises(head: Head) -> bool:
    """Whether most of the first objects have the keys of a paper, and a title that is a text."""
    found = json_head(head)
    alike = [_is_paper(record) for record in found.objects] if found else []
    return 2 * sum(alike) > len(alike) and not any(format_.recognises(head) for format_ in PARTICULAR)


def read(content: Content, hints: Hints) -> Iterator[pl.DataFrame]:
    """Reads all records.

    Args:
        content: The dump after unpacking.
        hints: Which key is which column, where the keys do not say so, and what stands between authors.

    Yields:
        Frames of STATEMENT_SCHEMA, one row per object.
    """
    found = json_head(head_of(content))
    mapping = _mapping(found.objects if found else [], hints)
    for frame in read_spans(content, record_spans(content), mapping):
        yield _with_authors(frame, hints)


def _is_paper(record: dict[str, Any]) -> bool:
    titles = assign(list(record)).stating.get("title", ())
    return are_of_papers(list(record)) and (not titles or any(isinstance(record.get(key), str) for key in titles))


def _with_authors(frame: pl.DataFrame, hints: Hints) -> pl.DataFrame:
    """Adds the names that a text lists, or the text where names are stated: a source has one of the two."""
    has_names = pl.col("authors").list.len() > 0
    return frame.with_columns(
        authors=pl.when(has_names).then("authors").otherwise(_names(frame["authors_raw"], hints.separator)),
        authors_raw=pl.coalesce("authors_raw", pl.when(has_names).then(pl.col("authors").list.join("; "))),
    )


def _names(texts: pl.Series, separator: str | None) -> pl.Series:
    """Names from the texts that list them; a semicolon and `and` stand between names in whatever text they occur."""
    texts = change_some(texts, texts.str.contains(ENTITY), lambda some: some.map_elements(unescape, pl.String))
    if separator:
        return split_names(texts, separator)
    has_semicolon = texts.str.contains(";", literal=True).fill_null(value=False)
    has_and = texts.str.contains(AND).fill_null(value=False) & ~has_semicolon
    others = texts.set(has_semicolon | has_and, None)
    names = split_names(others, guess_separator(others))
    for mark, rows in ((";", has_semicolon), ("and", has_and)):
        if rows.any():
            names = split_names(texts.set(~rows, None), mark).zip_with(rows, names)
    return names


def _mapping(records: list[dict[str, Any]], hints: Hints) -> JsonMapping:
    """Where the columns are in records like these."""
    keys = [key for key in dict.fromkeys(key for record in records for key in record) if not ODD & set(key)]
    columns = assign(keys, hints)
    stating = {
        what: [key for key in found if _fits(records, key, what)]
        for what, found in columns.stating.items()
        if hints.wants(_column(what))
    }
    texts = {
        _column(what): tuple(map(_place, found))
        for what, found in stating.items()
        if found and what not in (*SPLIT, "authors")
    }
    computed: dict[str, str] = {}
    dropped_if: dict[str, str] = {}
    nested = [*stating.get("authors", ())[:1], *(key for what in SPLIT for key in stating.get(what, ()))]
    value = {key: f"{{nested}}[{at}]" for at, key in enumerate(nested, start=1)}
    for what in SPLIT:
        found = stating.get(what, [])
        if found:
            computed[what] = f"list_concat({', '.join(_items(value[key], what) for key in found)})"
            dropped_if |= {key: _are_all(value[key], "json_type(x) = 'VARCHAR'") for key in found}
    for key in stating.get("authors", ())[:1]:
        computed |= _authors(value[key])
        dropped_if[key] = _are_all(value[key], IS_NAME)
    if IN_PARTS in keys:
        others = "".join(f", nullif({{{place}}}, '')" for place in texts.pop("published_raw", ()))
        computed["published_raw"] = f"coalesce({_DATES}{others})"
    if "pages" not in texts and all(columns.page_ends):
        first, last = (f"nullif({{{_place(str(key))}}}, '')" for key in columns.page_ends)
        computed["pages"] = f"nullif(concat_ws('-', {first}, {last}), '')"
    patch, elements = personal_fields(records)
    in_columns = dict.fromkeys(
        key for what, found in stating.items() if what not in (*SPLIT, "authors") for key in found
    )
    places = ", ".join(f"'{_place(key)}'" for key in nested)
    return JsonMapping(
        texts=texts,
        parts={"nested": f"json_extract(record, [{places}])"} if nested else {},  # a record is searched once for all
        computed=computed,
        dropped={**patch, **in_columns},
        elements=elements,
        dropped_if=dropped_if,
        kept=None
        if hints.wanted is None
        else tuple(sorted(hints.wanted.intersection(keys).difference(*stating.values()))),
    )


def _column(what: str) -> str:
    """The column of the statements that states something."""
    return what if what in STATEMENT_SCHEMA else f"{what}_raw"


def _fits(records: list[dict[str, Any]], key: str, what: str) -> bool:
    """Whether the values under a key are mostly of the kind that a column needs: a single one, or a list of them."""
    values = [value for record in records if (value := record.get(key)) is not None]
    needed = (str, list) if what in (*SPLIT, "authors") else (str, int, float)
    return 2 * sum(isinstance(value, needed) for value in values) >= len(values)


def _place(key: str) -> str:
    return f'$."{key}"'


def _items(value: str, what: str) -> str:
    """The SQL of the texts that a list holds, or of the parts of one text."""
    before, by = SPLIT[what]
    text = f"regexp_replace(trim({value}->>'$'), '{before}', chr(31) || '{by}', 'g')"
    return (
        f"coalesce(CASE json_type({value})"
        f" WHEN 'ARRAY' THEN list_filter(list_transform(json_extract({value}, '$[*]'),"
        f" lambda x: CASE WHEN json_type(x) = 'VARCHAR' THEN x->>'$' END), lambda x: x <> '')"
        f" WHEN 'VARCHAR' THEN list_filter(string_split({text}, chr(31)), lambda x: x <> '') END, [])"
    )


def _are_all(value: str, condition: str) -> str:
    """The SQL of whether a value is a text, or a list with nothing but what satisfies a condition on `x`."""
    return (
        f"json_type({value}) = 'VARCHAR' OR (json_type({value}) = 'ARRAY' AND"
        f" len(list_filter(json_extract({value}, '$[*]'), lambda x: NOT ({condition}))) = 0)"
    )


def _authors(value: str) -> dict[str, str]:
    """The SQL of the names, where each is stated by itself, and of the text that lists them, where there is one."""
    names = f"list_filter(list_transform(json_extract({value}, '$[*]'), lambda x: {PERSON}), lambda x: x <> '')"
    return {
        "authors": f"CASE WHEN json_type({value}) = 'ARRAY' THEN {names} ELSE [] END",
        "authors_raw": f"CASE WHEN json_type({value}) = 'VARCHAR' THEN nullif({value}->>'$', '') END",
    }


READER = Reader(
    Format.JSON_RECORDS,
    version=2,
    recognises=recognises,
    read=read,
    detection=(
        "JSON objects, one a line, in an array or alone, most with a title (text) and another key that tells a table of"
        " papers, and of no particular format."
    ),
    delivers=(
        "source_key",
        "title_raw",
        "abstract_raw",
        "authors_raw",
        "authors",
        "published_on",
        "updated_on",
        "arxiv_id",
        "doi",
        "acl_id",
        "openreview_id",
        "pmid",
        "dblp_key",
        "s2_id",
        "openalex_id",
        "categories",
        "venue",
        "volume",
        "issue",
        "pages",
        "type_raw",
        "urls",
        "votes",
        "comment_count",
    ),
    definition="Keys as in tables of papers; CSL-JSON: https://github.com/citation-style-language/schema",
)
