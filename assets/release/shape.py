"""Shape: whether plain data that was read from a file has the names and types that it should have.

JSON from elsewhere may hold anything: what is read here is looked through before the first value is used.
"""

import json
from collections.abc import Mapping
from typing import Any, NoReturn

MOST = 2**63 - 1
"""The largest count that a file, a table or a database can have."""

Shape = Any
"""A type; several in a tuple; `[shape]` for a list of such; `{"name": shape}` for an object with exactly these names;
`{str: shape}` for an object with any names."""


class ShapeError(ValueError):
    """Data is not what it should be; says where."""


def read_json(text: str | bytes) -> Any:  # noqa: ANN401 - whatever the text holds
    """Reads JSON as the standard has it: without NaN, and not nested beyond measure.

    Raises:
        ShapeError: If it is none.
    """
    try:
        return json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as wrong:
        raise ShapeError(f"it is no JSON: {wrong}") from wrong


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def expect(value: Any, shape: Shape, at: str = "") -> None:  # noqa: ANN401 - plain data of any kind
    """Makes sure that plain data has a shape.

    Args:
        value: What was read from JSON.
        shape: What it should be.
        at: Where it is, for the message.

    Raises:
        ShapeError: If it has another; says where, and never repeats the value.
    """
    if isinstance(shape, list):
        _of_type(value, list, at)
        for place, one in enumerate(value):
            expect(one, shape[0], f"{at}[{place}]")
    elif isinstance(shape, Mapping):
        _of_type(value, dict, at)
        _names(value, shape, at)
        for name, one in value.items():
            expect(one, shape.get(name, shape.get(str)), f"{at}.{name[:40]}" if at else name[:40])
    else:
        _of_type(value, shape, at)


def _names(value: Mapping[str, Any], shape: Mapping[Any, Shape], at: str) -> None:
    if str in shape:
        return
    if missing := sorted(set(shape) - set(value)):
        raise ShapeError(f"{at or 'it'} has no {missing[0]}")
    if strange := sorted(set(value) - set(shape)):
        raise ShapeError(f"{at or 'it'} has {strange[0][:40]!r}, which is not known")


def _of_type(value: object, kinds: type | tuple[type, ...], at: str) -> None:
    if kinds is object:
        return
    if not isinstance(value, kinds) or isinstance(value, bool):
        raise ShapeError(f"{at or 'it'} is of the wrong type: {type(value).__name__}")
    if isinstance(value, int) and not 0 <= value <= MOST:
        raise ShapeError(f"{at} is no count")
