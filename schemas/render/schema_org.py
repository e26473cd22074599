"""schema.org: what a table's columns are, as the variables that a data set holds."""

from typing import Any

from schemas.base import Table
from schemas.render.facts import column_facts


def measured_variables(model: type[Table]) -> list[dict[str, Any]]:
    """Describes the columns of a table.

    Args:
        model: The table.

    Returns:
        A `PropertyValue` for each column: its name, what it means, and its unit where it has one.
    """
    return [
        {
            "@type": "PropertyValue",
            "name": facts.name,
            "description": facts.description,
            **({"unitText": facts.unit} if facts.unit else {}),
        }
        for facts in column_facts(model)
    ]
