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
account names, avatars and e-mail addresses are not carried. A date comes with its precision and as the dump has it, an
arXiv identifier with its version, where they are stated.

This page is made from the readers: `make docs`.
"""
IMPLIED = {"published_raw", "published_precision", "arxiv_version"}
"""What comes with a date and with an identifier, in every format."""
PARQUET_LOCATOR, BYTES_LOCATOR = "`row N`", "`START-END` in bytes"
ESCAPED_BAR = r"\|"


def formats_page() -> str:
    """The page, as Markdown."""
    meaning = vocabulary_definitions()["Format"]
    rows = ["| format | what it is | told by | fields delivered | place of a record | defined by |", "|" + 6 * "---|"]
    rows += [_row(reader, meaning[reader.format]) for reader in READERS]
    return "\n".join([HEADING, *rows, ""])


def _row(reader: Reader, meaning: str) -> str:
    columns = [facts.name for facts in column_facts(Listings) if facts.name in {*reader.delivers} - IMPLIED]
    fields = ", ".join(f"`{name}`" for name in columns)
    label = f"`{reader.format}` (version {reader.version})"
    cells = (label, meaning, reader.detection, fields, _locator(reader), reader.definition)
    return f"| {' | '.join(cell.replace('|', ESCAPED_BAR) for cell in cells)} |"


def _locator(reader: Reader) -> str:
    return PARQUET_LOCATOR if reader.locates_rows else BYTES_LOCATOR


if __name__ == "__main__":
    sys.stdout.write(formats_page())
