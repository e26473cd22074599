"""Values of EndNote's XML: texts out of runs of style, and fields without what names somebody's account."""

import re

from assets.parse.xml_fields import Element, Value, add_field, attributes_of, text_of

RUN = "style"
PLAIN_FACES = frozenset({"normal", ""})
_LOCAL_PATH = re.compile(r"\s*(?:file:|[A-Za-z]:[\\/]|\\\\|~?/(?:Users|home|Volumes|mnt|media)/)", re.IGNORECASE)
"""Where a file is on somebody's computer: such a path names an account."""


def plain_text(element: Element) -> str:
    """The text of a field: its runs joined, the blanks that only lay out the file left out."""
    count = len(element)
    if not count:
        return (element.text or "").strip()
    if count == 1 and not element.text:
        run = element[0]
        if not len(run) and not run.tail:
            return (run.text or "").strip()
    pieces = [_unless_blank(element.text)]
    for child in element:
        pieces += (text_of(child) if len(child) else child.text or "", _unless_blank(child.tail))
    return "".join(pieces).strip()


def is_styled(element: Element) -> bool:
    """Whether a run of a field is in italics, superscript or the like."""
    for run in element:  # noqa: SIM110 - twice as fast as any() here, where there is one run
        if run.get("face", "") not in PLAIN_FACES:
            return True
    return False


def plain_value(element: Element) -> Value:
    """What a field states, as JSON has it: text, or an object of its parts and attributes; None where that is nothing.

    Paths of files on somebody's computer are left out.
    """
    attributes = attributes_of(element)
    attributes.pop("@path", None)
    if len(element) and element[0].tag != RUN:
        return attributes | plain_fields(element) or None
    text = plain_text(element)
    if not text or is_local_path(text):
        return attributes or None
    return attributes | {"#text": text} if attributes else text


def plain_fields(element: Element, skip: frozenset[str] = frozenset()) -> dict[str, Value]:
    """What the children of an element state: name -> value, a list where the name stands more than once."""
    fields: dict[str, Value] = {}
    for child in element:
        name = child.tag
        if name not in skip and (value := plain_value(child)) is not None:
            add_field(fields, name, value)
    return fields


def is_local_path(text: str) -> bool:
    """Whether a text is the place of a file on somebody's computer."""
    return bool(_LOCAL_PATH.match(text))


def _unless_blank(text: str | None) -> str:
    return text if text and text.strip() else ""
