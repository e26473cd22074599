"""Values of Parquet columns: from what Arrow reads to columns that tables of papers are made of.

Strings arrive as the file keeps them, each different one once. They are unfolded for few rows at a time: a file of some
kilobytes can state gigabytes.
"""

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
import pyarrow.compute as pc  # type: ignore[import-untyped]
from polars.datatypes import DataTypeClass

from assets.parse.formats.table_columns import is_personal

NAMES = ("name", "full_name", "fullname", "display_name", "author")
GIVEN, FAMILY = (
    ("given", "given_name", "first_name", "first", "firstname"),
    ("family", "family_name", "last_name", "last"),
)
"""Fields of an author that hold the name, or its parts."""


def unfolded_bytes(array: pa.Array) -> int:
    """Bytes of all strings of an array, once for every time they are stated."""
    if pa.types.is_dictionary(array.type):
        lengths = pc.binary_length(array.dictionary)
        return int(pc.sum(lengths.cast(pa.int64()).take(array.indices)).as_py() or 0)
    if pa.types.is_struct(array.type):
        return sum(unfolded_bytes(child) for child in array.flatten())
    if pa.types.is_list(array.type) or pa.types.is_large_list(array.type) or pa.types.is_map(array.type):
        return unfolded_bytes(array.flatten() if not pa.types.is_map(array.type) else _entries(array))
    return int(array.nbytes)


def unfolded(array: pa.Array) -> tuple[pl.Series, bool]:
    """An array as a Series of types that JSON has, and whether some of its strings were not valid UTF-8.

    What is a string with bytes that are not UTF-8 has U+FFFD in their place; bytes that are no string are written in
    hexadecimal digits.
    """
    plain, is_invalid = _plain(array)
    series = pl.Series(values=plain)
    return series.cast(_json_type(series.dtype), strict=False), is_invalid


def as_text(values: pl.Series) -> pl.Series:
    """Values as texts; whole numbers without a fraction, also where the table keeps them as fractions."""
    if values.dtype.is_float():
        values = values.fill_nan(None)
        whole = values.cast(pl.Int64, strict=False)
        if (whole.cast(values.dtype) == values).all():
            values = whole
    if values.dtype.is_nested():
        return pl.select(pl.lit(None, dtype=pl.String)).to_series().new_from_index(0, len(values))
    texts = values.cast(pl.String)
    return texts.set(texts == "", None)


def author_names(values: pl.Series) -> pl.Series | None:
    """Names of authors where a table keeps a list of them: of texts, or of objects with a name or its parts."""
    if not isinstance(values.dtype, pl.List):
        return None
    inner = values.dtype.inner
    if inner == pl.String:
        return values
    if not isinstance(inner, pl.Struct):
        return None
    fields = {field.name.lower(): field.name for field in inner.fields if field.dtype == pl.String}
    name = next((pl.element().struct.field(fields[known]) for known in NAMES if known in fields), None)
    given, family = (
        next((pl.element().struct.field(fields[known]) for known in parts if known in fields), None)
        for parts in (GIVEN, FAMILY)
    )
    if name is None and family is not None:
        name = pl.concat_str([part for part in (given, family) if part is not None], separator=" ", ignore_nulls=True)
    return None if name is None else values.list.eval(name)


def _entries(array: pa.Array) -> pa.Array:
    return pa.StructArray.from_arrays([array.keys, array.items], ["key", "value"])


def _plain(array: pa.Array) -> tuple[pa.Array, bool]:
    """The same array without dictionaries, maps and people's accounts."""
    kind = array.type
    if pa.types.is_dictionary(kind):
        texts, is_invalid = _texts(array.dictionary)
        return texts.take(array.indices), is_invalid
    if pa.types.is_binary(kind) or pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _texts(array)
    if pa.types.is_struct(kind):
        names = [kind.field(at).name for at in range(kind.num_fields)]
        kept = [at for at, name in enumerate(names) if not is_personal(name)]
        children = array.flatten()
        found = [_plain(children[at]) for at in kept]
        if not found:
            return pa.nulls(len(array)), False
        mask = array.is_null()
        made = pa.StructArray.from_arrays([one for one, _ in found], [names[at] for at in kept], mask=mask)
        return made, any(is_invalid for _, is_invalid in found)
    if pa.types.is_map(kind) or pa.types.is_list(kind) or pa.types.is_large_list(kind):
        lists = array if not pa.types.is_map(kind) else _as_list(array)
        items, is_invalid = _plain(lists.flatten())
        lengths = pc.fill_null(pc.list_value_length(lists), 0).cast(pa.int64())
        ends = pc.cumulative_sum(lengths)
        offsets = pa.concat_arrays([pa.array([0], pa.int64()), ends])
        return pa.LargeListArray.from_arrays(offsets, items), is_invalid
    return array, False


def _as_list(array: pa.Array) -> pa.Array:
    return pa.ListArray.from_arrays(array.offsets, _entries(array))


def _texts(values: pa.Array) -> tuple[pa.Array, bool]:
    """Strings that are valid UTF-8, and whether those given were not."""
    raw = values.cast(pa.large_binary())
    try:
        return raw.cast(pa.large_string()), False
    except pa.ArrowInvalid:
        if pa.types.is_binary(values.type) or pa.types.is_large_binary(values.type):
            return pa.array([one and one.hex() for one in raw.to_pylist()], pa.large_string()), False
        decoded = [None if one is None else one.decode(errors="replace") for one in raw.to_pylist()]
        return pa.array(decoded, pa.large_string()), True


def _json_type(dtype: pl.DataType | DataTypeClass) -> pl.DataType | DataTypeClass:
    """The type of JSON for a type of Arrow: text for whatever is neither a number nor a truth value."""
    if isinstance(dtype, pl.List):
        return pl.List(_json_type(dtype.inner))
    if isinstance(dtype, pl.Struct):
        return pl.Struct([pl.Field(field.name, _json_type(field.dtype)) for field in dtype.fields])
    is_kept = dtype.is_integer() or dtype.is_float() or dtype == pl.Boolean
    return dtype if is_kept else pl.String
