"""People in JSON of any make: their names in whatever parts, and where things stand that are personal."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from assets.parse.formats.table_columns import is_personal
from assets.parse.json_query import Patch

GIVEN = ("given", "given_name", "givenName", "first", "first_name", "firstName", "firstname", "forename", "forenames")
PARTICLE = ("non-dropping-particle", "dropping-particle")
FAMILY = ("family", "family_name", "familyName", "last", "last_name", "lastName", "lastname", "surname", "keyname")
SUFFIX = ("suffix",)
WHOLE = ("name", "full_name", "fullName", "fullname", "display_name", "literal", "author_name", "author")
MIDDLE = ("middle", "middle_name", "middleName")
NAME_KEYS = frozenset((*GIVEN, *MIDDLE, *PARTICLE, *FAMILY, *SUFFIX, *WHOLE))
DEEPEST = 8
"""Levels of a record that are searched for what is personal."""
SIMPLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def _first_of(keys: tuple[str, ...]) -> str:
    """The SQL of the first of some fields of `x` that is filled."""
    return "coalesce(" + ", ".join(f"nullif(x->>'$.\"{key}\"', '')" for key in keys) + ")"


_PARTS = ", ".join(map(_first_of, (GIVEN, MIDDLE, PARTICLE, FAMILY, SUFFIX)))
PERSON = (
    f"CASE json_type(x) WHEN 'VARCHAR' THEN x->>'$'"
    f" WHEN 'OBJECT' THEN coalesce(nullif(concat_ws(' ', {_PARTS}), ''), {_first_of(WHOLE)}) END"
)
"""SQL: the name of the person that `x` is, a JSON string or object, the given name first."""
IS_NAME = f"json_type(x) = 'VARCHAR' OR (json_type(x) = 'OBJECT' AND list_has_all({sorted(NAME_KEYS)}, json_keys(x)))"
"""SQL: whether the name is all that is said of the person `x`."""


def personal_fields(records: Iterable[dict[str, Any]]) -> tuple[Patch, dict[str, tuple[str, ...]]]:
    """Where records hold accounts and addresses of people, at any depth.

    Args:
        records: Some of a dump, decoded.

    Returns:
        A merge patch that leaves them out of objects, and for arrays of objects their place and the keys to leave out,
        as `JsonMapping` has them.
    """
    patch: dict[str, Any] = {}
    elements: dict[str, tuple[str, ...]] = {}
    for path, is_array in dict.fromkeys(place for record in records for place in _places(record, ())):
        if is_array:
            place = "$." + ".".join(path[:-1])
            elements[place] = (*elements.get(place, ()), path[-1])
            continue
        inner = patch
        for name in path[:-1]:
            inner = inner.setdefault(name, {})
            if inner is None:
                break
        else:
            inner[path[-1]] = None
    return patch, elements


def _places(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], bool]]:  # noqa: ANN401  # any JSON
    """Yields where something personal is: the keys that lead there, and whether the last is that of array elements.

    An array that is not under simple names, or within another, is personal as a whole if anything in it is.
    """
    if not isinstance(value, dict) or len(path) > DEEPEST:
        return
    for key, inner in value.items():
        here = (*path, key)
        if is_personal(key):
            yield here, False
        elif isinstance(inner, list):
            yield from _in_array(inner, here)
        else:
            yield from _places(inner, here)


def _in_array(items: list[Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], bool]]:
    found = dict.fromkeys(place for item in items for place, _ in _places({"": item}, ()))
    for place in found:
        is_direct = len(place) == 2 and all(SIMPLE.fullmatch(name) for name in path)
        yield ((*path, place[1]), True) if is_direct else (path, False)
