"""The header of an OAI-PMH record: its identifier, when it changed, the sets it is in, whether it was deleted."""

import re

from assets.parse.xml_fields import Element, add_field, attributes_of, local_name, text_of, value_of
from assets.parse.xml_markup import PREFIX
from assets.parse.xml_statement import Statement
from schemas.vocabulary import RejectReason

OPENING = re.compile(rb"\s*+<" + PREFIX + rb"header[\s/>]")
"""What a record begins with; an element of the same name within its metadata, such as MARC's, does not."""


def take_header(statement: Statement, header: Element) -> None:
    """Takes what the header of a record states: the identifier is its key; a deleted record is a defect."""
    if header.attrib:
        attributes = attributes_of(header)
        if attributes.pop("@status", None) == "deleted":
            statement.row["defect"] = RejectReason.DELETED_RECORD
        statement.fields |= attributes
    for child in header:
        name = local_name(child.tag)
        if name == "identifier" and "source_key" not in statement.row:
            statement.row["source_key"] = text_of(child).strip() or None
        else:
            add_field(statement.fields, name, value_of(child))
