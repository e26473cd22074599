"""A statement in the making: a record's elements go to columns, and what fits into none to `source_fields`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assets.parse.xml_fields import Element, Value, add_field, attributes_of, local, local_name, text_of, value_of
from schemas.vocabulary import RejectReason


@dataclass
class Statement:
    """What one record states so far."""

    row: dict[str, Any] = field(default_factory=dict)
    """Column of STATEMENT_SCHEMA -> value."""
    fields: dict[str, Value] = field(default_factory=dict)
    """What is in no column."""

    def put(self, column: str, element: Element) -> None:
        """Puts the text of an element, as it stands, into a column; a second one is a defect, and kept beside it."""
        text = element.text
        if len(element) or element.attrib:
            text = text_of(element)
            self.keep_about(element)
        if not text or text.isspace():
            return
        if column in self.row:
            self.row["defect"] = RejectReason.DUPLICATE_KEYS
            self.note(local(element), text)
        else:
            self.row[column] = text

    def keep_about(self, element: Element) -> None:
        """Keeps what an element, whose text is in a column, says beyond it: its attributes, and the markup in it."""
        if len(element):
            add_field(self.fields, local(element), value_of(element))
        elif attributes := attributes_of(element):
            add_field(self.fields, local(element), attributes)

    def append(self, column: str, values: list[str]) -> None:
        """Adds values to a column of lists."""
        self.row.setdefault(column, []).extend(values)

    def keep(self, element: Element) -> None:
        """Keeps an element among the other fields, unless it is empty."""
        value = value_of(element)
        if value and not (isinstance(value, str) and value.isspace()):
            add_field(self.fields, local(element), value)

    def note(self, name: str, value: Value) -> None:
        """Keeps a value among the other fields."""
        add_field(self.fields, name, value)

    def take(self, elements: Element, columns: Mapping[str, str]) -> list[tuple[str, Element]]:
        """Puts the children of an element where they belong.

        Args:
            elements: The element.
            columns: Local name of a child -> column that takes its text.

        Returns:
            The children that no column takes, with their local names.
        """
        others = []
        for child in elements:
            name = local_name(child.tag)
            if column := columns.get(name):
                self.put(column, child)
            else:
                others.append((name, child))
        return others

    def stated(self) -> dict[str, Any]:
        """The finished row."""
        self.row["source_fields"] = self.fields
        return self.row
