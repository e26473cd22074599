"""Documents the formats: `python -m assets.parse.document > docs/formats.md`; a test holds the two in step."""

import sys

from assets.parse.detect import READERS
from assets.parse.reader import Reader
from schemas.listings import Listings
from schemas.render import column_facts
from schemas.render.vocabularies import vocabulary_definitions

HEADING = """# Formats

What Papersheaf reads. A dump is told by its content, never by its name; the first format in this order that recognises
the beginning of a dump reads it. Every record of a dump becomes a row of `listings` with the place of its bytes
(`locator`; `sheaf show LISTING_ID --raw` prints them), or, where it cannot be stood behind, a row of
`audit.rejected_listings` with the reason. All fields that have no column of their own are in `source_fields`, verbatim;
account names, avatars and e-mail addresses are not carried.

This page is made from the readers: `make docs`.
"""
PARQUET_LOCATOR, BYTES_LOCATOR = "number of the row", "bytes from the first of the record to its last"


def formats_page() -> str:
    """The page, as Markdown."""
    meaning = vocabulary_definitions()["Format"]
    overview = ["| format | what it is | place of a record |", "|---|---|---|"]
    overview += [
        f"| [{reader.format}](#{reader.format}) | {meaning[reader.format]} | {_locator(reader)} |" for reader in READERS
    ]
    return "\n".join([HEADING, *overview, "", *(_section(reader) for reader in READERS)])


def _section(reader: Reader) -> str:
    columns = [facts.name for facts in column_facts(Listings) if facts.name in reader.delivers]
    return "\n".join(
        [
            f"## {reader.format}",
            "",
            f"- **Told by:** {reader.detection}",
            f"- **Fields delivered:** {', '.join(f'`{name}`' for name in columns)}",
            f"- **Place of a record:** {_locator(reader)}",
            f"- **Defined by:** {reader.definition}",
            f"- **Reader:** version {reader.version}",
            "",
        ]
    )


def _locator(reader: Reader) -> str:
    return PARQUET_LOCATOR if reader.locates_rows else BYTES_LOCATOR


if __name__ == "__main__":
    sys.stdout.write(formats_page())
