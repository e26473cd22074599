"""Prints the data dictionary: `python -m schemas.render > docs/tables.md`."""

import sys

from schemas.catalog import TABLES
from schemas.render import markdown_dictionary

sys.stdout.write(markdown_dictionary(TABLES))
