"""Lists and structs as JSON texts, for places that hold only text."""

import polars as pl


def as_json(name: str) -> pl.Expr:
    """A nested column as JSON texts: `["Ann", "Bo"]`.

    Args:
        name: Name of a column of lists or structs.

    Returns:
        A string column of the same name; a missing list is `null`.
    """
    return pl.struct(name).struct.json_encode().str.strip_prefix(f'{{"{name}":').str.strip_suffix("}").alias(name)
