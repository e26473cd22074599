"""What a mapping of JSON fields to columns is, and the SQL that carries it out."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Paths = str | tuple[str, ...]
Patch = Mapping[str, "Patch | None"]

PLACE = re.compile(r"\{(\$[^{}]*|[a-z_]+)\}")
"""The place of a value, or the name of a part, within an expression."""
MAY_FAIL = re.compile(r"(?i)\brecord\b|json|cast|::|try")
HAS_DUPLICATES = (
    "CASE WHEN keys = $common::VARCHAR[] THEN false ELSE coalesce(list_unique(keys) < len(keys), false) END"
)
"""Most records have the same keys: comparing takes a tenth of the time of counting."""
MAY_BE_EMPTY = ("title_raw", "abstract_raw")
"""Columns in which an empty text says something; elsewhere it is the same as none."""


@dataclass(frozen=True)
class JsonMapping:
    """Where the columns of a statement are in a JSON record. Places are JSONPath: `$.title`, `$."journal-ref"`."""

    texts: Mapping[str, Paths]
    """Column -> place of its value; of several places the first that holds something. What is no string is there as
    JSON."""
    lists: Mapping[str, str] = field(default_factory=dict)
    """Column of a list -> place with a wildcard: `$.authors[*].name`."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """Name -> SQL expression that others need: `{name}` in them is its value, null where it fails."""
    computed: Mapping[str, str] = field(default_factory=dict)
    """Column -> SQL expression; null where it fails. `{$.title}` in it is the text at a place, the fastest way to have
    it; `record` is the whole record, a JSON text."""
    dropped: Patch = field(default_factory=dict)
    """Merge patch (RFC 7396) that leaves out what is in a column or is personal: `{"title": None, "paper": {"id":
    None}}`. A field that is one of several places of a column is left out only where its value is the column's."""
    elements: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Place of an array -> fields that are left out of each object in it: `{"$.paper.authors": ("user",)}`."""
    dropped_if: Mapping[str, str] = field(default_factory=dict)
    """Field of the record -> such an expression: the field is left out where it holds."""
    kept: tuple[str, ...] | None = None
    """Fields that alone are kept, as texts, whatever else says what is left out; None: all."""


def query(mapping: JsonMapping) -> str:
    """The SQL of a mapping over the column `record` of `records`, JSON texts or null.

    It gives the columns of the mapping, `source_fields`, `is_malformed` (no JSON) and `has_duplicates`. It has one
    parameter, `common`: the keys that most records have, all different.
    """
    expressions = [*mapping.parts.values(), *mapping.computed.values(), *mapping.dropped_if.values()]
    named = [place for expression in expressions for place in PLACE.findall(expression) if place.startswith("$")]
    named += map(_place_of, mapping.kept or ())
    places = list(dict.fromkeys([place for column in mapping.texts.values() for place in _places(column)] + named))
    found = {place: f"v[{at}]" for at, place in enumerate(places, start=1)}
    parts = "".join(f", try({_filled(part, found)}) AS {name}" for name, part in mapping.parts.items())
    found |= {name: name for name in mapping.parts}
    columns = {column: _first(column, [found[place] for place in _places(of)]) for column, of in mapping.texts.items()}
    for column, place in mapping.lists.items():
        columns[column] = f"list_filter(json_extract_string(record, {_sql(place)}), lambda x: x <> '')"
    columns |= {column: _computed(expression, found) for column, expression in mapping.computed.items()}
    rest = _kept(mapping.kept, found) if mapping.kept is not None else _rest(mapping, found, columns)
    columns["source_fields"] = f"CASE WHEN record IS NULL THEN '{{}}' ELSE {rest} END"
    selected = ", ".join(f"{expression} AS {column}" for column, expression in columns.items())
    return (
        f"WITH parsed AS (SELECT record, try(json_keys(record)) AS keys,"  # noqa: S608  # made of a format's constants
        f" try(json_extract_string(record, [{', '.join(map(_sql, places))}])) AS v FROM records),"
        f" objects AS (SELECT CASE WHEN keys IS NOT NULL THEN record END AS record, keys, v{parts} FROM parsed)"
        f" SELECT keys IS NULL AS is_malformed, {HAS_DUPLICATES} AS has_duplicates, {selected} FROM objects"
    )


def _kept(names: tuple[str, ...], found: Mapping[str, str]) -> str:
    """The SQL of the few fields that are kept of a record."""
    told = ", ".join(f"{_sql(name)}, {found[_place_of(name)]}" for name in names)
    return f"json_merge_patch('{{}}', json_object({told}))"  # leaves out what is null


def _place_of(name: str) -> str:
    return f"$.{json.dumps(name)}"


def _rest(mapping: JsonMapping, found: Mapping[str, str], columns: Mapping[str, str]) -> str:
    """The SQL of what is left of a record."""
    conditions = {key: _filled(condition, found) for key, condition in mapping.dropped_if.items()}
    for column, of in mapping.texts.items():
        for place in _places(of) if len(_places(of)) > 1 else ():
            key = place.removeprefix("$.").strip('"')
            if key in mapping.dropped:
                value = _first(column, [found[place]])
                conditions[key] = f"{value} IS NULL OR {value} = {columns[column]}"
    flat = [f"{json.dumps(key)}:null" for key, value in mapping.dropped.items() if value is None]
    always = [part for part in flat if json.loads(f"{{{part}}}").keys().isdisjoint(conditions)]
    parts = [
        f"CASE WHEN {condition} THEN {_sql(json.dumps(key) + ':null')} END" for key, condition in conditions.items()
    ]
    patches = [f"'{{' || concat_ws(',', {', '.join([*map(_sql, always), *parts])}) || '}}'"] if always or parts else []
    patches += _nested(mapping.dropped, ())
    patches += [_thinned(place, keys) for place, keys in mapping.elements.items()]
    rest = "record"
    for patch in patches:
        rest = f"json_merge_patch({rest}, {patch})"
    return rest


def _computed(expression: str, found: Mapping[str, str]) -> str:
    """An expression that does not fail. Texts never do, JSON can; `try` costs a twentieth of all the time."""
    filled = _filled(expression, found)
    return f"try({filled})" if MAY_FAIL.search(expression) else filled


def _filled(expression: str, found: Mapping[str, str]) -> str:
    """An expression with SQL in the place of `{$.place}` and `{name}`."""
    return PLACE.sub(lambda match: found[match[1]], expression)


def _nested(patch: Patch, parents: tuple[str, ...]) -> Iterator[str]:
    """The SQL of patches of the objects within a record; nothing is added where they are missing."""
    for key, inner in patch.items():
        if inner is not None:
            path = (*parents, key)
            text = json.dumps({name: None for name, value in inner.items() if value is None})
            for name in reversed(path):
                text = f"{{{json.dumps(name)}:{text}}}"
            place = "$" + "".join(f".{json.dumps(name)}" for name in path)
            yield f"CASE WHEN json_type(record, {_sql(place)}) = 'OBJECT' THEN {_sql(text)} ELSE '{{}}' END"
            yield from _nested(inner, path)


def _thinned(place: str, keys: tuple[str, ...]) -> str:
    """The SQL of a patch that puts an array back without some fields of its objects."""
    without = _sql(json.dumps(dict.fromkeys(keys)))
    array = (
        f"list_transform(json_extract(record, {_sql(place + '[*]')}), lambda x:"
        f" CASE WHEN json_type(x) = 'OBJECT' THEN json_merge_patch(x, {without}) ELSE x END)"
    )
    for name in reversed(place.removeprefix("$.").split(".")):
        array = f"json_object({_sql(name)}, {array})"
    return f"CASE WHEN json_type(record, {_sql(place)}) = 'ARRAY' THEN {array} ELSE '{{}}' END"


def _first(column: str, values: list[str]) -> str:
    """The SQL of the first of some values that says something."""
    told = [value if column in MAY_BE_EMPTY else f"nullif({value}, '')" for value in values]
    return f"coalesce({', '.join(told)})" if len(told) > 1 else told[0]


def _places(places: Paths) -> tuple[str, ...]:
    return (places,) if isinstance(places, str) else places


def _sql(text: str) -> str:
    """A string literal."""
    return "'" + text.replace("'", "''") + "'"
