"""Values of the ACL Anthology's XML: texts with markup, people and identifiers."""

import re
from typing import Any

from assets.parse.xml_fields import Element, attributes_of, fields_of

ACCOUNTS = frozenset({"google-scholar"})
"""Elements of a person that name an account."""
FORMULA = "tex-math"
NAME_PARTS = frozenset({"first", "last"})
_OLD_COLLECTION = re.compile(r"[A-Z][0-9]{2}")
_NEW_COLLECTION = re.compile(r"[0-9]{4}\.[a-z0-9]+")
_VOLUME = re.compile(r"[A-Za-z0-9]+")
_NUMBER = re.compile(r"[0-9]{1,5}")


def plain_text(element: Element) -> str:
    """The text of a title or an abstract: formulas between dollar signs, other markup as the text in it."""
    if not len(element):
        return (element.text or "").strip()
    return _with_formulas(element).strip()


def _with_formulas(element: Element) -> str:
    """Text with formulas; the parser has limited how deep elements nest."""
    pieces = [element.text or ""]
    for child in element:
        inside = _with_formulas(child)
        pieces.append(f"${inside}$" if child.tag == FORMULA else inside)
        pieces.append(child.tail or "")
    return "".join(pieces)


def person_of(element: Element) -> tuple[dict[str, Any], bool]:
    """An author or editor.

    Returns:
        `first`, `last`, and whatever else is said of the person, but for accounts; and whether there is anything else.
    """
    if len(element) == 2 and not len(element.attrib):
        first, last = element
        if first.tag == "first" and last.tag == "last" and not len(first) and not len(last):
            return {"first": first.text or "", "last": last.text or ""}, False
    person = attributes_of(element) | fields_of(element, skip=ACCOUNTS)
    return person, not (person.keys() <= NAME_PARTS and all(isinstance(part, str) for part in person.values()))


def name_of(person: dict[str, Any]) -> str:
    """A name, the family name first; one that is not a text is none."""
    first, last = person.get("first", ""), person.get("last", "")
    if isinstance(first, str) and isinstance(last, str):
        first, last = first.strip(), last.strip()
        return f"{last}, {first}" if first and last else last or first
    return ""


def anthology_id(collection: str, volume: str, paper: str) -> str | None:
    """The identifier of a paper, by the Anthology's rules.

    Since 2020 it is `2020.acl-main.1`. Before, it is a letter, the year and four digits: one for the volume, three for
    the paper; two and two in the workshops' collections, in C69, and in D19 from its fifth volume on.

    Args:
        collection: As `2020.acl` or `P19`.
        volume: As `main` or `1`.
        paper: Its number in the volume.

    Returns:
        The identifier; None where one cannot be made from these.
    """
    if not _NUMBER.fullmatch(paper):
        return None
    if _NEW_COLLECTION.fullmatch(collection):
        return f"{collection}-{volume}.{paper}" if _VOLUME.fullmatch(volume) else None
    if not (_OLD_COLLECTION.fullmatch(collection) and _NUMBER.fullmatch(volume)):
        return None
    volume_number, number = int(volume), int(paper)
    has_two_digits = collection[0] == "W" or collection == "C69" or (collection == "D19" and volume_number >= 5)
    place = f"{volume_number:02}{number:02}" if has_two_digits else f"{volume_number}{number:03}"
    return f"{collection}-{place}" if len(place) == 4 else None
