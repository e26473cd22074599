"""CITATION.cff keeps the rules of version 1.2.0 of the Citation File Format, as far as it uses them."""

import re
from datetime import date

import yaml

ALLOWED = {
    "abstract", "authors", "cff-version", "commit", "contact", "date-released", "doi", "identifiers", "keywords",
    "license", "license-url", "message", "preferred-citation", "references", "repository", "repository-artifact",
    "repository-code", "title", "type", "url", "version",
}  # fmt: skip
ENTITY = {
    "address", "alias", "city", "country", "date-end", "date-start", "email", "fax", "location", "name", "orcid",
    "post-code", "region", "tel", "website",
}  # fmt: skip


def test_it_keeps_the_rules_of_the_format(release_folder) -> None:
    told = yaml.safe_load((release_folder / "CITATION.cff").read_text(encoding="utf-8"))
    assert set(told) <= ALLOWED
    assert {"cff-version", "message", "title", "authors"} <= set(told)
    assert (told["cff-version"], told["type"]) == ("1.2.0", "dataset")
    assert all(set(author) <= ENTITY and author["name"] for author in told["authors"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", told["date-released"])
    assert date.fromisoformat(told["date-released"]) == date(2025, 3, 1)
    assert isinstance(told["version"], str)
    assert told["keywords"]
    assert len(set(told["keywords"])) == len(told["keywords"])
    for one in told["identifiers"]:
        assert set(one) <= {"type", "value", "description"}
        assert one["type"] in {"doi", "url", "swh", "other"}
