"""What OAI-PMH records state in arXiv's own metadata formats: `arXiv`, `arXivRaw` and the `arXivOld` before them."""

import re

from assets.parse.formats.arxiv_authors import split_authors
from assets.parse.xml_fields import Element, Value, attributes_of, fields_of, local_name, text_of
from assets.parse.xml_statement import Statement

COLUMNS = {
    "id": "arxiv_raw",
    "title": "title_raw",
    "abstract": "abstract_raw",
    "created": "published_raw",
    "updated": "updated_raw",
    "doi": "doi_raw",
    "journal-ref": "venue",
}
PERSONAL = frozenset({"submitter"})
"""Who sent the paper in: an account, not an author."""
_NEXT_DOI = re.compile(r"[\s,;]+(?=(?:doi:)?10\.[0-9]{4,9}/)", re.IGNORECASE)
NAME_PARTS = ("forenames", "keyname", "suffix")
PLAIN_NAME = frozenset({"forenames", "keyname"})


def take_arxiv(statement: Statement, metadata: Element) -> None:
    """Takes a record in one of arXiv's formats.

    Args:
        statement: Where it goes.
        metadata: The element `arXiv`, `arXivRaw` or `arXivOld`.
    """
    versions: list[dict[str, Value]] = []
    for name, child in statement.take(metadata, COLUMNS):
        if name == "authors":
            take_authors(statement, child)
        elif name == "categories":
            statement.append("categories", text_of(child).split())
        elif name == "version":
            versions.append(attributes_of(child) | fields_of(child))
            statement.note(name, versions[-1])
        elif name not in PERSONAL:
            statement.keep(child)
    _take_dois(statement)
    if versions:
        _take_versions(statement, versions)


def _take_versions(statement: Statement, versions: list[dict[str, Value]]) -> None:
    """Takes the date of the first version and of the last, and the number of the last."""
    row, last = statement.row, versions[-1]
    row.setdefault("published_raw", _text(versions[0].get("date")))
    if len(versions) > 1:
        row.setdefault("updated_raw", _text(last.get("date")))
    if "arxiv_raw" in row and (number := _text(last.get("@version"))):
        row["arxiv_raw"] = row["arxiv_raw"].strip() + number


def _text(value: Value) -> str | None:
    """A value that is one text, and not empty."""
    return value if isinstance(value, str) and value.strip() else None


def take_authors(statement: Statement, authors: Element) -> None:
    """Takes authors: one text in `arXivRaw`, parts of names in `arXiv`.

    Names go to `authors` as they are displayed. `authors_raw` tells the family name from the others, by a comma. Where
    anything beyond a name is said of any author, all of it is kept.
    """
    if not len(authors):
        statement.put("authors_raw", authors)
        statement.append("authors", split_authors(text_of(authors)))
        return
    people = [_name_parts(author) for author in authors]
    names = [" ".join([part for key in NAME_PARTS if (part := person.get(key))]) for person in people]
    statement.append("authors", [name for name in names if name])
    sorted_names = [name for person in people if (name := _sorted_name(person))]
    statement.row.setdefault("authors_raw", "; ".join(sorted_names) or None)
    pairs = zip(authors, people, strict=True)
    if any(len(author) > len(person) or not person.keys() <= PLAIN_NAME for author, person in pairs):
        statement.fields["authors"] = [fields_of(author) for author in authors]


def _name_parts(author: Element) -> dict[str, str]:
    """What is said of an author; of parts that stand twice, the first."""
    parts: dict[str, str] = {}
    for part in author:
        parts.setdefault(local_name(part.tag), " ".join(text_of(part).split()))
    return parts


def _sorted_name(person: dict[str, str]) -> str:
    """The family name first."""
    family, given = person.get("keyname", ""), person.get("forenames")
    if suffix := person.get("suffix"):
        family = f"{family} {suffix}"
    return f"{family}, {given}" if family and given else family or given or ""


def _take_dois(statement: Statement) -> None:
    """Keeps all but the first of several DOIs, which arXiv writes into one field, among the other fields."""
    dois = _NEXT_DOI.split(statement.row.get("doi_raw", ""))
    if dois[1:]:
        statement.row["doi_raw"] = dois[0]
        statement.note("doi", dois[1:])
