"""What all tables share, and how a column says what it means."""

from enum import StrEnum
from typing import Any, ClassVar

import pandera.polars as pa


class Table(pa.DataFrameModel):
    """A table of the data set. A subclass's docstring says what one row means; its Config names the keys.

    `Config.metadata` holds `schema` (`main`, `audit` or `search`), `primary_key` (columns) and
    `foreign_keys` (column -> "table.column").
    """

    class Config:
        strict = True
        ordered = True
        metadata: ClassVar[dict[str, Any]] = {"schema": "main", "primary_key": (), "foreign_keys": {}}


def column(
    description: str,
    *,
    unit: str | None = None,
    source: str | None = None,
    nullable: bool = False,
    members: type[StrEnum] | None = None,
    **checks: Any,
) -> Any:
    """A column: its meaning, unit and source beside its checks.

    Args:
        description: One sentence for a reader of the data, published in the dictionary and in the database.
        unit: Unit of the values, where they have one.
        source: Where the value comes from, in terms of the table before.
        nullable: Whether the value may be missing; the description then says when it is.
        members: The closed vocabulary that the items of a list come from; a single value says it with `isin`.
        **checks: Pandera's field checks, such as `str_matches` or `ge`.
    """
    metadata = {"unit": unit, "source": source, "members": members}
    return pa.Field(description=description, nullable=nullable, metadata=metadata, **checks)
